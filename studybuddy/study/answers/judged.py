"""What a judge says of a typed answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import NamedTuple

from studybuddy.core.phrase import Phrase

LONGEST = 500
"""Characters of a typed answer that are shown."""


class Mark(Enum):
    """How a typed answer stands to the card's. UNREADABLE and UNKNOWN never count against the learner.

    UNKNOWN: other words than the card's, which may be as right.
    """

    RIGHT = "right"
    CLOSE = "close"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    UNKNOWN = "unknown"


class Piece(NamedTuple):
    """A stretch of two texts laid over each other: what was typed, and what stands there in the right one."""

    typed: str
    wanted: str

    @property
    def same(self) -> bool:
        """Whether both have it."""
        return self.typed == self.wanted


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict and what it rests on."""

    mark: Mark
    typed: str
    wanted: str = ""
    """The right answer that is nearest."""
    reason: Phrase | None = None
    """What differs. Of a close or unreadable answer it gives nothing away: the learner may try once more."""
    remark: Phrase | None = None
    """What is worth a word though it is right, such as a unit that was left out."""
    pieces: tuple[Piece, ...] = ()
    """Both texts laid over each other; empty where letters are not what is compared."""
    trees: tuple[tuple[str | None, ...], ...] = ()
    """What was typed and what was wanted as trees in level order; empty for any other kind."""

    @property
    def right(self) -> bool:
        """Whether it is one of the card's answers."""
        return self.mark is Mark.RIGHT
