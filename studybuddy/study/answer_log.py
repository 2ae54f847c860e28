"""How a card was answered, read from the log."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from studybuddy.core.answered import answered
from studybuddy.core.card import Rating
from studybuddy.core.event import Event, EventKind
from studybuddy.store.log import EventLog


class Answer(NamedTuple):
    """An answer of the past; `elapsed_ms`: how long it took."""

    event: Event
    rating: Rating
    interval_days: int
    elapsed_ms: int
    due_at: datetime | None = None
    """When a learning step came after it; None where days did."""

    @property
    def desired_retention(self) -> float | None:
        """For which recall the interval was reckoned, None where the event does not say."""
        found = self.event.body.get("desired_retention")
        return found if isinstance(found, float) and 0 < found < 1 else None

    @property
    def typed(self) -> str:
        """What was typed, empty where nothing was."""
        found = self.event.body.get("typed")
        return found if isinstance(found, str) else ""


def answers_to(log: EventLog, card: str) -> list[Answer]:
    """The answers to a card, interview answers included, the oldest first; what can be none is left out."""
    events = [event for kind in (EventKind.REVIEW, EventKind.INTERVIEW) for event in log.events(kind, card)]
    events.sort(key=lambda event: (event.at_ms, event.dev, event.seq))
    found = []
    for event in events:
        said = answered(event.day, event.subject, event.body)
        if said is not None:
            interval, elapsed = (_count(event.body.get(name)) for name in ("interval_days", "elapsed_ms"))
            found.append(Answer(event, Rating(said.rating), interval, elapsed, said.due_at))
    return found


def _count(value: object) -> int:
    return value if type(value) is int and value > 0 else 0
