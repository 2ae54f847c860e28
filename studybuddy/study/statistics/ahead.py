"""What is coming: the reviews that are already due on the next days, and the cards that joined lately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from studybuddy.store.days import DayTotals

AHEAD_DAYS = 30
JOINED_DAYS = 30


class DueDay(NamedTuple):
    """Reviews that fall on a study day as things stand, and the minutes they will take."""

    day: date
    due: int
    minutes: float


class Joined(NamedTuple):
    """Cards that were added on a study day, and cards that were learnt for the first time."""

    day: date
    added: int
    begun: int


def ahead(due: Iterable[tuple[str, int]], today: date, seconds: float) -> tuple[DueDay, ...]:
    """The next days; what is overdue is due today.

    Args:
        due: study days with the reviews that fall on them.
        today: the present study day.
        seconds: what a review takes.
    """
    counts = {today + timedelta(days=n): 0 for n in range(AHEAD_DAYS)}
    for text, count in due:
        day = max(date.fromisoformat(text), today)
        if day in counts:
            counts[day] += count
    return tuple(DueDay(day, count, round(count * seconds / 60, 1)) for day, count in counts.items())


def joined(added: Mapping[str, int], days: Sequence[DayTotals], today: date) -> tuple[Joined, ...]:
    """The last days, today the last of them."""
    begun = {totals.day: totals.started for totals in days}
    first = today - timedelta(days=JOINED_DAYS - 1)
    found = (first + timedelta(days=n) for n in range(JOINED_DAYS))
    return tuple(Joined(day, added.get(day.isoformat(), 0), begun.get(day, 0)) for day in found)
