"""What is remembered of a card. What it asks is in `card_content`."""

from __future__ import annotations

from datetime import date, datetime
from enum import IntEnum, StrEnum
from typing import NamedTuple

OWN_CARDS = "own/"
"""How the ids of cards begin that the learner wrote."""


class Rating(IntEnum):
    """How well the answer was recalled, with the numbers of the keys."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class CardState(StrEnum):
    """Where a card stands. UNSEEN: its section was not read yet, so it does not ask to be learnt."""

    UNSEEN = "unseen"
    NEW = "new"
    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


class CardMemory(NamedTuple):
    """What the log says of one card.

    `stability: days`, `difficulty: 1..10` (FSRS-6). A card in a learning step is due at an instant
    (`due_at`), a card in review on a study day (`due_day`): the two never stand together.
    """

    id: str
    state: CardState
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    due_at: datetime | None = None
    due_day: date | None = None
    last_day: date | None = None
    """Study day of the last review."""
    reps: int = 0
    lapses: int = 0


class Outcome(NamedTuple):
    """What a rating leads to: the next memory and the interval the button promises.

    `interval_days` is 0 for a learning step, whose wait is `memory.due_at - now`.
    """

    rating: Rating
    memory: CardMemory
    interval_days: int
