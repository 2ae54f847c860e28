"""From events to state. Applying one event and replaying the whole log lead to the same rows.

Every projection is a function of the log alone: no content file, no clock, no setting is looked at. What an
event set in motion (cards that became new, the due date a button promised) is therefore written in the event.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from studybuddy.core.answered import answered
from studybuddy.core.card import CardMemory, CardState
from studybuddy.core.card_content import note_of
from studybuddy.core.event import Event, EventKind
from studybuddy.store import due_moves, kept_settings
from studybuddy.store.bodies import named, took_ms
from studybuddy.store.card_states import AMONG, set_states, subjects, take_back
from studybuddy.store.forgetting import forget
from studybuddy.store.log import EventLog
from studybuddy.store.rebuilding import DAY_COLUMN, DAY_COLUMNS, INTRODUCING, REVIEWING, Rebuild
from studybuddy.store.rows import CARD_COLUMNS, EVENT_COLUMNS, card_values, read_memory, read_standing

if TYPE_CHECKING:
    from studybuddy.core.ports import MemoryModel

_REVIEWED = (
    "UPDATE card SET state = ?, step = ?, stability = ?, difficulty = ?, due_ms = ?, due_day = ?, "
    "last_day = ?, reps = ?, lapses = ?, first_day = coalesce(first_day, ?), took_ms = took_ms + ? "
    "WHERE id = ?"
)
_VOIDED = """
INSERT OR IGNORE INTO voided SELECT json_extract(body, '$.dev'), json_extract(body, '$.seq') FROM event
WHERE kind = 'void' AND CASE WHEN json_valid(body)
THEN json_type(body, '$.dev') = 'text' AND json_type(body, '$.seq') = 'integer' ELSE 0 END
"""
_NAMES_ONE = f"""
CASE WHEN json_valid(body) THEN EXISTS (
SELECT 1 FROM (SELECT value FROM json_each(body, '$.cards')
UNION ALL SELECT value FROM json_each(body, '$.gone'))
WHERE value {AMONG}) ELSE 1 END
"""
"""Whether an event may name one of some cards; of what SQLite cannot read the reader decides."""
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
        if self._count(event, 1):
            self._touch(event, memory)
        elif event.kind in INTRODUCING:
            self._introduce(event)
        if event.kind is EventKind.FIT:
            self._recall_all()

    def rebuild(self) -> int:
        """Drop every projection and replay the log. Returns the number of events read."""
        for table in ("card", "day", "voided", "setting"):
            self._db.execute(f"DELETE FROM {table}")
        self._db.execute("DELETE FROM load")
        self._db.execute(_VOIDED)
        Rebuild(self._db, self._model, lambda event: self._touch(event, None)).run()
        (total,) = self._db.execute("SELECT count(*) FROM event").fetchone()
        return int(total)

    def _events(self, where: str, parameters: tuple[object, ...] = ()) -> Iterator[Event]:
        cursor = self._db.execute(
            f"SELECT {EVENT_COLUMNS} FROM event WHERE ({where}) AND {_NOT_VOIDED} ORDER BY at_ms, dev, seq",
            parameters,
        )
        return filter(None, map(read_standing, cursor))

    def _touch(self, event: Event, memory: CardMemory | None) -> None:
        if event.kind in INTRODUCING:
            self._introduce(event)
        if event.kind in REVIEWING:
            self._review(event, memory)
        elif event.kind is EventKind.CARD_STATE:
            self._card_state(event)
        elif event.kind is EventKind.CARD_EDIT:
            self._archive(named(event.body, "gone"))
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
        rest = named(event.body, "rest")
        for index, card in enumerate(named(event.body)):
            if only is None or card in only:
                rests = event.day.isoformat() if card in rest else None
                self._ensure(card, event.at_ms * 1000 + min(index, 999), rests)

    def _archive(self, cards: Collection[str]) -> None:
        """Take cards out whose gap is gone; what was answered stays in the log."""
        if cards:
            forget(self._db, cards)
            self._db.execute(f"DELETE FROM card WHERE id {AMONG}", (json.dumps(sorted(cards)),))

    def _ensure(self, card: str, position: int, buried: str | None = None) -> None:
        self._db.execute(
            "INSERT INTO card (id, state, reps, lapses, position, buried) VALUES (?, 1, 0, 0, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (card, position, buried),
        )

    def _review(self, event: Event, memory: CardMemory | None) -> None:
        if memory is None:
            before = self._memory(event)
            memory = self._model.replay(before, event)
            if memory is before:
                return
        if memory.reps == 1:
            self._ensure(event.subject, event.at_ms * 1000)
            self._add_to_day(event, 1, "started")
        card, *values = card_values(memory)
        self._db.execute(_REVIEWED, (*values, event.day.isoformat(), took_ms(event.body), card))

    def _memory(self, event: Event) -> CardMemory:
        row = self._db.execute(f"SELECT {CARD_COLUMNS} FROM card WHERE id = ?", (event.subject,)).fetchone()
        return read_memory(row) if row else CardMemory(event.subject, CardState.NEW)

    def _card_state(self, event: Event, only: frozenset[str] | None = None) -> None:
        cards = [card for card in subjects(event) if only is None or card in only]
        for card in cards:
            self._ensure(card, event.at_ms * 1000)
        set_states(self._db, event, cards)

    def _count(self, event: Event, sign: int) -> bool:
        """Count an event among those of its day; false for a review that is none."""
        if event.kind not in DAY_COLUMN:
            return True
        elapsed = 0
        if event.kind in REVIEWING:
            if answered(event.day, event.subject, event.body) is None:
                return False
            elapsed = took_ms(event.body)
        self._add_to_day(event, sign, DAY_COLUMNS[DAY_COLUMN[event.kind]], sign * elapsed)
        return True

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
        target = None if row is None or not fresh else read_standing(row)
        if target is None:
            return
        self._count(target, -1)
        if target.kind is EventKind.FIT:
            self._recall_all()
        if target.kind is EventKind.SETTING:
            kept_settings.take_back(self._db, target, self._events)
        self._put_right(target)
        self._db.execute(
            "DELETE FROM day WHERE reviews = 0 AND attempts = 0 AND steps = 0 AND interviews = 0 "
            "AND started = 0"
        )

    def _put_right(self, target: Event) -> None:
        """Compute the cards that a voided event had touched from the events that remain."""
        if target.kind is EventKind.CARD_STATE:
            self._replay_cards(take_back(self._db, target, self._events), target.at_ms)
        elif target.kind is EventKind.RESCHEDULE:
            self._replay_reviews(due_moves.take_back(self._db, target, self._events))
        elif target.kind is EventKind.FORGET:
            self._replay_reviews(frozenset(subjects(target)))
        elif target.kind in INTRODUCING or target.kind in REVIEWING:
            touched = {target.subject, *named(target.body)}
            anew = self._introduced_by(target, touched)
            self._replay_cards(anew, target.at_ms)
            if target.kind in REVIEWING and target.subject not in anew:
                self._replay_reviews(frozenset([target.subject]))
            self._replay_cards(frozenset(named(target.body, "gone")), 0)

    def _introduced_by(self, target: Event, cards: set[str]) -> frozenset[str]:
        """Those of `cards` whose place among the new ones is from an event."""
        rows = self._db.execute(
            f"SELECT id FROM card WHERE id {AMONG} AND position / 1000 = ?",
            (json.dumps(sorted(cards)), target.at_ms),
        )
        return frozenset(card for (card,) in rows)

    def _replay_reviews(self, cards: frozenset[str]) -> None:
        """Compute the memory of cards again; what introduced them, and their states, stay.

        A card that an edit has taken out meanwhile stays out.
        """
        listed = json.dumps(sorted(cards))
        cards = frozenset(
            row[0] for row in self._db.execute(f"SELECT id FROM card WHERE id {AMONG}", (listed,))
        )
        if not cards:
            return
        forget(self._db, cards)
        listed = json.dumps(sorted(cards))
        for event in self._events(
            f"(card {AMONG} AND kind IN ('review', 'interview', 'reschedule', 'forget')) OR "
            "(card = '' AND kind IN ('reschedule', 'forget'))",
            (listed,),
        ):
            self._follow(event, cards)

    def _replay_cards(self, cards: frozenset[str], since_ms: int) -> None:
        """Forget cards and compute them again, all in one pass over the events that remain.

        Args:
            cards: which.
            since_ms: when they had first been named; an edit that took them out counts whenever it was.
        """
        if not cards:
            return
        listed = json.dumps(sorted(cards))
        self._archive(cards)
        kinds = ", ".join(f"'{kind.value}'" for kind in INTRODUCING)
        for event in self._events(
            f"(card {AMONG} AND kind IN ('review', 'interview', 'card_state', 'reschedule', 'forget')) OR "
            "(card = '' AND kind IN ('card_state', 'reschedule', 'forget')) OR "
            f"(kind IN ({kinds}) AND (at_ms >= ? OR (kind = 'card_edit' AND card {AMONG})) AND {_NAMES_ONE})",
            (listed, since_ms, json.dumps(sorted(set(map(note_of, cards)))), listed),
        ):
            if event.kind in INTRODUCING:
                self._introduce(event, only=cards)
            if event.kind is EventKind.CARD_STATE:
                self._card_state(event, only=cards)
            elif event.kind is EventKind.CARD_EDIT:
                self._archive(cards.intersection(named(event.body, "gone")))
            else:
                self._follow(event, cards)

    def _follow(self, event: Event, cards: frozenset[str]) -> None:
        """Apply to some cards what an event did to their memory."""
        if event.kind is EventKind.RESCHEDULE:
            due_moves.move(self._db, event, only=cards)
        elif event.kind is EventKind.FORGET:
            forget(self._db, cards.intersection(subjects(event)))
        elif event.kind in REVIEWING and event.subject in cards:
            self._review(event, None)
