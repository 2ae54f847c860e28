"""An exercise solved again from memory: the card's task beside an editor, or one open line in the program."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Input, TextArea

from studybuddy.core.errors import StudybuddyError
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import JudgeResult
from studybuddy.i18n import N_, _, word
from studybuddy.study.recall import CodeTask
from studybuddy.study.sittings import Sitting
from studybuddy.tui.commands import Command
from studybuddy.tui.modals.confirm import ConfirmModal
from studybuddy.tui.screens.base import StudyScreen, bindings
from studybuddy.tui.screens.lab_run import LabRun
from studybuddy.tui.screens.recall_keys import RECALL_COMMANDS
from studybuddy.tui.screens.recall_program import RecallProgram
from studybuddy.tui.widgets.answer_field import AnswerField
from studybuddy.tui.widgets.code_editor import CodeEditor
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.run_result import RunResult
from studybuddy.tui.widgets.run_side import run_side
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.task_panel import TaskPanel
from studybuddy.tui.widgets.title_line import TitleLine


class RecallScreen(StudyScreen):
    """Write it, run it, go on to the rating. What is typed and what it took is kept from key to key."""

    CSS_PATH = "recall.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = RECALL_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*RECALL_COMMANDS)

    def __init__(self, card: str) -> None:
        """Open a code card by its id."""
        super().__init__()
        self._card = card
        self._asked: CodeTask | None = None
        self._sitting = Sitting()
        self._left = False
        self._since = time.monotonic()
        self._run = LabRun(self)
        self._program = RecallProgram(self, card, self._say)

    def compose(self) -> ComposeResult:
        """Task and result on one side; on the other the program and, where one line is open, its field."""
        yield TitleLine()
        with Container(id="bench"):
            with VerticalScroll(id="side", classes="pane"):
                yield from run_side()
            with Vertical(id="own", classes="pane"):
                yield CodeEditor(read_only=True, id="editor")
                yield AnswerField(id="line")
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the task and what was typed before."""
        self.query_one("#line").display = False
        self._word_titles()
        self._run.mount()
        self.perform(self._open())

    async def on_unmount(self) -> None:
        """Whichever way the screen goes, keep what was typed and the time it took; the editor is gone."""
        if self._asked is not None and not self._left:
            with suppress(StudybuddyError, RuntimeError):
                await self._save(self._program.latest)

    async def _open(self) -> None:
        card = self._card
        asked = await self.ask(lambda study: study.recall.task(card))
        self._sitting = await self.ask(lambda study: study.recall.sitting(card))
        typed = asked.begin if self._sitting.typed is None else self._sitting.typed
        self._program.open(asked, typed)
        self._asked = asked
        panel = self.query_one(TaskPanel)
        await panel.show(asked.task)
        await panel.recall(self._sitting.effort.hints)
        self._word_titles()
        self._since = time.monotonic()
        self.perform(self._warm_up(asked), group="warm")
        self.call_after_refresh(self._program.show_line)
        if self._sitting.finished:
            self._finish()
        elif self.focused is None:
            self._program.place.focus()
        self._refresh_keys()

    async def _warm_up(self, asked: CodeTask) -> None:
        await self.ask(lambda study: study.lab.warm_up(asked.exercise.ahead))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now."""
        ready, running, over = self._asked is not None, self._run.going, self._sitting.finished
        writing = ready and not running and not over
        possible = {
            "run": writing,
            "stop": running,
            "rate": over and not running,
            "back": not running,
            "hint": ready and self.query_one(TaskPanel).hints_to_show,
            "give_up": writing,
            "pane": ready,
            "outside": writing and self._asked is not None and self._asked.place is None,
        }
        return possible.get(action, True)

    # ---- running

    @on(Input.Submitted, "#line")
    def action_run(self) -> None:
        """Run and judge the program with what was typed."""
        if self._asked is None or self._run.going or self._sitting.finished:
            return
        typed = self._program.typed
        if typed.strip() in ("", self._asked.begin.strip()):
            self._say(Phrase(N_("write your answer first")), "warn")
            return
        self._run.begin()
        self.perform(self._judge(self._asked, typed), group="run")

    def action_stop(self) -> None:
        """Ask the running program to end."""
        self._run.stop()

    async def _judge(self, asked: CodeTask, typed: str) -> None:
        spent_ms = self._spent()
        self._program.hush()
        self._say(Phrase(N_("running; a run that is left before its end is no try")))
        self.query_one(RunResult).clear()
        self.query_one(TaskPanel).fold_hints(True)
        self.add_class("-judged")
        self._refresh_keys()
        try:
            result = await self._run.judge(asked.exercise, asked.program(typed))
        except BaseException:
            self._since = time.monotonic() - spent_ms / 1000
            self._say(None)
            raise
        finally:
            self._refresh_keys()
        self._since = time.monotonic()
        await self._take_note(asked, typed, result, spent_ms)

    async def _take_note(self, asked: CodeTask, typed: str, result: JudgeResult, spent_ms: int) -> None:
        """Keep the try, then say how it stands; what could not be kept is said, and the verdict shown."""
        said, tone = Phrase(N_("not kept; run again to try once more")), "warn"
        before = self._sitting.effort.attempts
        try:
            self._sitting = await self.ask(
                lambda study: study.recall.tried(self._card, typed, result, spent_ms)
            )
            self._program.kept(typed)
            said, tone = Phrase(N_("not accepted yet: try again, or give up")), ""
            if self._sitting.effort.accepted:
                said, tone = Phrase(N_("✓ accepted · Enter goes on to the rating")), "good"
            elif self._sitting.effort.attempts == before:
                said, tone = Phrase(N_("this run does not count as a try")), ""
        finally:
            panel = self.query_one(RunResult)
            panel.show(result, asked.task.whys)
            self._say(said, tone)
            if self._sitting.finished:
                self._finish()
            else:
                self._program.show_error(panel.error_line)
            self._refresh_keys()

    def _finish(self) -> None:
        """There is a result: nothing more is typed."""
        self._program.close()
        self.query_one("#side").focus()

    # ---- hints, giving up, leaving

    def action_hint(self) -> None:
        """Show one hint more; it counts."""
        self.perform(self._hint())

    async def _hint(self) -> None:
        panel = self.query_one(TaskPanel)
        await panel.next_hint()
        number = panel.hints_taken
        self._sitting = await self.ask(lambda study: study.recall.take_hint(self._card, number))
        self._refresh_keys()
        hints = panel.query(".hint")
        if len(hints) > 1:
            side = self.query_one("#side")
            self.call_after_refresh(side.scroll_to_widget, hints[-2], top=True, animate=False)

    def action_give_up(self) -> None:
        """Look at the reference instead."""
        self.perform(self._give_up())

    async def _give_up(self) -> None:
        question = _("Give up and look at the reference? The proposed rating is Again then.")
        if not await self.inquire(ConfirmModal(question)):
            return
        await self._save(self._program.typed)
        self._sitting = await self.ask(lambda study: study.recall.give_up(self._card))
        await self._leave()

    def action_rate(self) -> None:
        """Back to the card, which is turned by now."""
        self.action_back()

    def action_back(self) -> None:
        """Back to the card; what was typed is saved first."""
        self.perform(self._leave())

    async def _leave(self) -> None:
        if self._asked is not None and not self._left:
            try:
                await self._save(self._program.typed)
            except StudybuddyError as error:
                question = _(
                    "Your program could not be saved: {error}\nLeave all the same?", error=word(error)
                )
                if not await self.inquire(ConfirmModal(question)):
                    return
        self._left = True
        self.app.call_later(self.app.action_back)

    async def _save(self, typed: str) -> None:
        spent_ms = self._spent()
        await self.ask(lambda study: study.recall.type(self._card, typed, spent_ms))

    def _spent(self) -> int:
        """Milliseconds since this was last asked."""
        before, self._since = self._since, time.monotonic()
        return int((self._since - before) * 1000)

    def action_pane(self) -> None:
        """Go to the other pane."""
        side = self.query_one("#side")
        (self._program.place if side.has_focus_within and not self._sitting.finished else side).focus()

    def action_outside(self) -> None:
        """Change the program in an editor of the learner's own."""
        self.perform(self._program.edit_outside(), group="outside")

    # ---- words

    @on(TextArea.Changed, "#editor")
    @on(Input.Changed, "#line")
    def _changed(self) -> None:
        if self._asked is not None and not self._sitting.finished:
            self._program.changed()

    @on(CodeEditor.Full)
    def _full(self) -> None:
        self._program.cut()

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _refresh_keys(self) -> None:
        for line in self.query(KeyLine):
            line.refresh()

    def _say(self, phrase: Phrase | None, tone: str = "") -> None:
        for line in self.query(StatusLine):
            line.show(phrase, tone)

    def _word_titles(self) -> None:
        title = self.query_one(TitleLine)
        title.left = _("From memory")
        title.right = self._asked.exercise.id.replace("/", " · ") if self._asked else ""
        self.query_one("#side").border_title = _("Task and result")
        whole = self._asked is None or self._asked.place is None
        self.query_one("#own").border_title = _("Your program") if whole else _("The program, one line open")

    async def retranslate(self) -> None:
        """Word everything again; what was typed, the result and the hints taken stay."""
        if self._asked is not None:
            asked = await self.ask(lambda study: study.recall.task(self._card))
            self._asked = asked
            await self.query_one(TaskPanel).show(asked.task)
            self.query_one(RunResult).reword(asked.task.whys, ())
        self._word_titles()
        self.query_one(StatusLine).refresh()
        self._refresh_keys()
