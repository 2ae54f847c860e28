"""Lapses of the last days, and the answers that were given because of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import NamedTuple

from studybuddy.core.card import CardMemory
from studybuddy.store.rows import CARD_COLUMNS, read_memory, to_ms

MOST_EVENTS = 20_000
"""Of the newest events; nobody does more in a week, and a machine that does is not to be waited for."""
MOST_SINCE = 50
"""Events that are looked at one by one before everything is read anew."""
_ASIDE = ("attempt", "experiment", "think", "step", "case", "tick", "untick")
"""Kinds that change nothing of a card that was begun."""
_SLACK = timedelta(days=2)
"""How far from its study day, in any zone and at any roll-over, an instant of it can be."""
_KEPT = "NOT EXISTS (SELECT 1 FROM voided v WHERE v.dev = {0}.dev AND v.seq = {0}.seq)"
_BEFORE = f"""
(SELECT coalesce(json_extract(p.body, '$.state'), json_extract(p.body, '$.interval_days')) FROM event p
WHERE p.kind IN ('review', 'forget') AND p.card = e.card AND p.at_ms < e.at_ms AND {_KEPT.format("p")}
    AND json_valid(p.body)
ORDER BY p.at_ms DESC LIMIT 1)
"""
"""Of the answer before: the state it led to, or in older logs its interval in days."""
_QUESTION = f"""
SELECT e.card, e.day, e.at_ms, json_extract(e.body, '$.rating'), json_extract(e.body, '$.repair'),
    CASE json_extract(e.body, '$.rating') WHEN 1 THEN {_BEFORE} END
FROM event e INDEXED BY event_time
WHERE e.at_ms >= ? AND e.kind = 'review' AND e.day BETWEEN ? AND ? AND CASE WHEN json_valid(e.body)
    THEN json_extract(e.body, '$.rating') = 1 OR json_type(e.body, '$.repair') = 'text' ELSE 0 END
    AND {_KEPT.format("e")}
ORDER BY e.at_ms, e.dev, e.seq
"""


class Slip(NamedTuple):
    """An answer worth looking at again. `at_ms`: hybrid time; of two answers the later has the larger."""

    card: str
    day: date
    at_ms: int
    rating: int
    lapse: bool
    """Whether a card in review was forgotten; Again in a learning step is no lapse."""
    repair: str
    """Why the card was asked: the concept that had slipped; empty where it was simply its turn."""


class Standing(NamedTuple):
    """A card as it stands."""

    memory: CardMemory
    suspended: bool
    buried: date | None


class Slips:
    """Reads the newest answers of the log and the cards they were about."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def recent(self, today: date, now: datetime, days: int) -> list[Slip]:
        """Lapses and repairs of the last study days, `days` of them with today, oldest first."""
        first = today - timedelta(days=min(days - 1, (today - date.min).days))
        try:
            start = to_ms(now - timedelta(days=days) - _SLACK)
        except OverflowError:
            start = 0
        row = self._db.execute(
            "SELECT at_ms FROM event ORDER BY at_ms DESC LIMIT 1 OFFSET ?", (MOST_EVENTS,)
        ).fetchone()
        start = start if row is None else max(start, row[0] + 1)
        found = self._db.execute(_QUESTION, (start, first.isoformat(), today.isoformat()))
        return [
            Slip(card, date.fromisoformat(day), at_ms, rating, _in_review(before), str(repair or ""))
            for card, day, at_ms, rating, repair, before in found
            if isinstance(rating, int)
        ]

    def answered_since(self, at_ms: int) -> list[str] | None:
        """The cards recalled after an instant of the log; None where anything else happened to cards."""
        found = self._db.execute(
            "SELECT kind, card, CASE WHEN kind = 'review' AND json_valid(body) "
            "THEN json_extract(body, '$.rating') END FROM event "
            "WHERE at_ms > ? LIMIT ?",
            (at_ms, MOST_SINCE),
        ).fetchall()
        plain = all(kind in _ASIDE or (kind == "review" and rating != 1) for kind, _card, rating in found)
        return (
            [card for kind, card, _ in found if kind == "review"]
            if plain and len(found) < MOST_SINCE
            else None
        )

    def standings(self, cards: Collection[str]) -> dict[str, Standing]:
        """Those of some cards that were introduced, as they stand, in the order given."""
        columns = ", ".join(f"card.{column}" for column in CARD_COLUMNS.split(", "))
        rows = self._db.execute(
            f"SELECT suspended, buried, {columns} FROM json_each(?) CROSS JOIN card ON card.id = value",
            (json.dumps(list(cards)),),
        )
        return {
            row[2]: Standing(
                read_memory(row[2:]), bool(row[0]), date.fromisoformat(row[1]) if row[1] else None
            )
            for row in rows
        }


def _in_review(before: object) -> bool:
    return before == "review" or (isinstance(before, int | float) and before > 0)
