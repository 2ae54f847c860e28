"""Suspended, buried, flagged: of one card or of a group, set by one event and taken back by one.

An event about a group has no subject and names its cards under `cards` in its body.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, TypeAlias

from studybuddy.core.event import Event
from studybuddy.store.bodies import named, read
from studybuddy.store.rows import cards_of

STATE_COLUMNS = ("suspended", "flag", "buried")
"""What an event of kind `card_state` sets, by the keys of its body."""
Events: TypeAlias = Callable[[str, tuple[object, ...]], Iterator[Event]]
"""Reads the events that stand, by a condition and its parameters."""
AMONG = "IN (SELECT value FROM json_each(?))"


def subjects(event: Event) -> list[str]:
    """The cards that a change of state is about; what is no card is left out."""
    return cards_of(event.subject, event.body)


def state_values(body: Mapping[str, Any]) -> dict[str, Any]:
    """What an event sets, by column; what fits no column is left out."""
    found: dict[str, Any] = {}
    for column in STATE_COLUMNS:
        value = body.get(column)
        if column == "buried":
            fits = column in body and (value is None or isinstance(value, str))
        else:
            fits = isinstance(value, int) and -(1 << 63) <= value < 1 << 63
        if fits:
            found[column] = value
    return found


def set_states(db: sqlite3.Connection, event: Event, cards: Collection[str]) -> None:
    """Give cards the states of an event."""
    for column, value in state_values(event.body).items():
        if cards:
            db.executemany(f"UPDATE card SET {column} = ? WHERE id = ?", ((value, card) for card in cards))


def take_back(db: sqlite3.Connection, target: Event, events: Events) -> frozenset[str]:
    """Compute the states that a voided event had set from the events that remain.

    A card that something else had introduced keeps its memory: of a hundred thousand cards with ten reviews
    each not one is replayed.

    Returns:
        The cards that the event itself had introduced; they are left as they are.
    """
    cards = json.dumps(subjects(target))
    rows = db.execute(f"SELECT id, position FROM card WHERE id {AMONG}", (cards,)).fetchall()
    anew = frozenset(card for card, position in rows if position == target.at_ms * 1000)
    kept = frozenset(card for card, _position in rows) - anew
    columns = list(state_values(target.body))
    for column, of_card in _remaining(db, kept, columns, events).items():
        db.executemany(
            f"UPDATE card SET {column} = ? WHERE id = ?", ((value, card) for card, value in of_card.items())
        )
    return anew


def _remaining(
    db: sqlite3.Connection, cards: frozenset[str], columns: list[str], events: Events
) -> dict[str, dict[str, object]]:
    listed = json.dumps(sorted(cards))
    values: dict[str, dict[str, object]] = {
        column: dict.fromkeys(cards, None if column == "buried" else 0) for column in columns
    }
    if "buried" in columns:
        values["buried"] |= _resting(db, listed)
    for event in events(f"kind = 'card_state' AND (card = '' OR card {AMONG})", (listed,)):
        touched = cards.intersection(subjects(event))
        for column, value in state_values(event.body).items():
            if column in values:
                values[column].update(dict.fromkeys(touched, value))
    return values


def _resting(db: sqlite3.Connection, listed: str) -> dict[str, object]:
    """Cards whose introduction put them aside until a later day, with the day it was made on."""
    placed = dict(db.execute(f"SELECT id, position / 1000 FROM card WHERE id {AMONG}", (listed,)))
    events = db.execute(
        "SELECT at_ms, day, body FROM event WHERE at_ms IN (SELECT value FROM json_each(?)) "
        "AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq)",
        (json.dumps(sorted(set(placed.values()))),),
    )
    return {
        card: day
        for at_ms, day, body in events
        for card in named(read(body, strict=False) or {}, "rest")
        if placed.get(card) == at_ms
    }
