"""Cards: what is asked (content) and what is remembered of it (memory)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import IntEnum, StrEnum


class CardKind(StrEnum):
    """How a card asks and how its answer is given."""

    BASIC = "basic"
    CLOZE = "cloze"
    TYPE_IN = "type-in"
    NUMERIC = "numeric"
    SHAPE = "shape"
    FORMULA = "formula"
    CODE = "code"
    TREE = "tree"


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


@dataclass(frozen=True, slots=True)
class CardContent:
    """What a card says, in one language. `front` and `back` are Markdown with `$...$` formulas.

    A cloze card marks its gap as `{{...}}` in `front`; its `back` may add an explanation.
    """

    id: str
    kind: CardKind
    front: str
    back: str
    section: str
    concept: str = ""
    accept: tuple[str, ...] = ()
    """Answers a typed card takes as right, besides `back`; a numeric card compares numbers."""
    tolerance: float = 0.0
    """Relative tolerance of a numeric card."""
    checklist: str = ""
    """The checklist item whose tick introduces this card at the latest."""
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardMemory:
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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rating leads to: the next memory and the interval the button promises.

    `interval_days` is 0 for a learning step, whose wait is `memory.due_at - now`.
    """

    rating: Rating
    memory: CardMemory
    interval_days: int
