from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.core.card import CardMemory, CardState
from studybuddy.core.event import Event, EventKind, Rated
from studybuddy.memory.batch import Columns, Packed, pack, predicted, predictions
from studybuddy.memory.fsrs6 import DEFAULTS, HIGHEST, LOWEST, Fsrs6, usable
from studybuddy.memory.scheduler import Scheduler

History = list[tuple[int, int]]
"""Days since the last review, and rating, of each."""
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
FIRST = NOON.toordinal()
reviews = st.lists(st.tuples(st.sampled_from([0, 0, 0, 1, 1, 2, 5, 30, 400]), st.integers(1, 4)), max_size=14)
histories = st.lists(reviews, min_size=1, max_size=8)
within = st.tuples(
    *(
        st.floats(low + 0.02 * (high - low), low + 0.5 * (high - low))
        for low, high in zip(LOWEST, HIGHEST, strict=True)
    )
)
parameters = st.one_of(st.just(DEFAULTS), within)


def by_the_package(w: tuple[float, ...], history: History) -> list[tuple[float, float, float]]:
    """Recall before, stability and difficulty after each review, as the package has them."""
    import fsrs

    scheduler, card, now, found = fsrs.Scheduler(w, enable_fuzzing=False), fsrs.Card(card_id=1), NOON, []
    for gap, rating in history:
        now += timedelta(days=gap)
        chance = scheduler.get_card_retrievability(card, now)
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), now)
        assert card.stability is not None
        assert card.difficulty is not None
        found.append((float(chance), card.stability, card.difficulty))
    return found


def packed(found: list[History], longest: int | None = None) -> Packed:
    import numpy as np

    rows: list[tuple[int, int, int]] = []
    for card, history in enumerate(found):
        day = FIRST
        for gap, rating in history:
            day += gap
            rows.append((card, day, rating))
    cards, days, ratings = (np.array([row[n] for row in rows], dtype=np.int64) for n in range(3))
    return pack(cards, days, ratings, longest)


def test_defaults_and_bounds_are_the_package_s() -> None:
    from fsrs import scheduler

    assert DEFAULTS == scheduler.DEFAULT_PARAMETERS
    assert (LOWEST, HIGHEST) == (scheduler.LOWER_BOUNDS_PARAMETERS, scheduler.UPPER_BOUNDS_PARAMETERS)


@given(parameters, reviews)
def test_plain_floats_are_the_package_s_to_the_last_bit(w: tuple[float, ...], history: History) -> None:
    model, trace, day = Fsrs6(w), None, FIRST
    for (gap, rating), (chance, stability, difficulty) in zip(
        history, by_the_package(w, history), strict=True
    ):
        day += gap
        if trace is not None:
            assert model.retrievability(trace.stability, gap) == chance
        trace = model.review(trace, day, rating)
        assert trace == (stability, difficulty, day)


@settings(max_examples=60, deadline=None)
@given(parameters, histories)
def test_arrays_agree_with_the_package(w: tuple[float, ...], found: list[History]) -> None:
    import torch

    whole = packed(found)
    expected: dict[int, float] = {}
    number = 0
    for history in found:
        for step, (chance, _, _) in enumerate(by_the_package(w, history)):
            if step:
                expected[number] = chance
            number += 1
    got = dict(zip(whole.order.tolist(), predicted(w, whole).tolist(), strict=True))
    assert {n for n, chance in got.items() if chance == chance} == set(expected)
    for n, chance in expected.items():
        assert got[n] == pytest.approx(chance, abs=1e-6)
    steps = predictions(
        Columns(torch, torch.tensor([w, DEFAULTS], dtype=torch.float64)),
        Packed(torch.tensor(whole.gaps), torch.tensor(whole.ratings), None, whole.sizes),
    )
    if steps:
        in_torch = torch.cat(steps, -1)
        assert in_torch[0].numpy() == pytest.approx(predicted(w, whole)[whole.sizes[0] :], abs=1e-9)
        assert in_torch[1].numpy() == pytest.approx(predicted(DEFAULTS, whole)[whole.sizes[0] :], abs=1e-9)


@settings(max_examples=25, deadline=None)
@given(within, histories)
def test_the_gradient_is_that_of_the_function(w: tuple[float, ...], found: list[History]) -> None:
    import torch

    whole = packed(found)
    tensors = Packed(torch.tensor(whole.gaps), torch.tensor(whole.ratings), None, whole.sizes)
    if len(whole.sizes) < 2:
        return

    def total(values: Any) -> Any:
        return torch.cat(predictions(Columns(torch, values), tensors), -1).sum()

    at = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    (gradient,) = torch.autograd.grad(total(at), at)
    assert bool(torch.isfinite(gradient).all())
    towards = torch.linspace(-1, 1, 21, dtype=torch.float64) * (torch.tensor(HIGHEST) - torch.tensor(LOWEST))
    with torch.no_grad():
        step = 1e-7
        slopes = [float(total(at + sign * step * towards) - total(at)) / step for sign in (1, -1)]
    forward, backward = slopes[0], -slopes[1]
    if abs(forward - backward) < 1e-3 * max(1.0, abs(forward)):  # not at one of the model's kinks
        assert float(gradient @ towards) == pytest.approx(forward, rel=1e-2, abs=1e-2)


def test_histories_are_packed_longest_first() -> None:
    import numpy as np

    whole = pack(np.array([7, 3, 3, 7, 3]), np.array([10, 10, 12, 9, 20]), np.array([3, 1, 2, 4, 3]))
    assert whole.sizes == (2, 2, 1)
    assert whole.order.tolist() == [1, 0, 2, 3, 4]
    assert whole.gaps.tolist() == [0, 0, 2, 0, 8]  # a day before the last counts as the last
    assert whole.ratings.tolist() == [1, 3, 2, 4, 3]
    assert pack(np.array([7, 3, 3, 7, 3]), np.arange(5), np.ones(5, int), 1).order.tolist() == [1, 0]


def test_a_clock_set_back_and_forward_again_leaves_no_gap_twice() -> None:
    import numpy as np

    days = np.array([100, 40_000, 90, 101, 40_001])
    whole = pack(np.zeros(5, int), days, np.full(5, 3))
    assert whole.gaps.tolist() == [0, 39_900, 0, 0, 1]


def test_no_review_at_all() -> None:
    import numpy as np

    nothing = np.empty(0, dtype=np.int64)
    whole = pack(nothing, nothing, nothing)
    assert whole.sizes == ()
    assert predicted(DEFAULTS, whole).tolist() == []
    assert Fsrs6().recall(()) is None


@pytest.mark.parametrize("rating", [1, 2, 3, 4])
def test_one_card_with_ten_thousand_reviews(rating: int) -> None:
    import numpy as np

    count = 10_000
    whole = pack(np.zeros(count, int), np.arange(count) * 2, np.full(count, rating))
    chances = predicted(DEFAULTS, whole)[1:]
    assert np.isfinite(chances).all()
    assert ((chances > 0) & (chances <= 1)).all()
    trace = Fsrs6().recall((2 * n, rating) for n in range(count))
    assert trace is not None
    assert 0 < trace.stability < float("inf")
    assert 1 <= trace.difficulty <= 10


@given(histories)
def test_recalling_all_is_a_replay(found: list[History]) -> None:
    scheduler = Scheduler(parameters=[1.1 * w if n in (2, 8) else w for n, w in enumerate(DEFAULTS)])
    rated, replayed = [], {}
    for n, history in enumerate(found):
        card, day = f"c{n}", FIRST
        memory = CardMemory(card, CardState.NEW)
        for gap, rating in history:
            day += gap
            rated.append(Rated(card, day, rating, 0))
            event = Event("d", 1, 0, 0, 0, datetime.fromordinal(day).date(), EventKind.REVIEW, card, {})
            memory = scheduler.replay(memory, event._replace(body={"rating": rating, "due": "2031-01-01"}))
        if history:
            replayed[card] = (memory.stability, memory.difficulty)
    assert {card: (s, d) for card, s, d in scheduler.recalled(rated)} == replayed


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        "abc",
        [],
        [1.0] * 20,
        [*DEFAULTS[:20], float("nan")],
        [*DEFAULTS[:20], float("inf")],
        [*DEFAULTS[:20], 0.9],
        [*DEFAULTS[:20], "0.15"],
        [*DEFAULTS[:20], True],
        [*DEFAULTS[:20], None],
    ],
)
def test_numbers_that_are_no_parameters(wrong: object) -> None:
    assert usable(wrong) is None
    assert usable(list(DEFAULTS)) == DEFAULTS
