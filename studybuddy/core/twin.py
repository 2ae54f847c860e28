"""A learner's training loop beside its twin: the same network in torch, from the same arrays."""

from __future__ import annotations

from dataclasses import dataclass

from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import JudgeResult


@dataclass(frozen=True, slots=True)
class Pace:
    """How much of its gradient a weight is moved by: `before`, and `here` where the two runs part."""

    weight: str
    before: float
    here: float


@dataclass(frozen=True, slots=True)
class Parting:
    """The first step after which the two runs are not the same any more."""

    step: int
    names: tuple[str, ...]
    """What differs there, in the order in which it is computed: `loss`, gradients, weights."""
    difference: float
    """Of the first of the names: ‖a-b‖ / ‖b‖."""
    allowed: float
    """What rounding may have made of it."""
    paces: tuple[Pace, ...] = ()
    """Weights whose gradients still agree and whose update does not."""


@dataclass(frozen=True, slots=True)
class TwinRow:
    """One step of the two runs: the twin's loss, and the difference of each of `TwinRun.names`."""

    step: int
    loss: float
    differences: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class TwinRun:
    """What came of running both. `result` is the judge's word on the learner's run."""

    result: JudgeResult
    names: tuple[str, ...] = ()
    """What is compared at every step: the gradients, then the weights."""
    rates: tuple[tuple[str, float], ...] = ()
    """The learning rate of each weight, as its first update shows it; the twin takes it over."""
    steps: int = 0
    """How many steps were compared."""
    parting: Parting | None = None
    rows: tuple[TwinRow, ...] = ()
    """Some of the steps: the first, the last, those around the parting."""
    losses: tuple[tuple[int, float], ...] = ()
    """The twin's loss at some of its steps."""
    trouble: Phrase | None = None
    """Why there is nothing to compare, or why no more steps could be."""
