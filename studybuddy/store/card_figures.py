"""The cards as rows of numbers, a piece at a time, for figures of very many; and what was added when."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import NamedTuple

INTRODUCED = "('section', 'tick', 'attempt', 'interview', 'step', 'card_new')"
_STANDS = "NOT EXISTS (SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq)"


class Standing(NamedTuple):
    """A card as it stands. `state`: 1 new, 2 learning, 3 review, 4 relearning; unknown days are empty."""

    card: str
    state: int
    stability: float
    difficulty: float
    last_day: str
    due_day: str
    suspended: int


class CardFigures:
    """Reads the card projection for statistics."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def pieces(self, limit: int) -> Iterator[list[Standing]]:
        """Every card, at most `limit` at a time. What changes meanwhile may be seen or not."""
        after = 0
        while True:
            rows = self._db.execute(
                "SELECT rowid, id, state, coalesce(stability, 0), coalesce(difficulty, 0), "
                "coalesce(last_day, ''), coalesce(due_day, ''), suspended FROM card "
                "WHERE rowid > ? ORDER BY rowid LIMIT ?",
                (after, limit),
            ).fetchall()
            if not rows:
                return
            yield [Standing._make(row[1:]) for row in rows]
            after = rows[-1][0]

    def added(self, since_ms: int, first_day: str) -> dict[str, int]:
        """How many cards were introduced on each study day from `first_day` on.

        Args:
            since_ms: an instant before that day; nothing older is looked at.
            first_day: the first day that counts.
        """
        rows = self._db.execute(
            "SELECT day, sum(json_array_length(body, '$.cards')) FROM event INDEXED BY event_time "
            f"WHERE at_ms >= ? AND day >= ? AND kind IN {INTRODUCED} "
            "AND CASE WHEN json_valid(body) THEN json_type(body, '$.cards') END = 'array' "
            f"AND {_STANDS} GROUP BY day",
            (since_ms, first_day),
        )
        return {str(day): int(count) for day, count in rows}

    def own_kinds(self) -> dict[str, str]:
        """The kind of each card of the learner's own, as far as it was said; else whether it has a gap."""
        rows = self._db.execute(
            "SELECT card, CASE WHEN json_valid(body) THEN coalesce(json_extract(body, '$.kind'), "
            "CASE WHEN instr(json_extract(body, '$.front'), '{{') THEN 'cloze' END) END "
            f"FROM event WHERE kind = 'card_new' AND {_STANDS}"
        )
        return {card: kind if isinstance(kind, str) else "basic" for card, kind in rows}
