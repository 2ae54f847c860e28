"""What a derivation is about: quantities with named dimensions, and what each step asks for.

An exercise is declared and holds no code: the `derivation` room draws the given quantities, works out the
defined ones and takes the derivatives itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the blocks of a page cost Today 14 ms, and it only wants to know how a step was judged
    from studybuddy.core.block import Inlines


class Judgement(StrEnum):
    """What became of an answer to a step. The names are stored, and part of `check --json`."""

    RIGHT = "right"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Quantities:
    """The setting of a derivation.

    `tensors`: dimensions of each given tensor, `()` for a number. `definitions`: LaTeX of what follows
    from them, in order. `drawn`: `onehot` or `positive` for tensors that are not standard normal. `others`:
    further spellings, by the name they stand for.
    """

    tensors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    definitions: dict[str, str] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)
    others: dict[str, str] = field(default_factory=dict)
    dimensions: tuple[str, ...] = ()
    batch: str = "N"
    upstream: str = ""
    """The gradient that a bare δ with two indices may also mean."""
    loss: str = "L"


@dataclass(frozen=True, slots=True)
class Misconception:
    """A wrong answer that learners give, and what it comes from."""

    answer: str
    words: Inlines


@dataclass(frozen=True, slots=True)
class StepGoal:
    """What a step asks for.

    `formula`: LaTeX of what is to be expressed. `derivatives`: pairs such as `L/Z` that may stay.
    `contains`: names that must appear in it. `shape`: `indexed`, `matrix`, `product` (of matrices: no sum is
    written, indices may be) or empty.
    """

    formula: str
    derivatives: tuple[tuple[str, str], ...] = ()
    contains: tuple[str, ...] = ()
    shape: str = ""
    misconceptions: tuple[Misconception, ...] = ()


@dataclass(frozen=True, slots=True)
class AskedStep:
    """A step that is asked outside its derivation, by a card: what is checked, and the course's answer."""

    quantities: Quantities
    goal: StepGoal
    answer: str
