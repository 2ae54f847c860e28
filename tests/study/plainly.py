"""The same questions answered in the plainest way: from the rows, one by one, and by a replay of a copy."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing

from studybuddy.core.card import CardMemory
from studybuddy.core.event import Event, EventKind, Rated
from studybuddy.memory.scheduler import Scheduler
from studybuddy.store.chain import check_chain
from studybuddy.store.log import EventLog
from studybuddy.store.projections import Projector
from studybuddy.store.schema import PROJECTIONS
from studybuddy.study.parameters import parameters_in_force
from studybuddy.study.queue_plan import QueuePlan
from studybuddy.study.wiring import Study

Tables = dict[str, list[tuple[object, ...]]]
LONGEST_WAIT_MS = 32 * 86_400_000
"""No learning step waits longer, as the settings have it."""


class _Model:
    """Replays with the parameters that a log names, whatever the app keeps in memory."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def _scheduler(self) -> Scheduler:
        name, parameters = parameters_in_force(EventLog(self._db))
        return Scheduler(parameters=parameters, fit=name)

    def replay(self, memory: CardMemory, event: Event) -> CardMemory:
        if not hasattr(self, "_kept"):
            self._kept = self._scheduler()
        return self._kept.replay(memory, event)

    def recalled(self, reviews: Iterable[Rated]) -> Iterator[tuple[str, float, float]]:
        return self._scheduler().recalled(reviews)


def tables(db: sqlite3.Connection) -> Tables:
    """The rows of every projection."""
    return {name: sorted(db.execute(f"SELECT * FROM {name}"), key=repr) for name in PROJECTIONS}


def check_log(study: Study) -> Tables:
    """The chain holds, and a replay in a copy leads to the rows there are; returns them."""
    db = study.desk.store._db
    found = tables(db)
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as copy:
        db.backup(copy)
        assert check_chain(copy) is None
        copy.execute("BEGIN")
        Projector(copy, _Model(copy)).rebuild()
        replayed = tables(copy)
    for name in PROJECTIONS:
        differing = set(found[name]).symmetric_difference(replayed[name])
        assert not differing, (name, sorted(differing, key=repr)[:6])
    return found


def check_load(study: Study) -> None:
    """The load of each day is the sum over its cards."""
    db = study.desk.store._db
    plain: dict[str, list[int]] = {}
    for due_day, reps, took_ms in db.execute(
        "SELECT due_day, reps, took_ms FROM card WHERE state = 3 AND suspended = 0"
    ):
        one = plain.setdefault(due_day, [0, 0])
        one[0] += 1
        one[1] += max(took_ms // reps, 2000) if took_ms and reps else 20_000
    assert {day: [cards, ms] for day, cards, ms in db.execute("SELECT * FROM load")} == plain


def check_queue(study: Study) -> None:
    """The plan that followed the answers is a new one; it asks what may be asked, and counts it right."""
    desk = study.desk
    plan, fresh = desk.queue, QueuePlan(desk)
    asked, counts = plan.next(), plan.counts()
    assert counts == fresh.counts()
    assert plan.minutes() == fresh.minutes()
    assert asked == fresh.next()
    rows = _Rows(study)
    assert counts.learning == len(rows.stepping)
    chosen = fresh.chosen()
    reviews, new, brought = set(chosen.reviews), set(chosen.new), set(chosen.brought)
    assert reviews <= rows.due | brought
    assert brought <= rows.free
    assert new <= rows.new
    assert not (reviews | new | brought) & rows.resting
    _check_notes(rows, reviews | new)
    due = len(rows.due | brought)
    if chosen.everything:
        assert (counts.review, counts.waiting) == (due, 0)
    else:
        assert (counts.review, counts.waiting) == (len(reviews), due - len(reviews))
        _check_limits(study, rows, reviews, rows.due | brought)
    _check_new(study, rows, new, reviews)
    if asked is not None:
        assert asked.id in reviews | new | rows.stepping
        assert asked == desk.store.queue.memory(asked.id)


def _check_notes(rows: _Rows, asked: set[str]) -> None:
    if rows.siblings_rest:
        notes = [rows.note(card) for card in asked]
        assert len(notes) == len(set(notes)), "siblings on one day"


def _check_limits(study: Study, rows: _Rows, reviews: set[str], due: set[str]) -> None:
    """No preset beyond its limit; what waits does so for a limit, for a sibling or for want of minutes."""
    desk = study.desk
    extra = desk.queue.chosen().extra
    notes = {rows.note(card) for card in reviews}
    for preset in desk.presets.all:
        of_preset = {card for card in reviews if desk.preset_of(card).name == preset.name}
        done = {card for card in rows.carried if desk.preset_of(card).name == preset.name}
        left = max(0, preset.reviews + extra.reviews - len(done)) if preset.reviews else len(due)
        assert len(of_preset) <= left, preset.name
        if len(of_preset) < left and rows.minutes_suffice:
            waiting = {card for card in due - reviews if desk.preset_of(card).name == preset.name}
            assert all(rows.siblings_rest and rows.note(card) in notes for card in waiting), preset.name


def _check_new(study: Study, rows: _Rows, new: set[str], reviews: set[str]) -> None:
    desk = study.desk
    extra = desk.queue.chosen().extra
    notes = {rows.note(card) for card in new | reviews}
    for preset in desk.presets.all:
        of_preset = {card for card in new if desk.preset_of(card).name == preset.name}
        started = {card for card in rows.started if desk.preset_of(card).name == preset.name}
        left = max(0, preset.new_cards + extra.new - len(started))
        assert len(of_preset) <= left, preset.name
        if len(of_preset) < left:
            waiting = {card for card in rows.new - new - reviews if desk.preset_of(card).name == preset.name}
            assert all(rows.siblings_rest and rows.note(card) in notes for card in waiting), preset.name


class _Rows:
    """Every card looked at by itself."""

    def __init__(self, study: Study) -> None:
        desk = study.desk
        day, now_ms = desk.day().isoformat(), desk.now().timestamp() * 1000
        end_ms = desk.day_end().timestamp() * 1000
        kinds = (EventKind.REVIEW, EventKind.INTERVIEW)
        events = [event for kind in kinds for event in desk.store.log.events(kind)]
        answered = {event.subject for event in events if event.day.isoformat() == day}
        self.siblings_rest: bool = desk.preferences["bury_siblings"]
        self.minutes_suffice = desk.preferences["minutes"] >= 900
        self._study = study
        self.stepping: set[str] = set()
        self.due: set[str] = set()
        self.new: set[str] = set()
        self.free: set[str] = set()
        """May be asked, whenever it is due."""
        self.carried: set[str] = set()
        """Reviews of the day: those done, and learning steps of other days that are to be answered."""
        rows = desk.store._db.execute(
            "SELECT id, state, due_ms, due_day, first_day, last_day, suspended, buried FROM card"
        ).fetchall()
        self.resting = {row[0] for row in rows if self.siblings_rest and self._rests(row[0], answered)}
        for card, state, due_ms, due_day, first_day, last_day, suspended, buried in rows:
            if suspended or buried == day:
                continue
            self.free.add(card)
            if state in (2, 4):
                ahead = last_day > day and card not in answered
                if due_ms < end_ms or ahead or due_ms > now_ms + LONGEST_WAIT_MS:
                    self.stepping.add(card)
                    if card not in answered and first_day != day:
                        self.carried.add(card)
            elif state == 3 and due_day <= day and card not in self.resting:
                self.due.add(card)
            elif state == 1 and card not in self.resting:
                self.new.add(card)
        beginnings = {row[0]: row[4] for row in rows}
        self.started = {card for card in answered if beginnings.get(card) == day}
        self.carried |= {card for card in answered if beginnings.get(card)} - self.started

    def _rests(self, card: str, answered: set[str]) -> bool:
        return any(self.note(one) == self.note(card) for one in answered - {card})

    def note(self, card: str) -> str:
        """What a card is made of."""
        return self._study.desk.siblings.note(card)
