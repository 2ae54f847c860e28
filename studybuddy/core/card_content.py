"""What a card asks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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


@dataclass(frozen=True, slots=True)
class CardContent:
    """What a card says, in one language. `front` and `back` are Markdown with `$...$` formulas.

    A cloze card marks its gap as `{{...}}` in `front`; its `back` may add an explanation. A card with an
    `exercise` is answered by a program that is judged; its faces hold the task and the reference.
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
    exercise: str = ""
    """Full id of the exercise that is solved again from memory."""
    blank: str = ""
    """The name whose assignment is the only open place of the exercise; empty where all of it is written."""
