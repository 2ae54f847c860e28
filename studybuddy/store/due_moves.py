"""Due days moved without an answer: by a rescheduling, or to a day that the learner named.

One event moves a group. Its body: `base` (an ISO day), and side by side `cards`, `due` and `was`: days from
`base`. A rescheduling moves a card only from the day it was computed from: where another device reviewed it
meanwhile, that review's promise stands. With `set` the learner named the days; these hold whatever was
before, and a card in a learning step leaves it (its `was` is null).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from datetime import date
from functools import cache
from typing import NamedTuple

from studybuddy.core.answered import answered, plausible
from studybuddy.core.event import Event, EventKind
from studybuddy.store.bodies import read
from studybuddy.store.card_states import AMONG, Events

_PROMISES = f"""
SELECT c.id, e.at_ms, e.dev, e.seq, e.day, e.body FROM card c JOIN event e ON e.rowid = (
    SELECT r.rowid FROM event r WHERE r.kind IN ('review', 'interview') AND r.card = c.id
    AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.dev = r.dev AND v.seq = r.seq)
    ORDER BY r.at_ms DESC, r.dev DESC, r.seq DESC LIMIT 1
) WHERE c.id {AMONG} AND c.state = 3
"""
Place = tuple[int, str, int]
"""Where an event stands in a replay."""


class Move(NamedTuple):
    """A card's due day before and after, as ISO text; `was` is empty for a card in a learning step."""

    card: str
    was: str
    due: str


def body_of(moves: Collection[tuple[str, date | None, date]], base: date) -> dict[str, object]:
    """The body of an event: as small as names and small numbers are.

    Args:
        moves: card, due day before (None in a learning step) and after.
        base: the study day.
    """
    start = base.toordinal()
    return {
        "base": base.isoformat(),
        "cards": [card for card, _was, _due in moves],
        "was": [None if was is None else was.toordinal() - start for _card, was, _due in moves],
        "due": [due.toordinal() - start for _card, _was, due in moves],
    }


def moves(event: Event) -> Iterator[Move]:
    """What an event moves; entries that are no card or no day are left out."""
    body = event.body
    columns = [body.get(name) for name in ("cards", "was", "due")]
    try:
        start = date.fromisoformat(body["base"]).toordinal()
    except (KeyError, TypeError, ValueError):
        return
    if not all(isinstance(column, list) for column in columns):
        return

    @cache
    def day(offset: int) -> str:
        try:
            found = date.fromordinal(start + offset)
        except (ValueError, OverflowError):
            return ""
        return found.isoformat() if plausible(found) else ""

    for card, was, due in zip(*columns, strict=False):
        if type(card) is str and type(due) is int and (was is None or type(was) is int) and day(due):
            yield Move(card, "" if was is None else day(was), day(due))


def is_set(event: Event) -> bool:
    """Whether the learner named the days."""
    return bool(event.body.get("set"))


def move(db: sqlite3.Connection, event: Event, only: Collection[str] | None = None) -> None:
    """Move the due days that an event moves, of all of its cards or only of some."""
    found = (move for move in moves(event) if only is None or move.card in only)
    if is_set(event):
        db.executemany(
            "UPDATE card SET state = 3, step = NULL, due_ms = NULL, due_day = ? "
            "WHERE id = ? AND state != 1 AND stability IS NOT NULL",
            ((move.due, move.card) for move in found),
        )
        return
    db.executemany(
        "UPDATE card SET due_day = ? WHERE id = ? AND state = 3 AND due_day = ?",
        ((move.due, move.card, move.was) for move in found),
    )


def take_back(db: sqlite3.Connection, target: Event, events: Events) -> frozenset[str]:
    """Compute the due days that a voided event had moved from the events that remain.

    A card is due where its newest review promised, moved by what moved it since: no history is replayed.

    Returns:
        Cards that were in a learning step; they are left as they are and have to be replayed.
    """
    named = list(moves(target))
    rows = db.execute(_PROMISES, (json.dumps([move.card for move in named]),)).fetchall()
    places: dict[str, Place] = {}
    due: dict[str, str] = {}
    for card, at_ms, dev, seq, day, body in rows:
        places[card] = (at_ms, dev, seq)
        due[card] = _promised(card, day, body)
    since = min((place[0] for place in places.values()), default=0)
    for event in events(f"kind = '{EventKind.RESCHEDULE}' AND at_ms >= ?", (since,)):
        _follow(event, places, due)
    db.executemany(
        "UPDATE card SET due_day = ? WHERE id = ? AND due_day != ?",
        ((day, card, day) for card, day in due.items() if day),
    )
    stepping = {move.card for move in named if not move.was} & due.keys()
    return frozenset(stepping | {card for card, day in due.items() if not day})


def _follow(event: Event, places: dict[str, Place], due: dict[str, str]) -> None:
    here = (event.at_ms, event.dev, event.seq)
    unconditional = is_set(event)
    for card, was, day in moves(event):
        if card in due and here > places[card] and (unconditional or (was and due[card] == was)):
            due[card] = day


def _promised(card: str, day: str, text: str) -> str:
    """The study day that a review promised; empty for a learning step, and where it cannot be believed."""
    body = read(text)
    try:
        said = None if body is None else answered(date.fromisoformat(day), card, body)
    except ValueError:
        return ""
    return said.due_day.isoformat() if said is not None and said.due_day is not None else ""
