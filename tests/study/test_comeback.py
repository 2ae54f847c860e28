"""Coming back after missed days."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest

from studybuddy.core.card import Rating
from studybuddy.memory.fsrs6 import Fsrs6
from studybuddy.study.absence import Absence, absence
from studybuddy.study.allowance import EVERYTHING, allow
from studybuddy.study.comeback import Comebacks
from studybuddy.study.limit_words import comeback_lines, spread_cells
from studybuddy.study.wiring import Study
from tests.study.a_return import AWAY, TODAY, TOOK_MS, returned
from tests.study.conftest import DAY_ONE, set_clock


def live_a_day(study: Study, random: Random) -> tuple[int, int]:
    """Answer all that is asked; returns how many, and how many of them were forgotten."""
    model, given, forgotten = Fsrs6(), 0, 0
    day = study.desk.day()
    while (turn := study.review.next()) is not None:
        memory = turn.memory
        rating = Rating.GOOD
        if memory.due_day is not None and memory.stability is not None and memory.last_day is not None:
            given += 1
            chance = model.retrievability(memory.stability, (day - memory.last_day).days)
            if random.random() >= chance:
                rating, forgotten = Rating.AGAIN, forgotten + 1
        study.review.answer(turn.card, rating, TOOK_MS if memory.due_day else 0)
    return given, forgotten


def test_ten_missed_days_are_spread_and_over_when_foretold(study: Study) -> None:
    returned(study)
    study.desk.prefer("minutes", 20)
    found = Comebacks(study.desk).now()
    assert found is not None
    assert (found.absence, found.begun) == (Absence(AWAY, TODAY), False)
    assert 100 < found.waiting < 600
    assert found.spread.days is not None
    assert found.spread.days > 2
    random, lived = Random(3), 0
    while study.review.counts().due:
        plan = study.day.plan()
        assert plan.review_minutes <= 20
        given, _ = live_a_day(study, random)
        assert given <= 60, "20 minutes at 20 seconds"
        lived += 1
        left = study.review.counts()
        assert left.due == 0
        if not left.waiting:
            break
        later = Comebacks(study.desk).now()
        assert later is None or later.begun
        set_clock(study, DAY_ONE + timedelta(days=lived))
    assert abs(lived - found.spread.days) <= 2


def test_more_minutes_end_sooner_and_cost_less(study: Study) -> None:
    returned(study)
    study.desk.prefer("minutes", 20)
    ways = Comebacks(study.desk).choices()
    assert [way.minutes for way in ways] == sorted(way.minutes for way in ways)
    ends = [way.days or 1000 for way in ways]
    assert ends == sorted(ends, reverse=True)
    costs = [way.forgotten for way in ways]
    assert costs == sorted(costs, reverse=True)
    assert costs[0] > 0
    assert (ways[-1].days, ways[-1].forgotten) == (1, 0)
    assert 20 in [way.minutes for way in ways]


def test_the_learner_chooses_minutes_for_the_comeback_alone(study: Study) -> None:
    returned(study)
    study.desk.prefer("minutes", 20)
    study.desk.prefer("comeback_minutes", 30)
    assert study.review.counts().review == 90, "30 minutes at 20 seconds"
    found = Comebacks(study.desk).now()
    assert found is not None
    assert found.spread.minutes == 30
    allow(study.desk, EVERYTHING)
    assert study.review.counts().waiting == 0
    assert Comebacks(study.desk).now() is None, "there is nothing to spread"
    study.review.undo()
    study.desk.store._db.execute("UPDATE card SET due_day = '2027-06-01' WHERE rowid % 8 > 0")
    study.desk.store.changes += 1
    assert Comebacks(study.desk).now() is None, "what fits in a day needs no plan"


def test_who_was_there_yesterday_is_not_coming_back(study: Study) -> None:
    returned(study)
    study.desk.prefer("minutes", 20)
    database = study.desk.store._db

    def reviewed(days_ago: int) -> None:
        day = (TODAY - timedelta(days=days_ago)).isoformat()
        database.execute("INSERT OR REPLACE INTO day (day, reviews) VALUES (?, 1)", (day,))

    reviewed(3)
    assert absence(study.desk, TODAY) == Absence(2, TODAY)
    reviewed(2)
    found = absence(study.desk, TODAY)
    assert found == Absence(7, TODAY - timedelta(days=3)), "one missed day is none; before it was a week"
    for ago in range(1, 40):
        reviewed(ago)
    assert absence(study.desk, TODAY) is None
    database.execute("DELETE FROM day")
    assert absence(study.desk, TODAY) is None, "a beginner has not been away"
    assert study.review.counts().waiting > 0


def test_a_backlog_that_only_grows_is_not_foretold(study: Study) -> None:
    returned(study)
    study.desk.prefer("reviews", 2)
    found = Comebacks(study.desk).now()
    assert found is not None
    assert (found.spread.days, found.spread.through) == (None, None)
    assert comeback_lines(found, TODAY)[1] == "At 2 cards a day some are always left."
    study.desk.prefer("minutes", 5)
    found = Comebacks(study.desk).now()
    assert found is not None
    study.desk.prefer("comeback_minutes", 6)
    assert study.review.counts().review == 18, "minutes chosen for the comeback, and no limit of cards"
    assert spread_cells(found.spread, TODAY)[1] == "some always left"


@pytest.mark.parametrize("word", ["late", "overdue", "missed", "behind", "fail", "should", "sorry"])
def test_no_word_reproaches(study: Study, word: str) -> None:
    returned(study)
    study.desk.prefer("minutes", 20)
    found = Comebacks(study.desk).now()
    assert found is not None
    said = " ".join(comeback_lines(found, TODAY)).lower()
    assert word not in said
    assert said.startswith("welcome back.")


def test_a_sample_stands_for_very_many(study: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    returned(study)
    study.desk.prefer("minutes", 20)
    whole = Comebacks(study.desk).now()
    monkeypatch.setattr("studybuddy.study.selection.CHUNK", 100)
    study.desk.store.changes += 1
    sampled = Comebacks(study.desk).now()
    assert whole is not None
    assert sampled is not None
    assert sampled.waiting == whole.waiting
    assert sampled.minutes == whole.minutes
    assert sampled.spread.days is not None
    assert whole.spread.days is not None
    assert abs(sampled.spread.days - whole.spread.days) <= 2
    assert abs(sampled.spread.forgotten - whole.spread.forgotten) <= 0.5 * whole.spread.forgotten + 2
