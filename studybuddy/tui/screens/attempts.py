"""Earlier submissions: each compared with the program as it is now, or with the one before it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.worker import WorkType

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.attempts import Attempt
from studybuddy.study.differences import compare
from studybuddy.tui.agenda import Entry
from studybuddy.tui.commands import BACK, Command
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.row_screen import DOWN, UP, RowScreen
from studybuddy.tui.widgets.attempt_pane import AttemptPane, attempt_entry
from studybuddy.tui.widgets.difference_view import DifferenceView
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

PAGE = 8
"""Lines that a key for a page scrolls."""


class AttemptsScreen(RowScreen):
    """A list of what was run, and what the one in front was like."""

    CSS_PATH = "attempts.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = (
        Command(
            "attempts.against",
            "enter",
            "against",
            N_("other side"),
            N_("Compare with your program as it is now, or with the run before"),
        ),
        Command(
            "attempts.put", "p", "put", N_("take this one"), N_("Put this version into the editor; ^z undoes")
        ),
        Command(
            "attempts.page",
            "space,pagedown",
            "page(1)",
            N_("scroll"),
            N_("Scroll the comparison down"),
            findable=False,
        ),
        Command(
            "attempts.page_up",
            "b,pageup",
            "page(-1)",
            N_("scroll up"),
            N_("Scroll the comparison up"),
            footer=False,
            findable=False,
        ),
        BACK,
        DOWN,
        UP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMMANDS_HERE)

    def __init__(self, exercise: str, source: str, put: Callable[[str], None]) -> None:
        """Show what was run of an exercise.

        Args:
            exercise: full id.
            source: the learner's program as it is now.
            put: takes a version that the learner wants back.
        """
        super().__init__()
        self._exercise = exercise
        self._source = source
        self._put = put
        self._attempts: list[Attempt] = []
        self._before = False

    def compose(self) -> ComposeResult:
        """The list, and beside or below it the comparison."""
        yield TitleLine()
        with Container(id="attempts"):
            with VerticalScroll(id="list", can_focus=False):
                yield AttemptPane()
            yield DifferenceView()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the log."""
        self._word()
        self.perform(self._open())

    async def _open(self) -> None:
        self._attempts = await self.ask(lambda study: study.lab.history(self._exercise))
        self.query_one(AttemptPane).show(self._attempts)
        self.put_cursor(attempt_entry(self._attempts[-1]) if self._attempts else None)
        self._compare()
        self.query_one(KeyLine).refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is something to compare only after a run."""
        here = action.partition("(")[0]
        return bool(self._attempts) if here in ("against", "put", "page") else True

    def put_cursor(self, entry: Entry | None) -> None:
        """Stand on an attempt and compare it."""
        moved = entry != self.cursor
        super().put_cursor(entry)
        if moved:
            self._compare()

    def open(self, entry: Entry) -> None:
        """A click on an attempt brings it to the front, which is all."""

    @property
    def _chosen_attempt(self) -> Attempt | None:
        cursor = self.cursor
        return next((attempt for attempt in self._attempts if attempt_entry(attempt) == cursor), None)

    def action_against(self) -> None:
        """Compare with the other side: the program as it is now, or the run before."""
        self._before = not self._before
        self._compare()

    def action_page(self, pages: int) -> None:
        """Scroll the comparison."""
        self.query_one(DifferenceView).scroll_relative(y=pages * PAGE, animate=False)

    def action_put(self) -> None:
        """Put the version in front into the editor and go back there."""
        if (chosen := self._chosen_attempt) is not None:
            self._put(chosen.source)
            self.app.call_later(self.app.action_back)

    def _compare(self) -> None:
        work: WorkType[None] = self._show_difference  # not yet called: the next may take its place before
        self.run_worker(work, group="compare", exclusive=True, exit_on_error=False)

    async def _show_difference(self) -> None:
        view, chosen = self.query_one(DifferenceView), self._chosen_attempt
        self._say()
        if chosen is None:
            view.show(None, "")
            return
        if not self._before:
            title = _("run {number} → your program now", number=chosen.number)
            old, new = chosen.source, self._source
        elif chosen.number > 1:
            title = _("run {before} → run {number}", before=chosen.number - 1, number=chosen.number)
            old, new = self._attempts[chosen.number - 2].source, chosen.source
        else:
            title = _("run {number}, the first", number=chosen.number)
            old, new = "", chosen.source
        view.show(await asyncio.to_thread(compare, old, new), title)

    def _say(self) -> None:
        none = Phrase(N_("run your program in the lab; each run is kept with its source"))
        self.query_one(StatusLine).show(None if self._attempts else none)

    def _word(self) -> None:
        title = self.query_one(TitleLine)
        title.left = _("Runs so far")
        title.right = self._exercise.rsplit("/", 1)[-1]

    async def retranslate(self) -> None:
        """Word everything again; the cursor stays."""
        self._word()
        self.query_one(AttemptPane).show(self._attempts)
        self._compare()
        for part in (StatusLine, KeyLine):
            self.query_one(part).refresh()
