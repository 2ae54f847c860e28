"""The part of the import screen that shows what a file holds and what importing it would do."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING

from studybuddy.core.errors import UsageError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.source_lines import Look, look
from studybuddy.text import clean_line
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.import_words import after, before, said_by
from studybuddy.tui.own_thread import beside
from studybuddy.tui.screens.import_path import ImportPath
from studybuddy.tui.widgets.finding_panes import ChangesPane, FindingsPane
from studybuddy.tui.widgets.finding_view import FindingView
from studybuddy.tui.widgets.import_facts import ImportFacts, Said
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.offers_pane import OffersPane
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.study.import_plan import ImportPlan, PlannedLesson
    from studybuddy.study.trust import TrustState

LONGEST_NAME = 60
LOW = 16
"""Lines of a terminal below which the line of a finding is not shown."""


class ImportLook(ImportPath):
    """Reads a file beside the screen, and shows what was found."""

    def __init__(self) -> None:
        super().__init__()
        self._look: Look | None = None
        self._plan: ImportPlan | None = None
        self._state: TrustState | None = None
        self._before = self.stage
        """The stage to go back to when reading leads nowhere."""

    @property
    def _lesson(self) -> PlannedLesson | None:
        return self._plan.lessons[0] if self._plan is not None else None

    def read(self, chosen: str) -> None:
        """Read what lies at a path; Escape stops the waiting."""
        self._wait(partial(self._read, chosen))

    def action_again(self) -> None:
        """Read the same file again: it may have been mended."""
        self._wait(self._read_again)

    def action_stop(self) -> None:
        """Wait no longer; the thread that reads is left to itself."""
        self.workers.cancel_group(self, "reading")
        self._settle()

    def _wait(self, work: Callable[[], Coroutine[None, None, None]]) -> None:
        """Do something that reads a file; the stage is as before where it did not lead on."""
        self._before = self.stage
        self._enter("reading")

        async def waiting() -> None:
            try:
                await work()
            except Exception:
                self._settle()
                raise
            self._settle()

        self.newest(waiting, "reading")

    def _settle(self) -> None:
        if self.stage in ("reading", "saving"):
            self._enter(self._before)
        self.word()

    async def look_at(self, path: Path, code: str = "") -> tuple[Look, ImportPlan]:
        """What a file holds, read in a thread of its own, and what importing it would do."""
        seen = await beside(lambda: look(path))
        return seen, await self.ask(lambda study: study.imports.planned([seen.given], code))

    async def _read(self, chosen: str) -> None:
        path = await self.target(chosen)
        if path is None:
            return
        self.say_reading(path)
        try:
            seen, plan = await self.look_at(path)
        except UsageError as error:
            self.say_wrong(said_by(error))
        else:
            self._show(seen, plan)

    async def _read_again(self) -> None:
        assert self._look is not None
        try:
            seen, plan = await self.look_at(self._look.given.path, self._wanted)
        except UsageError as error:
            self._tell(said_by(error), wrong=True)
            return
        same = seen.given.hash == self._look.given.hash
        self._show(seen, plan)
        self._tell(Phrase(N_("the file is as it was") if same else N_("read again")))

    @property
    def _wanted(self) -> str:
        return self._plan.wanted if self._plan is not None else ""

    def _show(self, seen: Look, plan: ImportPlan) -> None:
        """Show what a file holds and becomes."""
        lesson = plan.lessons[0]
        self._look, self._plan, self._state = seen, plan, None
        self.set_focus(None)
        self._enter("seen")
        self.query_one(ChangesPane).show(lesson.difference, lesson.warnings)
        self.query_one(FindingsPane).show(sorted(seen.found, key=lambda one: not one.error))
        self._tell()
        self.query_one("#rows").scroll_home(animate=False)
        self.put_cursor(None)
        self.word()

    def _enter(self, stage: str) -> None:
        """Be at another stage, with its keys; the path is shown until there is a lesson to show."""
        self.stage = stage
        self.query_one(KeyLine).refresh()
        if stage in ("path", "seen"):
            path = stage == "path"
            for part in (self.query_one("#path"), self.query_one("#hint"), self.query_one(OffersPane)):
                part.display = path
            self.query_one(ImportFacts).display = not path

    def put_cursor(self, entry: Entry | None) -> None:
        """Stand on a line, and show what it is about."""
        super().put_cursor(entry)
        self._point()

    def _point(self) -> None:
        view, here = self.query_one(FindingView), self.cursor
        if here is None or here.kind is EntryKind.FILE or self.app.size.height < LOW:
            view.show(None)
        elif here.kind is EntryKind.CHANGE:
            view.show(self.query_one(ChangesPane).at(int(here.id)))
        else:
            view.show(self.query_one(FindingsPane).found[int(here.id)])

    def on_resize(self) -> None:
        """Give the list the room where there is little."""
        self._point()

    def _tell(self, said: Phrase | None = None, *, wrong: bool = False) -> None:
        """Show what becomes of the file, and below that what came of the last key."""
        lesson = self._lesson
        if lesson is None:
            return
        told = (
            ()
            if said is None
            else (Said("✗", said, "$text-error") if wrong else Said("", said, "$text-warning"),)
        )
        stands = before(lesson) if self._state is None else after(self._state)
        self.query_one(ImportFacts).show(lesson, (*stands, *told))

    def action_choose(self) -> None:
        """Go back to the path."""
        self._look = self._plan = self._state = None
        self._enter("path")
        for pane in (self.query_one(ChangesPane), self.query_one(FindingsPane)):
            pane.display = False
        self._point()
        self.query_one(LineInput).focus()
        self.word()
        self.newest(self.offer)

    action_other = action_choose

    async def retranslate(self) -> None:
        """Word everything again; what was typed stays."""
        self.word()

    def word(self) -> None:
        """Word everything in the language in use."""
        super().word()
        path = self._look.given.path if self._look is not None else None
        self.query_one(TitleLine).right = clean_line(path.name, LONGEST_NAME) if path is not None else ""
        for pane in (self.query_one(ChangesPane), self.query_one(FindingsPane)):
            pane.word()
        self.query_one(ImportFacts).refresh(layout=True)
        self.query_one(FindingView).refresh()
