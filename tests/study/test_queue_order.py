"""Which card comes next: orders, learning steps, the repair path."""

from __future__ import annotations

from datetime import timedelta, timezone
from pathlib import Path

import pytest

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.store.queue import QueueCounts
from studybuddy.study.interview import Answer
from studybuddy.study.launch import Launch
from studybuddy.study.queue_plan import QueuePlan
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock
from tests.study.queues import answer_all, fill, learnt, make_due, not_due, own_five
from tests.study.slipping import DW, FORWARD, VJP, WHY, lapse, learn, pass_days, pass_minutes, slip


def test_what_others_rest_on_comes_first_then_the_longest_overdue(study: Study) -> None:
    course = list(study.desk.catalogue.card_ids)
    study.desk.record(EventKind.SECTION, "s3w10d1", {"cards": course})
    study.desk.prefer("bury_siblings", False)
    study.desk.prefer("minutes", 960)
    make_due(study, course)
    rank = study.desk.concepts.rank_of_card
    chosen = list(study.desk.queue.chosen().reviews)
    assert [rank(card) for card in chosen] == sorted(map(rank, course))
    study.desk.prefer("review_order", "due")
    assert list(study.desk.queue.chosen().reviews) == course


@pytest.mark.parametrize("order", ["random", "retrievability", "interval", "due", "prerequisites"])
def test_undo_and_a_restart_give_the_same_order(tmp_path: Path, order: str) -> None:
    first = Study(Launch(str(tmp_path), "en"), writer="test")
    set_clock(first, DAY_ONE)
    learnt(first, [own_five(number) for number in range(30)])
    first.desk.record(EventKind.SECTION, "own/new", {"cards": [own_five(number) for number in range(30, 60)]})
    for key, value in (("review_order", order), ("new_order", "random"), ("new_mix", "mixed")):
        first.desk.prefer(key, value)
    given = answer_all(first, Rating.EASY)
    assert len(given) == 45
    for _ in given:
        first.review.undo()
    again = answer_all(first, Rating.EASY, most=20)
    first.close()
    second = Study(Launch(str(tmp_path), "en"), writer="test")
    set_clock(second, DAY_ONE)
    again += answer_all(second, Rating.EASY)
    second.close()
    assert again == given
    kinds = [card < own_five(30) for card in given]
    assert kinds != sorted(kinds, reverse=True), "new ones stand among the due"


def test_chance_is_another_on_another_day(study: Study) -> None:
    fill(study, 60, due=40)
    study.desk.prefer("review_order", "random")
    today = list(study.desk.queue.chosen().reviews)
    set_clock(study, DAY_ONE + timedelta(days=1))
    tomorrow = list(study.desk.queue.chosen().reviews)
    assert sorted(today) == sorted(tomorrow)
    assert today != tomorrow


def test_new_cards_come_before_after_or_among(study: Study) -> None:
    names = fill(study, 20, due=10)
    for mix, first in (("after", names[0]), ("before", names[10])):
        study.desk.prefer("new_mix", mix)
        turn = study.review.next()
        assert turn is not None
        assert turn.card == first


def test_a_step_comes_at_its_millisecond_and_before_all_else(study: Study) -> None:
    fill(study, 10, due=8)
    turn = study.review.next()
    assert turn is not None
    outcome = study.review.answer(turn.card, Rating.AGAIN, 1000)
    at = outcome.memory.due_at
    assert at is not None
    for early in (timedelta(minutes=1), timedelta(milliseconds=1)):
        set_clock(study, at - early)
        found = study.review.next()
        assert found is not None
        assert found.card != turn.card
    set_clock(study, at)
    found = study.review.next()
    assert found is not None
    assert found.card == turn.card


def test_a_step_may_come_early_when_nothing_else_is_left(study: Study) -> None:
    study.review.answer("s3w10d1/card/dw", Rating.GOOD)
    assert study.review.next() is not None
    assert study.review.counts().learning == 1
    study.desk.prefer("learn_ahead", 5)
    assert study.review.next() is None
    step = study.desk.queue.next_step()
    assert step is not None
    assert step - study.desk.now() == timedelta(minutes=10)


def test_cards_that_a_good_interview_brings_are_asked_at_once(study: Study) -> None:
    question = study.desk.catalogue.lessons[0].questions[0]
    study.interview.grade(question, Answer("aloud", 1000, Rating.AGAIN))
    assert study.review.counts() == QueueCounts(1, 0, 0, 0)
    study.interview.grade(question, Answer("aloud", 1000, Rating.GOOD))
    assert study.review.counts() == QueuePlan(study.desk).counts()
    assert study.review.counts().new


@pytest.mark.parametrize(("steps", "days"), [("1m 3d", 3), ("1m 30d", 30), ("1m 1d", 1)])
def test_a_step_of_days_waits_whatever_else_is_written(study: Study, steps: str, days: int) -> None:
    study.desk.prefer("learning_steps", steps)
    study.review.answer("s3w10d1/card/dw", Rating.GOOD)
    study.review.flag("s3w10d1/card/dw")
    for day in range(days):
        set_clock(study, DAY_ONE + timedelta(days=day))
        assert (study.review.counts().learning, study.review.next()) == (0, None), day
        study.desk.prefer("name", str(day))
    set_clock(study, DAY_ONE + timedelta(days=days))
    assert study.review.counts().learning == 1


def test_a_journey_within_the_day_moves_its_end(study: Study) -> None:
    """A step of fifteen hours from eight on is for today; six hours farther east the day ends before it."""
    study.desk.prefer("learning_steps", "1m 15h")
    study.review.answer("s3w10d1/card/dw", Rating.GOOD)
    assert study.review.counts().learning == 1
    farther_east = timezone(timedelta(hours=14))
    set_clock(study, DAY_ONE.astimezone(farther_east))
    assert study.desk.day() == DAY_ONE.date()
    assert study.review.counts() == QueuePlan(study.desk).counts() == QueueCounts(0, 0, 0, 0)


def test_what_a_slipped_concept_rests_on_comes_today_and_first(study: Study) -> None:
    slip(study)
    pass_minutes(study, 15)
    for step in study.desk.store.queue.steps(study.desk.day()):
        study.review.answer(step.card, Rating.GOOD)
    not_due(study, VJP, FORWARD[0])
    counts = study.review.counts()
    assert [asked.card for asked in study.desk.repair.cards()] == [VJP, FORWARD[0]]
    study.desk.repair.decline("K07")
    assert study.review.counts().review == counts.review - 2
    study.review.undo()
    turn = study.review.next()
    assert turn is not None
    assert turn.card == VJP
    study.review.answer(VJP, Rating.GOOD, 5000)
    assert (
        study.review.counts() == counts._replace(review=counts.review - 1) == QueuePlan(study.desk).counts()
    )
    study.review.undo()
    assert study.review.counts() == counts
    study.review.suspend(VJP)
    assert study.review.counts() == QueuePlan(study.desk).counts()
    assert VJP not in study.desk.queue.chosen().brought


def test_a_lapse_that_makes_a_concept_slip_is_noticed_in_the_same_review(study: Study) -> None:
    learn(study, VJP, *FORWARD, DW, WHY)
    pass_days(study, 4)
    lapse(study, DW)
    pass_days(study, 2)
    assert study.desk.repair.cards() == ()
    study.desk.store._db.execute(
        "UPDATE card SET due_day = ? WHERE id = ?", (study.desk.day().isoformat(), DW)
    )
    study.desk.store.changes += 1
    study.review.next()
    study.review.answer(DW, Rating.AGAIN)
    assert study.desk.repair.cards()
    assert study.review.counts() == QueuePlan(study.desk).counts()
    assert {VJP, FORWARD[0]} <= set(study.desk.queue.chosen().reviews)
