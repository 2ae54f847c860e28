"""What the learner adds to a study day: cards and minutes beyond its limits, for that day alone."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.event import EventKind

if TYPE_CHECKING:
    from studybuddy.study.desk import Desk

MORE_REVIEWS = 20
MORE_MINUTES = 10
MORE_NEW = 5
"""What one wish for more adds to the day."""


class Extra(NamedTuple):
    """What was added to a day. With `everything` it has no limits for reviews at all."""

    reviews: int = 0
    minutes: int = 0
    new: int = 0
    everything: bool = False


MORE_DUE = Extra(reviews=MORE_REVIEWS, minutes=MORE_MINUTES)
MORE_FRESH = Extra(new=MORE_NEW)
EVERYTHING = Extra(everything=True)


def allow(desk: Desk, extra: Extra) -> None:
    """Add to the present study day. It ends with the day, and can be taken back."""
    body: dict[str, object] = {name: value for name, value in extra._asdict().items() if value}
    desk.record(EventKind.ALLOWANCE, desk.day().isoformat(), body)


def extra_of(desk: Desk, day: date) -> Extra:
    """What was added to a study day."""
    bodies = [event.body for event in desk.store.log.events(EventKind.ALLOWANCE, day.isoformat())]
    reviews, minutes, new = (
        sum(_count(body.get(name)) for body in bodies) for name in ("reviews", "minutes", "new")
    )
    return Extra(reviews, minutes, new, any(body.get("everything") is True for body in bodies))


def _count(value: object) -> int:
    """A number of a log that another machine may have written."""
    return min(max(value, 0), 100_000) if type(value) is int else 0
