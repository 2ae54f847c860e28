"""What was done of each sort: today, this week, this month and in all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from studybuddy.store.days import DayTotals
from studybuddy.study.statistics.retention import PERIODS


class Effort(NamedTuple):
    """What a period holds. `started`: cards reviewed for the first time; `days`: study days with anything."""

    reviews: int
    attempts: int
    steps: int
    interviews: int
    started: int
    minutes: float
    days: int


def efforts(days: Sequence[DayTotals], today: date) -> dict[str, Effort]:
    """The effort of each period."""
    found = {}
    for name, length in PERIODS.items():
        first = None if length is None else today - timedelta(days=length)
        found[name] = _sum([d for d in days if first is None or first < d.day <= today])
    return found


def _sum(days: Sequence[DayTotals]) -> Effort:
    return Effort(
        reviews=sum(d.reviews for d in days),
        attempts=sum(d.attempts for d in days),
        steps=sum(d.steps for d in days),
        interviews=sum(d.interviews for d in days),
        started=sum(d.started for d in days),
        minutes=round(sum(d.elapsed_ms for d in days) / 60_000, 1),
        days=sum(d.active for d in days),
    )
