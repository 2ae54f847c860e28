"""Every projection computed anew, from the whole log in one pass.

It leads to the rows that applying event by event leads to; it is only faster. Cards and days are kept in
memory and written at the end. What is rare is left to the projector itself, after all before it was written.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from studybuddy.core.card import CardMemory, CardState
from studybuddy.core.event import Event, EventKind
from studybuddy.store.bodies import STRICT, named, read, took_ms
from studybuddy.store.card_states import state_values, subjects
from studybuddy.store.rows import CARD_COLUMNS, EVENT_COLUMNS, KINDS, card_values, read_memory

if TYPE_CHECKING:
    from studybuddy.core.ports import MemoryModel

DAY_COLUMN = {
    EventKind.REVIEW: 0,
    EventKind.ATTEMPT: 1,
    EventKind.STEP: 2,
    EventKind.INTERVIEW: 3,
}
"""Which of `DAY_COLUMNS` counts events of a kind."""
DAY_COLUMNS = ("reviews", "attempts", "steps", "interviews", "started", "elapsed_ms")
_STARTED, _ELAPSED = 4, 5
REVIEWING = (EventKind.REVIEW, EventKind.INTERVIEW)
"""Kinds whose body carries a rating and its outcome."""
INTRODUCING = (
    EventKind.SECTION,
    EventKind.TICK,
    EventKind.ATTEMPT,
    EventKind.INTERVIEW,
    EventKind.STEP,
    EventKind.CARD_NEW,
    EventKind.CARD_EDIT,
)
"""Kinds whose body may list, under `cards`, cards that became new; those also under `rest` wait for a day.

An edit that took gaps out of a note also lists, under `gone`, the cards that were about them.
"""
PROJECTED = (
    *dict.fromkeys((*REVIEWING, *INTRODUCING)),
    EventKind.CARD_STATE,
    EventKind.SETTING,
    EventKind.RESCHEDULE,
    EventKind.FORGET,
)
"""Kinds that something is computed from, voids and fits aside: these are looked at before the pass begins."""
_EVENTS = (
    f"SELECT {EVENT_COLUMNS} FROM event WHERE kind IN ({', '.join(repr(kind.value) for kind in PROJECTED)}) "
    "AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq) "
    "ORDER BY at_ms, dev, seq"
)
_STATES = "position, first_day, suspended, flag, buried, took_ms"
_ALL = f"{CARD_COLUMNS}, {_STATES}"
_WRITE_CARD = (
    f"INSERT INTO card ({_ALL}) VALUES ({', '.join('?' * len(_ALL.split(',')))}) "
    "ON CONFLICT (id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in _ALL.split(", ")[1:])
)
_WRITE_DAY = (
    f"INSERT INTO day (day, {', '.join(DAY_COLUMNS)}) VALUES (?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (day) DO UPDATE SET "
    + ", ".join(f"{name} = {name} + excluded.{name}" for name in DAY_COLUMNS)
)


MOST_KEPT = 300_000
"""Cards in memory at a time; with more, all are written and read again when they are needed."""


class _Card:
    """A row of the table, open to change."""

    __slots__ = ("buried", "first_day", "flag", "memory", "position", "suspended", "took_ms")

    def __init__(self, memory: CardMemory, position: int, buried: str | None = None) -> None:
        self.memory = memory
        self.position = position
        self.buried = buried
        self.first_day: str | None = None
        self.suspended = self.flag = self.took_ms = 0


class Rebuild:
    """One pass over the log into empty tables."""

    def __init__(
        self, connection: sqlite3.Connection, model: MemoryModel, apply: Callable[[Event], None]
    ) -> None:
        """Prepare a pass.

        Args:
            connection: inside a transaction; the tables are empty but for `voided`.
            model: computes memories.
            apply: applies an event of a rare kind to the tables.
        """
        self._db = connection
        self._model = model
        self._apply = apply
        self._cards: dict[str, _Card] = {}
        self._changed: set[str] = set()
        self._complete = True
        self._days: dict[str, list[int]] = {}
        self._dates: dict[str, date] = {}

    def run(self) -> None:
        """Read every event that stands."""
        for row in self._db.execute(_EVENTS):
            event = self._read(row)
            if event is None:
                continue
            kind = event.kind
            if len(self._cards) > MOST_KEPT:
                self._write()
                self._cards.clear()
                self._complete = False
            if kind in INTRODUCING:
                self._introduce(event)
            if kind in REVIEWING:
                self._review(event)
            elif kind is EventKind.CARD_EDIT:
                self._archive(named(event.body, "gone"))
            elif kind in DAY_COLUMN:
                self._count(event)
            elif kind is EventKind.CARD_STATE:
                self._card_state(event)
            elif kind not in INTRODUCING:
                self._leave_to_the_projector(event)
        self._write()

    def _read(self, row: tuple[Any, ...]) -> Event | None:
        dev, seq, at_ms, wall_ms, tz_min, text, name, subject, written = row
        kind = KINDS.get(name)
        body = None if kind is None else read(written, strict=kind in STRICT)
        if kind is None or body is None:
            return None
        day = self._dates.get(text)
        if day is None:
            try:
                day = self._dates[text] = date.fromisoformat(text)
            except ValueError:
                return None
        return Event(dev, seq, at_ms, wall_ms, tz_min, day, kind, subject, body)

    def _card(self, card: str) -> _Card | None:
        found = self._cards.get(card)
        if found is None and not self._complete:
            row = self._db.execute(f"SELECT {_ALL} FROM card WHERE id = ?", (card,)).fetchone()
            if row is not None:
                found = self._cards[card] = _Card(read_memory(row[:10]), row[10])
                found.first_day, found.suspended, found.flag, found.buried, found.took_ms = row[11:]
        return found

    def _ensure(self, card: str, position: int, buried: str | None = None) -> _Card:
        found = self._card(card)
        if found is None:
            found = self._cards[card] = _Card(CardMemory(card, CardState.NEW), position, buried)
            self._changed.add(card)
        return found

    def _introduce(self, event: Event) -> None:
        rest = named(event.body, "rest")
        for index, card in enumerate(named(event.body)):
            rests = event.day.isoformat() if card in rest else None
            self._ensure(card, event.at_ms * 1000 + min(index, 999), rests)

    def _archive(self, cards: list[str]) -> None:
        for card in cards:
            found = self._card(card)
            if found is None:
                continue
            if found.first_day is not None:
                self._days.setdefault(found.first_day, [0] * len(DAY_COLUMNS))[_STARTED] -= 1
            del self._cards[card]
            self._changed.discard(card)
            self._db.execute("DELETE FROM card WHERE id = ?", (card,))

    def _review(self, event: Event) -> None:
        found = self._card(event.subject)
        before = found.memory if found is not None else CardMemory(event.subject, CardState.NEW)
        after = self._model.replay(before, event)
        if after is before:
            return
        if found is None:
            found = self._ensure(event.subject, event.at_ms * 1000)
        took = took_ms(event.body)
        found.memory = after
        found.took_ms += took
        totals = self._totals(event)
        if found.first_day is None:
            found.first_day = event.day.isoformat()
            totals[_STARTED] += 1
        totals[DAY_COLUMN[event.kind]] += 1
        totals[_ELAPSED] += took
        self._changed.add(event.subject)

    def _card_state(self, event: Event) -> None:
        values = state_values(event.body)
        for card in subjects(event):
            found = self._ensure(card, event.at_ms * 1000)
            for column, value in values.items():
                setattr(found, column, value)
            self._changed.add(card)

    def _count(self, event: Event) -> None:
        self._totals(event)[DAY_COLUMN[event.kind]] += 1

    def _totals(self, event: Event) -> list[int]:
        day = event.day.isoformat()
        totals = self._days.get(day)
        if totals is None:
            totals = self._days[day] = [0] * len(DAY_COLUMNS)
        return totals

    def _leave_to_the_projector(self, event: Event) -> None:
        if event.kind is not EventKind.SETTING:
            self._write()
            for card in subjects(event):
                self._cards.pop(card, None)
            self._complete = False
        self._apply(event)

    def _write(self) -> None:
        cards = (self._cards[card] for card in self._changed)
        self._db.executemany(
            _WRITE_CARD,
            (
                (
                    *card_values(card.memory),
                    card.position,
                    card.first_day,
                    card.suspended,
                    card.flag,
                    card.buried,
                    card.took_ms,
                )
                for card in cards
            ),
        )
        self._db.executemany(_WRITE_DAY, ((day, *totals) for day, totals in self._days.items()))
        self._changed.clear()
        self._days.clear()
