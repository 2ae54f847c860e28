"""The lab: a task and its results beside an editor."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import TextArea

from studybuddy.core.errors import StudybuddyError
from studybuddy.core.exercise import Exercise, ExerciseKind
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import Counterexample
from studybuddy.i18n import N_, _
from studybuddy.study.task import Task, read_task
from studybuddy.tui.commands import Command
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.lab_doors import LabDoors
from studybuddy.tui.screens.lab_keep import keep_example
from studybuddy.tui.screens.lab_keys import LAB_COMMANDS
from studybuddy.tui.screens.lab_panes import LabPanes
from studybuddy.tui.screens.lab_program import LabProgram
from studybuddy.tui.screens.lab_questions import opened
from studybuddy.tui.screens.lab_run import LabRun
from studybuddy.tui.screens.lab_trust import allowed
from studybuddy.tui.screens.lab_verdict import LabVerdict
from studybuddy.tui.screens.lab_wall import tell_wall
from studybuddy.tui.widgets.case_chips import CaseChips
from studybuddy.tui.widgets.code_editor import LONGEST_PROGRAM, CodeEditor
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.run_output import RunOutput
from studybuddy.tui.widgets.run_result import RunResult
from studybuddy.tui.widgets.run_side import run_side
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.task_panel import TaskPanel
from studybuddy.tui.widgets.title_line import TitleLine


class LabScreen(LabDoors):
    """Write a program, run it, read what the judge says. The draft is saved as it is typed.

    What runs is `LabRun`, what came of it `LabVerdict`, what is typed `LabProgram`, what has the focus
    `LabPanes`; `LabDoors` leads to other screens. Here they meet the keys.
    """

    CSS_PATH = "lab.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = LAB_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*LAB_COMMANDS)

    def __init__(self, exercise: str) -> None:
        """Open an exercise by its full id."""
        super().__init__()
        self._exercise = exercise
        self._asked: Task | None = None
        self._code = ""
        self._revealed = False
        self._run = LabRun(self)
        self._panes = LabPanes(self)
        self._program = LabProgram(self, exercise, self._say)
        self._verdict = LabVerdict(self, self._panes, self._say)

    def compose(self) -> ComposeResult:
        """Task and results on one side, the learner's program and the reference on the other."""
        yield TitleLine()
        with Container(id="bench"):
            with VerticalScroll(id="side", classes="pane"):
                yield from run_side()
            with Vertical(id="desk"):
                with Vertical(id="own", classes="pane"):
                    yield CodeEditor(read_only=True, id="editor")
                with Vertical(id="given", classes="pane"):
                    yield CodeEditor(read_only=True, id="reference")
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the task and the draft."""
        self._panes.word(self._code, self._exercise)
        self._run.mount()
        self.perform(self._open())

    async def on_unmount(self) -> None:
        """Whichever way the screen goes, keep what was typed."""
        with suppress(StudybuddyError, RuntimeError):
            await self._program.save()

    async def _open(self) -> None:
        found = await self.ask(lambda study: opened(study, self._exercise))
        self._asked, self._code, self._revealed = found.task, found.code, found.revealed
        self._verdict.section, self._verdict.passed = found.section, found.passed
        packages = found.task.exercise.ahead
        self.perform(self.ask(lambda study: study.lab.warm_up(packages)), group="warm")
        self._program.open(found.source, editable=found.task.exercise.trusted)
        panel = self.query_one(TaskPanel)
        await panel.show(found.task)
        await panel.recall(found.hints)
        panel.tried(found.attempts)
        self._say(None)
        self.perform(tell_wall(self), group="wall")
        self._panes.word(self._code, self._exercise)
        if self.focused is None:
            self._panes.editor.focus()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now."""
        ready, running = self._asked is not None, self._run.going
        trusted = self._asked is not None and self._asked.exercise.trusted
        editing = isinstance(self.focused, CodeEditor) and not self._verdict.accepted
        hints = ready and self.query_one(TaskPanel).hints_to_show
        cases = ready and len(self.query_one(CaseChips).cases) > 1 and not running
        script = self._asked is not None and self._asked.exercise.kind is ExerciseKind.SCRIPT
        xray = script and trusted and not running
        trains = xray and self._asked is not None and self._asked.exercise.observation is not None
        possible = {
            "run": ready and not running,
            "refuse": running,
            "stop": running,
            "leave_editor": editing and not running,
            "back": not editing and not running,
            "pane": ready,
            "hint": hints,
            "outside": trusted and not running,
            "next_case": cases,
            "previous_case": cases,
            "reference": ready,
            "reset": trusted,
            "fold": ready and not isinstance(self.focused, CodeEditor),
            "attempts": ready and not running,
            "experiments": self._asked is not None and bool(self._asked.exercise.experiments) and not running,
            "keep": ready and self.query_one(RunResult).example is not None and not running,
            "doctor": trains and self.query_one(RunResult).result is not None,
            "twin": trains,
            "xray": xray,
            "xray_plain": xray,
        }
        return possible.get(action, True)

    def action_keep(self) -> None:
        """Keep the counter-example that is shown."""
        example = self.query_one(RunResult).example
        if self._asked is not None and example is not None:
            self.perform(self._keep_example(self._asked.exercise, example))

    async def _keep_example(self, exercise: Exercise, example: Counterexample) -> None:
        self._say(await keep_example(self, exercise, example))

    def action_doctor(self) -> None:
        """Run and judge once more, by every judge."""
        self.action_run(doctor=True)

    # ---- running

    def action_run(self, *, doctor: bool = False) -> None:
        """Run and judge what is in the editor; with `doctor`, every judge is asked of every gradient."""
        if self._asked is None or self._run.going:
            return
        if not self._asked.exercise.trusted:
            self.perform(self._allow(), group="trust")
            return
        self._run.begin(doctor=doctor)
        self.perform(self._judge(self._asked, self._panes.editor.text), group="run")

    async def _allow(self) -> None:
        if await allowed(self, self._exercise):
            await self._open()
            self._say(Phrase(N_("this code may run now, until one of its files changes")), "good")

    def action_refuse(self) -> None:
        """A second run at once is not possible."""
        self._say(Phrase(N_("a program is still running; Esc stops it")), "warn")

    def action_stop(self) -> None:
        """Ask the running program to end."""
        self._run.stop()

    async def _judge(self, task: Task, source: str) -> None:
        self._say(Phrase(N_("running; a run that is left before its end is not recorded")))
        self._verdict.accepted = False
        self.query_one(RunResult).clear()
        self.query_one(TaskPanel).fold_hints(True)
        self.add_class("-judged")
        self._refresh_keys()
        self._panes.bring_up(self.query_one(RunOutput))
        try:
            result = await self._run.judge(task.exercise, source)
        finally:
            self._refresh_keys()
        with suppress(StudybuddyError):  # so that `saved` is not said over the verdict
            await self._program.save()
        try:
            await self._verdict.keep(task, source, result)
        finally:
            self._refresh_keys()

    # ---- task, cases, reference

    def action_hint(self) -> None:
        """Show one hint more."""
        self.perform(self._hint())

    async def _hint(self) -> None:
        panel = self.query_one(TaskPanel)
        await panel.next_hint()
        taken = panel.hints_taken
        self._refresh_keys()
        hints = panel.query(".hint")
        if len(hints) > 1:
            self._panes.bring_up(hints[-2])
        await self.ask(lambda study: study.lab.hints.take(self._exercise, taken))

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
        if self._panes.comparing:
            self._panes.end_comparing()
            self.perform(self._looked())
        else:
            self.perform(self._compare())

    async def _looked(self) -> None:
        """A reference that lay open was seen until now."""
        await self.ask(lambda study: study.lab.reveal_reference(self._exercise))

    async def _compare(self) -> None:
        question = _("Give up and look at the reference? What you copy from it will not count as your own.")
        if not (
            self._verdict.passed or self._revealed or await self.app.push_screen_wait(ConfirmModal(question))
        ):
            return
        source = await self.ask(lambda study: study.lab.reveal_reference(self._exercise))
        self._revealed = True
        self._panes.compare(source)

    def action_reset(self) -> None:
        """Begin again with the starter, once the learner has confirmed."""
        self.perform(self._reset())

    async def _reset(self) -> None:
        if self._asked is not None and await self._program.begin_again(self._asked.exercise.starter):
            self._panes.end_comparing()

    # ---- editor and focus

    @on(TextArea.Changed, "#editor")
    def _typed(self, event: TextArea.Changed) -> None:
        if self._verdict.accepted:
            self._verdict.accepted = False
            self._refresh_keys()
        self._program.typed(event.text_area.text)

    @on(CodeEditor.Full)
    def _full(self) -> None:
        phrase = Phrase.of(N_("a program may have {n} KB; the rest was left out"), n=LONGEST_PROGRAM // 1024)
        self._say(phrase, "warn")

    def action_outside(self) -> None:
        """Change the program in an editor of the learner's own."""
        self.perform(self._program.edit_outside(), group="outside")

    def action_pane(self) -> None:
        """Go to the next pane: own program, reference, task and results."""
        self._panes.go_round()

    def action_leave_editor(self) -> None:
        """From the editor to the task and the results."""
        self._panes.side.focus()

    def action_back(self) -> None:
        """Leave the lab; what was typed is saved first."""
        self.perform(self._leave())

    async def _leave(self) -> None:
        if await self._program.may_leave():
            self.app.call_later(self.app.action_back)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _refresh_keys(self) -> None:
        for line in self.query(KeyLine):
            line.refresh()

    def _say(self, phrase: Phrase | None, tone: str = "") -> None:
        for line in self.query(StatusLine):
            line.show(phrase, tone)

    async def retranslate(self) -> None:
        """Word everything again; program, results and hints taken stay."""
        if self._asked is not None:
            self._asked = await self.ask(lambda study: read_task(study.library.exercise(self._exercise)))
            await self.query_one(TaskPanel).show(self._asked)
            await self._verdict.reword(self._asked)
        self._panes.word(self._code, self._exercise)
        self.query_one(StatusLine).refresh()
        self._refresh_keys()
