from __future__ import annotations

import math
from itertools import pairwise

import pytest

from studybuddy.memory.forecast import Deck, Habits, Limits, rescheduled, simulate, workload
from studybuddy.memory.fsrs6 import DEFAULTS, HIGHEST, LOWEST


def deck(count: int, new: int = 0, seed: int = 1) -> Deck:
    import numpy as np

    random = np.random.default_rng(seed)
    return Deck(
        random.lognormal(3, 1, count),
        random.uniform(1, 10, count),
        -random.integers(0, 20, count),
        random.integers(-3, 60, count),
        new,
    )


def test_the_same_seed_gives_the_same_year() -> None:
    assert simulate(deck(300, 100), seed=3) == simulate(deck(300, 100), seed=3)
    assert simulate(deck(300, 100), seed=3) != simulate(deck(300, 100), seed=4)


def test_nothing_to_learn_is_a_year_of_nothing() -> None:
    year = simulate(deck(0))
    assert len(year.days) == 365
    assert year.minutes_a_day == year.reviews_a_day == year.remembered == 0
    assert all(point.reviews_a_day == 0 for point in workload(deck(0), days=30))


def test_new_cards_keep_to_their_allowance_and_reviews_to_the_minutes() -> None:
    year = simulate(deck(0, 100), limits=Limits(new_cards=7))
    assert [day.new for day in year.days[:16]] == [7] * 14 + [2, 0]
    assert year.learnt == 100
    tight = simulate(deck(3000), limits=Limits(minutes=10), days=60)
    habits = Habits()
    assert all(day.minutes <= 10 * 1.5 + habits.forgotten_s / 60 for day in tight.days)
    assert sum(day.minutes for day in tight.days) / 60 == pytest.approx(10, rel=0.1)
    assert tight.waiting > 0
    assert simulate(deck(300), limits=Limits(minutes=0), days=3).days[0].reviews == 1


def test_a_higher_retention_costs_more_and_leaves_more() -> None:
    curve = workload(deck(1500), days=200)
    minutes = [point.minutes_a_day for point in curve]
    assert [point.retention for point in curve] == sorted(point.retention for point in curve)
    assert minutes[-1] > 2 * minutes[0]
    assert all(b > 0.95 * a for a, b in pairwise(minutes))
    assert curve[-1].remembered > curve[0].remembered


def test_cards_come_back_when_they_are_nearly_forgotten() -> None:
    """What is recalled over the year is what was desired, for each of three retentions."""
    import numpy as np

    from studybuddy.memory import forecast

    for desired in (0.8, 0.9, 0.95):
        start = rescheduled(deck(2000), DEFAULTS, desired)
        run = forecast._Simulation(start, DEFAULTS, desired, Habits(), 0)
        asked = recalled = 0
        for day in range(150):
            cards = np.flatnonzero(run.due <= day)
            if day > 30:
                asked += len(cards)
                recalled += int(run.review(cards, day).sum())
            else:
                run.review(cards, day)
        assert recalled / asked == pytest.approx(desired, abs=0.02)


@pytest.mark.parametrize("bounds", [LOWEST, HIGHEST])
def test_parameters_at_their_bounds(bounds: tuple[float, ...]) -> None:
    year = simulate(deck(200, 50), bounds, days=100)
    assert math.isfinite(year.remembered)
    assert year.learnt == 250


@pytest.mark.parametrize("rating", range(4))
def test_learners_of_one_button(rating: int) -> None:
    first = tuple(float(n == rating) for n in range(4))
    later = tuple(float(n == max(0, rating - 1)) for n in range(3))
    assert len(first) == 4
    assert len(later) == 3
    year = simulate(deck(100, 100), habits=Habits(first, later), days=200)
    assert math.isfinite(year.minutes_a_day)
    assert 0 < year.remembered <= 200


def test_memories_no_clock_could_have_made() -> None:
    import numpy as np

    odd = Deck(
        np.array([0.0, 1e12, 5.0]),
        np.array([0.0, 99.0, 5.0]),
        np.array([40_000, -40_000, -3]),
        np.array([-40_000, 3, 2]),
    )
    year = simulate(odd, days=50)
    assert math.isfinite(year.remembered)
    assert sum(day.reviews for day in year.days) >= 3
