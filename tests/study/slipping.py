"""A learner whom a concept slips."""

from __future__ import annotations

from datetime import timedelta

from studybuddy.core.card import CardMemory, CardState, Rating
from studybuddy.core.clock import FixedClock
from studybuddy.study.wiring import Study

LESSON = "s3w10d1"
AGAIN, GOOD = Rating.AGAIN, Rating.GOOD


def card(name: str) -> str:
    return f"{LESSON}/card/{name}"


VJP = card("vector-jacobian-product")
DW, WHY = card("dw"), card("why-transpose")
"""Of the weight gradient, which rests on the vector–Jacobian product and on the forward pass of a layer."""
FORWARD = [card("shape-z"), card("shape-b")]


def pass_days(study: Study, days: int = 1) -> None:
    study.desk.clock = FixedClock(study.desk.clock.now() + timedelta(days=days))


def pass_minutes(study: Study, minutes: int) -> None:
    study.desk.clock = FixedClock(study.desk.clock.now() + timedelta(minutes=minutes))


def learn(study: Study, *cards: str) -> None:
    """Answer new cards Good until they are in review; ends twenty minutes later."""
    for one in cards:
        study.review.answer(one, GOOD)
    pass_minutes(study, 20)
    for one in cards:
        study.review.answer(one, GOOD)
        assert memory(study, one).state is CardState.REVIEW


def lapse(study: Study, one: str) -> None:
    """Forget a card, learn it again."""
    before = memory(study, one).lapses
    study.review.answer(one, AGAIN)
    assert memory(study, one).lapses == before + 1
    pass_minutes(study, 15)
    study.review.answer(one, GOOD)


def memory(study: Study, one: str) -> CardMemory:
    found = study.desk.store.queue.memory(one)
    assert found is not None
    return found


def slip(study: Study) -> None:
    """Learn the weight gradient with what it rests on; forget a card of it after four days, one after six."""
    learn(study, VJP, *FORWARD, DW, WHY)
    pass_days(study, 4)
    lapse(study, DW)
    pass_days(study, 2)
    lapse(study, WHY)
