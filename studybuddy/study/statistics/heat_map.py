"""A year of study days, each with how much was done."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from studybuddy.store.days import DayTotals

WEEKS = 53
"""The week of today and a year before it."""
LEVELS = 4
TYPICAL = 0.95
"""A day that outdoes this share of the active ones is as dark as a day can be."""


class Measure(StrEnum):
    """What makes a day dark."""

    REVIEWS = "reviews"
    MINUTES = "minutes"


@dataclass(frozen=True)
class HeatMap:
    """The days from a Monday on to today, in whole weeks."""

    today: date
    days: Mapping[date, DayTotals]

    @cached_property
    def first(self) -> date:
        """The Monday on which the map begins."""
        return self.today - timedelta(days=self.today.weekday(), weeks=WEEKS - 1)

    def totals(self, day: date) -> DayTotals:
        """What was done on a day."""
        return self.days.get(day) or DayTotals(day, 0, 0, 0, 0, 0, 0)

    def level(self, day: date, measure: Measure) -> int:
        """0 for a day without anything, else 1 to `LEVELS`, by how it stands beside the busiest days."""
        totals = self.days.get(day)
        if totals is None or not totals.active:
            return 0
        share = value(totals, measure) / self._most[measure]
        return min(LEVELS, max(1, math.ceil(share * LEVELS)))

    @cached_property
    def _most(self) -> dict[Measure, float]:
        active = [totals for totals in self.days.values() if totals.active]
        return {measure: _busy(value(totals, measure) for totals in active) for measure in Measure}


def value(totals: DayTotals, measure: Measure) -> float:
    """What a day counts; interview answers are reviews of their questions."""
    if measure is Measure.MINUTES:
        return max(0, totals.elapsed_ms) / 60_000
    return totals.reviews + totals.interviews


def heat_map(days: Iterable[DayTotals], today: date) -> HeatMap:
    """The map of the year that ends with the week of `today`."""
    found = HeatMap(today, {})
    return HeatMap(today, {totals.day: totals for totals in days if found.first <= totals.day <= today})


def longest_streak(days: Iterable[DayTotals]) -> int:
    """The most active study days in a row; `days` are in their order."""
    longest = length = 0
    last: date | None = None
    for totals in days:
        if totals.active:
            length = length + 1 if last is not None and totals.day - last == timedelta(days=1) else 1
            longest, last = max(longest, length), totals.day
    return longest


def _busy(values: Iterable[float]) -> float:
    ordered = sorted(v for v in values if v > 0)
    return ordered[math.ceil(TYPICAL * len(ordered)) - 1] if ordered else 1.0
