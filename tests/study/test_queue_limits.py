"""How much a day asks: its limits, what may be added, siblings on another day."""

from __future__ import annotations

from datetime import timedelta

import pytest

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.store.queue import QueueCounts
from studybuddy.study.allowance import EVERYTHING, MORE_DUE, MORE_FRESH, allow
from studybuddy.study.more import add_more, nothing_more, offered
from studybuddy.study.preset_rules import PresetRule
from studybuddy.study.presets import keep_preset
from studybuddy.study.queue_plan import QueuePlan
from studybuddy.study.selection import CHUNK
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock
from tests.study.queues import answer_all, fill, learnt, make_due, own_five, own_id


def test_a_day_asks_no_more_cards_than_its_limit(study: Study) -> None:
    learnt(study, [own_five(number) for number in range(60)])
    assert study.review.counts() == QueueCounts(0, 60, 0, 0)
    study.desk.prefer("reviews", 30)
    assert study.review.counts() == QueueCounts(0, 30, 0, 30)
    assert len(answer_all(study)) == 30
    assert study.review.counts() == QueueCounts(0, 0, 0, 30)
    study.review.undo()
    assert study.review.counts() == QueueCounts(0, 1, 0, 30)
    set_clock(study, DAY_ONE + timedelta(days=1))
    assert study.review.counts() == QueueCounts(0, 30, 0, 1)
    study.desk.prefer("reviews", 0)
    assert study.review.counts() == QueueCounts(0, 31, 0, 0)


def test_a_day_plans_no_more_minutes_than_there_are(study: Study) -> None:
    fill(study, 100, due=100)
    study.desk.prefer("minutes", 10)
    assert study.review.counts() == QueueCounts(0, 60, 0, 40), "10 s each, as they took before"
    assert study.desk.queue.minutes() == 10
    answer_all(study, ms=2000, most=20)
    assert study.review.counts().review == 40, "who is quick is done earlier"
    answer_all(study, ms=70_000, most=1)
    assert study.review.counts().review == 33, "a minute more than planned, six cards less"
    assert study.desk.queue.counts() == QueuePlan(study.desk).counts()


def test_one_long_card_is_asked_however_few_the_minutes(study: Study) -> None:
    names = fill(study, 3)
    make_due(study, names[:1], took_ms=4 * 900_000)
    make_due(study, names[1:])
    study.desk.prefer("minutes", 5)
    assert study.review.counts() == QueueCounts(0, 1, 0, 2)
    assert answer_all(study, ms=900_000) == names[:1]
    assert study.review.counts() == QueueCounts(0, 0, 0, 2)


def test_more_for_today_can_be_taken_back_and_ends_with_the_day(study: Study) -> None:
    fill(study, 300, due=250)
    study.desk.prefer("reviews", 10)
    study.desk.prefer("new_cards", 2)
    answer_all(study, Rating.EASY)
    allow(study.desk, MORE_DUE)
    assert study.review.counts() == QueueCounts(0, 20, 0, 220)
    allow(study.desk, MORE_FRESH)
    assert study.review.counts() == QueueCounts(0, 20, 5, 220)
    event = study.review.undo()
    assert event is not None
    assert event.kind is EventKind.ALLOWANCE
    allow(study.desk, EVERYTHING)
    assert study.review.counts() == QueueCounts(0, 240, 0, 0)
    study.review.undo()
    study.review.undo()
    assert study.review.counts() == QueueCounts(0, 0, 0, 240)
    allow(study.desk, EVERYTHING)
    set_clock(study, DAY_ONE + timedelta(days=1))
    assert study.review.counts().review == 10


def test_an_allowance_of_another_machine_may_hold_anything(study: Study) -> None:
    fill(study, 30, due=30)
    study.desk.prefer("reviews", 10)
    for body in ({"reviews": "all"}, {"reviews": -5, "minutes": 1e300}, {"new": None, "everything": 1}, {}):
        study.desk.record(EventKind.ALLOWANCE, study.desk.day().isoformat(), dict(body))
    assert study.review.counts() == QueueCounts(0, 10, 0, 20)


def test_without_limits_the_next_chunk_follows(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studybuddy.study.selection.CHUNK", 20)
    names = fill(study, 70, due=70)
    allow(study.desk, EVERYTHING)
    assert study.review.counts() == QueueCounts(0, 70, 0, 0)
    for left in range(69, 0, -1):
        turn = study.review.next()
        assert turn is not None
        study.review.answer(turn.card, Rating.GOOD, 100)
        assert study.review.counts().review == left
    assert answer_all(study) == names[-1:]


def test_a_preset_has_limits_of_its_own(study: Study) -> None:
    course = list(study.desk.catalogue.card_ids)[:20]
    study.desk.prefer("bury_siblings", False)
    learnt(study, [*(own_five(number) for number in range(12)), *course[:12]])
    study.desk.record(EventKind.SECTION, "s3w10d1/theory", {"cards": course})
    study.desk.record(EventKind.SECTION, "own/new", {"cards": [own_five(number) for number in range(12, 20)]})
    study.desk.prefer("reviews", 7)
    study.desk.prefer("new_cards", 3)
    assert study.review.counts() == QueueCounts(0, 7, 3, 17)
    keep_preset(study.desk, PresetRule("slow", lessons=("s3w10d1",), changes={"reviews": 2, "new_cards": 1}))
    assert study.review.counts() == QueueCounts(0, 9, 4, 15)
    given = answer_all(study, Rating.EASY)
    assert sum(card in course for card in given) == 3
    assert study.review.counts() == QueueCounts(0, 0, 0, 15)
    study.review.undo()
    assert study.desk.queue.counts() == QueuePlan(study.desk).counts()


def test_siblings_come_on_another_day(study: Study) -> None:
    names = [own_id(number) for number in range(6)]
    learnt(study, names[:4])
    study.desk.record(EventKind.SECTION, "own/all", {"cards": names})
    assert study.review.counts() == QueueCounts(0, 2, 1, 2)
    given = answer_all(study, Rating.EASY)
    assert [card.partition("~")[0] for card in given] == [f"own/card/n00{number}" for number in range(3)]
    assert study.review.counts() == QueueCounts(0, 0, 0, 0)
    study.review.undo()
    study.review.undo()
    assert study.review.counts() == QueueCounts(0, 1, 1, 1), "a card, a new one, and the card's sibling"
    set_clock(study, DAY_ONE + timedelta(days=1))
    assert study.review.counts().review == 2, "those that rested, and their siblings still due"
    study.desk.prefer("bury_siblings", False)
    assert study.review.counts() == QueueCounts(0, 3, 2, 0)


def test_more_is_not_promised_where_only_siblings_wait(study: Study) -> None:
    names = [own_id(number) for number in range(6)]
    learnt(study, names)
    assert study.review.counts() == QueueCounts(0, 3, 0, 3)
    assert offered(study.desk) is None
    assert add_more(study.desk) is None
    assert nothing_more(study.desk).english() == "3 cards wait until tomorrow: siblings of today's"
    study.desk.prefer("reviews", 2)
    assert offered(study.desk) == MORE_DUE
    study.desk.prefer("reviews", 200)
    answer_all(study, Rating.EASY)
    assert nothing_more(study.desk).english() == "nothing waits"


def test_a_step_is_not_put_aside_for_its_sibling(study: Study) -> None:
    study.desk.record(EventKind.SECTION, "own/all", {"cards": [own_id(0), own_id(1)]})
    study.review.answer(own_id(0), Rating.AGAIN)
    study.review.answer(own_id(1), Rating.AGAIN)
    assert study.review.counts() == QueueCounts(2, 0, 0, 0)


def test_fifty_siblings_are_one_card_a_day(study: Study) -> None:
    names = [f"own/card/one~{number}" for number in range(50)]
    study.desk.record(EventKind.SECTION, "own/all", {"cards": names})
    make_due(study, names)
    assert study.review.counts() == QueueCounts(0, 1, 0, 49)
    answer_all(study, Rating.EASY)
    assert study.review.counts() == QueueCounts(0, 0, 0, 0)


def test_the_queue_leaves_nothing_open_that_it_read_from(study: Study) -> None:
    """An open question keeps the write-ahead log from beginning anew: it would grow with every answer."""
    fill(study, CHUNK + 50, due=CHUNK + 50)
    for setting, value in (("minutes", 5), ("minutes", 960), ("review_order", "random")):
        study.desk.prefer(setting, value)
        assert study.review.next() is not None
        busy, _, _ = study.desk.store._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert not busy
