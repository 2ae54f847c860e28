from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.memory.curve import planned_curve, recall_curve
from studybuddy.memory.fsrs6 import DEFAULTS, HIGHEST, LOWEST, Fsrs6

FIRST = 739_000
reviews = st.lists(
    st.tuples(st.sampled_from([-4000, -1, 0, 0, 1, 2, 5, 30, 400]), st.integers(1, 4)),
    min_size=1,
    max_size=30,
)
models = st.sampled_from([Fsrs6(DEFAULTS), Fsrs6(LOWEST), Fsrs6(HIGHEST)])


def dated(gaps: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Reviews with the day of each; some lie before the one before."""
    day, found = FIRST, []
    for gap, rating in gaps:
        day += gap
        found.append((day, rating))
    return found


@given(reviews, models, st.integers(-500, 500), st.integers(-500, 5000))
def test_the_curve_is_the_model_between_the_reviews(
    gaps: list[tuple[int, int]], model: Fsrs6, today: int, end: int
) -> None:
    history = dated(gaps)
    last = model.recall(history)
    assert last is not None
    curve = recall_curve(model, history, last.last + today, last.last + end)
    assert curve is not None
    assert curve.stretches[-1].stability == last.stability
    assert curve.stretches[-1].start == last.last
    assert curve.first <= curve.today < curve.end
    assert curve.today >= last.last
    assert curve.end >= last.last + end
    trace = None
    seen: dict[int, float] = {}
    for day, rating in history:
        trace = model.review(trace, day, rating)
        seen[trace.last] = trace.stability
    assert {stretch.start: stretch.stability for stretch in curve.stretches} == seen
    assert [mark.day for mark in curve.marks] == list(seen)
    for before, after in zip(curve.stretches, curve.stretches[1:], strict=False):
        assert before.end == after.start
        middle = (before.start + before.end) // 2
        assert curve.recall(middle) == model.retrievability(before.stability, middle - before.start)
    assert curve.recall(curve.first - 1) is None
    assert curve.recall(curve.end + 1) is None
    assert curve.recall(last.last) == 1.0


@given(reviews, models, st.floats(-3, 900), st.floats(0, 300))
def test_a_band_holds_all_that_lies_in_it_and_no_more(
    gaps: list[tuple[int, int]], model: Fsrs6, since: float, width: float
) -> None:
    curve = recall_curve(model, dated(gaps), FIRST, FIRST + 500)
    assert curve is not None
    start, end = curve.first + since, curve.first + since + width
    band = curve.band(start, end)
    inside = [curve.recall(start + (end - start) * n / 40) for n in range(41)]
    known = [value for value in inside if value is not None]
    if band is None:
        assert not known
        return
    low, high = band
    assert 0 <= low <= high <= 1
    assert all(low - 1e-12 <= value <= high + 1e-12 for value in known)
    if curve.first <= start and any(start <= stretch.start <= end for stretch in curve.stretches):
        assert high == 1.0


def test_days_with_several_reviews_are_one_mark() -> None:
    history = [(FIRST, 1), (FIRST, 3), (FIRST + 4, 3), (FIRST + 20, 1), (FIRST + 20, 2)]
    curve = recall_curve(Fsrs6(), history, FIRST + 25, FIRST + 40)
    assert curve is not None
    assert [(mark.day - FIRST, mark.kept) for mark in curve.marks] == [(0, False), (4, True), (20, False)]
    assert [(stretch.start - FIRST, stretch.end - FIRST) for stretch in curve.stretches] == [
        (0, 4),
        (4, 20),
        (20, 40),
    ]


def test_without_a_review_there_is_no_curve() -> None:
    assert recall_curve(Fsrs6(), [], FIRST, FIRST + 10) is None


def test_two_thousand_reviews() -> None:
    curve = recall_curve(Fsrs6(), [(FIRST + n, 1 + n % 4) for n in range(2000)], FIRST + 2100, FIRST + 2200)
    assert curve is not None
    assert len(curve.stretches) == len(curve.marks) == 2000
    lows = [curve.recall(day - 1e-9) or 1.0 for day in range(FIRST + 1, FIRST + 2201)]
    band = curve.band(FIRST, FIRST + 2200)
    assert band is not None
    assert band[0] == pytest.approx(min(lows))
    assert band[1] == 1.0


@pytest.mark.parametrize("model", [Fsrs6(LOWEST), Fsrs6(HIGHEST), Fsrs6()])
@pytest.mark.parametrize("retention", [0.7, 0.9, 0.97])
def test_the_plan_of_a_new_card_meets_its_retention_at_each_review(model: Fsrs6, retention: float) -> None:
    curve = planned_curve(model, retention, FIRST, 36_500)
    assert curve.first == curve.today == FIRST
    assert [mark.day for mark in curve.marks] == [stretch.start for stretch in curve.stretches]
    for stretch in curve.stretches:
        wait = stretch.end - stretch.start
        assert 1 <= wait <= 36_500
        if 1 < wait < 36_500:
            at_due = model.retrievability(stretch.stability, model.interval(stretch.stability, retention))
            assert at_due == pytest.approx(retention)
            assert model.retrievability(stretch.stability, wait - 0.5) >= retention - 1e-9
            assert model.retrievability(stretch.stability, wait + 0.5) <= retention + 1e-9
