"""Days on which nothing was reviewed, and whether what they left is more than a day can hold."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from studybuddy.study.desk import Desk


MISSED_DAYS = 2
"""So many study days in a row without a review are an absence."""
LONGEST_RUN = 30
"""After so many study days with reviews nobody is coming back any more."""


class Absence(NamedTuple):
    """The newest absence. `missed`: its study days; `back`: the first day with reviews, today if none yet."""

    missed: int
    back: date


def absence(desk: Desk, day: date) -> Absence | None:
    """The absence that a study day comes after; None without one, or when it is long over."""
    present = day
    for _ in range(LONGEST_RUN):
        before = desk.store.days.last_reviewing(present)
        if before is None:
            return None
        if (missed := (present - before).days - 1) >= MISSED_DAYS:
            return Absence(missed, present)
        present = before
    return None


def coming_back(desk: Desk, day: date, due_ms: int) -> Absence | None:
    """The absence that reviews are still made up for.

    Args:
        desk: the learner's.
        day: the study day.
        due_ms: what its reviews take, those done included. What fits in a day needs no plan.
    """
    return absence(desk, day) if due_ms > desk.preferences["minutes"] * 60_000 else None


def minutes_of(desk: Desk, absent: Absence | None) -> int:
    """Minutes that a study day has for reviews; while coming back the learner may give others."""
    usual, coming = desk.preferences["minutes"], desk.preferences["comeback_minutes"]
    return int(coming if absent is not None and coming else usual)
