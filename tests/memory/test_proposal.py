from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.card import Rating
from studybuddy.memory.proposal import FAST, HISTORY, SLOW, Effort, Ground, Proposal, propose

MINUTE = 60_000
counts = st.integers(0, 50)
times = st.integers(0, 10**8)
histories = st.lists(times, max_size=8)
efforts = st.builds(Effort, st.booleans(), st.booleans(), counts, counts, times)


@pytest.mark.parametrize(
    ("effort", "earlier", "expected"),
    [
        (Effort(True, attempts=1, elapsed_ms=9 * MINUTE), (), Proposal(Rating.GOOD, (Ground.FIRST_TRY,))),
        (Effort(True, attempts=2), (), Proposal(Rating.HARD, (Ground.SEVERAL_TRIES,))),
        (Effort(True, attempts=1, hints=1), (), Proposal(Rating.HARD, (Ground.HINTS,))),
        (
            Effort(True, attempts=3, hints=2, elapsed_ms=20 * MINUTE),
            (MINUTE,) * 3,
            Proposal(Rating.HARD, (Ground.SEVERAL_TRIES, Ground.HINTS, Ground.SLOW), MINUTE),
        ),
        (
            Effort(True, attempts=1, elapsed_ms=2 * MINUTE),
            (MINUTE,) * 3,
            Proposal(Rating.HARD, (Ground.SLOW,), MINUTE),
        ),
        (
            Effort(True, attempts=1, elapsed_ms=MINUTE // 2),
            (MINUTE,) * 3,
            Proposal(Rating.EASY, (Ground.FIRST_TRY, Ground.FAST), MINUTE),
        ),
        (
            Effort(True, attempts=1, elapsed_ms=MINUTE // 2),
            (MINUTE,) * 2,
            Proposal(Rating.GOOD, (Ground.FIRST_TRY,)),
        ),
        (
            Effort(True, attempts=1, elapsed_ms=0),
            (MINUTE,) * 3,
            Proposal(Rating.GOOD, (Ground.FIRST_TRY,), MINUTE),
        ),
        (
            Effort(True, attempts=1, elapsed_ms=MINUTE // 2),
            (MINUTE, 0, 0, 0, MINUTE),
            Proposal(Rating.GOOD, (Ground.FIRST_TRY,)),
        ),
        (Effort(False, attempts=4), (), Proposal(Rating.AGAIN, (Ground.NOT_ACCEPTED,))),
        (Effort(False, gave_up=True), (), Proposal(Rating.AGAIN, (Ground.GAVE_UP,))),
        (Effort(True, gave_up=True, attempts=1), (), Proposal(Rating.AGAIN, (Ground.GAVE_UP,))),
    ],
)
def test_the_rules(effort: Effort, earlier: tuple[int, ...], expected: Proposal) -> None:
    assert propose(effort, earlier) == expected


@given(efforts, histories, counts, counts, times)
def test_more_tries_more_hints_and_more_time_never_raise_the_rating(
    effort: Effort, earlier: list[int], tries: int, hints: int, longer: int
) -> None:
    worse = effort._replace(
        attempts=effort.attempts + tries,
        hints=effort.hints + hints,
        elapsed_ms=effort.elapsed_ms + longer if effort.elapsed_ms else 0,
    )
    assert propose(worse, earlier).rating <= propose(effort, earlier).rating


@given(efforts, histories)
def test_neither_does_giving_up_or_not_being_accepted(effort: Effort, earlier: list[int]) -> None:
    for worse in (effort._replace(gave_up=True), effort._replace(accepted=False)):
        assert propose(worse, earlier).rating is Rating.AGAIN


@given(efforts, histories)
def test_easy_needs_a_history_and_grounds_are_never_empty(effort: Effort, earlier: list[int]) -> None:
    found = propose(effort, earlier)
    assert found.grounds
    known = [time for time in earlier if time > 0]
    assert (found.median_ms is None) == (len(known) < HISTORY)
    if found.rating is Rating.EASY:
        assert found.median_ms is not None
        assert 0 < effort.elapsed_ms <= FAST * found.median_ms


@given(efforts, histories.filter(lambda found: sum(time > 0 for time in found) >= HISTORY))
def test_a_whole_history_twice_as_slow_never_makes_the_same_time_worse(
    effort: Effort, earlier: list[int]
) -> None:
    slower = [time * 2 for time in earlier]
    assert propose(effort, slower).rating >= propose(effort, earlier).rating
    assert SLOW * FAST == 1
