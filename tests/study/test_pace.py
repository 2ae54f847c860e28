"""How long a card is expected to take."""

from __future__ import annotations

from datetime import timedelta

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.study.pace import REVIEW_MS, Pace
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock
from tests.study.queues import own_five

CARD = own_five(0)


def pace(study: Study) -> Pace:
    """What is expected on the study day."""
    return Pace(study.desk, study.desk.day(), {})


def answer(study: Study, untimed: int, timed: int) -> None:
    """Answers to one card without a time and with one, a day each."""
    study.desk.record(EventKind.SECTION, "own/all", {"cards": [CARD, own_five(1)]})
    for number in range(untimed + timed):
        set_clock(study, DAY_ONE + timedelta(days=number))
        study.review.answer(CARD, Rating.GOOD, 60_000 if number >= untimed else 0)
    set_clock(study, DAY_ONE + timedelta(days=untimed + timed))


def test_answers_without_a_time_do_not_count_as_quick(study: Study) -> None:
    answer(study, 40, 3)
    (card,) = study.desk.store.queue.named([CARD])
    assert pace(study).usual_ms(own_five(1)) == 60_000
    assert pace(study).expected_ms(card) == 60_000
    study.review.undo()
    assert pace(study).usual_ms(own_five(1)) == 60_000


def test_with_no_time_known_the_usual_is_expected(study: Study) -> None:
    answer(study, 5, 0)
    (card,) = study.desk.store.queue.named([CARD])
    assert pace(study).usual_ms(own_five(1)) == REVIEW_MS
    assert pace(study).expected_ms(card) == REVIEW_MS


def test_what_happens_today_changes_no_expectation(study: Study) -> None:
    answer(study, 0, 3)
    study.review.answer(own_five(1), Rating.GOOD, 200_000)
    assert pace(study).usual_ms(own_five(2)) == 60_000
