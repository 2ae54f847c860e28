from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studybuddy.memory.backlog import MOST_DAYS, Course, Overdue, Room, worked_off
from studybuddy.memory.fsrs6 import Fsrs6

MODEL = Fsrs6()
LONG = Overdue(400.0, 5.0, 410, 0.9)
"""Comes back after more than a year."""


def test_what_is_done_today_costs_nothing() -> None:
    assert worked_off([LONG] * 50, 50, Room(50), (), MODEL) == Course(1, 0.0)
    assert worked_off([], 0, Room(10), [(3, 5.0)], MODEL) == Course(1, 0.0)


def test_a_day_holds_what_it_holds() -> None:
    assert worked_off([LONG] * 50, 50, Room(10), (), MODEL).days == 5
    assert worked_off([LONG] * 50, 50, Room(10, done_today=10), (), MODEL).days == 6
    assert worked_off([LONG] * 5, 50, Room(10), (), MODEL).days == 5, "a sample of one in ten"
    arrivals = [(day, 5.0) for day in range(1, MOST_DAYS)]
    assert worked_off([LONG] * 50, 50, Room(10), arrivals, MODEL).days == 10, "some come back"
    assert worked_off([LONG] * 50, 50, Room(5), arrivals, MODEL).days is None


def test_what_comes_back_soon_is_counted_again() -> None:
    short = Overdue(1.0, 8.0, 9, 0.9)
    assert (worked_off([short] * 50, 50, Room(20), (), MODEL).days or 1000) > 3


def test_cards_that_fade_fast_cost_more() -> None:
    fast, slow = Overdue(3.0, 5.0, 5, 0.9), Overdue(300.0, 5.0, 305, 0.9)
    lost = [worked_off([card] * 40, 40, Room(4), (), MODEL).forgotten for card in (slow, fast)]
    assert lost[0] < lost[1]
    exactly = sum(
        4 * (MODEL.retrievability(300.0, 305) - MODEL.retrievability(300.0, 305 + day)) for day in range(10)
    )
    assert abs(lost[0] - exactly) < 0.05


@given(
    cards=st.lists(
        st.builds(
            Overdue, st.floats(0.01, 36_500), st.floats(1, 10), st.integers(0, 40_000), st.floats(0.7, 0.97)
        ),
        max_size=30,
    ),
    total=st.integers(0, 10_000),
    room=st.floats(0, 10_000),
    coming=st.lists(st.tuples(st.integers(-5, 500), st.floats(0, 100)), max_size=5),
)
def test_whatever_waits_the_answer_is_sound(
    cards: list[Overdue], total: int, room: float, coming: list[tuple[int, float]]
) -> None:
    course = worked_off(cards, total, Room(room), coming, MODEL)
    assert course.days is None or 1 <= course.days <= MOST_DAYS
    assert -1e-6 <= course.forgotten <= total + 1e-6
