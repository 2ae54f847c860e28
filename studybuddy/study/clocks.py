"""Which clock a session goes by."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from studybuddy.core.clock import FixedClock, StartedClock, SystemClock
from studybuddy.core.errors import UsageError

if TYPE_CHECKING:
    from studybuddy.core.ports import Clock

FIRST_YEAR, LAST_YEAR = 1971, 9000
"""Days of which every interval can be counted on from."""


def clock_from_environment(*, running: bool = False) -> Clock:
    """The machine's clock, or the instant and zone of STUDYBUDDY_NOW.

    Args:
        running: whether the given instant runs on from there, as it does in the app.

    Raises:
        UsageError: STUDYBUDDY_NOW is no ISO instant with an offset, or one that nothing can be reckoned with.
    """
    text = os.environ.get("STUDYBUDDY_NOW")
    if not text:
        return SystemClock()
    instant: datetime | None = None
    with suppress(ValueError):
        instant = datetime.fromisoformat(text)
    if instant is None or instant.tzinfo is None:
        raise UsageError(
            "STUDYBUDDY_NOW is {text}; it must be an instant with an offset, "
            "such as 2026-11-23T08:00:00+08:00",
            text=text[:60],
        )
    if not FIRST_YEAR <= instant.year <= LAST_YEAR:
        raise UsageError(
            "STUDYBUDDY_NOW is {text}; its year must be between {first} and {last}",
            text=text[:60],
            first=FIRST_YEAR,
            last=LAST_YEAR,
        )
    return StartedClock(instant) if running else FixedClock(instant)
