"""Time as an argument: a clock, the learner's zone and the study day."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

ROLLOVER_HOUR = 4
"""A study day runs from 04:00 to 04:00: work after midnight belongs to the evening before."""


def study_day(instant: datetime, rollover_hour: int = ROLLOVER_HOUR) -> date:
    """The study day of an aware instant, by the wall clock of the zone it carries."""
    return (instant.replace(tzinfo=None) - timedelta(hours=rollover_hour)).date()


class SystemClock(NamedTuple):
    """The machine's clock, in the machine's zone or in one the learner chose."""

    zone: tzinfo | None = None

    def now(self) -> datetime:
        """The present instant."""
        return datetime.now(UTC).astimezone(self.zone)


class StartedClock:
    """A clock set to a given instant that runs on from there (`STUDYBUDDY_NOW`)."""

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._origin = time.monotonic()

    def now(self) -> datetime:
        """The given instant plus the time that has passed since."""
        return self._start + timedelta(seconds=time.monotonic() - self._origin)


class FixedClock(NamedTuple):
    """A clock that stands still, for one command or one test."""

    instant: datetime

    def now(self) -> datetime:
        """Always the same instant."""
        return self.instant
