"""Clocks that jump, zones at the ends of the world, and nights that are longer or shorter than others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from studybuddy.core.card import CardState, Rating
from studybuddy.core.event import EventKind
from studybuddy.store.queue import QueueCounts
from studybuddy.study.queue_plan import QueuePlan
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

BERLIN = ZoneInfo("Europe/Berlin")
NAMES = [f"own/card/{number:03}" for number in range(12)]


def learnt(study: Study, now: datetime, names: list[str] = NAMES) -> None:
    """Cards answered a month before an instant, all due then; the clock stands at the instant."""
    set_clock(study, now - timedelta(days=30))
    study.desk.record(EventKind.SECTION, "own/all", {"cards": names})
    for name in names:
        study.review.answer(name, Rating.EASY, 1000)
    set_clock(study, now)


def asked(study: Study) -> str:
    turn = study.review.next()
    assert turn is not None
    return turn.card


def agrees(study: Study) -> QueueCounts:
    """The counts, after looking whether a new plan says the same."""
    counts, fresh = study.review.counts(), QueuePlan(study.desk)
    assert counts == fresh.counts()
    assert study.desk.queue.next() == fresh.next()
    return counts


def test_a_session_across_four_in_the_night(study: Study) -> None:
    night = DAY_ONE.replace(hour=3, minute=58) + timedelta(days=1)
    learnt(study, night)
    study.desk.prefer("reviews", 3)
    first = asked(study)
    study.review.answer(first, Rating.AGAIN, 1000)
    study.review.answer(asked(study), Rating.GOOD, 1000)
    assert agrees(study) == QueueCounts(0, 1, 0, 9), "ten minutes from now it is another day"
    set_clock(study, night + timedelta(minutes=2))
    assert study.desk.day() == DAY_ONE.date() + timedelta(days=1)
    assert agrees(study) == QueueCounts(1, 2, 0, 8), "a new day's three; the step is one of them"
    set_clock(study, night + timedelta(minutes=11))
    assert asked(study) == first
    study.review.answer(first, Rating.GOOD, 1000)
    assert agrees(study) == QueueCounts(0, 2, 0, 8)


@pytest.mark.parametrize(
    ("night", "hours"), [("2026-03-29T00:55:00+00:00", 23), ("2026-10-25T00:55:00+00:00", 25)]
)
def test_a_night_that_is_shorter_or_longer(study: Study, night: str, hours: int) -> None:
    now = datetime.fromisoformat(night).astimezone(BERLIN)
    learnt(study, now)
    card = asked(study)
    due_at = study.review.answer(card, Rating.AGAIN, 1000).memory.due_at
    assert due_at is not None
    assert due_at.astimezone(UTC) - now.astimezone(UTC) == timedelta(minutes=10), (
        "ten minutes are ten minutes"
    )
    end = study.desk.day_end()
    assert (end.hour, end.minute) == (4, 0)
    assert (end.astimezone(UTC) - timedelta(hours=hours)).astimezone(BERLIN).hour == 4
    for minutes in (0, 5, 10, 20, 40, 60):
        later = (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(BERLIN)
        set_clock(study, later)
        assert (asked(study) == card) is (later.astimezone(UTC) >= due_at.astimezone(UTC))
        counts = agrees(study)
        assert counts.learning == 1
        assert counts.review + counts.waiting == 11


def test_a_roll_over_inside_the_hour_that_is_missing_or_doubled(study: Study) -> None:
    study.desk.prefer("rollover", 2)
    for night in ("2026-03-29T00:50:00+00:00", "2026-10-25T00:10:00+00:00"):
        instant = datetime.fromisoformat(night)
        days = []
        for minutes in range(-60, 180, 10):
            set_clock(study, (instant + timedelta(minutes=minutes)).astimezone(BERLIN))
            days.append(study.desk.day())
            agrees(study)
        assert days == sorted(days), "no study day comes twice"


def test_a_clock_set_back_two_hours(study: Study) -> None:
    learnt(study, DAY_ONE)
    study.desk.prefer("reviews", 5)
    card = asked(study)
    study.review.answer(card, Rating.AGAIN, 1000)
    set_clock(study, DAY_ONE - timedelta(hours=2))
    assert agrees(study) == QueueCounts(1, 4, 0, 7)
    while (turn := study.review.next()) and turn.memory.state is CardState.REVIEW:
        study.review.answer(turn.card, Rating.GOOD, 1000)
    assert agrees(study) == QueueCounts(1, 0, 0, 7)
    step = study.desk.queue.next_step()
    assert step is not None
    assert step - study.desk.now() <= timedelta(hours=2, minutes=10)
    assert study.desk.clock_behind() is not None


@pytest.mark.parametrize("back", [timedelta(days=1), timedelta(days=4000)])
def test_a_clock_set_back_by_days(study: Study, back: timedelta) -> None:
    learnt(study, DAY_ONE)
    for name in NAMES[:3]:
        study.review.answer(name, Rating.AGAIN, 1000)
    study.review.answer(NAMES[3], Rating.GOOD, 1000)
    set_clock(study, DAY_ONE - back)
    counts = agrees(study)
    assert counts.learning == 3, "a step begun in a future that is gone waits for nothing"
    assert counts.review <= 8
    first = asked(study)
    assert first in NAMES[:3]
    study.review.answer(first, Rating.GOOD, 1000)
    assert agrees(study).learning == 2
    for _ in range(6):
        study.review.undo()
        agrees(study)
    set_clock(study, DAY_ONE)
    assert agrees(study).review >= 11, "and nothing is lost when the clock is right again"


def test_a_clock_set_forward_a_hundred_years_and_back(study: Study) -> None:
    learnt(study, DAY_ONE)
    century = DAY_ONE.replace(year=2126)
    set_clock(study, century)
    assert agrees(study) == QueueCounts(0, 12, 0, 0)
    study.review.answer(NAMES[0], Rating.AGAIN, 1000)
    study.review.answer(NAMES[1], Rating.GOOD, 1000)
    study.day.plan()
    set_clock(study, DAY_ONE)
    assert agrees(study) == QueueCounts(1, 10, 0, 0)
    assert asked(study) == NAMES[0]
    study.review.undo()
    study.review.undo()
    assert agrees(study) == QueueCounts(0, 12, 0, 0)


@pytest.mark.parametrize("hours", [-12, -11.5, 0, 5.75, 13, 14])
def test_every_zone_has_its_days(study: Study, hours: float) -> None:
    zone = timezone(timedelta(hours=hours))
    morning = datetime(2026, 11, 22, 4, 0, tzinfo=zone)
    learnt(study, morning)
    study.desk.prefer("reviews", 4)
    study.review.answer(asked(study), Rating.GOOD, 1000)
    study.review.answer(asked(study), Rating.AGAIN, 1000)
    assert agrees(study) == QueueCounts(1, 2, 0, 8)
    set_clock(study, morning - timedelta(milliseconds=1))
    assert study.desk.day().isoformat() == "2026-11-21"
    agrees(study)
    set_clock(study, morning + timedelta(days=1) - timedelta(milliseconds=1))
    assert agrees(study) == QueueCounts(1, 2, 0, 8)
    set_clock(study, morning + timedelta(days=1))
    assert agrees(study) == QueueCounts(1, 3, 0, 7)


def test_a_traveller_over_the_date_line(study: Study) -> None:
    learnt(study, DAY_ONE)
    study.desk.prefer("reviews", 4)
    study.review.answer(asked(study), Rating.GOOD, 1000)
    for hours in (14, -12, 8, 0):
        set_clock(study, DAY_ONE.astimezone(timezone(timedelta(hours=hours))))
        counts = agrees(study)
        assert counts.review + counts.waiting == 11
        assert counts.review in (3, 4), "on another date there are four anew"
