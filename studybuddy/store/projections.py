"""From events to state. Applying one event and replaying the whole log lead to the same rows.

Every projection is a function of the log alone: no content file, no clock, no setting is looked at. What an
event set in motion (cards that became new, the due date a button promised) is therefore written in the event.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import TYPE_CHECKING

from studybuddy.core.card import CardMemory, CardState
from studybuddy.core.event import Event, EventKind
from studybuddy.store import due_moves, kept_settings
from studybuddy.store.card_states import AMONG, set_states, subjects, take_back
from studybuddy.store.forgetting import forget
from studybuddy.store.log import EventLog
from studybuddy.store.rows import CARD_COLUMNS, EVENT_COLUMNS, STATE_CODES, read_event, read_memory, to_ms

if TYPE_CHECKING:
    from studybuddy.core.ports import MemoryModel

INTRODUCING = (
    EventKind.SECTION,
    EventKind.TICK,
    EventKind.ATTEMPT,
    EventKind.INTERVIEW,
    EventKind.STEP,
    EventKind.CARD_NEW,
)
"""Kinds whose body may list, under `cards`, cards that became new; those also under `rest` wait for a day."""
REVIEWING = (EventKind.REVIEW, EventKind.INTERVIEW)
"""Kinds whose body carries a rating and its outcome."""
_DAY_COLUMN = {
    EventKind.REVIEW: "reviews",
    EventKind.ATTEMPT: "attempts",
    EventKind.STEP: "steps",
    EventKind.INTERVIEW: "interviews",
}
_NOT_VOIDED = "NOT EXISTS (SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq)"


class Projector:
    """Keeps the projections in step with the log, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, model: MemoryModel) -> None:
        self._db = connection
        self._model = model

    def apply(self, event: Event, memory: CardMemory | None = None) -> None:
        """Apply one new event.

        Args:
            event: the event, already in the log.
            memory: the memory after a reviewing event where the caller has just computed it.
        """
        if event.kind is EventKind.VOID:
            self._void(event)
            return
        self._count(event, 1)
        self._touch(event, memory)
        if event.kind is EventKind.FIT:
            self._recall_all()

    def rebuild(self) -> int:
        """Drop every projection and replay the log. Returns the number of events read."""
        for table in ("card", "day", "voided", "setting"):
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute(
            "INSERT OR IGNORE INTO voided SELECT json_extract(body, '$.dev'), json_extract(body, '$.seq') "
            "FROM event WHERE kind = 'void'"
        )
        for event in self._events("kind != 'void'"):
            self._count(event, 1)
            self._touch(event, None)
        (total,) = self._db.execute("SELECT count(*) FROM event").fetchone()
        return int(total)

    def _events(self, where: str, parameters: tuple[object, ...] = ()) -> Iterator[Event]:
        cursor = self._db.execute(
            f"SELECT {EVENT_COLUMNS} FROM event WHERE ({where}) AND {_NOT_VOIDED} ORDER BY at_ms, dev, seq",
            parameters,
        )
        return map(read_event, cursor)

    def _touch(self, event: Event, memory: CardMemory | None) -> None:
        if event.kind in INTRODUCING:
            self._introduce(event)
        if event.kind in REVIEWING:
            self._review(event, memory)
        elif event.kind is EventKind.CARD_STATE:
            self._card_state(event)
        elif event.kind is EventKind.RESCHEDULE:
            due_moves.move(self._db, event)
        elif event.kind is EventKind.FORGET:
            forget(self._db, subjects(event))
        elif event.kind is EventKind.SETTING:
            kept_settings.keep(self._db, event)

    def _recall_all(self) -> None:
        """Stability and difficulty of every card anew: other parameters are in force; no due date moves."""
        self._db.executemany(
            "UPDATE card SET stability = ?, difficulty = ? WHERE id = ? AND stability IS NOT NULL",
            (
                (stability, difficulty, card)
                for card, stability, difficulty in self._model.recalled(EventLog(self._db).ratings())
            ),
        )

    def _introduce(self, event: Event, only: frozenset[str] | None = None) -> None:
        for index, card in enumerate(event.body.get("cards", ())):
            if only is None or card in only:
                rests = event.day.isoformat() if card in event.body.get("rest", ()) else None
                self._ensure(card, event.at_ms * 1000 + min(index, 999), rests)

    def _ensure(self, card: str, position: int, buried: str | None = None) -> None:
        self._db.execute(
            "INSERT INTO card (id, state, reps, lapses, position, buried) VALUES (?, 1, 0, 0, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (card, position, buried),
        )

    def _review(self, event: Event, memory: CardMemory | None) -> None:
        if memory is None:
            memory = self._model.replay(self._memory(event), event)
        if memory.reps == 1:
            self._ensure(event.subject, event.at_ms * 1000)
            self._add_to_day(event, 1, "started")
        self._db.execute(
            "UPDATE card SET state = ?, step = ?, stability = ?, difficulty = ?, due_ms = ?, due_day = ?, "
            "last_day = ?, reps = ?, lapses = ?, first_day = coalesce(first_day, ?) WHERE id = ?",
            (
                STATE_CODES[memory.state],
                memory.step,
                memory.stability,
                memory.difficulty,
                None if memory.due_at is None else to_ms(memory.due_at),
                None if memory.due_day is None else memory.due_day.isoformat(),
                None if memory.last_day is None else memory.last_day.isoformat(),
                memory.reps,
                memory.lapses,
                event.day.isoformat(),
                event.subject,
            ),
        )

    def _memory(self, event: Event) -> CardMemory:
        row = self._db.execute(f"SELECT {CARD_COLUMNS} FROM card WHERE id = ?", (event.subject,)).fetchone()
        return read_memory(row) if row else CardMemory(event.subject, CardState.NEW)

    def _card_state(self, event: Event, only: frozenset[str] | None = None) -> None:
        cards = [card for card in subjects(event) if only is None or card in only]
        for card in cards:
            self._ensure(card, event.at_ms * 1000)
        set_states(self._db, event, cards)

    def _count(self, event: Event, sign: int) -> None:
        if column := _DAY_COLUMN.get(event.kind):
            elapsed = int(event.body.get("elapsed_ms", 0)) if event.kind in REVIEWING else 0
            self._add_to_day(event, sign, column, sign * elapsed)

    def _add_to_day(self, event: Event, amount: int, column: str, elapsed_ms: int = 0) -> None:
        self._db.execute(
            f"INSERT INTO day (day, {column}, elapsed_ms) VALUES (?, ?, ?) ON CONFLICT (day) DO UPDATE "
            f"SET {column} = {column} + excluded.{column}, elapsed_ms = elapsed_ms + excluded.elapsed_ms",
            (event.day.isoformat(), amount, elapsed_ms),
        )

    def _void(self, void: Event) -> None:
        dev, seq = void.body["dev"], void.body["seq"]
        row = self._db.execute(
            f"SELECT {EVENT_COLUMNS} FROM event WHERE dev = ? AND seq = ?", (dev, seq)
        ).fetchone()
        fresh = self._db.execute("INSERT OR IGNORE INTO voided VALUES (?, ?)", (dev, seq)).rowcount
        if row is None or not fresh:
            return
        target = read_event(row)
        self._count(target, -1)
        if target.kind is EventKind.FIT:
            self._recall_all()
        if target.kind is EventKind.SETTING:
            kept_settings.take_back(self._db, target, self._events)
        if target.kind is EventKind.CARD_STATE:
            cards = take_back(self._db, target, self._events)
        elif target.kind is EventKind.RESCHEDULE:
            cards = due_moves.take_back(self._db, target, self._events)
        elif target.kind is EventKind.FORGET:
            cards = frozenset(subjects(target))
        elif target.kind is EventKind.CARD_TAG:
            cards = frozenset()
        elif target.kind in REVIEWING:
            cards = frozenset([target.subject, *target.body.get("cards", ())])
        else:
            cards = frozenset(target.body.get("cards", ()))
        self._replay_cards(cards)
        self._db.execute(
            "DELETE FROM day WHERE reviews = 0 AND attempts = 0 AND steps = 0 AND interviews = 0 "
            "AND started = 0"
        )

    def _replay_cards(self, cards: frozenset[str]) -> None:
        """Forget cards and compute them again, all in one pass over the events that remain."""
        if not cards:
            return
        listed = json.dumps(sorted(cards))
        rows = self._db.execute(
            f"SELECT first_day, count(*) FROM card WHERE id {AMONG} AND first_day IS NOT NULL "
            "GROUP BY first_day",
            (listed,),
        ).fetchall()
        self._db.executemany(
            "UPDATE day SET started = started - ? WHERE day = ?", ((count, day) for day, count in rows)
        )
        self._db.execute(f"DELETE FROM card WHERE id {AMONG}", (listed,))
        for event in self._events(
            f"(card {AMONG} AND kind IN ('review', 'interview', 'card_state', 'reschedule', 'forget')) OR "
            "(card = '' AND kind IN ('card_state', 'reschedule', 'forget')) OR "
            "(kind IN ('section', 'tick', 'attempt', 'interview', 'step', 'card_new') AND EXISTS "
            f"(SELECT 1 FROM json_each(body, '$.cards') WHERE value {AMONG}))",
            (listed, listed),
        ):
            if event.kind in INTRODUCING:
                self._introduce(event, only=cards)
            if event.kind is EventKind.CARD_STATE:
                self._card_state(event, only=cards)
            elif event.kind is EventKind.RESCHEDULE:
                due_moves.move(self._db, event, only=cards)
            elif event.kind is EventKind.FORGET:
                forget(self._db, cards.intersection(subjects(event)))
            elif event.kind in REVIEWING and event.subject in cards:
                self._review(event, None)
