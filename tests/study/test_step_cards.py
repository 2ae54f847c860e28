"""An accepted step brings its card back for review; a drill's card comes with the drill alone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from studybuddy.core.event import EventKind
from studybuddy.study.undoing import undo
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock
from tests.study.test_derivation import DW, RIGHT, WRONG, tables

CARD = "s3w10d1/card/dw"
MSE = "s3w10d1/card/drill-mse"


def introduced(study: Study) -> set[str]:
    return study.desk.store.queue.ids()


def test_the_card_of_an_accepted_step_becomes_new_and_rests_until_the_next_day(study: Study) -> None:
    study.derivation.submit("linear-backward", "dw", WRONG)
    assert introduced(study) == set()
    kept = study.derivation.keep(DW, RIGHT, study.derivation.submit("linear-backward", "dw", RIGHT))
    assert kept is None, "sent twice"
    assert introduced(study) == {CARD}
    assert study.review.next() is None, "written a minute ago"
    set_clock(study, DAY_ONE + timedelta(days=1))
    turn = study.review.next()
    assert turn is not None
    assert turn.card == CARD


def test_the_caller_is_told_which_cards_became_new(study: Study) -> None:
    from studybuddy.study.checking import judge_step

    verdict = judge_step(*study.derivations.find(DW), RIGHT)
    kept = study.derivation.keep(DW, RIGHT, verdict)
    assert kept is not None
    assert kept.cards == (CARD,)
    again = study.derivation.keep(DW, "X.T @ dZ", verdict)
    assert again is not None
    assert again.cards == ()


def test_undo_takes_the_card_back_and_a_replay_agrees(study: Study) -> None:
    study.derivation.submit("linear-backward", "dw", RIGHT)
    study.derivation.submit("mse", "gradient", "2(Z-Y)/N")
    assert introduced(study) == {CARD, MSE}
    undo(study)
    assert introduced(study) == {CARD}
    before = tables(study)
    study.desk.store.rebuild()
    assert tables(study) == before


@pytest.mark.parametrize("how", ["read", "done", "tick"])
def test_a_drills_card_comes_with_the_drill_alone(study: Study, how: str) -> None:
    if how == "read":
        study.reading.mark_read("s3w10d1/derivation")
    elif how == "done":
        study.reading.complete("s3w10d1")
    else:
        study.checklist.tick("math")
    assert CARD in introduced(study)
    assert not {card for card in introduced(study) if card.startswith("s3w10d1/card/drill-")}
    study.derivation.submit("mse", "gradient", "2(Z-Y)/N")
    assert MSE in introduced(study)


def test_every_step_of_the_course_has_a_card(study: Study) -> None:
    for identifier in study.derivations.ids():
        for step in study.derivations.get(identifier).steps:
            assert len(study.desk.catalogue.cards_of_step(step.id)) == (not step.given), step.id


def test_an_event_lists_what_it_brought(study: Study) -> None:
    study.derivation.submit("linear-backward", "dw", RIGHT)
    event = study.desk.store.log.latest(EventKind.STEP, DW)
    assert event is not None
    assert event.body["cards"] == event.body["rest"] == [CARD]
