"""A week of reviews in which a concept slips, and what comes of it."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from studybuddy.core.card import CardState, Rating
from studybuddy.core.event import EventKind
from studybuddy.i18n import say
from studybuddy.store.slips import MOST_SINCE
from studybuddy.study.concepts import Concepts
from studybuddy.study.repair import MOST_A_DAY, RepairCard, repair_cards
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
    card,
    lapse,
    learn,
    memory,
    pass_days,
    pass_minutes,
    slip,
)


def asked(study: Study) -> list[str]:
    return [found.card for found in study.desk.repair.cards()]


@pytest.fixture
def week(study: Study) -> Study:
    """The weight gradient was learnt with what it rests on, and slipped twice, the second time today."""
    slip(study)
    return study


def test_once_is_no_slip(study: Study) -> None:
    learn(study, VJP, *FORWARD, DW, WHY)
    pass_days(study, 4)
    lapse(study, DW)
    assert repair_cards(study.desk) == []


def test_what_it_rests_on_comes_first(week: Study) -> None:
    expected = [RepairCard(VJP, "K07", "K05", 2), RepairCard(FORWARD[0], "K07", "K06", 2)]
    assert repair_cards(week.desk) == expected
    assert week.desk.repair.of(VJP) == expected[0]
    assert week.desk.repair.of(DW) is None
    words = "Repair path: {weak} slipped {n} times this week; first {first}"
    hidden = week.desk.repair.phrase(expected[0])
    assert "向量–雅可比积" not in say(hidden), "it is the answer of its card"
    phrase = week.desk.repair.phrase(expected[0], turned=True)
    assert phrase.message == words
    assert dict(phrase.parameters) == {"weak": "权重梯度 ∂L/∂W", "n": 2, "first": "向量–雅可比积"}
    assert "向量–雅可比积" in say(phrase)


def test_answering_serves_it_until_it_slips_again(week: Study) -> None:
    week.review.answer(VJP, GOOD)
    event = week.desk.store.log.latest(EventKind.REVIEW, VJP)
    assert event is not None
    assert event.body["repair"] == "K07"
    assert asked(week) == [FORWARD[0]], "the other concept is still to come"
    week.review.answer(FORWARD[0], GOOD)
    assert asked(week) == []
    pass_days(week)
    assert asked(week) == [], "it was recalled since the last lapse"
    week.desk.prefer("desired_retention", 0.97)
    learn_again = memory(week, DW).due_day
    assert learn_again is not None
    pass_days(week, max(0, (learn_again - week.desk.day()).days))
    lapse(week, DW)
    assert week.desk.repair.cards()[0].weak == "K07", "a new lapse asks again"


def test_a_repair_that_was_forgotten_comes_back_the_day_after_if_it_is_weak(week: Study) -> None:
    week.review.answer(VJP, AGAIN)
    pass_minutes(week, 15)
    week.review.answer(VJP, GOOD)
    assert VJP not in asked(week), "never twice a day"
    pass_days(week)
    assert VJP in asked(week), "it slipped itself"


def test_an_early_review_is_scheduled_as_what_it_is(study: Study) -> None:
    learn(study, VJP, *FORWARD, DW, WHY)
    early = study.desk.scheduler
    before = memory(study, VJP)
    assert before.due_day is not None
    assert before.due_day > study.desk.day() + timedelta(days=1)
    now, day = study.desk.now(), study.desk.day() + timedelta(days=1)
    preset = study.desk.preset_of(VJP)
    after = early.outcome(before, GOOD, now + timedelta(days=1), day, preset).memory
    waited = (before.due_day - study.desk.day()).days
    on_time = early.outcome(before, GOOD, now + timedelta(days=waited), before.due_day, preset).memory
    assert before.stability is not None
    assert after.stability is not None
    assert on_time.stability is not None
    assert before.stability < after.stability < on_time.stability, "little grows while recall is high"
    assert after.last_day == day


def test_declined_for_the_day_taken_back_and_the_day_after(week: Study) -> None:
    before = repair_cards(week.desk)
    week.desk.repair.decline("K07")
    assert repair_cards(week.desk) == []
    said = undo(week)
    assert repair_cards(week.desk) == before
    assert dict(said.parameters) == {"id": "权重梯度 ∂L/∂W"}
    week.desk.repair.decline("K07")
    pass_days(week)
    assert [found.card for found in repair_cards(week.desk)] == asked(week) != []


def test_taking_back_the_lapse_takes_the_repair_back(week: Study) -> None:
    assert asked(week)
    undo(week)
    undo(week)
    assert memory(week, WHY).lapses == 0
    assert asked(week) == []


def test_a_replay_knows_the_same(week: Study) -> None:
    week.review.answer(VJP, GOOD)
    week.desk.repair.decline("K12")
    before = asked(week)
    week.desk.store.rebuild()
    assert asked(week) == before


def test_a_good_answer_gives_no_credit_to_what_it_rests_on(week: Study) -> None:
    before = {one: memory(week, one) for one in (VJP, *FORWARD)}
    for _ in range(3):
        pass_days(week, 3)
        week.review.answer(DW, GOOD)
    assert {one: memory(week, one) for one in before} == before


def test_lapses_fade_after_a_week(week: Study) -> None:
    pass_days(week, 4)
    assert asked(week), "the first lapse was six days ago"
    pass_days(week, 1)
    assert asked(week) == []


def test_again_in_a_learning_step_is_no_lapse(study: Study) -> None:
    learn(study, VJP)
    for one in (DW, WHY):
        for _ in range(4):
            study.review.answer(one, AGAIN)
            pass_minutes(study, 2)
    assert asked(study) == []


def test_a_strong_prerequisite_is_left_alone(study: Study) -> None:
    learn(study, VJP, *FORWARD, DW, WHY)
    pass_days(study, 3)
    for one in (VJP, *FORWARD):
        study.review.answer(one, Rating.EASY)
    lapse(study, DW)
    pass_days(study)
    lapse(study, WHY)
    assert asked(study) == [], "their recall is above the desired retention"


def test_what_was_never_recalled_sends_its_first_new_card(study: Study) -> None:
    study.reading.mark_read(f"{LESSON}/theory")
    learn(study, DW, WHY)
    pass_days(study, 4)
    lapse(study, DW)
    lapse(study, WHY)
    found = repair_cards(study.desk)
    assert [one.card for one in found] == [VJP, FORWARD[0]]
    assert memory(study, VJP).state is CardState.NEW


def test_what_was_never_introduced_stays_where_it_is(study: Study) -> None:
    learn(study, DW, WHY)
    pass_days(study, 4)
    lapse(study, DW)
    lapse(study, WHY)
    assert asked(study) == []
    (said,) = study.desk.repair.summary()
    assert dict(said.parameters) == {
        "weak": "权重梯度 ∂L/∂W",
        "first": "向量–雅可比积",
        "lesson": "S3W10D1",
        "section": "理论知识",
    }
    study.desk.repair.decline("K07")
    assert study.desk.repair.summary() == []


@pytest.mark.parametrize("put_aside", ["suspend", "bury"])
def test_cards_put_aside_are_not_asked(week: Study, put_aside: str) -> None:
    {"suspend": week.review.suspend, "bury": week.review.bury}[put_aside](VJP)
    assert asked(week) == [FORWARD[0]]
    undo(week)
    assert asked(week) == [VJP, FORWARD[0]]


def test_no_more_than_five_a_day_and_what_others_rest_on_first(study: Study) -> None:
    lesson = study.desk.catalogue.lesson(LESSON)
    plain = [one.id for one in lesson.cards if not one.exercise]
    study.desk.prefer("desired_retention", 0.97)
    learn(study, *plain)
    pass_days(study, 5)
    for concept in ("K12", "K15", "K17", "K07", "K13"):
        for one in study.desk.concepts.cards(concept)[:2]:
            if memory(study, one).state is CardState.REVIEW:
                lapse(study, one)
    reviews = study.desk.store.log.events(EventKind.REVIEW)
    done = [event.subject for event in reviews if "repair" in event.body]
    found = repair_cards(study.desk)
    assert len(found) + len(done) == MOST_A_DAY, "one of them may have been forgotten meanwhile"
    ranks = [study.desk.concepts.rank(one.because) for one in found]
    assert ranks == sorted(set(ranks))
    while rest := asked(study):
        assert not set(done) & set(rest)
        study.review.answer(rest[0], GOOD)
        done.append(rest[0])
    assert len(done) == MOST_A_DAY


def test_a_concept_without_cards_sends_what_it_rests_on(study: Study) -> None:
    """The chain rule is made to have no card: what rests on it sends what it rests on itself."""
    known = [
        concept._replace(requires=["K02"] if concept.id == "K07" else concept.requires)
        for concept in study.desk.catalogue.concepts
    ]
    known = [concept._replace(requires=["K03"]) if concept.id == "K02" else concept for concept in known]
    lesson = study.desk.catalogue.lesson(LESSON)
    cards = {one.id: one.concept for one in lesson.cards if one.concept != "K02"}
    study.desk.__dict__["concepts"] = Concepts(known, cards)
    shapes = card("shape-necessary")
    learn(study, shapes, DW, WHY)
    pass_days(study, 4)
    lapse(study, DW)
    lapse(study, WHY)
    assert [(one.card, one.because) for one in repair_cards(study.desk)] == [(shapes, "K03")]


def test_many_answers_between_two_looks(week: Study) -> None:
    assert asked(week)[0] == VJP
    week.review.answer(VJP, GOOD)
    for number in range(MOST_SINCE + 1):
        week.own_cards.add(f"front {number}", "back")
    assert asked(week) == [FORWARD[0]]


def test_a_clock_set_back_and_far_forward(week: Study) -> None:
    found = asked(week)
    pass_minutes(week, -120)
    assert asked(week) == found
    pass_days(week, -4000)
    assert asked(week) == []
    pass_days(week, 4000 + 36_500)
    assert asked(week) == []
    pass_days(week, -36_500)
    assert asked(week) == found


def test_events_of_another_machine_that_make_no_sense(week: Study) -> None:
    before = asked(week)
    for body in ({"rating": "again", "repair": 7}, {"rating": 1, "repair": ["K07"]}, {"rating": None}):
        week.desk.store._db.execute(  # such a row can only come from elsewhere
            "INSERT INTO event SELECT 'other', coalesce(max(seq), 0) + 1, max(at_ms) + 1, max(wall_ms), 0, "
            "max(day), 'review', ?, ?, x'', x'' FROM event",
            (card("backprop"), json.dumps(body)),
        )
    week.desk.store._db.execute(
        "INSERT INTO event SELECT 'other', max(seq) + 1, max(at_ms) + 1, max(wall_ms), 0, max(day), "
        "'review', 'x', 'no json', x'', x'' FROM event"
    )
    week.desk.repair._known = None
    assert asked(week) == before


def test_what_today_says(week: Study) -> None:
    slipped, first = map(say, week.desk.repair.summary())
    assert "权重梯度 ∂L/∂W" in slipped
    assert "向量–雅可比积 · 线性层前向与广播" in first
    week.desk.repair.decline("K07")
    assert week.desk.repair.summary() == []
