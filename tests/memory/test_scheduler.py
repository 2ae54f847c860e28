from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.answered import read_due
from studybuddy.core.card import CardMemory, CardState, Rating
from studybuddy.core.clock import study_day
from studybuddy.core.event import Event, EventKind
from studybuddy.core.preset import Preset
from studybuddy.memory.fuzz import bounds, draw, fuzzed
from studybuddy.memory.scheduler import Scheduler, due_text

SHANGHAI = timezone(timedelta(hours=8))
DAY = date(2026, 11, 22)
PRESET = Preset()
MAXIMUM_INTERVAL = PRESET.maximum_interval


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


def new(card: str = "c") -> CardMemory:
    return CardMemory(card, CardState.NEW)


def test_intervals_of_the_reference_history() -> None:
    """Golden vector of py-fsrs: Good x6, Again x2, Good x5, each when it is due."""
    scheduler, memory, day = Scheduler(fuzz=False), new(), date(2022, 11, 29)
    now, intervals = noon(day), []
    for rating in (3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3):
        outcome = scheduler.outcome(memory, Rating(rating), now, day, PRESET)
        memory = outcome.memory
        intervals.append(outcome.interval_days)
        if memory.due_day is not None:
            day, now = memory.due_day, noon(memory.due_day)
        else:
            assert memory.due_at is not None
            now = memory.due_at
    assert intervals == [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]


def test_memory_of_the_reference_history() -> None:
    """Golden vector of py-fsrs: ratings 1,3,3,3,3,3 after 0,0,1,3,8,21 days."""
    scheduler, memory, day = Scheduler(fuzz=False), new(), date(2022, 11, 29)
    for rating, gap in zip((1, 3, 3, 3, 3, 3), (0, 0, 1, 3, 8, 21), strict=True):
        day += timedelta(days=gap)
        memory = scheduler.outcome(memory, Rating(rating), noon(day), day, PRESET).memory
    assert memory.stability == pytest.approx(53.62691, abs=1e-4)
    assert memory.difficulty == pytest.approx(6.3574867, abs=1e-4)
    assert memory.reps == 6


def test_an_evening_and_the_next_morning_are_two_study_days() -> None:
    evening = datetime(2026, 11, 23, 21, 0, tzinfo=SHANGHAI)
    morning = datetime(2026, 11, 24, 8, 0, tzinfo=SHANGHAI)
    scheduler = Scheduler(fuzz=False)
    memory = scheduler.outcome(new(), Rating.GOOD, evening, study_day(evening), PRESET).memory
    after = scheduler.outcome(memory, Rating.GOOD, morning, study_day(morning), PRESET)
    assert after.memory.stability == pytest.approx(7.32, abs=0.01)
    assert after.interval_days == 7


def test_two_in_the_night_still_belongs_to_the_day_before() -> None:
    assert study_day(datetime(2026, 11, 24, 2, 0, tzinfo=SHANGHAI)) == date(2026, 11, 23)
    assert study_day(datetime(2026, 11, 24, 4, 0, tzinfo=SHANGHAI)) == date(2026, 11, 24)


def test_learning_steps_use_the_clock_on_the_wall() -> None:
    now = datetime(2026, 11, 22, 9, 30, 0, 123_456, tzinfo=SHANGHAI)
    outcomes = Scheduler().outcomes(new(), now, DAY, PRESET)
    again, good = outcomes[Rating.AGAIN].memory.due_at, outcomes[Rating.GOOD].memory.due_at
    assert again is not None
    assert good is not None
    assert again - now == timedelta(minutes=1) - timedelta(microseconds=456)
    assert good - now == timedelta(minutes=10) - timedelta(microseconds=456)
    assert outcomes[Rating.EASY].memory.due_day is not None


@given(st.lists(st.sampled_from(Rating), min_size=1, max_size=12), st.integers(0, 40))
def test_the_button_shows_the_interval_that_you_get(ratings: list[Rating], late: int) -> None:
    scheduler, memory, day = Scheduler(), new("s3w10d1/card/dw"), DAY
    for rating in ratings:
        promised = scheduler.outcomes(memory, noon(day), day, PRESET)
        got = Scheduler().outcome(memory, rating, noon(day), day, PRESET)
        assert got == promised[rating]
        order = [promised[r].interval_days for r in (Rating.HARD, Rating.GOOD, Rating.EASY)]
        assert order == sorted(order)
        memory = got.memory
        day = (memory.due_day or day) + timedelta(days=late)


@given(st.sampled_from(Rating), st.integers(0, 400))
def test_a_replay_keeps_the_due_date_and_recomputes_the_memory(rating: Rating, gap: int) -> None:
    scheduler = Scheduler()
    memory = scheduler.outcome(new(), Rating.EASY, noon(DAY), DAY, PRESET).memory
    day = DAY + timedelta(days=gap)
    outcome = scheduler.outcome(memory, rating, noon(day), day, PRESET)
    body = {"rating": int(rating), "due": due_text(outcome.memory)}
    event = Event("d", 1, 0, 0, 0, day, EventKind.REVIEW, "c", body)
    assert scheduler.replay(memory, event) == outcome.memory
    moved = event._replace(body={**body, "due": "2031-01-01"})
    assert scheduler.replay(memory, moved).due_day == date(2031, 1, 1)


def test_a_clock_set_back_schedules_nothing_into_the_past() -> None:
    scheduler = Scheduler(fuzz=False)
    memory = scheduler.outcome(new(), Rating.EASY, noon(DAY), DAY, PRESET).memory
    past = DAY - timedelta(days=4000)
    outcome = scheduler.outcome(memory, Rating.GOOD, noon(past), past, PRESET)
    assert outcome.memory.due_day is not None
    assert outcome.memory.due_day > DAY
    assert outcome.memory.last_day == DAY


def test_retrievability_falls_to_the_desired_retention_when_due() -> None:
    scheduler = Scheduler(fuzz=False)
    memory = scheduler.outcome(new(), Rating.EASY, noon(DAY), DAY, PRESET).memory
    assert memory.due_day is not None
    assert scheduler.retrievability(memory, DAY) == pytest.approx(1.0)
    assert scheduler.retrievability(memory, memory.due_day) == pytest.approx(0.9, abs=0.02)
    assert scheduler.retrievability(new(), DAY) is None


@given(st.integers(1, MAXIMUM_INTERVAL), st.floats(0, 1, exclude_max=True))
def test_fuzz_stays_in_its_bounds(interval: int, position: float) -> None:
    low, high = bounds(interval, MAXIMUM_INTERVAL)
    assert 1 <= low <= fuzzed(low, high, position) <= high <= MAXIMUM_INTERVAL
    assert low <= interval <= high


def test_fuzz_bounds_of_ten_days_are_eight_and_twelve() -> None:
    assert bounds(10, MAXIMUM_INTERVAL) == (8, 12)
    assert {fuzzed(8, 12, n / 100) for n in range(100)} == {8, 9, 10, 11, 12}
    assert bounds(2, MAXIMUM_INTERVAL) == (2, 2)


def test_the_draw_belongs_to_the_card_and_the_review() -> None:
    assert draw("a", 1) == draw("a", 1)
    assert len({draw(card, reps) for card in "abcdef" for reps in range(20)}) == 120
    assert all(0 <= draw("x", reps) < 1 for reps in range(1000))


@pytest.mark.parametrize(
    "memory",
    [
        new()._replace(due_day=date(2026, 12, 1)),
        new()._replace(due_at=datetime(2026, 11, 22, 9, 30, 0, 125_000, tzinfo=SHANGHAI)),
        new()._replace(due_at=datetime(2026, 11, 22, 9, 30, tzinfo=UTC)),
    ],
)
def test_due_survives_being_written(memory: CardMemory) -> None:
    due = read_due(due_text(memory))
    assert due is not None
    assert new()._replace(due_at=due[0], due_day=due[1]) == memory


@pytest.mark.parametrize("rating", list(Rating))
def test_without_steps_nothing_comes_again_within_the_day(rating: Rating) -> None:
    scheduler = Scheduler(fuzz=False)
    first = scheduler.outcome(new(), rating, noon(DAY), DAY, PRESET.without_steps())
    assert first.memory.state is CardState.REVIEW
    assert first.interval_days >= 1
    assert first.memory.due_day == DAY + timedelta(days=first.interval_days)
    later = DAY + timedelta(days=30)
    lapsed = scheduler.outcome(first.memory, Rating.AGAIN, noon(later), later, PRESET.without_steps())
    assert lapsed.memory.lapses == 1
    assert lapsed.interval_days >= 1
