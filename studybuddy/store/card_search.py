"""Finding cards: the index of their words beside the learner's memory of them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from studybuddy.core.card import CardMemory, CardState
from studybuddy.core.event import EventKind
from studybuddy.store.bodies import read
from studybuddy.store.card_conditions import Conditions, Moment
from studybuddy.store.connection import DATABASE_NAME, translated
from studybuddy.store.rows import CARD_COLUMNS, cards_of, read_memory

if TYPE_CHECKING:
    from studybuddy.core.query import Query

_WORDING = f"'{EventKind.CARD_NEW}', '{EventKind.CARD_EDIT}'"


class Order(Enum):
    """How found cards stand: the value is the ORDER BY clause."""

    COURSE = "e.place"
    DUE = "coalesce(c.due_day, date(c.due_ms / 1000, 'unixepoch'), '9999'), c.due_ms, e.place"
    STABILITY = "c.stability IS NULL, c.stability, e.place"
    LAPSES = "coalesce(c.lapses, 0) DESC, e.place"


class CardRow(NamedTuple):
    """A found card. `memory.state` is UNSEEN for one that was never introduced."""

    card: str
    lesson: str
    kind: str
    memory: CardMemory
    suspended: bool
    flagged: bool
    buried: bool
    tags: tuple[str, ...] = ()
    """As they are searched."""


class CardSearch:
    """Searches; the index is a file beside the database and is attached for the time of a question."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def find(self, index: Path, query: Query, moment: Moment, order: Order = Order.COURSE) -> list[str]:
        """The ids of the cards that a query asks for.

        Args:
            index: the file of the index; it must be there, with its words if the query looks for any.
            query: what is asked.
            moment: when it is asked.
            order: how the cards stand.
        """
        with self._attached(index):
            condition = Conditions(self._db, moment).of(query)
            memory = "LEFT JOIN card c ON c.id = e.card" if order is not Order.COURSE else ""
            rows = self._db.execute(
                f"SELECT e.card FROM found.entry e {memory} WHERE {condition.sql} ORDER BY {order.value}",
                condition.parameters,
            )
            return [card for (card,) in rows]

    def rows(self, index: Path, cards: Sequence[str], moment: Moment) -> list[CardRow]:
        """Some cards as they stand, in the order given; those that are gone are left out."""
        columns = ", ".join(f"c.{column}" for column in CARD_COLUMNS.split(", "))
        with self._attached(index):
            found = {
                row[0]: _row(row, moment)
                for row in self._db.execute(
                    f"SELECT e.card, e.lesson, e.kind, e.tags, c.suspended, c.flag, c.buried, {columns} "
                    "FROM found.entry e LEFT JOIN card c ON c.id = e.card "
                    "WHERE e.card IN (SELECT value FROM json_each(?))",
                    (json.dumps(list(cards)),),
                )
            }
        return [found[card] for card in cards if card in found]

    def named(self, index: Path, column: str) -> list[str]:
        """Every value that `lesson`, `concept` or `kind` has in the index."""
        with self._attached(index):
            rows = self._db.execute(f"SELECT DISTINCT {column} FROM found.entry WHERE {column} != ''")
            return sorted(value for (value,) in rows)

    # ---- what the index is made from

    def log_end(self) -> str:
        """The end of the log, so that it can be told whether anything was added, or the log is another."""
        ends = {}
        for dev in self._devices():
            seq, link = self._db.execute(
                "SELECT seq, hex(h) FROM event WHERE dev = ? ORDER BY seq DESC LIMIT 1", (dev,)
            ).fetchone()
            ends[dev] = [seq, link]
        return json.dumps(ends, sort_keys=True)

    def reworded_since(self, log_end: str) -> set[str] | None:
        """Cards made or worded anew since an end of the log; None if this log does not go on from there."""
        changed: set[str] = set()
        ends = json.loads(log_end)
        for dev, (seq, link) in ends.items():
            row = self._db.execute(
                "SELECT hex(h) FROM event WHERE dev = ? AND seq = ?", (dev, seq)
            ).fetchone()
            if row is None or row[0] != link:
                return None
        for dev in self._devices():
            changed |= self._reworded(dev, ends.get(dev, [0])[0])
        return changed

    def retagged_since(self, log_end: str) -> set[str]:
        """Cards whose tags alone were changed since an end of this log."""
        ends = json.loads(log_end)
        changed: set[str] = set()
        for dev in self._devices():
            bodies = self._since(dev, ends.get(dev, [0])[0], f"'{EventKind.CARD_TAG}'")
            for card, text in bodies:
                changed.update(cards_of(card, read(text) or {}))
        return changed

    def _reworded(self, dev: str, after: int) -> set[str]:
        return {card for card, _body in self._since(dev, after, _WORDING)}

    def _since(self, dev: str, after: int, kinds: str) -> Iterator[tuple[str, str]]:
        """Subject and body of events of some kinds, made or taken back after a number of a device."""
        return self._db.execute(
            "SELECT coalesce(target.card, event.card), coalesce(target.body, event.body) FROM event "
            "LEFT JOIN event target ON event.kind = 'void' AND json_valid(event.body) "
            "AND target.dev = json_extract(event.body, '$.dev') "
            "AND target.seq = json_extract(event.body, '$.seq') "
            f"WHERE event.dev = ? AND event.seq > ? AND coalesce(target.kind, event.kind) IN ({kinds})",
            (dev, after),
        )

    def _devices(self) -> Iterator[str]:
        last = ""
        while row := self._db.execute("SELECT min(dev) FROM event WHERE dev > ?", (last,)).fetchone():
            if row[0] is None:
                return
            last = str(row[0])
            yield last

    @contextmanager
    def _attached(self, index: Path) -> Iterator[None]:
        """The index as `found`, read only: a write to the learner's data does not lock it."""
        with translated(Path(DATABASE_NAME)):
            self._db.execute("ATTACH ? AS found", (f"file:{quote(str(index.absolute()))}?mode=ro",))
            try:
                yield
            finally:
                self._db.execute("DETACH found")


def _row(row: tuple[object, ...], moment: Moment) -> CardRow:
    card, lesson, kind, tags, suspended, flag, buried, *memory = row
    known = memory[0] is not None
    return CardRow(
        str(card),
        str(lesson),
        str(kind),
        read_memory(tuple(memory)) if known else CardMemory(str(card), CardState.UNSEEN),
        bool(suspended),
        bool(flag),
        buried == moment.day.isoformat(),
        tuple(str(tags).split()),
    )
