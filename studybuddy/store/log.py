"""Appending to the log: place, time and hash of each event."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterator
from datetime import date, datetime

from studybuddy.core.answered import answered, plausible, read_due
from studybuddy.core.event import PRESET, UNDOABLE, Event, EventKind, NewEvent, Rated
from studybuddy.store.bodies import read, written
from studybuddy.store.chain import COLUMNS, GENESIS, link
from studybuddy.store.rows import EVENT_COLUMNS, cards_of, read_standing, to_ms

_NOT_VOIDED = "NOT EXISTS (SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq)"
_OF_PRESETS = f"(kind = 'setting' AND substr(card, 1, {len(PRESET)}) = '{PRESET}')"
_A_DAY = "date({0}, '+0 days') = {0} AND {0} BETWEEN '0002' AND '9999'"
_SURELY_A_REVIEW = f"""
CASE WHEN json_valid(body) THEN json_type(body, '$.rating') = 'integer'
    AND json_extract(body, '$.rating') BETWEEN 1 AND 4 AND json_type(body, '$.due') = 'text'
    AND {_A_DAY.format("json_extract(body, '$.due')")} AND {_A_DAY.format("day")} AND card != '' ELSE 0 END
"""
"""Quick to decide, and false for every due instant, which has to be looked at more closely."""
NO_DAY, BEYOND = -1, 0
CLOCK_SLACK_MS = 60_000
"""A wall clock this much behind the last event is worth a word; less is drift."""


class EventLog:
    """The device's own log: events are added at its end and never changed.

    A row that no studybuddy of this version could have written, as only damage makes one, is passed over.
    """

    def __init__(self, connection: sqlite3.Connection, new_id: Callable[[], str] | None = None) -> None:
        """Wrap an open connection; `new_id` names a device that has no name yet (default: random)."""
        self._db = connection
        self._new_id = new_id or _random_name
        self._device: str | None = None
        self._tail: tuple[int, int, bytes] | None = None
        self.clock_behind_ms = 0
        """How far the wall clock stood behind the log at the last append; 0 when it did not."""

    def append(self, new: NewEvent, now: datetime, day: date) -> Event:
        """Write one event at the end, inside the caller's transaction.

        Args:
            new: what happened.
            now: the wall clock, aware, in the learner's zone.
            day: the study day it counts for.
        """
        dev = self.device()
        seq, last_ms, prev = self._tail or self._read_tail(dev)
        wall_ms = to_ms(now)
        behind = last_ms - wall_ms
        self.clock_behind_ms = behind if behind > CLOCK_SLACK_MS else 0
        offset = now.utcoffset()
        tz_min = round(offset.total_seconds() / 60) if offset else 0
        at_ms = max(wall_ms, last_ms + 1)
        event = Event(dev, seq, at_ms, wall_ms, tz_min, day, new.kind, new.subject, {"v": 1, **new.body})
        body = written(event.body)
        values = (dev, seq, at_ms, wall_ms, tz_min, day.isoformat(), new.kind.value, new.subject, body)
        self._db.execute(
            f"INSERT INTO event ({COLUMNS}, prev, h) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, prev, h := link(prev, values)),
        )
        self._tail = (seq + 1, at_ms, h)
        return event

    def forget(self) -> None:
        """Read the end of the log anew: a transaction that appended to it was rolled back."""
        self._tail = self._device = None

    def _read_tail(self, dev: str) -> tuple[int, int, bytes]:
        """The next sequence number and the last hash of a device, and the last hybrid time of any.

        What is written next was done in the knowledge of everything that is there, whatever the clock of
        another device said: a replay is to read it last.
        """
        row = self._db.execute(
            "SELECT seq, h FROM event WHERE dev = ? ORDER BY seq DESC LIMIT 1", (dev,)
        ).fetchone()
        seq, h = row or (0, GENESIS)
        return seq + 1, self.last_instant_ms(), h

    def device(self) -> str:
        """This device's random name, made at its first event."""
        if self._device is None:
            row = self._db.execute("SELECT value FROM meta WHERE key = 'device'").fetchone()
            if row is None:
                row = (self._new_id(),)
                self._db.execute("INSERT INTO meta VALUES ('device', ?)", row)
            self._device = str(row[0])
        return self._device

    def last_undoable(self) -> Event | None:
        """The newest event of this device that can be taken back and was not."""
        kinds = ", ".join(f"'{kind.value}'" for kind in sorted(UNDOABLE))
        row = self._db.execute(
            f"SELECT {EVENT_COLUMNS} FROM event WHERE (kind IN ({kinds}) OR {_OF_PRESETS}) AND {_NOT_VOIDED} "
            "AND dev = (SELECT value FROM meta WHERE key = 'device') ORDER BY seq DESC LIMIT 1"
        ).fetchone()
        return None if row is None else read_standing(row)

    def events(self, kind: EventKind, subject: str | None = None) -> Iterator[Event]:
        """Events of a kind that were not taken back, oldest first; of one subject where it is given."""
        where, parameters = "kind = ?", [kind.value]
        if subject is not None:
            where, parameters = where + " AND card = ?", [*parameters, subject]
        cursor = self._db.execute(
            f"SELECT {EVENT_COLUMNS} FROM event WHERE {where} AND {_NOT_VOIDED} ORDER BY at_ms, dev, seq",
            parameters,
        )
        return filter(None, map(read_standing, cursor))

    def latest(self, kind: EventKind, subject: str) -> Event | None:
        """The newest event of a kind about a subject that was not taken back."""
        row = self._db.execute(
            f"SELECT {EVENT_COLUMNS} FROM event WHERE kind = ? AND card = ? AND {_NOT_VOIDED} "
            "ORDER BY at_ms DESC, dev DESC, seq DESC LIMIT 1",
            (kind.value, subject),
        ).fetchone()
        if row is None:
            return None
        return read_standing(row) or max(self.events(kind, subject), key=_place, default=None)

    def names(self, kind: EventKind, subject: str) -> bool:
        """Whether there was ever an event of a kind about a subject, taken back or not."""
        question = "SELECT 1 FROM event WHERE kind = ? AND card = ? LIMIT 1"
        return self._db.execute(question, (kind.value, subject)).fetchone() is not None

    def elapsed_ms(self, kind: EventKind, subjects: Collection[str]) -> dict[str, list[int]]:
        """How long each event of a kind about a few subjects took, oldest first; without those taken back."""
        cursor = self._db.execute(
            "SELECT card, CASE WHEN json_valid(body) AND json_type(body, '$.elapsed_ms') = 'integer' "
            "THEN json_extract(body, '$.elapsed_ms') ELSE 0 END FROM event WHERE kind = ? "
            f"AND card IN (SELECT value FROM json_each(?)) AND {_NOT_VOIDED} ORDER BY at_ms, dev, seq",
            (kind.value, json.dumps(list(subjects))),
        )
        found: dict[str, list[int]] = {}
        for subject, elapsed in cursor:
            found.setdefault(subject, []).append(int(elapsed))
        return found

    def ratings(self) -> Iterator[Rated]:
        """Every review and graded interview answer that was not taken back, in the order of a replay.

        Those that a replay passes over (`core.answered`) are left out here too.
        """
        cursor = self._db.execute(
            "SELECT card, day, json_extract(body, '$.rating'), json_extract(body, '$.elapsed_ms'), "
            "json_extract(body, '$.due'), CASE kind WHEN 'forget' THEN body END FROM event "
            "WHERE kind IN ('review', 'interview', 'forget') AND CASE WHEN json_valid(body) "
            "THEN kind = 'forget' OR json_type(body, '$.rating') = 'integer' ELSE 0 END "
            f"AND {_NOT_VOIDED} ORDER BY at_ms, dev, seq"
        )
        ordinals: dict[str, int] = {}
        due_days: set[str] = set()
        begun: dict[str, int] = {}
        for card, day, rating, elapsed, due, forgotten in cursor:
            if (ordinal := ordinals.get(day)) is None:
                ordinal = ordinals[day] = _ordinal(day)
            if forgotten is not None:
                if (told := read(forgotten)) is not None and ordinal != NO_DAY:
                    for one in cards_of(card, told):
                        begun[one] = begun.get(one, 0) + 1
                continue
            if ordinal in (NO_DAY, BEYOND) or not card or not 1 <= rating <= 4:
                continue
            if due not in due_days:
                if (found := read_due(due)) is None:
                    continue
                if found[1] is not None:
                    due_days.add(due)
            took = elapsed if type(elapsed) is int else 0
            yield Rated(card, ordinal, rating, took, begun.get(card, 0))

    def passed_over(self) -> int:
        """How many reviews of the log are none: nothing is computed from them."""
        cursor = self._db.execute(
            "SELECT day, card, body FROM event WHERE kind IN ('review', 'interview') "
            f"AND ({_SURELY_A_REVIEW}) IS NOT 1 AND {_NOT_VOIDED}"
        )
        return sum(not _is_review(*row) for row in cursor)

    def all(self) -> Iterator[Event]:
        """Every event of every device, in the order of a replay."""
        cursor = self._db.execute(f"SELECT {EVENT_COLUMNS} FROM event ORDER BY at_ms, dev, seq")
        return filter(None, map(read_standing, cursor))

    def last_instant_ms(self) -> int:
        """The hybrid time of the newest event, 0 for an empty log."""
        (at_ms,) = self._db.execute("SELECT coalesce(max(at_ms), 0) FROM event").fetchone()
        return int(at_ms)


def _place(event: Event) -> tuple[int, str, int]:
    return event.at_ms, event.dev, event.seq


def _ordinal(day: str) -> int:
    """The ordinal of a study day; `BEYOND` where it cannot be reckoned with, `NO_DAY` for what is none."""
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return NO_DAY
    return found.toordinal() if plausible(found) else BEYOND


def _is_review(day: str, card: str, text: str) -> bool:
    body, ordinal = read(text), _ordinal(day)
    if body is None or ordinal in (NO_DAY, BEYOND):
        return False
    return answered(date.fromordinal(ordinal), card, body) is not None


def _random_name() -> str:
    from uuid import uuid4

    return uuid4().hex
