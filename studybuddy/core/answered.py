"""What an event of a review says, if it can be believed.

A log may hold reviews that no studybuddy ever wrote: those of a program with a bug, of another machine, of a
clock without sense. They are passed over by everything that is computed from the log, and by all of it alike,
which is why the question is answered here and from the event alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from studybuddy.core.card import CardState

FIRST_YEAR, LAST_YEAR = 2, 9998
"""Days outside cannot be counted on from."""
MOST_STEPS = 1000
_STEPPING = (CardState.LEARNING, CardState.RELEARNING)
_KEPT_STATES: dict[object, CardState] = {
    state.value: state for state in (CardState.LEARNING, CardState.REVIEW, CardState.RELEARNING)
}


class Answered(NamedTuple):
    """A review: 1 to 4, and when the card is due. One of `due_at` and `due_day` is there."""

    rating: int
    due_at: datetime | None
    due_day: date | None
    state: CardState | None = None
    """Where the card stands afterwards, None where the event does not say so."""
    step: int | None = None


def plausible(day: date) -> bool:
    """Whether a study day, or the day of an instant, can be reckoned with."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def read_due(text: object) -> tuple[datetime | None, date | None] | None:
    """The instant or the study day of a `due`, None where it is neither."""
    if not isinstance(text, str):
        return None
    try:
        if "T" not in text:
            day = date.fromisoformat(text)
            return (None, day) if plausible(day) else None
        instant = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (instant, None) if instant.tzinfo is not None and plausible(instant) else None


def answered(day: date, subject: str, body: Mapping[str, Any]) -> Answered | None:
    """What a review says, None if it is none.

    Args:
        day: its study day.
        subject: the card.
        body: of the event.
    """
    rating = body.get("rating")
    if type(rating) is not int or not 1 <= rating <= 4 or not subject or not plausible(day):
        return None
    due = read_due(body.get("due"))
    if due is None:
        return None
    due_at, due_day = due
    kept = body.get("state")
    state = _KEPT_STATES.get(kept) if isinstance(kept, str) else None
    if state is None or (state in _STEPPING) is (due_at is None):
        return Answered(rating, due_at, due_day)
    step = body.get("step")
    if state is CardState.REVIEW:
        return Answered(rating, due_at, due_day, state)
    if type(step) is not int or not 0 <= step < MOST_STEPS:
        step = 0
    return Answered(rating, due_at, due_day, state, step)
