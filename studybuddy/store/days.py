"""Study days: what was done on each, and how many in a row."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from typing import NamedTuple

from studybuddy.store.schema import LONGEST_TOOK_MS


class DayTotals(NamedTuple):
    """What a study day holds; `started` counts cards reviewed for the first time."""

    day: date
    reviews: int
    attempts: int
    steps: int
    interviews: int
    started: int
    elapsed_ms: int

    @property
    def active(self) -> bool:
        """Whether the day counts for the streak."""
        return bool(self.reviews or self.attempts or self.steps or self.interviews)


_COLUMNS = "day, reviews, attempts, steps, interviews, started, elapsed_ms"


_TOOK_MS = (
    "CASE json_type(body, '$.elapsed_ms') WHEN 'integer' "
    f"THEN min(max(json_extract(body, '$.elapsed_ms'), 0), {LONGEST_TOOK_MS}) ELSE 0 END"
)


class Days:
    """Reads the day projection."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def totals(self, day: date) -> DayTotals:
        """The totals of one study day, all zero if nothing was done."""
        row = self._db.execute(f"SELECT {_COLUMNS} FROM day WHERE day = ?", (day.isoformat(),)).fetchone()
        return DayTotals(day, *row[1:]) if row else DayTotals(day, 0, 0, 0, 0, 0, 0)

    def all(self) -> list[DayTotals]:
        """Every study day with a row, oldest first."""
        rows = self._db.execute(f"SELECT {_COLUMNS} FROM day ORDER BY day")
        return [DayTotals(date.fromisoformat(row[0]), *row[1:]) for row in rows]

    def streak(self, today: date) -> int:
        """Active study days in a row up to today; a day that is not over yet breaks nothing."""
        rows = self._db.execute(
            "SELECT day FROM day WHERE day <= ? AND reviews + attempts + steps + interviews > 0 "
            "ORDER BY day DESC",
            (today.isoformat(),),
        )
        length, expected = 0, today
        for (text,) in rows:
            day = date.fromisoformat(text)
            if day != expected and not (length == 0 and day == today - timedelta(days=1)):
                break
            length, expected = length + 1, day - timedelta(days=1)
        return length

    def answers(self, day: date) -> list[tuple[str, int]]:
        """The cards answered on a study day, the last answer first, each with the milliseconds it took.

        The log is read backwards until all are found, so that the day's answers are paid for and no more.
        """
        totals = self.totals(day)
        return self._db.execute(
            f"SELECT card, {_TOOK_MS} FROM event INDEXED BY event_time WHERE day = ? "
            "AND kind IN ('review', 'interview') AND CASE WHEN json_valid(body) "
            "THEN json_type(body, '$.rating') = 'integer' AND json_type(body, '$.due') = 'text' "
            "AND json_extract(body, '$.rating') BETWEEN 1 AND 4 ELSE 0 END AND NOT EXISTS "
            "(SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq) "
            "ORDER BY at_ms DESC, dev DESC, seq DESC LIMIT ?",
            (day.isoformat(), totals.reviews + totals.interviews),
        ).fetchall()

    def last_reviewing(self, before: date) -> date | None:
        """The newest study day before another with a review or an interview answer; None without any."""
        (day,) = self._db.execute(
            "SELECT max(day) FROM day WHERE day < ? AND reviews + interviews > 0", (before.isoformat(),)
        ).fetchone()
        return None if day is None else date.fromisoformat(day)

    def timed(self, before: date, most: int) -> list[tuple[str, int]]:
        """Of the newest `most` answers before a study day those whose time is known: card and milliseconds.

        An answer of the command line takes no time that anybody knows. The log is read backwards; where there
        are few answers beside other events, they are looked up and sorted instead.
        """
        answers, _ = self.reviewing(before)
        if not answers:
            return []
        index = "event_time" if answers > most else "event_subject"
        return self._db.execute(
            f"SELECT card, ms FROM (SELECT card, {_TOOK_MS} AS ms FROM event INDEXED BY {index} "
            "WHERE day < ? AND kind IN ('review', 'interview') AND json_valid(body) AND NOT EXISTS "
            "(SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq) "
            "ORDER BY at_ms DESC, dev DESC, seq DESC LIMIT ?) WHERE ms > 0",
            (before.isoformat(), most),
        ).fetchall()

    def times_of(self, card: str, before: date) -> list[int]:
        """Milliseconds of the answers to a card on study days before one, those whose time is known."""
        rows = self._db.execute(
            f"SELECT {_TOOK_MS} AS ms FROM event INDEXED BY event_subject "
            "WHERE kind = 'review' AND card = ? AND day < ? AND json_valid(body) AND ms > 0 AND NOT EXISTS "
            "(SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq)",
            (card, before.isoformat()),
        )
        return [ms for (ms,) in rows]

    def reviewing(self, before: date = date.max) -> tuple[int, int]:
        """Reviews and interview answers of all study days before one, and the milliseconds they took."""
        answers, elapsed = self._db.execute(
            "SELECT coalesce(sum(reviews + interviews), 0), coalesce(sum(elapsed_ms), 0) FROM day "
            "WHERE day < ?",
            (before.isoformat(),),
        ).fetchone()
        return int(answers), int(elapsed)
