"""Concepts in the day's queue: what others rest on first, and cards before their turn."""

from __future__ import annotations

from studybuddy.core.event import EventKind
from studybuddy.study.undoing import undo
from studybuddy.study.wiring import Study
from tests.study.slipping import (
    AGAIN,
    DW,
    FORWARD,
    GOOD,
    LESSON,
    VJP,
    WHY,
    lapse,
    learn,
    memory,
    pass_days,
)


def asked_in_turn(study: Study, most: int = 200) -> list[str]:
    """The cards of a day, each answered Good."""
    found: list[str] = []
    while (turn := study.review.next()) is not None and len(found) < most:
        study.review.answer(turn.card, GOOD)
        found.append(turn.card)
    return found


def slip_early(study: Study) -> None:
    """Two lapses on the weight gradient while what it rests on is not due, but wanted better known."""
    learn(study, VJP, *FORWARD)
    pass_days(study, 2)
    study.review.answer(VJP, GOOD)
    for one in FORWARD:
        study.review.answer(one, GOOD)
    learn(study, DW, WHY)
    pass_days(study, 4)
    study.desk.prefer("desired_retention", 0.97)
    for one in (VJP, *FORWARD):
        due = memory(study, one).due_day
        assert due is not None
        assert due > study.desk.day()
    lapse(study, DW)
    lapse(study, WHY)


def test_due_cards_come_with_what_others_rest_on_first(study: Study) -> None:
    lesson = study.desk.catalogue.lesson(LESSON)
    plain = [card.id for card in lesson.cards if not card.exercise]
    learn(study, *reversed(plain))
    pass_days(study, 60)
    study.desk.prefer("minutes", 960)
    plan = [card for card in study.desk.queue.chosen().reviews if card in plain]
    assert len(plan) > 30, "siblings rest"
    ranks = [study.desk.concepts.rank_of_card(card) for card in plan]
    assert ranks == sorted(ranks)
    order = asked_in_turn(study)
    assert set(plan) <= set(order)
    concepts = study.desk.concepts
    for place, card in enumerate(order):
        for below in concepts.all_prerequisites(concepts.of(card)):
            if any(one in plan for one in concepts.cards(below)):
                first = next(number for number, other in enumerate(order) if concepts.of(other) == below)
                assert first < place, f"{card} before any card of {below}"


def test_a_card_before_its_turn_is_asked_first_and_once(study: Study) -> None:
    slip_early(study)
    before = memory(study, VJP)
    assert before.last_day is not None
    assert study.review.counts().review >= 2
    turn = study.review.next()
    assert turn is not None
    assert turn.card == VJP
    outcome = study.review.answer(VJP, GOOD)
    after = outcome.memory
    assert after.last_day == study.desk.day()
    assert after.due_day is not None
    assert after.due_day > study.desk.day()
    assert before.stability is not None
    assert after.stability is not None
    assert before.stability < after.stability
    (event,) = list(study.desk.store.log.events(EventKind.REVIEW, VJP))[-1:]
    assert event.body["repair"] == "K07"
    rest = asked_in_turn(study)
    assert FORWARD[0] in rest or FORWARD[1] in rest
    assert VJP not in rest
    assert len(rest) == len(set(rest))


def test_declined_cards_are_not_asked_and_come_back_with_undo(study: Study) -> None:
    slip_early(study)
    waiting = study.review.counts()
    study.desk.repair.decline("K07")
    assert study.review.counts().review == waiting.review - 2
    turn = study.review.next()
    assert turn is None or turn.card not in (VJP, *FORWARD)
    undo(study)
    assert study.review.counts() == waiting
    turn = study.review.next()
    assert turn is not None
    assert turn.card == VJP


def test_the_second_lapse_of_a_session_changes_the_queue_at_once(study: Study) -> None:
    learn(study, VJP, *FORWARD, DW, WHY)
    pass_days(study, 3)
    for one in (VJP, *FORWARD):
        study.review.answer(one, GOOD)
    pass_days(study, 4)
    study.desk.prefer("desired_retention", 0.97)
    study.review.answer(DW, AGAIN)
    turn = study.review.next()
    assert turn is not None
    assert study.desk.repair.of(turn.card) is None
    study.review.answer(WHY, AGAIN)
    turn = study.review.next()
    assert turn is not None
    assert turn.card == VJP, "before the steps of what was forgotten are due"


def test_nothing_is_brought_before_a_day_in_which_it_slipped(study: Study) -> None:
    slip_early(study)
    tomorrow = study.desk.queue.tomorrow()
    study.desk.repair.decline("K07")
    assert study.desk.queue.tomorrow() == tomorrow, "tomorrow is foretold without what may slip"


def test_suspended_while_it_waits(study: Study) -> None:
    slip_early(study)
    turn = study.review.next()
    assert turn is not None
    study.review.suspend(turn.card)
    turn = study.review.next()
    assert turn is not None
    assert turn.card in FORWARD
