"""What is due, asked of the card projection. Each question is one indexed lookup, also with 100,000 cards.

Cards whose text is gone from the course stay in the table with their history. Where there are any, each
question begins at the ids that may be asked instead, so that it costs as much as the course is large.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from studybuddy.store.rows import CARD_COLUMNS, read_memory, to_ms

if TYPE_CHECKING:
    from studybuddy.core.card import CardMemory

LOOK_ON = 8
"""How many cards of a kind are looked at to find one that differs from the card before."""
_NOT_BURIED = "(buried IS NULL OR buried != ?)"
_ASKABLE = (
    "(SELECT value AS askable FROM json_each(?) UNION ALL SELECT id FROM card WHERE id >= ? AND id < ?) "
    "CROSS JOIN card ON card.id = askable"
)
"""The cards that may be asked, looked up one by one; CROSS keeps SQLite from going through all others."""


class QueueCounts(NamedTuple):
    """How many cards wait: in a learning step due today, in review, and new within today's allowance."""

    learning: int
    review: int
    new: int

    @property
    def due(self) -> int:
        """Cards that were learnt before and are due."""
        return self.learning + self.review


class Queue:
    """Reads the queue of a study day. Learning cards first, then reviews in course order, then new ones."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._askable: tuple[str, str, str] | None = None

    def keep_to(self, course: Collection[str], own: str) -> None:
        """Ask only cards of the course and the learner's own from now on.

        Args:
            course: ids of the cards whose text is there.
            own: how the ids of the learner's own cards begin.
        """
        ids = (json.dumps(list(course)), own, own[:-1] + chr(ord(own[-1]) + 1))
        (known,) = self._db.execute(f"SELECT count(*) FROM {_ASKABLE}", ids).fetchone()
        (every,) = self._db.execute("SELECT count(*) FROM card").fetchone()
        self._askable = ids if known < every else None

    def next(
        self,
        now: datetime,
        day: date,
        new_left: Callable[[], int],
        ahead: datetime | None = None,
        unwanted: Callable[[str], bool] | None = None,
    ) -> CardMemory | None:
        """The card to show now.

        Args:
            now: learning steps due until then come first.
            day: reviews due on or before this study day.
            new_left: tells how many new cards the day still allows; asked only when nothing is due.
            ahead: learning steps due until then are taken when nothing else is left.
            unwanted: tells of a card that another should come before, such as a sibling of the last one;
                only the next few are looked at.
        """
        second: CardMemory | None = None
        for rows in self._kinds(now, day.isoformat(), new_left, ahead):
            for row in islice(rows, LOOK_ON):
                if unwanted is None or not unwanted(row[0]):
                    return read_memory(row)
                second = second or read_memory(row)
        return second

    def _kinds(
        self, now: datetime, today: str, new_left: Callable[[], int], ahead: datetime | None
    ) -> Iterator[Iterator[tuple[Any, ...]]]:
        """What may be shown, the more urgent kind first; each is asked for only when it is needed."""
        yield self._learning(now, today)
        yield self._rows("state = 3 AND due_day <= ?", "due_day, position", today, today)
        if new_left() > 0:
            yield self._rows("state = 1", "position", today)
        if ahead is not None:
            yield self._learning(ahead, today)

    def counts(self, until: datetime, day: date, new_left: int) -> QueueCounts:
        """The size of the queue: learning steps due until `until`, reviews due on `day`, new ones."""
        today = day.isoformat()

        def count(where: str, *parameters: object) -> int:
            (n,) = next(self._select("count(*)", f"{where} AND {_NOT_BURIED}", *parameters, today))
            return int(n)

        learning = count("state IN (2, 4) AND due_ms <= ?", to_ms(until))
        review = count("state = 3 AND due_day <= ?", today)
        return QueueCounts(learning, review, min(max(new_left, 0), count("state = 1")))

    def waiting(
        self, among: Collection[str], until: datetime, day: date, new_left: int
    ) -> tuple[list[str], list[str]]:
        """Those of a few cards that `counts` counts with the same arguments: learnt before, and new."""
        today = day.isoformat()
        learnt, fresh = [], False
        named = self._select(
            "id, state, due_ms, due_day",
            f"id IN (SELECT value FROM json_each(?)) AND {_NOT_BURIED}",
            json.dumps(list(among)),
            today,
        )
        for card, state, due_ms, due_day in named:
            fresh = fresh or state == 1
            if (state == 3 and due_day <= today) or (state in (2, 4) and due_ms <= to_ms(until)):
                learnt.append(card)
        first = islice(self._rows("state = 1", "position", today), max(new_left, 0)) if fresh else ()
        return learnt, [row[0] for row in first if row[0] in among]

    def memory(self, card: str) -> CardMemory | None:
        """The memory of one card, None if it was never introduced."""
        row = self._db.execute(f"SELECT {CARD_COLUMNS} FROM card WHERE id = ?", (card,)).fetchone()
        return None if row is None else read_memory(row)

    def ids(self) -> set[str]:
        """Every introduced card."""
        return {row[0] for row in self._db.execute("SELECT id FROM card")}

    def memories(self) -> dict[str, CardMemory]:
        """Every introduced card by id."""
        return {row[0]: read_memory(row) for row in self._db.execute(f"SELECT {CARD_COLUMNS} FROM card")}

    def flags(self, card: str) -> tuple[bool, bool, date | None]:
        """Whether a card is suspended, flagged, and until which study day it is buried."""
        row = self._db.execute("SELECT suspended, flag, buried FROM card WHERE id = ?", (card,)).fetchone()
        if row is None:
            return False, False, None
        return bool(row[0]), bool(row[1]), None if row[2] is None else date.fromisoformat(row[2])

    def due_days(self) -> list[tuple[str, int]]:
        """How many reviews fall on each study day, oldest first."""
        return list(self._select("due_day, count(*)", "state = 3", end="GROUP BY due_day ORDER BY due_day"))

    def learnt(self) -> Iterator[tuple[float, float, str, str]]:
        """Stability, difficulty, day of the last review and due day of each card learnt and not suspended.

        The due day of a card in a learning step is empty.
        """
        return self._select(
            "stability, difficulty, last_day, coalesce(due_day, '')",
            "state != 1 AND stability IS NOT NULL AND difficulty IS NOT NULL AND last_day IS NOT NULL",
        )

    def new_count(self) -> int:
        """Cards that wait to be learnt for the first time, those put aside for a day included."""
        ((count,),) = self._select("count(*)", "state = 1")
        return int(count)

    def forgotten(self, at_least: int) -> list[tuple[str, int]]:
        """Cards with so many lapses or more, suspended ones included, and how many they have."""
        found = "SELECT id, lapses FROM card WHERE lapses >= ? ORDER BY lapses DESC, id"
        return list(self._db.execute(found, (at_least,)))

    def _learning(self, until: datetime, today: str) -> Iterator[tuple[Any, ...]]:
        return self._rows("state IN (2, 4) AND due_ms <= ?", "due_ms", today, to_ms(until))

    def _rows(self, where: str, order: str, today: str, *parameters: object) -> Iterator[tuple[Any, ...]]:
        return self._select(
            CARD_COLUMNS, f"{where} AND {_NOT_BURIED}", *parameters, today, end=f"ORDER BY {order}"
        )

    def _select(
        self, columns: str, where: str, *parameters: object, end: str = ""
    ) -> Iterator[tuple[Any, ...]]:
        """Rows of cards that are not suspended and may be asked."""
        source, ids = ("card", ()) if self._askable is None else (_ASKABLE, self._askable)
        return self._db.execute(
            f"SELECT {columns} FROM {source} WHERE {where} AND suspended = 0 {end}", (*ids, *parameters)
        )
