"""What may be asked, read from the card projection. Each question costs what it returns, not what there is.

Cards whose text is gone from the course stay in the table with their history. Where there are any, questions
keep to the ids that may be asked, so that they cost as much as the course and the learner's cards are large.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Generator, Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from studybuddy.store.rows import CARD_COLUMNS, read_memory

if TYPE_CHECKING:
    from studybuddy.core.card import CardMemory

ORDERS = {
    "due": "due_day, position",
    "interval": "julianday(due_day) - julianday(last_day), due_day, position",
    "retrievability": "(julianday(:today) - julianday(last_day)) / max(stability, 0.001) DESC, position",
    "random": "((position % 999983) * 7919 + :seed * 104729) % 1000003, position",
    "position": "position",
}
"""Orders in which cards can be read: of due ones the first costs nothing, the others a look at each.

Recall falls with the share of days gone in stability, so the greatest share is the most forgotten.
"""
OWN_BY_NAME = 1_000
"""So many cards of one's own are looked up by their ids; among more, one reads on until enough are found."""
_NOT_BURIED = "(buried IS NULL OR buried != :today)"
_DUE = "state = 3 AND due_day <= :today"
_BY_NAME = (
    "(SELECT value AS askable FROM json_each(:course) UNION ALL "
    "SELECT id FROM card WHERE id >= :own AND id < :beyond) CROSS JOIN card ON card.id = askable"
)
"""The cards that may be asked, looked up one by one; CROSS keeps SQLite from going through all others."""
_ASKABLE = "((id >= :own AND id < :beyond) OR id IN (SELECT value FROM json_each(:course)))"


class QueueCounts(NamedTuple):
    """How many cards are asked today: in a learning step, in review, and new.

    `waiting`: cards in review that are due too, beyond what the day allows.
    """

    learning: int
    review: int
    new: int
    waiting: int = 0

    @property
    def due(self) -> int:
        """Cards that were learnt before and are asked today."""
        return self.learning + self.review


class Waiting(NamedTuple):
    """A card that may be asked, as far as a plan needs it. `due_ms` is 0 unless it is in a learning step."""

    card: str
    due_day: str
    due_ms: int
    position: int
    first_day: str
    last_day: str
    reps: int
    took_ms: int
    """What its answers took, all together."""
    stability: float
    difficulty: float


class Queue:
    """Reads what may be asked on a study day: neither suspended nor put aside for it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._names: dict[str, str] | None = None
        self._by_name = False

    def keep_to(self, course: Collection[str], own: str) -> None:
        """Ask only cards of the course and the learner's own from now on.

        Args:
            course: ids of the cards whose text is there.
            own: how the ids of the learner's own cards begin.
        """
        names = {"course": json.dumps(list(course)), "own": own, "beyond": own[:-1] + chr(ord(own[-1]) + 1)}
        (known,) = self._db.execute(
            "SELECT count(*) FROM json_each(:course) CROSS JOIN card ON card.id = value", names
        ).fetchone()
        (others,) = self._db.execute(
            "SELECT count(*) FROM (SELECT 1 FROM card WHERE id < :own OR id >= :beyond LIMIT :most)",
            {**names, "most": known + 1},
        ).fetchone()
        (mine,) = self._db.execute(
            "SELECT count(*) FROM (SELECT 1 FROM card WHERE id >= :own AND id < :beyond LIMIT :most)",
            {**names, "most": OWN_BY_NAME + 1},
        ).fetchone()
        self._names = names if others > known else None
        self._by_name = mine <= OWN_BY_NAME

    def steps(self, day: date) -> list[Waiting]:
        """Cards in a learning step, the earliest first."""
        return list(self._waiting("state IN (2, 4) AND due_ms IS NOT NULL", "due_ms", day))

    def due(self, day: date, order: str = "due") -> Generator[Waiting]:
        """Cards in review that are due, read as they are asked for.

        Close it when enough were read: while it is open, SQLite cannot begin its log anew, which grows.

        Args:
            day: the study day.
            order: one of `ORDERS`.
        """
        return self._waiting(_DUE, ORDERS[order], day)

    def fresh(self, day: date, order: str = "position") -> Generator[Waiting]:
        """Cards to be learnt for the first time, read as they are asked for."""
        return self._waiting("state = 1", ORDERS[order], day)

    def fresh_count(self, day: date) -> int:
        """How many cards `fresh` yields."""
        ((count,),) = self._ready("count(*)", "state = 1", day)
        return int(count)

    def due_count(self, day: date) -> int:
        """How many cards `due` yields."""
        if self._names is not None:
            ((count,),) = self._ready("count(*)", _DUE, day)
            return int(count)
        today = {"today": day.isoformat()}
        ((count,),) = self._db.execute(
            "SELECT coalesce(sum(cards), 0) FROM load WHERE due_day <= :today", today
        )
        return int(count) - len(self._put_aside(day))

    def due_among(self, cards: Collection[str], day: date) -> set[str]:
        """Those of a few cards that `due` yields."""
        if not cards:
            return set()
        among = "id IN (SELECT value FROM json_each(:cards))"
        rows = self._ready("id", f"{among} AND {_DUE}", day, cards=json.dumps(list(cards)))
        return {row[0] for row in rows}

    def named(self, cards: Collection[str]) -> list[Waiting]:
        """A few cards as they stand, whether they may be asked or not."""
        return self._read(
            "card WHERE id IN (SELECT value FROM json_each(:cards))", {"cards": json.dumps(list(cards))}
        )

    def made_of(self, note: str) -> list[str]:
        """The cards made of one note: their ids are its own, or it and a mark that begins with a tilde."""
        rows = self._db.execute(
            "SELECT id FROM card WHERE id = ? OR (id >= ? AND id < ?)", (note, note + "~", note + "\x7f")
        )
        return [row[0] for row in rows]

    def asked(self, cards: Sequence[str], day: date) -> dict[str, CardMemory]:
        """The memories of those of a few cards that may be asked on a day."""
        marks = ", ".join("?" * len(cards))
        rows = self._db.execute(
            f"SELECT {CARD_COLUMNS} FROM card WHERE id IN ({marks}) AND suspended = 0 "
            "AND (buried IS NULL OR buried != ?)",
            (*cards, day.isoformat()),
        )
        return {row[0]: read_memory(row) for row in rows}

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
        if self._names is None:
            return list(self._db.execute("SELECT due_day, cards FROM load ORDER BY due_day"))
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

    def _put_aside(self, day: date) -> list[str]:
        """Due cards that the learner put aside for the day."""
        today = day.isoformat()
        rows = self._db.execute(
            "SELECT DISTINCT card.id FROM event, json_each(CASE WHEN event.card != '' "
            "THEN json_array(event.card) "
            "WHEN json_valid(event.body) AND json_type(event.body, '$.cards') = 'array' "
            "THEN json_extract(event.body, '$.cards') ELSE '[]' END) AS named "
            "JOIN card ON card.id = named.value WHERE event.kind = 'card_state' "
            f"AND instr(event.body, :mark) AND {_DUE} AND suspended = 0 AND buried = :today",
            {"mark": f'"{today}"', "today": today},
        )
        return [row[0] for row in rows]

    def _waiting(self, where: str, order: str, day: date) -> Generator[Waiting]:
        rows = self._ready(_WAITING, where, day, end=f"ORDER BY {order}")
        try:
            yield from map(Waiting._make, rows)
        finally:
            rows.close()

    def _read(self, rest: str, parameters: dict[str, Any]) -> list[Waiting]:
        return list(map(Waiting._make, self._db.execute(f"SELECT {_WAITING} FROM {rest}", parameters)))

    def _ready(
        self, columns: str, where: str, day: date, *, end: str = "", **parameters: object
    ) -> sqlite3.Cursor:
        """Rows of cards that are neither suspended nor put aside for a day."""
        parameters |= {"today": day.isoformat(), "seed": day.toordinal() % 1000}
        return self._select(columns, f"{where} AND {_NOT_BURIED}", end=end, **parameters)

    def _select(self, columns: str, where: str, *, end: str = "", **parameters: object) -> sqlite3.Cursor:
        """Rows of cards that are not suspended and may be asked."""
        source, names = "card", dict(parameters)
        if self._names is not None:
            names |= self._names
            source, where = (_BY_NAME, where) if self._by_name else (source, f"{where} AND {_ASKABLE}")
        return self._db.execute(
            f"SELECT {columns} FROM {source} WHERE {where} AND suspended = 0 {end}", names
        )


_WAITING = (
    "id, coalesce(due_day, ''), coalesce(due_ms, 0), position, coalesce(first_day, ''), "
    "coalesce(last_day, ''), reps, took_ms, coalesce(stability, 1.0), coalesce(difficulty, 5.0)"
)
