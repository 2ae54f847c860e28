"""What a card asks."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from studybuddy.core.derivation import AskedStep

SIBLING = "~"
"""What stands in an id between a note and the number of its card, where it has several."""


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

    A cloze card marks its gaps as `{{...}}` in `front`; its `back` may add an explanation. A card with an
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
    absolute: float = 0.0
    """Absolute tolerance of a numeric card, in its unit; the wider of the two holds."""
    unit: str = ""
    """Unit of a numeric card's answer, such as `ms`; empty for a bare number."""
    case: bool = False
    """Whether capital letters count in the answer to a type-in card."""
    gap: int = 0
    """Which gap of a cloze is asked, from 1; 0 asks all of them at once."""
    note: str = ""
    """What this card shares with those that give it away; empty where there are none. They are siblings."""
    checklist: str = ""
    """The checklist item whose tick introduces this card at the latest."""
    tags: tuple[str, ...] = ()
    exercise: str = ""
    """Full id of the exercise that is solved again from memory."""
    blank: str = ""
    """The name whose assignment is the only open place of the exercise; empty where all of it is written."""
    derivation: str = ""
    """Full id of the derivation step whose answer this card asks again."""
    asked: AskedStep | None = field(default=None, compare=False)
    """What a typed answer is checked against, where the card asks a step of a derivation."""


def note_of(card: str) -> str:
    """The id of what a card was made from: `dw` for `dw~2`. Cards made from one thing are siblings."""
    return card.partition(SIBLING)[0]
