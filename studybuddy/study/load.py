"""What waits on the days to come, in memory: the table is read once and followed from answer to answer."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from studybuddy.core.card import CardMemory
from studybuddy.store.load import LoadTable
from studybuddy.store.store import Store

DAYS = 100
"""How far ahead; the balance looks no further."""
LAST_DAY = date.max - timedelta(days=DAYS)


class Load:
    """Expected milliseconds of the reviews due on each day to come. What was handed out never changes."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._table: LoadTable = store.load
        self._day: date | None = None
        self._changes = -1
        self._ahead: Mapping[int, int] = {}

    def ahead(self, day: date) -> Mapping[int, int]:
        """Milliseconds by the ordinal of the day, for the days after a study day."""
        if day != self._day or self._changes != self._store.changes:
            last = min(day, LAST_DAY) + timedelta(days=DAYS)
            self._ahead = self._table.between(day, last)
            self._day, self._changes = day, self._store.changes
        return self._ahead

    def follow(self, before: CardMemory, after: CardMemory) -> None:
        """Take note of an answer that was just recorded, the only change since the last look."""
        if self._day is None or self._changes != self._store.changes - 1:
            return
        ahead = dict(self._ahead)
        for day in {before.due_day, after.due_day}:
            if day is not None and 0 <= (day - self._day).days <= DAYS:
                if ms := self._table.of(day):
                    ahead[day.toordinal()] = ms
                else:
                    ahead.pop(day.toordinal(), None)
        self._ahead, self._changes = ahead, self._store.changes
