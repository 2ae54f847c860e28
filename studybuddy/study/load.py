"""What waits on the days to come, in memory: the table is read once and followed from answer to answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from studybuddy.core.card import CardMemory
from studybuddy.memory.balance import HORIZON, quiet_days, quietness
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
        self._quiet: Sequence[float] = ()
        self._touched: set[date] = set()

    def ahead(self, day: date) -> Mapping[int, int]:
        """Milliseconds by the ordinal of the day, for the days after a study day."""
        day = min(day, LAST_DAY)
        if day != self._day or self._changes != self._store.changes:
            self._ahead = self._table.between(day + timedelta(days=1), day + timedelta(days=DAYS))
            self._quiet = quiet_days(day.toordinal(), self._ahead)
            self._day, self._changes = day, self._store.changes
            self._touched.clear()
        elif self._touched:
            self._freshen(day)
        return self._ahead

    def quiet(self, day: date) -> Sequence[float]:
        """The quietness of the same days, as the balance weighs them."""
        self.ahead(day)
        return self._quiet

    def _freshen(self, day: date) -> None:
        """Read the days anew that answers touched."""
        ahead, quiet = dict(self._ahead), list(self._quiet)
        for due in self._touched:
            ms, interval = self._table.of(due), (due - day).days
            ahead[due.toordinal()] = ms
            if interval <= HORIZON:
                quiet[interval] = quietness(ms, interval)
        self._touched.clear()
        self._ahead, self._quiet = ahead, quiet

    def follow(self, before: CardMemory, after: CardMemory) -> None:
        """Take note of an answer that was just recorded, the only change since the last look."""
        if self._day is None or self._changes != self._store.changes - 1:
            return
        self._changes = self._store.changes
        for due in (before.due_day, after.due_day):
            if due is not None and 0 < (due - self._day).days <= DAYS:
                self._touched.add(due)
