"""What a learner can turn to from Today, and which of it comes next."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studybuddy.study.day import DayPlan


class EntryKind(StrEnum):
    """What stands on a line that can be opened."""

    REVIEW = "review"
    LESSON = "lesson"
    CHECKLIST = "checklist"
    ITEM = "item"
    SECTION = "section"
    SETTING = "setting"
    PRESET = "preset"
    ATTEMPT = "attempt"
    EXPERIMENT = "experiment"
    CURVE = "curve"
    DRILL = "drill"
    FILE = "file"
    CHANGE = "change"
    FINDING = "finding"


class Entry(NamedTuple):
    """Something to open: `id` is that of the lesson, item or section, or the key of the setting."""

    kind: EntryKind
    id: str = ""


REVIEW = Entry(EntryKind.REVIEW)
CHECKLIST = Entry(EntryKind.CHECKLIST)


def next_entry(plan: DayPlan) -> Entry | None:
    """The most useful thing to do now, None when the day is done.

    What is due comes first, because it is forgotten otherwise; then the first section not done; then what
    is new and still to be learnt; then the first checklist item without a tick. The summary is done with the
    checklist, so it is never proposed itself. A lesson whose files have an error is not proposed.
    """
    if plan.counts.due:
        return REVIEW
    lesson = plan.lesson
    usable = lesson is not None and not lesson.errors
    if lesson is not None and usable and not lesson.complete:
        for section in lesson.sections:
            if not section.done and section.kind != "summary":
                return Entry(EntryKind.SECTION, section.id)
    if plan.counts.new:
        return REVIEW
    if lesson is not None and usable and not lesson.complete:
        for item in lesson.checklist:
            if not item.status.ticked:
                return Entry(EntryKind.ITEM, item.status.id)
    return None
