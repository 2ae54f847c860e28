"""Experiments with a training script: say what the loss will do, see it, and compare the curves."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studybuddy.core.exercise import Exercise
from studybuddy.core.experiment import Outcome
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import Verdict
from studybuddy.i18n import N_, _
from studybuddy.study.curves import Curve, Loss
from studybuddy.study.experiment_words import basis_words, deviation_words, outcome_words
from studybuddy.study.experiments import Made, Offer, experiment_curve
from studybuddy.study.outcome_words import VERDICT_WORDS, result_message
from studybuddy.tui.agenda import Entry
from studybuddy.tui.commands import Command
from studybuddy.tui.experiment_run import ExperimentRun
from studybuddy.tui.modals.predict import PredictModal
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.experiment_keys import EXPERIMENT_COMMANDS
from studybuddy.tui.screens.row_screen import RowScreen
from studybuddy.tui.widgets.curve_legend import CURVE_COLOURS
from studybuddy.tui.widgets.experiment_pane import CurvePane, ExperimentPane, curve_entry, experiment_entry
from studybuddy.tui.widgets.fact_rows import clip
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.loss_plot import LossPlot
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

SHOWN_AT_FIRST = 3
"""Curves of earlier runs and experiments that are drawn without being asked for."""
PAGE = 8


class ExperimentsScreen(RowScreen):
    """Two lists, and the curves of what is ticked in them. Nothing here counts as a submission."""

    CSS_PATH = "experiments.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = EXPERIMENT_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*EXPERIMENT_COMMANDS)

    def __init__(self, exercise: str) -> None:
        """Show the experiments of an exercise, by its full id."""
        super().__init__()
        self._exercise_id = exercise
        self._exercise: Exercise | None = None
        self._offers: list[Offer] = []
        self._runs: list[Curve] = []
        self._shown: list[str] = []
        self._failed: dict[str, Made] = {}
        self._live: Curve | None = None
        self._run = ExperimentRun(self, self._draw_live)

    def compose(self) -> ComposeResult:
        """The lists, and beside or below them words and curves."""
        yield TitleLine()
        with Container(id="trials"):
            with VerticalScroll(id="lists", can_focus=False):
                yield ExperimentPane()
                yield CurvePane()
            with VerticalScroll(id="findings", can_focus=False):
                yield Static(id="outcome", markup=False)
                yield PageView(inset=0, id="explanation")
                yield LossPlot()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the experiments and what was run before."""
        self._run.mount()
        self._word()
        self.perform(self._open())

    async def on_unmount(self) -> None:
        """A program does not outlive its screen."""
        self._run.stop()

    async def _open(self) -> None:
        await self._fetch()
        tried = sorted((o.trial.at, o.curve.key) for o in self._offers if o.trial and o.curve)
        recent = [*[key for _at, key in tried], *[curve.key for curve in self._runs[-1:]]]
        self._shown = recent[-SHOWN_AT_FIRST:]
        await self._redraw()
        self.put_cursor(experiment_entry(self._offers[0]) if self._offers else None)

    async def _fetch(self) -> None:
        self._exercise = await self.ask(lambda study: study.library.exercise(self._exercise_id))
        self._offers = await self.ask(lambda study: study.experiments.offers(self._exercise_id))
        self._runs = await self.ask(lambda study: study.experiments.run_curves(self._exercise_id))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now."""
        going, offer = self._run.going, self._offer
        possible = {
            "open": not going and offer is not None,
            "curve": not going and self._curve_here is not None,
            "stop": going,
            "back": not going,
        }
        return possible.get(action.removeprefix("app."), True)

    # ---- what is in front

    @property
    def _offer(self) -> Offer | None:
        cursor = self.cursor
        return next((offer for offer in self._offers if experiment_entry(offer) == cursor), None)

    @property
    def _curve_here(self) -> Curve | None:
        cursor = self.cursor
        run = next((curve for curve in self._runs if curve_entry(curve) == cursor), None)
        return run or (self._offer.curve if self._offer else None)

    def put_cursor(self, entry: Entry | None) -> None:
        """Stand on a line and say what is known of it."""
        super().put_cursor(entry)
        self._show_words()

    def action_curve(self) -> None:
        """Draw a curve or take it away."""
        curve = self._curve_here
        if curve is not None:
            self._toggle(curve.key)
            self.perform(self._redraw())

    def _toggle(self, key: str) -> None:
        if key in self._shown:
            self._shown.remove(key)
        else:
            self._shown.append(key)

    def action_page(self, pages: int) -> None:
        """Scroll words and curves."""
        self.query_one("#findings", VerticalScroll).scroll_relative(y=pages * PAGE, animate=False)

    # ---- trying

    def open(self, entry: Entry) -> None:
        """Ask for a prediction and run; a run that is clicked is drawn or taken away."""
        offer = self._offer
        if offer is None:
            self.action_curve()
        elif not self._run.going:
            self.perform(self._try(offer), group="run")

    def action_stop(self) -> None:
        """Ask the running program to end."""
        self._run.stop()
        self._say(Phrase(N_("stopping…")))

    async def _try(self, offer: Offer) -> None:
        prediction = await self.inquire(PredictModal(offer))
        if prediction is None or self._exercise is None:
            return
        name = offer.experiment.label
        self._say(Phrase.of(N_("running {name} · Esc stops it"), name=name))
        self._live = experiment_curve(offer.experiment, offer.mark, ())
        self._clear_words()
        running = self._run.go(self._exercise, offer)
        self.call_later(self._refresh_keys)
        try:
            made = await running
        finally:
            self._live = None
            self._say(None)
            self._refresh_keys()
        await self._keep(offer, prediction, made)

    async def _keep(self, offer: Offer, prediction: Outcome, made: Made) -> None:
        """Record what was seen; a run that was stopped says nothing."""
        key = f"experiment/{offer.experiment.id}"
        if made.result.verdict is Verdict.STOP:
            self._say(Phrase(N_("stopped; nothing was recorded")), "warn")
            await self._redraw()
            return
        self._failed.pop(offer.experiment.id, None)
        if made.result.verdict is not Verdict.AC:
            self._failed[offer.experiment.id] = made
        await self.ask(lambda study: study.experiments.record(self._exercise_id, offer, prediction, made))
        await self._fetch()
        if key not in self._shown:
            self._shown.append(key)
        await self._redraw()
        self.query_one("#findings", VerticalScroll).scroll_home(animate=False)
        self._say(Phrase(N_("kept; an experiment is no submission and ticks nothing")))

    # ---- drawing

    async def _draw_live(self, losses: tuple[Loss, ...]) -> None:
        if self._live is not None:
            self._live = Curve(self._live.key, self._live.mark, self._live.name, losses)
            await self._draw_curves()

    def _curves(self) -> list[Curve]:
        """The curves that are drawn, the live one last."""
        known = {curve.key: curve for curve in [*self._runs, *(o.curve for o in self._offers if o.curve)]}
        live = self._live
        drawn = [known[key] for key in self._shown if key in known and not (live and key == live.key)]
        return [*drawn, live] if live and live.losses else drawn

    async def _draw_curves(self) -> None:
        for plot in self.query(LossPlot):
            await plot.compare(self._curves())

    async def _redraw(self) -> None:
        await self._draw_curves()
        order = [curve.key for curve in self._curves()]

        def tone(key: str) -> str:
            return "$" + CURVE_COLOURS[order.index(key) % len(CURVE_COLOURS)] if key in order else ""

        self.query_one(ExperimentPane).show(self._offers, tone)
        self.query_one(CurvePane).show(self._runs, tone)
        self._show_words()

    def _show_words(self) -> None:
        """What the experiment in front showed, or what it is about."""
        offer = self._offer
        if offer is None or self._live is not None:
            self._clear_words()
            return
        tried = offer.trial is not None
        outcome, page = self.query_one("#outcome", Static), self.query_one("#explanation", PageView)
        outcome.update(Content("\n").join(self._outcome_lines(offer)))
        page.show(offer.explanation if tried else offer.question)
        outcome.display = page.display = True
        self._refresh_keys()

    def _outcome_lines(self, offer: Offer) -> list[Content]:
        trial = offer.trial
        if trial is None:
            said = [Content.styled(_("Enter: say what the loss will do, then see."), "$text-accent")]
            return [*said, Content.styled(basis_words(offer), "$text-muted")]
        right = trial.prediction is trial.outcome
        sign = "✓" if right else "✗"
        tone = "$text-success" if right else "$text-warning"
        lines = [Content.styled(f"{sign} {outcome_words(trial.prediction, trial.outcome)}", f"bold {tone}")]
        if (made := self._failed.get(offer.experiment.id)) is not None:
            verdict = f"{made.result.verdict} {_(VERDICT_WORDS[made.result.verdict])}"
            lines.append(Content(f"{verdict}: {clip(result_message(made.result))}"))
        if said_otherwise := deviation_words(offer, trial.outcome):
            lines.append(Content.styled(said_otherwise, "$text-muted"))
        return lines

    def _clear_words(self) -> None:
        for part in ("#outcome", "#explanation"):
            self.query_one(part).display = False

    def _refresh_keys(self) -> None:
        for line in self.query(KeyLine):
            line.refresh()

    def _say(self, phrase: Phrase | None, tone: str = "") -> None:
        for line in self.query(StatusLine):
            line.show(phrase, tone)

    def _word(self) -> None:
        title = self.query_one(TitleLine)
        title.left = _("Experiments")
        title.right = self._exercise_id.rsplit("/", 1)[-1]

    async def retranslate(self) -> None:
        """Word everything again; curves, ticks and the cursor stay."""
        await self._fetch()
        self._word()
        await self._redraw()
        self.query_one(StatusLine).refresh()
        for modal in self.app.screen_stack:
            if isinstance(modal, PredictModal):
                modal.show(next(o for o in self._offers if o.experiment.id == modal.experiment))
