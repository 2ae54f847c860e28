"""A due day as a learner types it: a day, so many days from now, or a range over which cards are spread."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple
from unicodedata import normalize

from studybuddy.core.errors import UsageError
from studybuddy.i18n import N_

FARTHEST = 36_500
"""Days ahead."""
LONGEST_TEXT = 100
_WORDS = {"today": 0, "tomorrow": 1, "今天": 0, "明天": 1, "后天": 2}
_DAYS = re.compile(
    r"(?:in |\+)?\s*(\d{1,6})(?:\s*(?:-|–|~|\.\.|to|到|至)\s*(\d{1,6}))?\s*(?:d|days?|天后?|日后)?", re.ASCII
)
_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:~|\.\.|to|到|至)\s*(\d{4}-\d{2}-\d{2}))?", re.ASCII)


class DueRange(NamedTuple):
    """The first and the last day, both included; often the same."""

    first: date
    last: date

    def day(self, position: float) -> date:
        """The day at `position` in [0, 1)."""
        return self.first + timedelta(days=int(position * ((self.last - self.first).days + 1)))


def read_due_range(text: str, today: date) -> DueRange:
    """What was typed: `2026-12-01`, `3`, `in 3 days`, `3-7`, `tomorrow`, `3天后`.

    Raises:
        UsageError: it is no day, or one before today.
    """
    typed = normalize("NFKC", text[:LONGEST_TEXT]).strip().lower()
    first: date | None = None
    last: date | None = None
    try:
        if typed in _WORDS:
            first = today + timedelta(days=_WORDS[typed])
        elif (found := _DAY.fullmatch(typed)) is not None:
            first = date.fromisoformat(found[1])
            last = date.fromisoformat(found[2]) if found[2] else None
        elif (found := _DAYS.fullmatch(typed)) is not None:
            first = today + timedelta(days=int(found[1]))
            last = today + timedelta(days=int(found[2])) if found[2] else None
    except (ValueError, OverflowError):
        first = None
    if first is None:
        raise UsageError(
            N_("{text} is no day; write such as 2026-12-01, 3 for in three days, or 3-7"), text=typed[:40]
        )
    last = first if last is None else last
    if first < today:
        raise UsageError(N_("{text} is before today"), text=typed[:40])
    if last < first:
        raise UsageError(N_("{text} ends before it begins"), text=typed[:40])
    if (last - today).days > FARTHEST:
        raise UsageError(N_("{text} is more than {days} days from now"), text=typed[:40], days=FARTHEST)
    return DueRange(first, last)
