"""True retention: how much was recalled at the first review of a day, of cards that were in review."""

from __future__ import annotations

from typing import Any, NamedTuple

from studybuddy.study.review_table import Columns

MATURE_DAYS = 21
"""A card with an interval of at least this many days is mature (Anki's bound)."""
PERIODS: dict[str, int | None] = {"today": 1, "week": 7, "month": 30, "all": None}
"""Study days that a period has, today the last of them."""


class Kept(NamedTuple):
    """Reviews, and how many of them were recalled."""

    reviews: int
    recalled: int

    @property
    def rate(self) -> float | None:
        """Share recalled, None without reviews."""
        return self.recalled / self.reviews if self.reviews else None


class Retention(NamedTuple):
    """Of cards with a short and with a long interval before the review."""

    young: Kept
    mature: Kept

    @property
    def all(self) -> Kept:
        """Of both."""
        return Kept(self.young.reviews + self.mature.reviews, self.young.recalled + self.mature.recalled)


def retention(columns: Columns, today: int) -> dict[str, Retention]:
    """True retention of each of `PERIODS`; `today` is the ordinal of the study day."""
    interval, _day = columns.before
    mature = interval >= MATURE_DAYS
    found = {}
    for name, days in PERIODS.items():
        among = columns.tested
        if days is not None:
            among = among & (columns.day > today - days) & (columns.day <= today)
        found[name] = Retention(_kept(columns, among & ~mature), _kept(columns, among & mature))
    return found


def _kept(columns: Columns, among: Any) -> Kept:
    return Kept(int(among.sum()), int((among & (columns.rating > 1)).sum()))
