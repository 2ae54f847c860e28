"""What a search for cards asks, as a tree. `query_parser` reads it from what a learner types."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from studybuddy.core.card import Rating
from studybuddy.core.errors import UsageError


class QueryError(UsageError):
    """A query that cannot be read; `at` is the index of the character where it goes wrong."""

    def __init__(self, message: str, at: int, **parameters: object) -> None:
        super().__init__(message, place=at + 1, **parameters)
        self.at = at


class CardIs(StrEnum):
    """What `is:` asks. NEW: never answered, UNSEEN: not begun; LEARN: in a step, RELEARN: after a lapse."""

    DUE = "due"
    NEW = "new"
    LEARN = "learn"
    RELEARN = "relearn"
    REVIEW = "review"
    SUSPENDED = "suspended"
    BURIED = "buried"
    FLAGGED = "flagged"
    UNSEEN = "unseen"
    OWN = "own"
    LEECH = "leech"


class Field(StrEnum):
    """A property that is compared with a word; `*` in the word stands for anything."""

    TAG = "tag"
    LESSON = "lesson"
    CONCEPT = "concept"
    KIND = "kind"
    ID = "id"


class Quantity(StrEnum):
    """What `prop:` compares. DUE: days from today, INTERVAL and STABILITY: days, DIFFICULTY: 1 to 10.

    RECALL: the probability, 0 to 1, that a card is recalled today.
    """

    STABILITY = "stability"
    DIFFICULTY = "difficulty"
    LAPSES = "lapses"
    REPS = "reps"
    DUE = "due"
    INTERVAL = "interval"
    RECALL = "recall"


class Comparison(StrEnum):
    """How `prop:` compares."""

    AT_MOST = "<="
    AT_LEAST = ">="
    NOT = "!="
    BELOW = "<"
    ABOVE = ">"
    EQUAL = "="


@dataclass(frozen=True, slots=True)
class Everything:
    """No condition."""


@dataclass(frozen=True, slots=True)
class Words:
    """Text in question, answer or name. `exact`: whole words side by side, and `*` is no wildcard."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Is:
    """A state."""

    state: CardIs


@dataclass(frozen=True, slots=True)
class Has:
    """A property that a pattern fits."""

    of: Field
    pattern: str
    at: int = field(default=0, compare=False)
    """Where the pattern stands in what was typed."""
    among: tuple[str, ...] = ()
    """Values that fit as well, such as the ids of concepts whose title has the pattern in it."""


@dataclass(frozen=True, slots=True)
class Prop:
    """A quantity compared with a number."""

    quantity: Quantity
    comparison: Comparison
    value: float


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer within some study days, 1 being today; with a given rating, or any."""

    days: int
    rating: Rating | None = None


@dataclass(frozen=True, slots=True)
class Introduced:
    """The first answer within some study days, 1 being today."""

    days: int


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be."""

    node: Query


@dataclass(frozen=True, slots=True)
class AllOf:
    """Conditions that must all be met."""

    nodes: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Conditions of which one is enough."""

    nodes: tuple[Query, ...]


Query: TypeAlias = Everything | Words | Is | Has | Prop | Rated | Introduced | Not | AllOf | AnyOf
