"""A query as a condition in SQL. What a learner typed is a parameter, never a part of the statement.

The statement it goes into names the index `found` and its cards `e`.
"""

from __future__ import annotations

import json
import operator
import re
import sqlite3
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from studybuddy.core.event import EventKind
from studybuddy.core.query import (
    AllOf,
    AnyOf,
    CardIs,
    Comparison,
    Everything,
    Field,
    Has,
    Introduced,
    Is,
    Not,
    Prop,
    Quantity,
    Query,
    Rated,
    Words,
)
from studybuddy.store.card_text import has_signs, is_one_word, is_strange, plain, stands_alone, words
from studybuddy.store.rows import to_ms

MOST_TERMS = 200
"""Words of the index that a part of a word may stand for; beyond, the text itself is gone through."""
DAY_MS = 86_400_000
_SLACK_MS = 2 * DAY_MS
"""How far from its study day, in any zone and at any roll-over, an instant of it can be."""
_NO_WILDCARD = re.compile(r"[\\%_]")


class Moment(NamedTuple):
    """Now, as a search sees it."""

    day: date
    """The study day."""
    day_end: datetime
    """When it turns; a learning step due until then is due today."""
    fades: Callable[[float], float]
    """How many times its stability a card has waited when its recall has fallen to a probability."""


class Condition(NamedTuple):
    """A part of a WHERE clause and its parameters."""

    sql: str
    parameters: tuple[object, ...] = ()


_ANSWERED = f"'{EventKind.REVIEW}', '{EventKind.INTERVIEW}'"
_KEPT = "NOT EXISTS (SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq)"
_DUE = (
    "((c.state IN (2, 4) AND c.due_ms <= ?) OR (c.state = 3 AND c.due_day <= ?)) AND c.suspended = 0 "
    "AND (c.buried IS NULL OR c.buried != ?)"
)
_STATES = {
    CardIs.LEARN: "c.state IN (2, 4)",
    CardIs.RELEARN: "c.state = 4",
    CardIs.REVIEW: "c.state = 3",
    CardIs.SUSPENDED: "c.suspended = 1",
    CardIs.FLAGGED: "c.flag = 1",
}
_QUANTITIES = {
    Quantity.STABILITY: "c.stability",
    Quantity.DIFFICULTY: "c.difficulty",
    Quantity.LAPSES: "c.lapses",
    Quantity.REPS: "c.reps",
    Quantity.INTERVAL: "(julianday(c.due_day) - julianday(c.last_day))",
}
_FIELDS = {
    Field.LESSON: "e.lesson",
    Field.CONCEPT: "e.concept",
    Field.KIND: "e.kind",
    Field.ID: "lower(e.card)",
}


_COUNTED = frozenset({Quantity.LAPSES, Quantity.REPS})
"""Quantities that are 0 for a card of which nothing is remembered."""
_COMPARED: dict[Comparison, Callable[[float, float], bool]] = {
    Comparison.AT_MOST: operator.le,
    Comparison.AT_LEAST: operator.ge,
    Comparison.NOT: operator.ne,
    Comparison.BELOW: operator.lt,
    Comparison.ABOVE: operator.gt,
    Comparison.EQUAL: operator.eq,
}

_TURNED = {
    Comparison.AT_MOST: Comparison.AT_LEAST,
    Comparison.AT_LEAST: Comparison.AT_MOST,
    Comparison.BELOW: Comparison.ABOVE,
    Comparison.ABOVE: Comparison.BELOW,
}


def _with_memory(where: str, parameters: tuple[object, ...] = ()) -> Condition:
    """Cards of which something is remembered that fits.

    They are a set that is made once; a look at the memory of each card in turn takes three times as long.
    """
    return Condition(f"e.card IN (SELECT c.id FROM card c WHERE {where})", parameters)


def _without_memory(where: str, parameters: tuple[object, ...] = ()) -> Condition:
    """All cards but those of which something is remembered that fits."""
    return Condition(f"e.card NOT IN (SELECT c.id FROM card c WHERE {where})", parameters)


def has_words(query: Query) -> bool:
    """Whether a query looks for text, so that the index needs its words."""
    match query:
        case Words():
            return True
        case Not(node):
            return has_words(node)
        case AllOf(nodes) | AnyOf(nodes):
            return any(map(has_words, nodes))
    return False


class Conditions:
    """Writes conditions; asks the index which of its words a part of a word stands for."""

    def __init__(self, connection: sqlite3.Connection, moment: Moment) -> None:
        self._db = connection
        self._moment = moment

    def of(self, query: Query) -> Condition:
        """The condition that a query stands for."""
        match query:
            case AllOf(nodes):
                return self._joined(" AND ", nodes)
            case AnyOf(nodes):
                return self._joined(" OR ", nodes)
            case Not(node):
                inner = self.of(node)
                return Condition(f"NOT coalesce(({inner.sql}), 0)", inner.parameters)
            case Words(text, exact):
                return self._words(text, exact)
        return self._property(query)

    def _property(self, query: Everything | Is | Has | Prop | Rated | Introduced) -> Condition:
        match query:
            case Everything():
                return Condition("1")
            case Is(state):
                return self._is(state)
            case Has(field, pattern, _, among):
                return self._has(field, pattern, among)
            case Prop():
                return self._prop(query)
            case Rated():
                return self._rated(query)
            case Introduced(days):
                return _with_memory("c.first_day BETWEEN ? AND ?", (self._since(days), self._today))

    def _joined(self, joint: str, nodes: tuple[Query, ...]) -> Condition:
        parts = [self.of(node) for node in nodes]
        sql = joint.join(f"({part.sql})" for part in parts)
        return Condition(sql, tuple(value for part in parts for value in part.parameters))

    @property
    def _today(self) -> str:
        return self._moment.day.isoformat()

    def _since(self, days: int) -> str:
        """The first of some study days that end today."""
        back = min(days - 1, (self._moment.day - date.min).days)
        return (self._moment.day - timedelta(days=back)).isoformat()

    def _is(self, state: CardIs) -> Condition:
        if state is CardIs.DUE:
            return _with_memory(_DUE, (to_ms(self._moment.day_end), self._today, self._today))
        if state is CardIs.BURIED:
            return _with_memory("c.buried = ?", (self._today,))
        if state is CardIs.NEW:
            return _without_memory("c.state != 1")
        if state is CardIs.UNSEEN:
            return _without_memory("1")
        if state is CardIs.OWN:
            return Condition("e.part = ''")
        return _with_memory(_STATES[state])

    def _has(self, field: Field, pattern: str, among: tuple[str, ...] = ()) -> Condition:
        if among:
            alone, listed = self._has(field, pattern), json.dumps([value.lower() for value in among])
            return Condition(
                f"({alone.sql} OR {_FIELDS[field]} IN (SELECT value FROM json_each(?)))",
                (*alone.parameters, listed),
            )
        if field is Field.TAG:
            return Condition(r"e.tags LIKE ? ESCAPE '\'", (f"% {_like(plain(pattern))} %",))
        wanted = pattern.lower().encode("utf-8", "replace").decode()
        return Condition(rf"{_FIELDS[field]} LIKE ? ESCAPE '\'", (_like(wanted),))

    def _prop(self, query: Prop) -> Condition:
        if query.quantity is Quantity.RECALL:
            return self._recall(query)
        if query.quantity is not Quantity.DUE:
            compared = f"{_QUANTITIES[query.quantity]} {query.comparison} ?"
            if query.quantity in _COUNTED and _COMPARED[query.comparison](0, query.value):
                return _without_memory(f"NOT ({compared})", (query.value,))
            return _with_memory(compared, (query.value,))
        end = to_ms(self._moment.day_end)
        days = (
            "CASE WHEN c.due_day IS NOT NULL THEN julianday(c.due_day) - julianday(?) "
            f"WHEN c.due_ms IS NOT NULL THEN max(0, (c.due_ms - ? + {DAY_MS - 1}) / {DAY_MS}) END"
        )
        return _with_memory(f"{days} {query.comparison} ?", (self._today, end, query.value))

    def _recall(self, query: Prop) -> Condition:
        """Recall falls with the share of days gone in stability, so that the two compare the other way."""
        waited = "(max(0, julianday(?) - julianday(c.last_day)) / max(c.stability, 0.001))"
        if not 0 < query.value <= 1:
            return _with_memory(
                "c.stability IS NOT NULL AND ?", (_COMPARED[query.comparison](0.5, query.value),)
            )
        turned = _TURNED.get(query.comparison, query.comparison)
        return _with_memory(f"{waited} {turned} ?", (self._today, self._moment.fades(query.value)))

    def _rated(self, query: Rated) -> Condition:
        since = self._since(query.days)
        start = to_ms(self._moment.day_end) - query.days * DAY_MS - _SLACK_MS
        told = "CASE WHEN json_valid(body) THEN json_extract(body, '$.rating') END"
        rated = f" AND {told} = ?" if query.rating else ""
        return Condition(
            f"e.card IN (SELECT event.card FROM event WHERE at_ms >= ? AND kind IN ({_ANSWERED}) "
            f"AND day BETWEEN ? AND ?{rated} AND {_KEPT})",
            (start, since, self._today, *([int(query.rating)] if query.rating else [])),
        )

    # ---- text

    def _words(self, text: str, exact: bool) -> Condition:
        if "/" in text and not exact:
            name = Condition(r"lower(e.card) LIKE ? ESCAPE '\'", (f"%{_like(text.lower())}%",))
            inside = self._text(text)
            return Condition(f"{name.sql} OR {inside.sql}", (*name.parameters, *inside.parameters))
        return self._phrase(text, prefix=False) if exact else self._text(text)

    def _text(self, text: str) -> Condition:
        searched = plain(text)
        if "*" not in searched:
            if is_one_word(searched):
                return self._part(searched)
            return self._phrase(text, prefix=True)
        pieces = [piece for piece in searched.split("*") if piece]
        if pieces and all(map(is_one_word, pieces)):
            return self._part("*".join(pieces))
        return self._scan(text)

    def _part(self, part: str) -> Condition:
        """Cards with a word that has this in it."""
        terms = self._db.execute(
            r"SELECT word FROM found.term WHERE word LIKE ? ESCAPE '\' LIMIT ?",
            (f"%{_like(part)}%", MOST_TERMS + 1),
        ).fetchall()
        if not terms:
            return Condition("0")
        if len(terms) > MOST_TERMS:
            return self._scan(part)
        return _match(" OR ".join(f'"{term}"' for (term,) in terms))

    def _phrase(self, text: str, *, prefix: bool) -> Condition:
        """Cards with these words side by side and the signs between them; the last word may go on."""
        searched = plain(text)
        found = words(searched)
        if not found or is_strange(searched):
            return self._literal(searched)
        open_end = prefix and searched.endswith(found[-1]) and not stands_alone(found[-1])
        match = _match('"' + " ".join(found) + '"' + (" *" if open_end else ""))
        if not has_signs(searched):
            return match
        literal = self._literal(searched)
        return Condition(f"{match.sql} AND {literal.sql}", (*match.parameters, *literal.parameters))

    @staticmethod
    def _literal(searched: str) -> Condition:
        """Cards whose text has exactly this in it, read from first to last."""
        return Condition(r"e.plain LIKE ? ESCAPE '\'", (f"%{_escape(searched)}%",))

    @staticmethod
    def _scan(text: str) -> Condition:
        """Cards whose text has this in it, read from first to last."""
        pieces = [_escape(plain(piece)) for piece in text.split("*")]
        return Condition(r"e.plain LIKE ? ESCAPE '\'", (f"%{'%'.join(pieces)}%",))


def _match(phrase: str) -> Condition:
    return Condition("e.id IN (SELECT rowid FROM found.words WHERE words MATCH ?)", (phrase,))


def _escape(text: str) -> str:
    return _NO_WILDCARD.sub(r"\\\g<0>", text)


def _like(pattern: str) -> str:
    """A pattern of LIKE in which only `*` stands for anything."""
    return "%".join(map(_escape, pattern.split("*")))
