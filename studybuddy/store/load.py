"""What is due on the days to come, in milliseconds; SQLite keeps the sums itself (`schema`)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from datetime import date


class LoadTable:
    """Reads the load of days: reviews that are due then and not suspended, and how long they should take."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def between(self, first: date, last: date) -> dict[int, int]:
        """Milliseconds of each day that has any, by its ordinal."""
        rows = self._db.execute(
            "SELECT due_day, ms FROM load WHERE due_day BETWEEN ? AND ?",
            (first.isoformat(), last.isoformat()),
        )
        return {date.fromisoformat(day).toordinal(): ms for day, ms in rows}

    def of(self, day: date) -> int:
        """Milliseconds of one day."""
        row = self._db.execute("SELECT ms FROM load WHERE due_day = ?", (day.isoformat(),)).fetchone()
        return 0 if row is None else int(row[0])

    def due_days(self, cards: Collection[str]) -> tuple[date, ...]:
        """The days on which those of a few cards are due that are in review and not suspended."""
        rows = self._db.execute(
            "SELECT DISTINCT due_day FROM card WHERE id IN (SELECT value FROM json_each(?)) "
            "AND state = 3 AND suspended = 0 AND due_day IS NOT NULL ORDER BY due_day",
            (json.dumps(sorted(cards)),),
        )
        return tuple(date.fromisoformat(day) for (day,) in rows)
