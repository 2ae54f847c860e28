"""Asks why, in one line that may stay empty."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, say
from studybuddy.text import clean_line
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.plain import PlainText

LONGEST_REASON = 200


class ReasonModal(Window[str | None]):
    """Answers with the reason as typed, empty if there is none, None if the learner thought better of it."""

    BINDINGS = [Binding("escape", "dismiss", N_("cancel"), id="reason.cancel")]
    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    ReasonModal { align: center middle; }
    ReasonModal > Vertical {
        width: 68; max-width: 95%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    ReasonModal #question { text-style: bold; }
    ReasonModal #text { color: $text-muted; margin-bottom: 1; }
    ReasonModal Input { padding: 0 1; background: $panel; }
    ReasonModal #keys { color: $text-muted; margin-top: 1; }
    """

    def __init__(self, question: Phrase, text: str = "") -> None:
        """Take the question and, as an aid, the text of what it is about."""
        super().__init__()
        self._question = question
        self._text = text

    def compose(self) -> ComposeResult:
        """The question, what it is about, a line to type in, and the keys."""
        with Vertical():
            yield PlainText(id="question")
            yield PlainText(clean_line(self._text, 500), id="text")
            yield LineInput(max_length=LONGEST_REASON, compact=True)
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Word everything."""
        self._word()

    async def retranslate(self) -> None:
        """Word everything again; what was typed stays."""
        self._word()

    def _word(self) -> None:
        words = {"#question": say(self._question), "#keys": _("Enter saves   Esc leaves it as it was")}
        for place, text in words.items():
            for line in self.query(place).results(PlainText):
                line.update(text)
        for field in self.query(Input):
            field.placeholder = _("why? (may stay empty)")

    def _on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.close(event.value.strip())
