"""Every figure against the plainest program for it, on random reviews."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from studybuddy.store.days import DayTotals
from studybuddy.study.foresight import habits
from studybuddy.study.review_table import Columns
from studybuddy.study.statistics.ahead import AHEAD_DAYS, ahead
from studybuddy.study.statistics.buttons import buttons
from studybuddy.study.statistics.efforts import efforts
from studybuddy.study.statistics.heat_map import LEVELS, Measure, heat_map, longest_streak
from studybuddy.study.statistics.hours import hours
from studybuddy.study.statistics.kinds import kinds
from studybuddy.study.statistics.known import CHANCES, DAYS, Learnt, distribution
from studybuddy.study.statistics.retention import PERIODS, retention
from studybuddy.study.statistics.weakness import RECENT_DAYS, TRUST, weakest

TODAY = 740_000
CARDS = 6


class Row(NamedTuple):
    card: int
    day: int
    minute: int
    rating: int
    elapsed_ms: int
    interval: int
    interview: int


rows_of_a_log = st.lists(
    st.builds(
        Row,
        card=st.integers(0, CARDS - 1),
        day=st.integers(TODAY - 400, TODAY + 2) | st.integers(TODAY - 8, TODAY),
        minute=st.integers(0, 1439),
        rating=st.integers(1, 4),
        elapsed_ms=st.just(0) | st.integers(0, 3_600_000),
        interval=st.sampled_from((0, 1, 2, 20, 21, 22, 400)),
        interview=st.integers(0, 1),
    ),
    max_size=60,
)


def array(values: list[float] | list[int], kind: str = "float64") -> Any:
    import numpy as np

    return np.array(values, dtype=kind)


def columns_of(rows: list[Row]) -> Columns:
    arrays = {name: array([getattr(row, name) for row in rows], "int64") for name in Row._fields}
    return Columns(names=[f"card{n}" for n in range(CARDS)], **arrays)


def with_before(rows: list[Row]) -> list[tuple[Row, Row | None]]:
    last: dict[int, Row] = {}
    found = []
    for row in rows:
        found.append((row, last.get(row.card)))
        last[row.card] = row
    return found


def is_tested(row: Row, before: Row | None) -> bool:
    return before is not None and before.interval >= 1 and row.day > before.day


@given(rows_of_a_log)
def test_retention(rows: list[Row]) -> None:
    found = retention(columns_of(rows), TODAY)
    for name, days in PERIODS.items():
        for maturity in ("young", "mature"):
            among = [
                row
                for row, before in with_before(rows)
                if is_tested(row, before)
                and before is not None
                and (before.interval >= 21) == (maturity == "mature")
                and (days is None or TODAY - days < row.day <= TODAY)
            ]
            kept = getattr(found[name], maturity)
            assert kept == (len(among), sum(row.rating > 1 for row in among))
            assert kept.rate == (kept.recalled / len(among) if among else None)
        assert found[name].all.reviews == found[name].young.reviews + found[name].mature.reviews


@given(rows_of_a_log)
def test_buttons(rows: list[Row]) -> None:
    wanted = {stage: [0, 0, 0, 0] for stage in ("learning", "young", "mature")}
    for row, before in with_before(rows):
        if not row.interview:
            interval = before.interval if before else 0
            stage = "learning" if interval < 1 else "young" if interval < 21 else "mature"
            wanted[stage][row.rating - 1] += 1
    assert buttons(columns_of(rows)) == {stage: tuple(counts) for stage, counts in wanted.items()}


@given(rows_of_a_log)
def test_hours(rows: list[Row]) -> None:
    found = hours(columns_of(rows))
    assert len(found) == 24
    for n, hour in enumerate(found):
        among = [(row, before) for row, before in with_before(rows) if row.minute // 60 == n]
        asked = [row for row, before in among if is_tested(row, before)]
        assert hour == (len(among), len(asked), sum(row.rating > 1 for row in asked))


@given(rows_of_a_log)
def test_kinds(rows: list[Row]) -> None:
    names = ["basic", "code", "basic", "interview", "code", "cloze"]
    found = {kind.kind: kind for kind in kinds(columns_of(rows), names)}
    for name in set(names):
        among = [row for row in rows if names[row.card] == name]
        if not among:
            assert name not in found
            continue
        timed = [row.elapsed_ms for row in among if row.elapsed_ms > 0]
        assert found[name] == (name, len(among), len(timed), sum(timed))
        mean = found[name].mean_s
        assert mean is None if not timed else abs(mean - sum(timed) / len(timed) / 1000) < 1e-6  # type: ignore[operator]
    order = [kind.elapsed_ms for kind in kinds(columns_of(rows), names)]
    assert order == sorted(order, reverse=True)


@given(rows_of_a_log, st.lists(st.floats(0, 1), min_size=CARDS, max_size=CARDS))
def test_weakest_concepts(rows: list[Row], chances: list[float]) -> None:
    concept = {f"card{n}": ("A", "B", "")[n % 3] for n in range(CARDS)}
    learnt = Learnt(list(concept), *(array([0.0] * CARDS),) * 2, array(chances), array([0.0] * CARDS))
    found = weakest(columns_of(rows), learnt, lambda card: concept.get(card, ""), TODAY)
    asked = {"A": [0, 0], "B": [0, 0]}
    for row, before in with_before(rows):
        name = concept[f"card{row.card}"]
        if name and is_tested(row, before) and row.day > TODAY - RECENT_DAYS:
            asked[name][0] += 1
            asked[name][1] += row.rating > 1
    total = [sum(pair[n] for pair in asked.values()) for n in (0, 1)]
    share = total[1] / total[0] if total[0] else 1.0
    assert {figures.concept for figures in found} == {"A", "B"}
    for figures in found:
        seen, right = asked[figures.concept]
        assert (figures.tested, figures.recalled, figures.cards) == (seen, right, 2)
        assert abs(figures.strength - (right + TRUST * share) / (seen + TRUST)) < 1e-12
    assert [f.strength for f in found] == sorted(f.strength for f in found)


@given(rows_of_a_log)
def test_habits(rows: list[Row]) -> None:
    found = habits(columns_of(rows))
    pairs = with_before(rows)
    firsts = [row.rating for row, before in pairs if before is None]
    usual = (0.24, 0.08, 0.6, 0.08)
    for n in range(4):
        wanted = (20 * usual[n] + firsts.count(n + 1)) / (20 + len(firsts))
        assert abs(found.first[n] - wanted) < 1e-9
    recalled = [
        min(row.elapsed_ms / 1000, 600)
        for row, before in pairs
        if before and row.rating > 1 and row.elapsed_ms
    ]
    assert abs(found.recalled_s - (20 * 15.0 + sum(recalled)) / (20 + len(recalled))) < 1e-6
    assert abs(sum(found.recalled) - 1) < 1e-9


@given(st.lists(st.floats(0, 40_000)), st.sampled_from((DAYS, CHANCES)))
def test_distributions(values: list[float], begins: tuple[float, ...]) -> None:
    found = distribution(array(values), begins)
    ends = (*begins[1:], float("inf"))
    for begin, end, count in zip(begins, ends, found.counts, strict=True):
        assert count == sum(begin <= value < end for value in values)
    assert (found.median is None) == (not values)


FIRST = date(2026, 11, 23)
days_of_a_log = st.dictionaries(
    st.integers(-3, 500), st.tuples(*[st.integers(0, 9)] * 5, st.integers(0, 10**7)), max_size=40
).map(
    lambda found: [
        DayTotals(FIRST - timedelta(days=ago), *values) for ago, values in sorted(found.items(), reverse=True)
    ]
)


@given(days_of_a_log)
def test_the_map_and_the_periods(days: list[DayTotals]) -> None:
    heat = heat_map(days, FIRST)
    assert heat.first.weekday() == 0
    assert 364 <= (FIRST - heat.first).days <= 370
    for n in range(-2, 380):
        day = FIRST - timedelta(days=n)
        known = next((d for d in days if d.day == day), None)
        inside = known is not None and heat.first <= day <= FIRST
        assert heat.totals(day) == (known if inside else DayTotals(day, 0, 0, 0, 0, 0, 0))
        for measure in Measure:
            level = heat.level(day, measure)
            assert (level > 0) == (inside and known is not None and known.active)
            assert level <= LEVELS
    found = efforts(days, FIRST)
    week = [d for d in days if 0 <= (FIRST - d.day).days < 7]
    assert found["week"].reviews == sum(d.reviews for d in week)
    assert found["all"].days == sum(d.active for d in days)


@given(days_of_a_log)
def test_the_longest_streak(days: list[DayTotals]) -> None:
    active = {d.day for d in days if d.active}
    longest = 0
    for day in active:
        length = 0
        while day - timedelta(days=length) in active:
            length += 1
        longest = max(longest, length)
    assert longest_streak(days) == longest


@given(st.dictionaries(st.integers(-50, 60), st.integers(1, 500)), st.floats(0.1, 600))
def test_what_is_coming(due: dict[int, int], seconds: float) -> None:
    asked = [((FIRST + timedelta(days=n)).isoformat(), count) for n, count in sorted(due.items())]
    found = ahead(asked, FIRST, seconds)
    assert len(found) == AHEAD_DAYS
    assert found[0].due == sum(count for n, count in due.items() if n <= 0)
    for n, day in enumerate(found[1:], 1):
        assert day.due == due.get(n, 0)
        assert abs(day.minutes - day.due * seconds / 60) <= 0.051
