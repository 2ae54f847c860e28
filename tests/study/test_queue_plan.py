"""The plan in memory says what the log says, whatever happens."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import date, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from studybuddy.core.card import CardState, Rating
from studybuddy.core.event import EventKind
from studybuddy.store.queue import QueueCounts
from studybuddy.study.allowance import EVERYTHING, MORE_DUE, MORE_FRESH, allow
from studybuddy.study.launch import Launch
from studybuddy.study.queue_plan import QueuePlan
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

OWN_NOTES = 12


def own_id(number: int) -> str:
    """Cards 0 and 1, 2 and 3 ... are made of one note each."""
    return f"own/card/n{number // 2:03}" + ("~1" if number % 2 else "")


def fill(study: Study, cards: int, *, due: int = 0) -> list[str]:
    """Cards of one's own, the first `due` of them learnt and due."""
    names = [f"own/card/{number:05}" for number in range(cards)]
    study.desk.record(EventKind.SECTION, "own/all", {"cards": names})
    make_due(study, names[:due])
    return names


def make_due(study: Study, names: list[str], *, took_ms: int = 40_000, day: date | None = None) -> None:
    yesterday = (day or study.desk.day()) - timedelta(days=1)
    study.desk.store._db.executemany(
        "UPDATE card SET state = 3, stability = 8.0, difficulty = 5.0, due_day = ?, last_day = ?, reps = 4, "
        "first_day = '2026-10-01', took_ms = ? WHERE id = ?",
        ((yesterday.isoformat(), "2026-11-10", took_ms, name) for name in names),
    )
    study.desk.store.changes += 1


def learnt(study: Study, names: list[str], *, ms: int = 10_000) -> None:
    """Cards begun and answered a month ago, by now all due; the log knows it, so that undo keeps it."""
    now = study.desk.now()
    set_clock(study, now - timedelta(days=30))
    study.desk.record(EventKind.SECTION, "own/learnt", {"cards": names})
    for name in names:
        study.review.answer(name, Rating.EASY, ms)
    set_clock(study, now)


def answer_all(study: Study, rating: Rating = Rating.GOOD, ms: int = 5000, most: int = 1000) -> list[str]:
    """Answers until nothing is asked; the cards in their order."""
    given: list[str] = []
    while (turn := study.review.next()) is not None and len(given) < most:
        study.review.answer(turn.card, rating, ms)
        given.append(turn.card)
    return given


# ---- limits


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


# ---- orders


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


def own_five(number: int) -> str:
    return f"own/card/{number:05}"


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


# ---- learning steps


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


# ---- siblings


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


# ---- whatever happens


def expected(study: Study) -> tuple[int, int, int, int]:
    """Learning, due in all, new and reviews of the day, counted card by card without the plan's ways."""
    desk, day = study.desk, study.desk.day()
    rows = desk.store._db.execute(
        "SELECT id, state, due_ms, due_day, first_day, last_day FROM card WHERE suspended = 0 "
        "AND (buried IS NULL OR buried != ?)",
        (day.isoformat(),),
    ).fetchall()
    answered = {event.subject for event in desk.store.log.events(EventKind.REVIEW) if event.day == day}
    first_days = dict(desk.store._db.execute("SELECT id, first_day FROM card").fetchall())
    notes = Counter(card.partition("~")[0] for card in answered)

    def rests(card: str) -> bool:
        return notes[card.partition("~")[0]] > (card in answered)

    end_ms = desk.day_end().timestamp() * 1000
    ahead = {row[0] for row in rows if row[1] in (2, 4) and row[5] > day.isoformat()} - answered
    learning = [row for row in rows if row[1] in (2, 4) and (row[2] <= end_ms or row[0] in ahead)]
    due = [row[0] for row in rows if row[1] == 3 and row[3] <= day.isoformat() and not rests(row[0])]
    new = [row[0] for row in rows if row[1] == 1 and not rests(row[0])]
    carried = {row[0] for row in learning if row[4] != day.isoformat()} | {
        card for card in answered if first_days[card] != day.isoformat()
    }
    started = sum(first_days[card] == day.isoformat() for card in answered)
    allowed = max(0, desk.preferences["new_cards"] - started)
    due_notes = {card.partition("~")[0] for card in due}
    reviews = min(len(due_notes), max(0, desk.preferences["reviews"] - len(carried)))
    planned = {card.partition("~")[0] for card in study.desk.queue.chosen().reviews}
    fresh = {card.partition("~")[0] for card in new} - planned
    return len(learning), reviews, min(allowed, len(fresh)), len(due) - reviews


class PlanMachine(RuleBasedStateMachine):
    """Whatever is answered, put aside, taken back: the plan followed, a new one and a plain count agree."""

    @initialize(tight=st.booleans())
    def open(self, tight: bool) -> None:
        self.tight = tight
        self.folder = tempfile.TemporaryDirectory()
        self.study = Study(Launch(self.folder.name, "en"), writer="test")
        self.now = DAY_ONE
        set_clock(self.study, self.now)
        self.cards = [own_id(number) for number in range(2 * OWN_NOTES)]
        learnt(self.study, self.cards[: OWN_NOTES + 4], ms=50_000 if tight else 10_000)
        self.study.desk.record(EventKind.SECTION, "own/all", {"cards": self.cards})
        self.study.desk.prefer("reviews", 6)
        self.study.desk.prefer("new_cards", 3)
        if tight:
            self.study.desk.prefer("reviews", 9)
            self.study.desk.prefer("minutes", 5)

    @rule(rating=st.sampled_from(Rating), ms=st.sampled_from([0, 7_000, 55_000, 100_000]))
    def answer_next(self, rating: Rating, ms: int) -> None:
        if (turn := self.study.review.next()) is not None:
            self.study.review.answer(turn.card, rating, ms)

    @rule(place=st.integers(0, 2 * OWN_NOTES - 1), rating=st.sampled_from(Rating))
    def answer_any(self, place: int, rating: Rating) -> None:
        self.study.review.answer(self.cards[place], rating, 1000)

    @rule(place=st.integers(0, 2 * OWN_NOTES - 1), how=st.sampled_from(["bury", "suspend", "back", "flag"]))
    def set_aside(self, place: int, how: str) -> None:
        card, review = self.cards[place], self.study.review
        match how:
            case "bury":
                review.bury(card)
            case "suspend":
                review.suspend(card)
            case "back":
                review.suspend(card, on=False)
            case _:
                review.flag(card)

    @rule(minutes=st.sampled_from([1, 11, 60, 60 * 9, 60 * 24 * 2, -90, -60 * 30]))
    def time_passes(self, minutes: int) -> None:
        self.now += timedelta(minutes=minutes)
        set_clock(self.study, self.now)

    @rule(limit=st.integers(1, 9))
    def change_a_setting(self, limit: int) -> None:
        self.study.desk.prefer("reviews", limit)

    @rule()
    def undo(self) -> None:
        self.study.review.undo()

    @invariant()
    def three_counts_agree(self) -> None:
        if not hasattr(self, "study"):
            return
        counts = self.study.review.counts()
        fresh = QueuePlan(self.study.desk)
        assert counts == fresh.counts()
        if not self.tight:
            assert counts == QueueCounts(*expected(self.study))
        mine, theirs = self.study.desk.queue.next(), fresh.next()
        assert mine == theirs
        if mine is not None:
            assert mine.state is not CardState.UNSEEN

    def teardown(self) -> None:
        if hasattr(self, "study"):
            self.study.close()
            self.folder.cleanup()


TestPlan = PlanMachine.TestCase
TestPlan.settings = settings(max_examples=20, stateful_step_count=20, deadline=None)
