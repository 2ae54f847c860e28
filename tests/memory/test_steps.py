"""Our scheduler is the `fsrs` package's, step for step, but for study days and fuzz."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.core.card import CardMemory, CardState, Rating
from studybuddy.core.preset import DAY_S, Preset
from studybuddy.memory.fsrs6 import DEFAULTS
from studybuddy.memory.scheduler import Scheduler
from studybuddy.memory.steps import due_after, move
from tests.memory.test_fsrs6 import within

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
STATES = {1: CardState.LEARNING, 2: CardState.REVIEW, 3: CardState.RELEARNING}
steps = st.lists(st.integers(1, DAY_S), max_size=4).map(tuple)
answers = st.lists(st.tuples(st.sampled_from([0, 0, 0, 1, 1, 3, 30, 900]), st.integers(1, 4)), max_size=40)


def by_the_package(
    preset: Preset, parameters: tuple[float, ...], history: list[tuple[int, int]]
) -> list[tuple[CardState, int | None, float, float, timedelta]]:
    """State, step, stability, difficulty and wait after each answer, as the package has them."""
    import fsrs

    scheduler = fsrs.Scheduler(
        parameters,
        desired_retention=preset.desired_retention,
        learning_steps=[timedelta(seconds=step) for step in preset.learning_steps],
        relearning_steps=[timedelta(seconds=step) for step in preset.relearning_steps],
        maximum_interval=preset.maximum_interval,
        enable_fuzzing=False,
    )
    card, now, found = fsrs.Card(card_id=1), NOON, []
    for gap, rating in history:
        now += timedelta(days=gap)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), now)
        assert card.stability is not None
        assert card.difficulty is not None
        state = STATES[card.state.value]
        step = card.step if state is not CardState.REVIEW else None
        found.append((state, step, card.stability, card.difficulty, card.due - now))
    return found


def by_us(
    preset: Preset, parameters: tuple[float, ...], history: list[tuple[int, int]]
) -> list[tuple[CardState, int | None, float | None, float | None, timedelta]]:
    scheduler, memory, now, found = (
        Scheduler(fuzz=False, parameters=parameters),
        CardMemory("c", CardState.NEW),
        NOON,
        [],
    )
    for gap, rating in history:
        now += timedelta(days=gap)
        outcome = scheduler.outcome(memory, Rating(rating), now, now.date(), preset)
        memory = outcome.memory
        if memory.due_at is not None:
            assert memory.due_day is None
            wait = memory.due_at - now
        else:
            assert memory.due_day is not None
            wait = memory.due_day - now.date()
        found.append((memory.state, memory.step, memory.stability, memory.difficulty, wait))
    return found


@settings(max_examples=200, deadline=None)
@given(answers)
def test_with_the_steps_of_the_default_preset(history: list[tuple[int, int]]) -> None:
    assert by_us(Preset(), DEFAULTS, history) == by_the_package(Preset(), DEFAULTS, history)


@settings(max_examples=200, deadline=None)
@given(
    steps,
    steps,
    st.one_of(st.just(DEFAULTS), within),
    st.floats(0.7, 0.97),
    st.sampled_from([1, 2, 30, 365, 36_500]),
    answers,
)
def test_with_any_steps_parameters_and_retention(
    learning: tuple[int, ...],
    relearning: tuple[int, ...],
    parameters: tuple[float, ...],
    retention: float,
    most: int,
    history: list[tuple[int, int]],
) -> None:
    preset = Preset(
        desired_retention=retention,
        learning_steps=learning,
        relearning_steps=relearning,
        maximum_interval=most,
    )
    assert by_us(preset, parameters, history) == by_the_package(preset, parameters, history)


def test_the_rules_one_by_one() -> None:
    three = Preset(learning_steps=(60, 600, 3600), relearning_steps=(600,))
    learning, review, relearning = CardState.LEARNING, CardState.REVIEW, CardState.RELEARNING
    assert move(CardState.NEW, None, 3, three) == (learning, 1, 600)
    assert move(CardState.UNSEEN, None, 1, three) == (learning, 0, 60)
    assert move(learning, 0, 2, three) == (learning, 0, 330)
    assert move(learning, 1, 2, three) == (learning, 1, 600)
    assert move(learning, 1, 3, three) == (learning, 2, 3600)
    assert move(learning, 2, 3, three) == (review, None, None)
    assert move(learning, 2, 1, three) == (learning, 0, 60)
    assert move(learning, 0, 4, three) == (review, None, None)
    assert move(review, None, 1, three) == (relearning, 0, 600)
    assert move(relearning, 0, 2, three) == (relearning, 0, 900)
    assert move(relearning, 0, 3, three) == (review, None, None)
    assert move(review, None, 2, three) == (review, None, None)


@pytest.mark.parametrize("rating", [2, 3, 4])
def test_where_steps_have_become_fewer_a_card_goes_on(rating: int) -> None:
    fewer = Preset(learning_steps=(60,), relearning_steps=())
    assert move(CardState.LEARNING, 5, rating, fewer) == (CardState.REVIEW, None, None)
    assert move(CardState.RELEARNING, 0, 1, fewer) == (CardState.REVIEW, None, None)
    assert move(CardState.LEARNING, 5, 1, fewer) == (CardState.LEARNING, 0, 60)


def test_hard_on_a_single_long_step_adds_a_day_at_most() -> None:
    long = Preset(learning_steps=(10 * DAY_S,))
    assert move(CardState.NEW, None, 2, long) == (CardState.LEARNING, 0, 11 * DAY_S)


SHANGHAI = ZoneInfo("Asia/Shanghai")
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("now", "wait_s", "due", "days"),
    [
        (datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI), 600, "2026-11-23 10:10", 0),
        (datetime(2026, 11, 24, 3, 49, tzinfo=SHANGHAI), 600, "2026-11-24 03:59", 0),
        (datetime(2026, 11, 24, 3, 50, tzinfo=SHANGHAI), 600, "2026-11-24 04:00", 1),
        (datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI), DAY_S, "2026-11-24 04:00", 1),
        (datetime(2026, 11, 23, 10, 0, tzinfo=SHANGHAI), 3 * DAY_S, "2026-11-26 04:00", 3),
        # the night in which 02:00 to 03:00 comes twice: ten minutes are ten minutes
        (datetime(2026, 10, 25, 2, 55, tzinfo=BERLIN), 600, "2026-10-25 02:05", 0),
        (datetime(2026, 3, 29, 1, 55, tzinfo=BERLIN), 600, "2026-03-29 03:05", 0),
        # and the day of 25 hours: a step of a day is due when the next study day begins
        (datetime(2026, 10, 24, 10, 0, tzinfo=BERLIN), DAY_S, "2026-10-25 04:00", 1),
    ],
)
def test_a_step_over_the_end_of_the_study_day_becomes_days(
    now: datetime, wait_s: int, due: str, days: int
) -> None:
    turn = now.replace(hour=4, minute=0)
    day_end = turn if now < turn else turn + timedelta(days=1)
    found, in_days = due_after(now, wait_s, day_end)
    assert (f"{found:%Y-%m-%d %H:%M}", in_days) == (due, days)
    if not days:
        assert found - now.astimezone(UTC) == timedelta(seconds=wait_s)


def test_without_the_end_of_the_day_a_step_keeps_the_clock() -> None:
    now = datetime(2026, 11, 24, 3, 59, 59, 999_999, tzinfo=SHANGHAI)
    assert due_after(now, 60, None) == (datetime(2026, 11, 24, 4, 0, 59, 999_000, tzinfo=SHANGHAI), 0)


@pytest.mark.parametrize("rating", list(Rating))
@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(9998, 12, 30)])
def test_the_first_and_the_last_day_there_is(rating: Rating, day: date) -> None:
    now = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=UTC)
    memory = CardMemory("c", CardState.REVIEW, None, 400.0, 5.0, None, day, day, 3, 0)
    for step in (60, DAY_S * 400):
        preset = Preset(learning_steps=(step,), relearning_steps=(step,))
        for end in (None, now):
            outcome = Scheduler().outcome(memory, rating, now, day, preset, day_end=end)
            assert (outcome.memory.due_at is None) != (outcome.memory.due_day is None)
