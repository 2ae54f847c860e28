"""The minutes of a day are filled with what fits; a card of minutes has its turn all the same."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from studybuddy.core.card import Rating
from studybuddy.store.queue import QueueCounts
from studybuddy.study.long_cards import PATIENCE, REST
from studybuddy.study.more import add_more
from studybuddy.study.queue_plan import QueuePlan
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock
from tests.study.queues import answer_all, fill, make_due

SECOND, MINUTE = 1_000, 60_000


def takes(study: Study, card: str, ms: int, *, days_ago: int = 0) -> None:
    """Let a card be due so many days ago, and be expected to take so long."""
    make_due(study, [card], took_ms=4 * ms, day=study.desk.day() + timedelta(days=1 - days_ago))


def asked(study: Study) -> list[str]:
    """What today asks, in its order."""
    return list(QueuePlan(study.desk).chosen().reviews)


def test_a_long_card_does_not_keep_short_ones_waiting(study: Study) -> None:
    names = fill(study, 31)
    study.desk.prefer("minutes", 6)
    takes(study, names[0], 5 * MINUTE, days_ago=1)
    for name in names[1:]:
        takes(study, name, 20 * SECOND)
    study.desk.prefer("review_order", "due")
    assert asked(study) == names[:4], "the program, and three of twenty seconds"
    takes(study, names[0], 7 * MINUTE, days_ago=1)
    assert asked(study) == names[:1], "longer than the day: alone"
    assert answer_all(study, Rating.EASY, ms=20 * SECOND) == names[:1]
    assert study.review.counts() == QueueCounts(0, 0, 0, 30)
    set_clock(study, DAY_ONE + timedelta(days=1))
    assert asked(study) == names[1:19], "eighteen of twenty seconds the day after"


def test_cards_longer_than_the_day_leave_days_to_others(study: Study) -> None:
    names = fill(study, 140)
    study.desk.prefer("minutes", 5)
    for name in names[:3]:
        takes(study, name, 15 * MINUTE, days_ago=9)
    for name in names[3:]:
        takes(study, name, 20 * SECOND)
    days = []
    for day in range(3 * (REST + 1)):
        set_clock(study, DAY_ONE + timedelta(days=day))
        given = answer_all(study, Rating.EASY, ms=20 * SECOND)
        days.append([name for name in given if name in names[:3]])
        assert not days[-1] or len(given) == 1
    alone = [names[:1], *[[]] * REST, names[1:2], *[[]] * REST, names[2:3], *[[]] * REST]
    assert days == alone


def test_without_anything_else_a_card_longer_than_the_day_comes_every_day(study: Study) -> None:
    names = fill(study, 2)
    study.desk.prefer("minutes", 5)
    for name in names:
        takes(study, name, 15 * MINUTE)
    assert answer_all(study, Rating.EASY) == names[:1]
    set_clock(study, DAY_ONE + timedelta(days=1))
    assert answer_all(study, Rating.EASY) == names[1:]


@pytest.mark.parametrize("order", ["prerequisites", "random", "interval", "retrievability"])
def test_a_long_card_comes_after_some_days_whatever_fills_them(study: Study, order: str) -> None:
    cards = fill(study, 60)
    study.desk.prefer("minutes", 5)
    study.desk.prefer("review_order", order)
    long = cards[-1]
    for name in cards[:-1]:
        takes(study, name, 20 * SECOND, days_ago=20)
    takes(study, long, 4 * MINUTE)
    set_clock(study, DAY_ONE + timedelta(days=PATIENCE))
    assert asked(study)[0] == long
    assert len(asked(study)) == 4


def test_more_brings_the_card_that_did_not_fit(study: Study) -> None:
    names = fill(study, 10)
    study.desk.prefer("minutes", 5)
    study.desk.prefer("review_order", "due")
    for name in names[:2]:
        takes(study, name, 4 * MINUTE)
    for name in names[2:]:
        takes(study, name, 20 * SECOND)
    assert asked(study) == [names[0], *names[2:5]]
    answer_all(study, Rating.EASY, ms=MINUTE)
    assert add_more(study.desk) is not None
    assert asked(study)[0] == names[1]


@pytest.mark.parametrize("seed", range(12))
def test_what_fits_is_asked_and_what_is_asked_fits(study: Study, seed: int) -> None:
    chance = random.Random(seed)
    names = fill(study, 40)
    study.desk.prefer("minutes", minutes := chance.choice([5, 7, 12, 20]))
    study.desk.prefer("review_order", chance.choice(["due", "random", "prerequisites", "interval"]))
    ms = {name: chance.choice([5, 11, 20, 33, 59, 60, 200, 500, 1300]) * SECOND for name in names}
    for name in names:
        takes(study, name, ms[name], days_ago=chance.randrange(6))
    while True:
        plan, fresh = study.desk.queue, QueuePlan(study.desk)
        assert plan.counts() == fresh.counts()
        assert plan.next() == fresh.next()
        chosen = fresh.chosen()
        reviews = list(chosen.reviews)
        assert reviews == asked(study), "the same whenever it is asked"
        room = minutes * MINUTE - chosen.charged_ms - sum(ms[name] for name in reviews)
        waiting = [card.card for card in study.desk.store.queue.due(study.desk.day())]
        assert reviews == [] or room >= 0 or (len(reviews) == 1 and ms[reviews[0]] > minutes * MINUTE)
        assert all(ms[name] > room for name in waiting if name not in reviews)
        if (turn := study.review.next()) is None:
            break
        study.review.answer(turn.card, Rating.EASY, round(ms[turn.card] * chance.choice([0.2, 1, 1, 1.6, 3])))
    answered = {card for card, _ in study.desk.store.days.answers(study.desk.day())}
    assert sum(ms[card] > minutes * MINUTE for card in answered) <= 1
