"""One question before an experiment: what will the loss do?"""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from studybuddy.core.experiment import Outcome
from studybuddy.i18n import N_, _
from studybuddy.study.experiment_words import OUTCOME_WORDS, basis_words
from studybuddy.study.experiments import Offer
from studybuddy.text import clean_line
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.plain import PlainText

KEYS = {"1": Outcome.FALLS, "2": Outcome.STAYS, "3": Outcome.EXPLODES}


class PredictModal(Window[Outcome]):
    """Answers with what the learner expects, None if they thought better of it."""

    BINDINGS = [
        Binding("1,f", "answer('falls')", N_("falls"), id="predict.falls"),
        Binding("2,s", "answer('stays')", N_("stays"), id="predict.stays"),
        Binding("3,e", "answer('explodes')", N_("explodes"), id="predict.explodes"),
        Binding("escape", "dismiss", N_("not yet"), id="predict.leave"),
    ]
    DEFAULT_CSS = """
    PredictModal { align: center middle; }
    PredictModal > Vertical {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        padding: 1 2; border: round $primary; background: $surface;
    }
    PredictModal PageView { height: auto; max-height: 50vh; }
    PredictModal #answers { margin-top: 1; }
    PredictModal #basis, PredictModal #keys { color: $text-muted; margin-top: 1; }
    """

    def __init__(self, offer: Offer) -> None:
        """Ask about an experiment."""
        super().__init__()
        self._offer = offer

    @property
    def experiment(self) -> str:
        """The id of the experiment that is asked about."""
        return self._offer.experiment.id

    def compose(self) -> ComposeResult:
        """The question, the three answers, and which program is changed."""
        with Vertical():
            yield PageView(inset=0)
            yield PlainText(id="answers")
            yield PlainText(id="basis")
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Word everything."""
        self.show(self._offer)

    def show(self, offer: Offer) -> None:
        """Ask in the language in use."""
        self._offer = offer
        self.query_one(Vertical).border_title = clean_line(offer.experiment.title)
        self.query_one(PageView).show(offer.question)
        answers = "\n".join(f"{key}  {_(OUTCOME_WORDS[outcome])}" for key, outcome in KEYS.items())
        words = {
            "#answers": answers,
            "#basis": basis_words(offer),
            "#keys": _("1 2 3 say it and run   Esc not yet"),
        }
        for place, text in words.items():
            self.query_one(place, PlainText).update(text)

    def action_answer(self, outcome: str) -> None:
        """The prediction stands."""
        self.close(Outcome(outcome))
