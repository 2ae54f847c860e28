"""The day's checklist: ticks that came by evidence, and ticks by hand with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.undoing import undo
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.commands import BACK, UNDO, Command
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.row_screen import DOWN, UP, RowScreen
from studybuddy.tui.widgets.checklist_pane import ChecklistPane
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from studybuddy.study.day import ItemPlan, LessonPlan


class ChecklistScreen(RowScreen):
    """The items of one lesson. Nothing here judges: evidence does, or the learner."""

    CSS_PATH = "checklist.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = (
        Command("checklist.toggle", "enter,space", "open", N_("tick / untick"), N_("Tick or untick by hand")),
        UNDO._replace(footer=True),
        BACK,
        DOWN,
        UP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMMANDS_HERE)

    def __init__(self, lesson: LessonPlan, item: str = "") -> None:
        """Show a lesson's items, with the cursor on one of them."""
        super().__init__()
        self._lesson = lesson
        self._first = item

    def compose(self) -> ComposeResult:
        """The title, the items, what happened last, the keys."""
        yield TitleLine()
        with Container(id="items"):
            yield ChecklistPane(self._lesson)
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Stand on the item asked for, and read how everything stands now."""
        open_items = (item.status.id for item in self._lesson.checklist if not item.status.ticked)
        self.put_cursor(Entry(EntryKind.ITEM, self._first or next(open_items, "")))
        self._word()
        self.perform(self.refresh_plan())

    async def refresh_plan(self) -> None:
        """Read how everything stands now."""
        lesson = self._lesson.id
        self._lesson = await self.ask(
            lambda study: study.day.lesson_plan(study.desk.catalogue.lesson(lesson))
        )
        self.query_one(ChecklistPane).show(self._lesson)
        self.put_cursor(self.cursor)
        self._celebrate()

    async def retranslate(self) -> None:
        """Read the items in the other language."""
        await self.refresh_plan()
        self._word()

    def _word(self) -> None:
        title = self.query_one(TitleLine)
        title.left, title.right = _("Checklist"), self._lesson.code
        for part in (TitleLine, StatusLine, KeyLine):
            self.query_one(part).refresh()

    def _celebrate(self) -> None:
        items = self._lesson.checklist
        status = self.query_one(StatusLine)
        if items and all(item.status.ticked for item in items):
            status.show(Phrase(N_("✓ Everything on the list is done. Well done today.")), "good")
        else:
            status.show(None)

    def open(self, entry: Entry) -> None:
        """Ask why, then tick or untick the item by hand."""
        item = next((item for item in self._lesson.checklist if item.status.id == entry.id), None)
        if item is not None:
            self.perform(self._toggle(item))

    async def _toggle(self, item: ItemPlan) -> None:
        from studybuddy.tui.modals.reason import ReasonModal

        ticked = item.status.ticked
        question = N_("Untick {item}?") if ticked else N_("Tick {item} by hand?")
        reason = await self.inquire(ReasonModal(Phrase.of(question, item=item.label), item.text))
        if reason is None:
            return
        identifier = item.status.id
        if ticked:
            await self.ask(lambda study: study.checklist.untick(identifier, reason))
        else:
            await self.ask(lambda study: study.checklist.tick(identifier, reason))
        await self.refresh_plan()

    def action_undo(self) -> None:
        """Take the last thing back, and say what it was."""
        self.perform(self._undo())

    async def _undo(self) -> None:
        undone = await self.ask(undo)
        await self.refresh_plan()
        self.query_one(StatusLine).show(undone)
