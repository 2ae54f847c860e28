"""The lab: a task and its results beside an editor."""

from __future__ import annotations

import asyncio
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widget import Widget
from textual.widgets import TextArea

from studybuddy.core.errors import StudybuddyError
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.i18n import N_, _, word
from studybuddy.study.task import Task, read_task
from studybuddy.tui.commands import Command
from studybuddy.tui.draft import Draft
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.outside import edit_elsewhere
from studybuddy.tui.screens.base import StudyScreen, bindings
from studybuddy.tui.screens.lab_keys import LAB_COMMANDS
from studybuddy.tui.screens.lab_questions import opened, proofs, submit
from studybuddy.tui.widgets.case_chips import CaseChips
from studybuddy.tui.widgets.code_editor import LONGEST_PROGRAM, CodeEditor
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.loss_plot import LossPlot, load_plotting
from studybuddy.tui.widgets.run_output import Feed, RunOutput
from studybuddy.tui.widgets.run_result import Proof, RunResult
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.task_panel import TaskPanel
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from studybuddy.study.loss_watch import LossWatch

CURVE_S = 0.2
"""How often a running script's losses are drawn."""


class LabScreen(StudyScreen):
    """Write a program, run it, read what the judge says. The draft is saved as it is typed."""

    CSS_PATH = "lab.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = LAB_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*LAB_COMMANDS)

    def __init__(self, exercise: str) -> None:
        """Open an exercise by its full id."""
        super().__init__()
        self._exercise = exercise
        self._asked: Task | None = None
        self._code = ""
        self._passed = False
        self._revealed = False
        self._section = 0
        self._proven: frozenset[str] = frozenset()
        self._accepted = False
        self._watch: LossWatch | None = None
        self._stop: threading.Event | None = None
        self._draft = Draft(self, lambda study, text: study.lab.save_draft(exercise, text), self._say)

    def compose(self) -> ComposeResult:
        """Task and results on one side, the learner's program and the reference on the other."""
        yield TitleLine()
        with Container(id="bench"):
            with VerticalScroll(id="side", classes="pane"):
                yield RunOutput(id="live")
                yield LossPlot(id="live-curve")
                yield RunResult(id="result")
                yield TaskPanel(id="task")
            with Vertical(id="desk"):
                with Vertical(id="own", classes="pane"):
                    yield CodeEditor(read_only=True, id="editor")
                with Vertical(id="given", classes="pane"):
                    yield CodeEditor(read_only=True, id="reference")
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the task and the draft."""
        self._word_titles()
        self._watching = self.set_interval(CURVE_S, self._look_at_losses, pause=True)
        self.perform(self._open())

    async def on_unmount(self) -> None:
        """Whichever way the screen goes, keep what was typed."""
        with suppress(StudybuddyError, RuntimeError):
            await self._draft.save()

    async def _open(self) -> None:
        found = await self.ask(lambda study: opened(study, self._exercise))
        self._asked, self._code, self._section = found.task, found.code, found.section
        self._passed, self._revealed = found.passed, found.revealed
        editor = self.query_one("#editor", CodeEditor)
        editor.open(found.source)
        self._draft.open(editor.text)
        editor.read_only = False
        panel = self.query_one(TaskPanel)
        await panel.show(found.task)
        panel.tried(found.attempts)
        self._say(None)
        self._word_titles()
        if self.focused is None:
            editor.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now."""
        ready, running = self._asked is not None, self._stop is not None
        editing = isinstance(self.focused, CodeEditor) and not self._accepted
        hints = ready and self.query_one(TaskPanel).hints_to_show
        cases = ready and len(self.query_one(CaseChips).cases) > 1 and not running
        possible = {
            "run": ready and not running,
            "refuse": running,
            "stop": running,
            "leave_editor": editing and not running,
            "back": not editing and not running,
            "pane": ready,
            "hint": hints,
            "outside": ready and not running,
            "next_case": cases,
            "previous_case": cases,
            "reference": ready,
            "reset": ready,
            "fold": ready and not isinstance(self.focused, CodeEditor),
        }
        return possible.get(action, True)

    # ---- running

    def action_run(self) -> None:
        """Run and judge what is in the editor."""
        if self._asked is not None and self._stop is None:
            self._stop = threading.Event()
            source = self.query_one("#editor", CodeEditor).text
            self.perform(self._run(self._asked, source, self._stop), group="run")

    def action_refuse(self) -> None:
        """A second run at once is not possible."""
        self._say(Phrase(N_("a program is still running; Esc stops it")), "warn")

    def action_stop(self) -> None:
        """Ask the running program to end."""
        if self._stop is not None:
            self._stop.set()
            self.query_one(RunOutput).say_stopping()

    async def _run(self, task: Task, source: str, stop: threading.Event) -> None:
        feed = Feed()
        self._begin(feed)
        try:
            lab = await self.ask(lambda study: study.lab)
            self._watch = watch = lab.watch_losses(task.exercise)
            if watch is not None:
                self._watching.resume()
                self.run_worker(load_plotting, group="plot", thread=True, exit_on_error=False)

            def hear(text: str) -> None:
                feed.write(text)
                if watch is not None:
                    watch.write(text)

            result = await asyncio.to_thread(lab.judge, task.exercise, source, hear, stop)
        finally:
            stop.set()  # also when this worker is cancelled because the screen or the app is left
            self._stop = self._watch = None
            self._watching.pause()
            for live in self.query(RunOutput):
                live.end()
            for curve in self.query("#live-curve").results(LossPlot):
                await curve.show(())
            self._refresh_keys()
        await self._keep(task, source, result)

    async def _look_at_losses(self) -> None:
        """Draw what the running script has printed so far."""
        if self._watch is not None and (losses := self._watch.read()):
            curve = self.query_one("#live-curve", LossPlot)
            await curve.show(losses)
            self.query_one(RunOutput).set_class(curve.drawn, "-short")

    def _begin(self, feed: Feed) -> None:
        self._say(Phrase(N_("running; a run that is left before its end is not recorded")))
        self._accepted = False
        self.query_one(RunResult).clear()
        self.query_one(TaskPanel).fold_hints(True)
        self.add_class("-judged")
        live = self.query_one(RunOutput)
        live.follow(feed)
        self._refresh_keys()
        self.call_after_refresh(self._bring_up, live)

    async def _keep(self, task: Task, source: str, result: JudgeResult) -> None:
        """Record the run; `recorded` is said only after it is on the disk."""
        proven: tuple[Proof, ...] = ()
        self._proven = frozenset()
        recorded = Phrase.of(N_("not recorded; run again to try once more"))
        tone = "warn"
        try:
            kept = await self.ask(lambda study: submit(study, task.exercise, source, result))
            proven = kept.proofs
            self._proven = frozenset(proof.label for proof in proven)
            self.query_one(TaskPanel).tried(kept.attempts)
            recorded, tone = Phrase(N_("recorded")), ""
            if result.verdict is Verdict.AC:
                self._passed = True
                self._accepted = self.query_one("#editor", CodeEditor).text == source
                recorded, tone = self._next_step(), "good"
        finally:
            panel = self.query_one(RunResult)
            panel.show(result, task.whys, proven)
            self._say(recorded, tone)
            self._refresh_keys()
            self.call_after_refresh(self._bring_up, panel)
            if (line := panel.error_line) is not None:
                self.query_one("#editor", CodeEditor).point_at(line)

    def _next_step(self) -> Phrase:
        """What to do after an accepted program. Escape leaves at once, as long as nothing more is typed."""
        below = type(self.app.screen_stack[-2]).__name__
        if self._section and below == "LessonScreen":  # by name: the lesson knows the lab already
            return Phrase.of(N_("✓ accepted · Esc goes back to section {n}"), n=self._section)
        return Phrase(N_("✓ accepted · Esc goes back"))

    def _bring_up(self, widget: Widget) -> None:
        self.query_one("#side", VerticalScroll).scroll_to_widget(widget, top=True, animate=False)

    # ---- task, cases, reference

    def action_hint(self) -> None:
        """Show one hint more."""
        self.perform(self._hint())

    async def _hint(self) -> None:
        panel = self.query_one(TaskPanel)
        await panel.next_hint()
        self._refresh_keys()
        hints = panel.query(".hint")
        if len(hints) > 1:
            self.call_after_refresh(self._bring_up, hints[-2])

    def action_fold(self) -> None:
        """Fold or unfold the task."""
        panel = self.query_one(TaskPanel)
        panel.fold(not panel.folded)

    def action_next_case(self) -> None:
        """Open the next case."""
        self.query_one(CaseChips).action_step(1)

    def action_previous_case(self) -> None:
        """Open the case before."""
        self.query_one(CaseChips).action_step(-1)

    def action_reference(self) -> None:
        """Show the reference, or hide it."""
        if self.has_class("-comparing"):
            self.remove_class("-comparing")
            self.query_one("#editor").focus()
        else:
            self.perform(self._compare())

    async def _compare(self) -> None:
        question = _("Give up and look at the reference? What you copy from it will not count as your own.")
        if not (self._passed or self._revealed or await self.app.push_screen_wait(ConfirmModal(question))):
            return
        source = await self.ask(lambda study: study.lab.reveal_reference(self._exercise))
        self._revealed = True
        reference = self.query_one("#reference", CodeEditor)
        reference.open(source)
        self.add_class("-comparing")
        reference.focus()

    def action_reset(self) -> None:
        """Begin again with the starter, once the learner has confirmed."""
        self.perform(self._reset())

    async def _reset(self) -> None:
        if self._asked is None:
            return
        question = _("Put the starter in the place of your program? ctrl+z in the editor brings it back.")
        if await self.app.push_screen_wait(ConfirmModal(question)):
            editor = self.query_one("#editor", CodeEditor)
            editor.put(self._asked.exercise.starter)
            self.remove_class("-comparing")
            editor.focus()

    # ---- editor and focus

    @on(TextArea.Changed, "#editor")
    def _typed(self, event: TextArea.Changed) -> None:
        if self._accepted:
            self._accepted = False
            self._refresh_keys()
        self._draft.type(event.text_area.text)

    @on(CodeEditor.Full)
    def _full(self) -> None:
        phrase = Phrase.of(N_("a program may have {n} KB; the rest was left out"), n=LONGEST_PROGRAM // 1024)
        self._say(phrase, "warn")

    def action_outside(self) -> None:
        """Change the program in an editor of the learner's own."""
        self.perform(self._outside(), group="outside")

    async def _outside(self) -> None:
        editor = self.query_one("#editor", CodeEditor)
        chosen = await self.ask(lambda study: str(study.desk.preferences["editor"]))
        changed = edit_elsewhere(self.app, chosen, editor.text)
        if changed.rstrip("\n") != editor.text.rstrip("\n"):
            cursor = editor.cursor_location
            editor.put(changed)
            editor.move_cursor(cursor)
            self._say(Phrase(N_("your program came back from the editor; ^z takes that back")))
        editor.focus()

    def action_pane(self) -> None:
        """Go to the next pane: own program, reference, task and results."""
        stops: list[Widget] = [self.query_one("#editor")]
        if self.has_class("-comparing"):
            stops = [*stops, self.query_one("#reference")] if self.has_class("-wide") else stops[:0]
            stops = stops or [self.query_one("#reference")]
        stops.append(self._side_focus())
        here = next((i for i, widget in enumerate(stops) if widget.has_focus), len(stops) - 1)
        stops[(here + 1) % len(stops)].focus()

    def _side_focus(self) -> Widget:
        chips = self.query_one(CaseChips)
        return chips if chips.cases and chips.is_on_screen else self.query_one("#side")

    def action_leave_editor(self) -> None:
        """From the editor to the task and the results."""
        self._side_focus().focus()

    def action_back(self) -> None:
        """Leave the lab; what was typed is saved first."""
        self.perform(self._leave())

    async def _leave(self) -> None:
        try:
            await self._draft.save()
        except StudybuddyError as error:
            question = _("Your program could not be saved: {error}\nLeave all the same?", error=word(error))
            if not await self.app.push_screen_wait(ConfirmModal(question)):
                return
        self.app.call_later(self.app.action_back)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _refresh_keys(self) -> None:
        for line in self.query(KeyLine):
            line.refresh()

    def _say(self, phrase: Phrase | None, tone: str = "") -> None:
        for line in self.query(StatusLine):
            line.show(phrase, tone)

    # ---- words

    def _word_titles(self) -> None:
        title = self.query_one(TitleLine)
        title.left = _("Lab")
        title.right = f"{self._code} · {self._exercise.rsplit('/', 1)[-1]}" if self._code else ""
        self.query_one("#side").border_title = _("Task and result")
        self.query_one("#own").border_title = _("Your program")
        self.query_one("#given").border_title = _("Reference (to read)")

    async def retranslate(self) -> None:
        """Word everything again; program, results and hints taken stay."""
        if self._asked is not None:
            self._asked = await self.ask(lambda study: read_task(study.library.exercise(self._exercise)))
            await self.query_one(TaskPanel).show(self._asked)
            panel = self.query_one(RunResult)
            accepted = panel.result is not None and panel.result.verdict is Verdict.AC
            found = await self.ask(lambda study: proofs(study, self._exercise, accepted=accepted))
            panel.reword(self._asked.whys, [proof for proof in found if proof.label in self._proven])
        self._word_titles()
        self.query_one(StatusLine).refresh()
        self._refresh_keys()
