"""What the log adds up to: the figures behind `stats`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from studybuddy.core.event import EventKind
from studybuddy.study.desk import Desk

FORECAST_DAYS = 14
MATURE_DAYS = 21
"""A card with an interval of at least this many days is mature (Anki's bound)."""


@dataclass(frozen=True, slots=True)
class Retention:
    """Reviews of cards in review, the first of a day only, and how many were recalled."""

    reviews: int
    recalled: int

    @property
    def rate(self) -> float | None:
        """Share recalled, None without reviews."""
        return self.recalled / self.reviews if self.reviews else None


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures as of a study day."""

    streak: int
    reviews: int
    minutes: float
    days: int
    by_rating: dict[int, int]
    retention: dict[str, Retention]
    forecast: list[tuple[date, int]]


class History:
    """Computes the figures from the log and the card projection."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def figures(self) -> Figures:
        """All figures, with the log read once."""
        desk = self._desk
        by_rating = {1: 0, 2: 0, 3: 0, 4: 0}
        interval: dict[str, tuple[int, date]] = {}
        kept = {"young": [0, 0], "mature": [0, 0]}
        for event in desk.store.log.events(EventKind.REVIEW):
            rating = int(event.body["rating"])
            by_rating[rating] += 1
            before, last = interval.get(event.subject, (0, event.day))
            if before >= 1 and event.day > last:
                bucket = kept["mature" if before >= MATURE_DAYS else "young"]
                bucket[0] += 1
                bucket[1] += rating > 1
            interval[event.subject] = (int(event.body["interval_days"]), event.day)
        days = desk.store.days.all()
        return Figures(
            streak=desk.store.days.streak(desk.day()),
            reviews=sum(by_rating.values()),
            minutes=round(sum(d.elapsed_ms for d in days) / 60000, 1),
            days=sum(d.active for d in days),
            by_rating=by_rating,
            retention={name: Retention(*pair) for name, pair in kept.items()},
            forecast=self._forecast(),
        )

    def _forecast(self) -> list[tuple[date, int]]:
        today = self._desk.day()
        due = {today + timedelta(days=n): 0 for n in range(FORECAST_DAYS)}
        for text, count in self._desk.store.queue.due_days():
            day = max(date.fromisoformat(text), today)
            if day in due:
                due[day] += count
        return list(due.items())
