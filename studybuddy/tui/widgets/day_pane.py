"""The left half of Today: what waits, how far the lesson is, and the checklist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from studybuddy.i18n import _, say
from studybuddy.text import cell_width, clean_line, pad, wrap_text
from studybuddy.tui.agenda import CHECKLIST, REVIEW, Entry, EntryKind
from studybuddy.tui.widgets.item_words import box, item_note
from studybuddy.tui.widgets.row_pane import Row, RowPane

if TYPE_CHECKING:
    from studybuddy.study.day import DayPlan, ItemPlan, LessonPlan

ROOMY_LINES = 34
"""Lines of a terminal from which on the items are shown with their texts."""
ROOM_TO_ALIGN = 28
"""Cells that must be left for what waits, if it is to stand in one column with the notes of the items."""
BOX = "[x] "
MOST_ITEM_LINES = 3
"""Lines for an item's text, and for what its state rests on."""


class DayPane(RowPane):
    """Review, lesson and checklist, a line each."""

    def __init__(self, plan: DayPlan, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.plan = plan
        self.retitle()

    def show(self, plan: DayPlan) -> None:
        """Show a newer plan."""
        self.plan = plan
        self.retitle()
        self.refresh(layout=True)

    def retitle(self) -> None:
        """Word the frame's title, and how long the day's plan takes of the time there is for it."""
        self.border_title = Content(" · ".join(filter(None, (_("Today"), say(self.plan.time)))))

    def rows(self, width: int) -> list[Row]:
        """The entries, with a blank line between them and the items' texts where there is room."""
        roomy = self.app.size.height >= ROOMY_LINES
        lesson = self.plan.lesson
        names = [_("Review"), _("Lesson"), _("Checklist")]
        items = lesson.checklist if lesson is not None else ()
        labels = [clean_line(item.label, 40) for item in items]
        own = max(map(cell_width, names)) + 2
        beside = max(map(cell_width, (*names, *(BOX + label for label in labels)))) + 2
        column = beside if width - beside >= ROOM_TO_ALIGN else own
        rows = [Row(Content.assemble(pad(names[0], column), self._waiting(width - column)), REVIEW)]
        if lesson is None:
            return rows
        gap = [Row()] if roomy else []
        how_far = Content.assemble(pad(names[1], column), _how_far(lesson))
        rows += [*gap, Row(how_far, Entry(EntryKind.LESSON, lesson.id)), *gap]
        ticked = _("{done} of {total}", done=_ticked(lesson), total=len(lesson.checklist))
        rows.append(Row(Content.assemble(pad(names[2], column), ticked), CHECKLIST))
        for item, label in zip(items, labels, strict=True):
            rows += _item(item, pad(label, beside - len(BOX)), width, roomy=roomy)
        return rows

    def _waiting(self, room: int) -> Content:
        """What waits and how long it takes; what was done, then the new cards, give way in a narrow pane."""
        counts, plan = self.plan.counts, self.plan
        total = counts.due + counts.waiting
        words = (
            _("{n} of {total} due", n=counts.due, total=total)
            if counts.waiting
            else _("{n} due", n=counts.due)
        )
        due = Content.styled(words, "bold")
        new = Content(_("{n} new", n=counts.new))
        minutes = Content.styled(_("~{n} min", n=plan.review_minutes), "$text-muted")
        done = Content.styled(_("{n} reviewed today", n=plan.reviewed), "$text-muted")
        parts = [part for part, n in ((due, total), (new, counts.new)) if n]
        parts = (
            [*parts, *([minutes] if plan.review_minutes else [])]
            if parts
            else [Content.styled(_("nothing due"), "$text-muted")]
        )
        if plan.reviewed:
            parts.append(done)
        for part in (done, new):
            if len(parts) > 1 and part in parts and _joined(parts).cell_length > room:
                parts.remove(part)
        return _joined(parts)


def _joined(parts: list[Content]) -> Content:
    return Content(" · ").join(parts)


def _how_far(lesson: LessonPlan) -> Content:
    if lesson.errors:
        return Content.styled("✗ " + _("has an error"), "$text-error")
    if lesson.complete:
        return Content.styled("✓ " + _("complete"), "$success")
    return Content(_("{done} of {total} sections", done=lesson.sections_done, total=len(lesson.sections)))


def _ticked(lesson: LessonPlan) -> int:
    return sum(item.status.ticked for item in lesson.checklist)


def _item(item: ItemPlan, label: str, width: int, *, roomy: bool) -> list[Row]:
    entry = Entry(EntryKind.ITEM, item.status.id)
    note = item_note(item.status)
    if not roomy:
        return [Row(Content.assemble(box(item.status), " ", label, (note, "$text-muted")), entry)]
    tone = "$success" if item.status.ticked else "$warning"
    told = [(clean_line(item.text, 400), "$text-muted"), *([(note, tone)] if note else [])]
    rows = [Row(Content.assemble(box(item.status), " ", label), entry)]
    for text, style in told:
        lines = wrap_text(text, max(width - len(BOX), 10))
        if len(lines) > MOST_ITEM_LINES:
            lines = [*lines[: MOST_ITEM_LINES - 1], lines[MOST_ITEM_LINES - 1] + "…"]
        rows += [Row(Content.styled(" " * len(BOX) + line, style), entry) for line in lines]
    return rows
