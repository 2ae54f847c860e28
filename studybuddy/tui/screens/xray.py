"""The shape x-ray: a program line by line, with the shapes of its arrays."""

from __future__ import annotations

import asyncio
import threading
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from studybuddy.core.exercise import Exercise
from studybuddy.core.phrase import Phrase
from studybuddy.core.xray import Step, XrayTrace
from studybuddy.i18n import N_, _
from studybuddy.study.shape_names import size_names
from studybuddy.study.xray_lines import ending
from studybuddy.text import clean_line
from studybuddy.tui.commands import Command
from studybuddy.tui.screens.base import StudyScreen, bindings
from studybuddy.tui.screens.xray_keys import XRAY_COMMANDS
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.program_view import ProgramView
from studybuddy.tui.widgets.shape_panel import ShapePanel
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine


class XrayScreen(StudyScreen):
    """Runs a program for a moment when it opens; nothing is judged and nothing recorded."""

    CSS_PATH = "xray.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = XRAY_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*XRAY_COMMANDS)

    def __init__(self, exercise: Exercise, source: str) -> None:
        """Look into a program for a SCRIPT exercise."""
        super().__init__()
        self._exercise = exercise
        self._source = source
        self._stop = threading.Event()
        self._trace: XrayTrace | None = None
        self._names: dict[int, str] = {}
        self._index = 0

    def compose(self) -> ComposeResult:
        """The program on one side, the shapes at its present line on the other."""
        yield TitleLine()
        with Container(id="xray"):
            with Container(id="program", classes="pane"):
                yield ProgramView(self._source)
            yield ShapePanel(id="shapes")
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Run the program."""
        super().on_mount()
        self._word_titles()
        self.query_one(StatusLine).show(Phrase(N_("the program runs for a moment…")))
        self.perform(self._look())

    def on_unmount(self) -> None:
        """No program outlives the screen."""
        self._stop.set()

    async def _look(self) -> None:
        lab = await self.ask(lambda study: study.lab)
        trace = await asyncio.to_thread(lab.xray, self._exercise, self._source, self._stop)
        self._trace, self._names = trace, size_names(trace, self._exercise)
        self._index = next((n for n, step in enumerate(trace.steps) if step.failed), 0)
        self._draw()

    # ---- drawing

    def _word_titles(self) -> None:
        title = self.query_one(TitleLine)
        title.left = _("Shape x-ray") + " · " + clean_line(self._exercise.title, 100)
        self.query_one("#program").border_title = _("Program")
        self.query_one("#shapes").border_title = _("Shapes at this line")

    def _draw(self) -> None:
        trace = self._trace
        if trace is None or not self.query(ShapePanel):
            return
        self.query_one(ShapePanel).show(trace, self._names, self._index)
        if trace.steps:
            step = trace.steps[self._index]
            self.query_one(ProgramView).mark(step.first, failed=step.failed)
            self.query_one(TitleLine).right = _(
                "step {n} of {total}", n=self._index + 1, total=len(trace.steps)
            )
        self._say(trace)
        self.query_one(KeyLine).refresh()

    def _say(self, trace: XrayTrace) -> None:
        line = self.query_one(StatusLine)
        if trace.steps and trace.steps[self._index].failed:
            line.show(Phrase(N_("✗ the program fails here; k shows how it got there")), "warn")
        elif any(step.failed for step in trace.steps):
            line.show(Phrase(N_("the program fails; G shows where")), "warn")
        elif trace.problem is not None:
            line.show(Phrase(N_("✗ the program fails")), "warn")
        else:
            at_end = self._index == len(trace.steps) - 1
            line.show(ending(trace) if at_end else None)

    async def retranslate(self) -> None:
        """Word everything again; the step stays."""
        self._exercise = await self.ask(lambda study: study.library.exercise(self._exercise.id))
        self._word_titles()
        self._draw()
        for widget in (self.query_one(StatusLine), self.query_one(KeyLine)):
            widget.refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now."""
        possible = {
            "step": len(self._steps) > 1,
            "edge": len(self._steps) > 1,
            "turn": self._turned(1) is not None or self._turned(-1) is not None,
        }
        return possible.get(action.partition("(")[0], True)

    # ---- moving

    @property
    def _steps(self) -> tuple[Step, ...]:
        return self._trace.steps if self._trace is not None else ()

    def action_step(self, by: int) -> None:
        """To the line that was run next, or before."""
        self._go(self._index + by)

    def action_edge(self, end: int) -> None:
        """To the first line that was run, or the last."""
        self._go((len(self._steps) - 1) * end)

    def action_turn(self, by: int) -> None:
        """To the same line in another pass."""
        if (index := self._turned(by)) is not None:
            self._go(index)

    def action_scroll(self, lines: int) -> None:
        """Move in the shapes."""
        self.query_one(ShapePanel).scroll_relative(y=lines, animate=False)

    @on(ProgramView.LineChosen)
    def _chosen(self, event: ProgramView.LineChosen) -> None:
        later = [*range(self._index + 1, len(self._steps)), *range(self._index + 1)]
        wanted = (n for n in later if self._steps[n].first <= event.line <= self._steps[n].last)
        self._go(next(wanted, self._index))

    def _go(self, index: int) -> None:
        if self._steps:
            self._index = min(max(index, 0), len(self._steps) - 1)
            self._draw()

    def _turned(self, by: int) -> int | None:
        """The nearest step in one direction that is this line in another pass."""
        if not self._steps:
            return None
        here = self._steps[self._index]
        way = range(self._index + 1, len(self._steps)) if by > 0 else range(self._index - 1, -1, -1)
        same = (n for n in way if self._steps[n].first == here.first and self._steps[n].turns != here.turns)
        return next(same, None)
