"""What an empty queue leaves to be said: what was done, and what comes when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from studybuddy.study.comeback import Comeback, Comebacks
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
    waiting: int = 0
    """Due cards that wait because a limit of the day is reached."""
    comeback: Comeback | None = None
    """Where the learner stands after missed days."""
    day: date = date.min
    """The study day."""

    @property
    def more(self) -> bool:
        """Whether a wish for more would bring any."""
        return bool(self.waiting or self.held_back)


def look_ahead(desk: Desk) -> Outlook:
    """The outlook as of now, meant for a queue that has just become empty."""
    now, day = desk.now(), desk.day()
    queue = desk.store.queue
    step = desk.queue.next_step()
    counts = desk.queue.counts()
    later = min((due for due, _count in queue.due_days() if due > day.isoformat()), default=None)
    tomorrow = desk.queue.tomorrow().review
    next_day = None if later is None else (date.fromisoformat(later) - day).days
    return Outlook(
        reviewed=desk.store.days.totals(day).reviews,
        next_step=None if step is None else max(step - now, timedelta()),
        tomorrow=tomorrow,
        next_day=1 if tomorrow else next_day,
        held_back=max(0, queue.fresh_count(day) - counts.new),
        waiting=counts.waiting,
        comeback=Comebacks(desk).now(),
        day=day,
    )
