from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from studybuddy.core.card import CardState, Rating
from studybuddy.core.clock import FixedClock
from studybuddy.study.launch import Launch
from studybuddy.study.outlook import look_ahead
from studybuddy.study.wiring import Study

MORNING = datetime.fromisoformat("2026-11-23T08:00:00+08:00")
CARD = "s3w10d1/card/backprop"


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Study]:
    monkeypatch.setenv("STUDYBUDDY_NOW", MORNING.isoformat())
    opened = Study(Launch(str(tmp_path), "zh"), writer="a test")
    yield opened
    opened.close()


def test_an_untouched_course_promises_nothing(study: Study) -> None:
    outlook = look_ahead(study.desk)

    assert (outlook.reviewed, outlook.next_step, outlook.tomorrow, outlook.held_back) == (0, None, 0, 0)
    assert outlook.next_day is None


def test_a_learning_step_and_tomorrow_are_counted(study: Study) -> None:
    study.reading.mark_read("s3w10d1/theory")
    study.review.answer(CARD, Rating.GOOD)

    outlook = look_ahead(study.desk)

    assert outlook.reviewed == 1
    assert outlook.next_step == timedelta(minutes=10)
    study.review.answer(CARD, Rating.EASY)
    days = study.review.turn_of(CARD).memory.due_day
    assert days is not None
    assert look_ahead(study.desk).next_day == (days - MORNING.date()).days
    study.desk.clock = FixedClock(
        datetime(days.year, days.month, days.day, 8, tzinfo=MORNING.tzinfo) - timedelta(1)
    )
    assert look_ahead(study.desk).tomorrow == 1
    assert look_ahead(study.desk).next_step is None


def test_new_cards_beyond_the_allowance_are_held_back(study: Study) -> None:
    study.reading.complete("s3w10d1")
    new = study.review.counts().new
    everything = len(study.desk.catalogue.cards_of_lesson("s3w10d1"))

    assert look_ahead(study.desk).held_back == everything - new > 0


def test_a_card_by_its_id_is_a_turn_with_the_buttons_promises(study: Study) -> None:
    turn = study.review.turn_of(CARD)

    assert turn.memory.state is CardState.NEW
    assert set(turn.outcomes) == set(Rating)
    assert not study.review.flagged(CARD)
    assert study.review.flag(CARD)
    assert study.review.flagged(CARD)
