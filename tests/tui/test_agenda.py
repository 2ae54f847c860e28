from __future__ import annotations

from datetime import date

from studybuddy.core.checklist import ItemStatus, TickedBy, TickState
from studybuddy.core.phrase import Phrase
from studybuddy.store.queue import QueueCounts
from studybuddy.study.day import DayPlan, ItemPlan, LessonPlan, SectionPlan
from studybuddy.tui.agenda import REVIEW, Entry, EntryKind, next_entry

KINDS = ("theory", "code", "summary")


def _plan(
    counts: tuple[int, int, int] = (0, 0, 0),
    done: tuple[str, ...] = (),
    ticked: bool = False,
    complete: bool = False,
    errors: tuple[str, ...] = (),
) -> DayPlan:
    sections = tuple(
        SectionPlan(f"x/{kind}", kind, kind, 5, kind in done, Phrase("read"), kind in done) for kind in KINDS
    )
    state = TickState.MANUAL if ticked else TickState.NONE
    items = tuple(
        ItemPlan(name, name, ItemStatus(f"x/{name}", state, TickedBy.NONE)) for name in ("code", "math")
    )
    lesson = LessonPlan("x", "X", "title", sections, items, complete, errors)
    return DayPlan(date(2026, 11, 22), lesson, QueueCounts(*counts), 0, 0, 0, 0)


def test_what_is_due_comes_first() -> None:
    assert next_entry(_plan((0, 3, 0))) == REVIEW
    assert next_entry(_plan((1, 0, 0), complete=True)) == REVIEW


def test_new_cards_wait_for_the_sections() -> None:
    assert next_entry(_plan((0, 0, 4))) == Entry(EntryKind.SECTION, "x/theory")
    assert next_entry(_plan((0, 0, 4), done=("theory",))) == Entry(EntryKind.SECTION, "x/code")
    assert next_entry(_plan((0, 0, 4), done=("theory", "code"))) == REVIEW


def test_after_the_sections_comes_the_checklist_and_never_the_summary() -> None:
    assert next_entry(_plan(done=("theory", "code"))) == Entry(EntryKind.ITEM, "x/code")
    assert next_entry(_plan(done=KINDS, ticked=True)) is None


def test_a_completed_lesson_asks_for_nothing_more() -> None:
    assert next_entry(_plan(complete=True)) is None


def test_a_broken_lesson_and_an_empty_course_leave_the_reviews() -> None:
    broken = _plan((0, 0, 2), errors=("a.md:1: wrong",))
    assert next_entry(broken) == REVIEW
    assert next_entry(broken._replace(counts=QueueCounts(0, 0, 0))) is None
    assert next_entry(_plan()._replace(lesson=None)) is None
