"""The reviews of the log as columns of numbers, a piece at a time, for figures of very many.

What a replay passes over (`core.answered`) is left out; other figures that are none count as zero. One bad
row of another machine spoils no statistic.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from studybuddy.core.answered import plausible, read_due
from studybuddy.store.rows import cards_of

Place = tuple[int, str, int]
"""Hybrid time, device and number of an event: where one is in the log."""
START: Place = (-(1 << 63), "", 0)
LONGEST_MS = 60 * 60 * 1000
"""Nobody answers longer; a clock was wrong."""
LONGEST_INTERVAL = 36_500
NO_DAY = 0


class Piece(NamedTuple):
    """Reviews and graded interview answers in the order of a replay, column by column, all of one length.

    `day`: ordinal of the study day, `minute`: of the day on the learner's own clock, 0 to 1439, `rating`: 1
    to 4, `interval`: days it led to, 0 for a learning step, `interview`: 1 for an interview answer. `anew`:
    cards that were made new again, each with how many of these reviews came before. `end` is where to go on,
    None when there is nothing more.
    """

    card: Sequence[str]
    day: Sequence[int]
    minute: Sequence[int]
    rating: Sequence[int]
    elapsed_ms: Sequence[int]
    interval: Sequence[int]
    interview: Sequence[int]
    anew: Sequence[tuple[int, str]]
    end: Place | None


def _whole(path: str, most: int) -> str:
    """SQL of a whole number from 0 to `most` in the body; anything else is 0."""
    value = f"json_extract(body, '{path}')"
    return f"CASE WHEN typeof({value}) = 'integer' THEN min(max({value}, 0), {most}) ELSE 0 END"


_QUESTION = f"""
SELECT at_ms, dev, seq, card, day, ((wall_ms / 60000 + tz_min) % 1440 + 1440) % 1440,
    json_extract(body, '$.rating'), {_whole("$.elapsed_ms", LONGEST_MS)},
    {_whole("$.interval_days", LONGEST_INTERVAL)}, kind = 'interview', json_extract(body, '$.due'),
    CASE kind WHEN 'forget' THEN body END
FROM event INDEXED BY event_time
WHERE (at_ms, dev, seq) > (?, ?, ?) AND kind IN ('review', 'interview', 'forget')
    AND CASE WHEN kind = 'forget' THEN json_valid(body)
        WHEN json_valid(body) AND json_type(body, '$.rating') = 'integer'
        THEN json_extract(body, '$.rating') BETWEEN 1 AND 4 ELSE 0 END
    AND NOT EXISTS (SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq)
ORDER BY at_ms, dev, seq LIMIT ?
"""


class ReviewLog:
    """Reads reviews that were not taken back."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection
        self._ordinals: dict[str, int] = {}

    def after(self, place: Place, limit: int) -> Piece:
        """At most `limit` reviews that come after a place."""
        rows = self._db.execute(_QUESTION, (*place, limit)).fetchall()
        end: Place | None = None
        if len(rows) == limit:
            end = (rows[-1][0], rows[-1][1], rows[-1][2])
        rows, anew = _apart(rows)
        if rows and not self._believable(rows):
            rows = [row for row in rows if self._believable([row])]
        if not rows:
            return Piece((), (), (), (), (), (), (), anew, end)
        _, _, _, card, day, minute, rating, elapsed, interval, interview, _, _ = zip(*rows, strict=True)
        days = [self._ordinals[text] for text in day]
        return Piece(card, days, minute, rating, elapsed, interval, interview, anew, end)

    def taken_back(self) -> int:
        """How many events were taken back: as long as it stays, what was read stands."""
        (count,) = self._db.execute("SELECT count(*) FROM voided").fetchone()
        return int(count)

    def end(self) -> Place:
        """The newest event."""
        row = self._db.execute(
            "SELECT at_ms, dev, seq FROM event ORDER BY at_ms DESC, dev DESC, seq DESC LIMIT 1"
        ).fetchone()
        return START if row is None else (int(row[0]), str(row[1]), int(row[2]))

    def _believable(self, rows: Sequence[tuple[Any, ...]]) -> bool:
        """Whether all rows are reviews, as far as the question has not seen to it (`core.answered`)."""
        days, dues = {row[4] for row in rows}, {row[10] for row in rows}
        for day in days - self._ordinals.keys():
            self._ordinals[day] = _ordinal(day)
        return (
            all(self._ordinals[day] != NO_DAY for day in days)
            and all(read_due(due) is not None for due in dues)
            and all(row[3] for row in rows)
        )


def _ordinal(text: str) -> int:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return NO_DAY
    return day.toordinal() if plausible(day) else NO_DAY


def _apart(rows: list[tuple[Any, ...]]) -> tuple[list[tuple[Any, ...]], list[tuple[int, str]]]:
    """The reviews without what made cards new again, and those cards."""
    if not any(row[-1] is not None for row in rows):
        return rows, []
    reviews, anew = [], []
    for row in rows:
        if row[-1] is None:
            reviews.append(row)
        else:
            body = json.loads(row[-1])
            cards = cards_of(row[3], body if isinstance(body, dict) else {})
            anew += [(len(reviews), card) for card in cards]
    return reviews, anew
