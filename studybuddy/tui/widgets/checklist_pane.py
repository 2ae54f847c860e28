"""The checklist at full length: what each item asks for, how it stands, and what would tick it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from studybuddy.core.checklist import TickState
from studybuddy.i18n import _, say
from studybuddy.text import clean_line, wrap_text
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.widgets.item_words import box, item_note
from studybuddy.tui.widgets.row_pane import Row, RowPane

if TYPE_CHECKING:
    from studybuddy.study.day import ItemPlan, LessonPlan

INDENT = "    "


class ChecklistPane(RowPane):
    """Four items, a few lines each."""

    def __init__(self, lesson: LessonPlan, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.show(lesson)

    def show(self, lesson: LessonPlan) -> None:
        """Show a newer state."""
        self.lesson = lesson
        self.border_title = Content(clean_line(lesson.title, 200) or lesson.code)
        self.refresh(layout=True)

    def rows(self, width: int) -> list[Row]:
        """For each item its box, its words, and what its state rests on; blank lines between them."""
        rows: list[Row] = []
        for item in self.lesson.checklist:
            rows += [Row()] * bool(rows) + _item(item, width)
        return rows or [Row(Content(_("This lesson has no checklist.")))]


def _item(item: ItemPlan, width: int) -> list[Row]:
    entry = Entry(EntryKind.ITEM, item.status.id)
    rows = [Row(Content.assemble(box(item.status), " ", clean_line(item.label, 80)), entry)]

    def tell(text: str, style: str = "") -> None:
        lines = wrap_text(text, max(width - len(INDENT), 10))
        rows.extend(Row(Content.styled(INDENT + line, style), entry) for line in lines)

    tell(clean_line(item.text, 1000))
    state = item.status.state
    if note := item_note(item.status):
        tell(note, "$success" if item.status.ticked else "$warning")
    if state is TickState.UNTICKED and item.status.evidence is not None:
        tell(
            _("there is evidence: {evidence}", evidence=clean_line(say(item.status.evidence))), "$text-muted"
        )
    if not item.status.ticked and item.wanted is not None:
        tell(say(item.wanted), "$text-muted")
    return rows
