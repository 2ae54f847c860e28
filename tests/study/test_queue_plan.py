"""The plan in memory says what the log says, whatever happens."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from studybuddy.core.card import CardState, Rating
from studybuddy.core.event import EventKind
from studybuddy.store.queue import QueueCounts
from studybuddy.study.launch import Launch
from studybuddy.study.queue_plan import QueuePlan
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock
from tests.study.queues import learnt, own_id

OWN_NOTES = 12


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
