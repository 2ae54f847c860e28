"""What an empty queue leaves to be said: what was done, and what comes when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from studybuddy.study.desk import Desk


@dataclass(frozen=True, slots=True)
class Outlook:
    """The study day's reviews so far, and what is still to come."""

    reviewed: int
    next_step: timedelta | None
    """Until the next learning step of this study day; None if there is none."""
    tomorrow: int
    """Reviews due on the next study day."""
    next_day: int | None
    """Days until the next study day with a review; None if none is planned."""
    held_back: int
    """New cards that wait because the day's allowance is used up."""


def look_ahead(desk: Desk) -> Outlook:
    """The outlook as of now, meant for a queue that has just become empty."""
    now, day = desk.now(), desk.day()
    queue = desk.store.queue
    step = queue.next(now, day, lambda: 0, desk.day_end())
    due_at = None if step is None else step.due_at
    tomorrow = day + timedelta(days=1)
    planned = [(max(date.fromisoformat(due), tomorrow), count) for due, count in queue.due_days()]
    left = desk.new_cards_left()
    waiting = queue.counts(now, day, left + 100_000).new
    return Outlook(
        reviewed=desk.store.days.totals(day).reviews,
        next_step=None if due_at is None else max(due_at - now, timedelta()),
        tomorrow=sum(count for due, count in planned if due == tomorrow),
        next_day=min(((due - day).days for due, _ in planned), default=None),
        held_back=max(0, waiting - left),
    )
