from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.card import CardMemory, CardState, Rating
from studybuddy.core.preset import Preset
from studybuddy.memory.balance import ALL_NORMAL, HORIZON, MINIMUM, REDUCED, Balance, quiet_days
from studybuddy.memory.fuzz import bounds, fuzzed, window
from studybuddy.memory.scheduler import Scheduler
from tests.memory.test_scheduler import noon
from tests.memory.year import lived, unevenness

DAY = date(2026, 11, 23)
"""A Monday."""
TODAY = DAY.toordinal()
MOST = 36_500
loads = st.dictionaries(st.integers(TODAY - 3, TODAY + 110), st.integers(0, 40_000_000), max_size=60)
weeks = st.tuples(*[st.sampled_from((1.0, 1.0, REDUCED, MINIMUM))] * 7)
siblings = st.lists(st.integers(-5, 120).map(lambda n: DAY + timedelta(days=n)), max_size=4).map(tuple)
balances = st.builds(Balance, st.just(TODAY), st.one_of(st.none(), loads), weeks, siblings)
positions = st.floats(0, 1, exclude_max=True)


@given(
    balances,
    st.lists(st.integers(1, 500), min_size=2, max_size=6),
    st.integers(0, 200),
    positions,
    st.sampled_from((3, 30, 100, MOST)),
)
def test_a_longer_interval_never_ends_earlier(
    balance: Balance, intervals: list[int], before: int, position: float, most: int
) -> None:
    intervals = sorted(min(interval, most) for interval in intervals)
    windows = [window(interval, before, most) for interval in intervals]
    chosen = [balance.chosen(low, high, position, most) for low, high in windows]
    assert chosen == sorted(chosen)
    assert all(1 <= interval <= most for interval in chosen)


@given(loads, st.integers(1, 400), positions)
def test_in_an_ordinary_week_the_window_of_fuzz_is_kept(
    load: dict[int, int], interval: int, position: float
) -> None:
    low, high = bounds(interval, MOST)
    assert low <= Balance(TODAY, load).chosen(low, high, position, MOST) <= high


@given(st.integers(HORIZON + 1, 3000), positions, loads)
def test_far_ahead_it_is_fuzz_alone(low: int, position: float, load: dict[int, int]) -> None:
    assert Balance(TODAY, load).chosen(low, low + 30, position, MOST) == fuzzed(low, low + 30, position)


@given(balances, positions)
def test_the_same_question_has_the_same_answer(balance: Balance, position: float) -> None:
    assert balance.chosen(8, 12, position, MOST) == balance.chosen(8, 12, position, MOST)


@given(loads, st.integers(1, 120), positions)
def test_weights_at_hand_are_the_weights(load: dict[int, int], interval: int, position: float) -> None:
    low, high = bounds(interval, MOST)
    at_hand = Balance(TODAY, load, quiet=quiet_days(TODAY, load))
    assert at_hand.chosen(low, high, position, MOST) == Balance(TODAY, load).chosen(low, high, position, MOST)


def spread(balance: Balance, low: int, high: int, draws: int = 2000) -> dict[int, float]:
    """Share of the draws that end on each interval."""
    found: dict[int, float] = {}
    for n in range(draws):
        interval = balance.chosen(low, high, n / draws, MOST)
        found[interval] = found.get(interval, 0) + 1 / draws
    return found


def test_the_quiet_day_is_taken() -> None:
    load = {TODAY + n: 3_600_000 for n in range(1, 100)} | {TODAY + 10: 600_000}
    assert spread(Balance(TODAY, load), 8, 12)[10] > 0.95
    assert max(spread(Balance(TODAY, None), 8, 12).values()) < 0.21


def test_minutes_count_and_not_cards() -> None:
    """Ten minutes of one program weigh more than five minutes of thirty cards."""
    load = {TODAY + n: 300_000 for n in range(1, 100)} | {TODAY + 9: 600_000}
    found = spread(Balance(TODAY, load), 8, 12)
    assert found[9] < min(share for interval, share in found.items() if interval != 9) / 4


def test_a_day_with_a_sibling_is_the_last_resort() -> None:
    found = spread(Balance(TODAY, {}, siblings=(DAY + timedelta(days=10),)), 8, 12)
    assert found.get(10, 0) < 0.001
    assert found[9] < found[8]
    assert found[11] < found[12]
    assert spread(Balance(TODAY, {}, siblings=(DAY + timedelta(days=2),)), 2, 2) == {2: pytest.approx(1)}


@pytest.mark.parametrize("load", [None, {}, {TODAY + n: 3_600_000 for n in range(100) if n % 7 != 6}])
def test_an_easy_day_stays_free_however_quiet_it_is(load: dict[int, int] | None) -> None:
    """Sundays carry nothing; being empty does not draw cards to them."""
    balance = Balance(TODAY, load, (*[1.0] * 6, MINIMUM))
    for interval in range(1, 90):
        low, high = bounds(interval, MOST)
        on_sunday = sum(share for n, share in spread(balance, low, high, 400).items() if (n - 6) % 7 == 0)
        assert on_sunday < 0.005, interval


def test_a_week_without_any_ordinary_day_is_an_ordinary_week() -> None:
    load = {TODAY + n: n * 60_000 for n in range(1, 100)}
    every = Balance(TODAY, load, (MINIMUM,) * 7)
    ordinary = Balance(TODAY, load, ALL_NORMAL)
    assert [every.chosen(8, 12, n / 20, MOST) for n in range(20)] == [
        ordinary.chosen(8, 12, n / 20, MOST) for n in range(20)
    ]
    assert every.chosen(1, 1, 0.5, MOST) == 1


def test_the_longest_interval_holds_on_easy_days_too() -> None:
    weekend = (*[1.0] * 5, MINIMUM, MINIMUM)
    friday = Balance(TODAY + 4, {}, weekend)
    assert {friday.chosen(1, 1, n / 20, 2) for n in range(20)} <= {1, 2}
    assert {friday.chosen(1, 1, (n + 0.5) / 20, MOST) for n in range(20)} == {3}


@pytest.mark.parametrize("odd", [{TODAY + 10: 0}, {TODAY + 10: -5_000_000}, {TODAY + 10: 1 << 62}])
def test_loads_that_cannot_be(odd: dict[int, int]) -> None:
    assert 8 <= Balance(TODAY, odd).chosen(8, 12, 0.7, MOST) <= 12


@given(st.integers(1, 300), st.integers(0, 300), loads, st.integers(0, 40), weeks)
def test_buttons_promise_what_the_answer_keeps_and_stay_in_order(
    stability: int, gap: int, load: dict[int, int], reps: int, week: tuple[float, ...]
) -> None:
    last = DAY - timedelta(days=gap)
    memory = CardMemory(
        "s/card/x", CardState.REVIEW, None, float(stability), 5.0, None, DAY, last, reps + 1, 0
    )
    balance, preset = Balance(TODAY, load, week), Preset()
    promised = Scheduler().outcomes(memory, noon(DAY), DAY, preset, balance=balance)
    for rating in Rating:
        assert (
            Scheduler().outcome(memory, rating, noon(DAY), DAY, preset, balance=balance) == promised[rating]
        )
    order = [promised[rating].interval_days for rating in (Rating.HARD, Rating.GOOD, Rating.EASY)]
    assert order == sorted(order)
    assert order[0] >= 1


def test_the_promise_of_the_balance_over_a_year() -> None:
    """docs/decisions/scheduler.md: at most three quarters of the unevenness that fuzz alone leaves."""
    alone, balanced = lived(balanced=False), lived(balanced=True)
    assert unevenness(balanced.ms) < 0.75 * unevenness(alone.ms)
    assert (alone.early, balanced.early) == (0, 0)
    assert balanced.reviews == pytest.approx(alone.reviews, rel=0.03)
    assert balanced.recalled / balanced.reviews == pytest.approx(alone.recalled / alone.reviews, abs=0.01)


def test_easy_days_over_a_year() -> None:
    year = lived(balanced=True, weekdays=(*[1.0] * 5, REDUCED, MINIMUM))
    of_weekday = [0] * 7
    for number, ms in enumerate(year.ms):
        of_weekday[number % 7] += ms
    ordinary = sum(of_weekday[:5]) / 5
    assert of_weekday[6] < 0.01 * ordinary
    assert of_weekday[5] < 0.9 * ordinary
    assert year.early == 0
    assert year.recalled / year.reviews > 0.88
