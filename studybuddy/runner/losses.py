"""Losses out of what a training script prints, and whether they fell."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from itertools import pairwise

LONGEST_LINE = 10_000
MOST_LOSSES = 100_000
_WHOLE_TEXT = re.compile(r"\\[AZ]")
"""What in a pattern means something else for one line than for many."""
_NUMBER = re.compile(
    r"[-+]?(?:[1-9]\d{0,2}(?:,\d{3})+(?!\d)(?:\.\d*)?|\d+\.?\d*(?:e[-+]?\d+)?|\.\d+(?:e[-+]?\d+)?|inf|nan)",
    re.IGNORECASE,
)
_PARTS = re.compile(r"[-+]?\d*(?:\.(\d*))?(?:e([-+]?\d+))?\Z", re.IGNORECASE)

Losses = tuple[tuple[int, float], ...]


class LossReader:
    """Reads `(step, loss)` from text that arrives in pieces. `pattern` has the groups step and loss."""

    def __init__(self, pattern: str) -> None:
        self._pattern = re.compile(pattern)
        self._anywhere = None if _WHOLE_TEXT.search(pattern) else re.compile(pattern, re.MULTILINE)
        self._line = ""
        self._losses: list[tuple[int, float]] = []
        self._units: dict[int, float] = {}

    def feed(self, text: str) -> None:
        """Take in a piece of output."""
        text = self._line + text
        whole, ended, rest = text.rpartition("\n")
        if ended and (self._anywhere is None or self._anywhere.search(whole)):  # else no loss in it
            for line in whole.split("\n"):
                self._read(line)
        self._line = rest[:LONGEST_LINE]

    def losses(self) -> Losses:
        """All losses so far, a last line without an end included."""
        self._read(self._line)
        self._line = ""
        return tuple(self._losses)

    def has(self, step: int) -> bool:
        """Whether a whole line with the loss of a step has come; a line still being printed is left alone."""
        return step in self._units

    def unit(self, step: int) -> float:
        """How far the first loss printed for a step may be from the true one: one unit of its last digit."""
        return self._units.get(step, 0.0)

    def _read(self, line: str) -> None:
        found = self._pattern.search(line[:LONGEST_LINE])
        if found and len(self._losses) < MOST_LOSSES:
            number = _NUMBER.match(found[2])
            if number:
                step, text = int(found[1]), number[0].replace(",", "")
                self._losses.append((step, float(text)))
                self._units.setdefault(step, _unit(text))


def _unit(text: str) -> float:
    """One unit of the last digit, but no more than the number itself, or 1 for a number rounded to 0."""
    parts = _PARTS.match(text)
    if parts is None:
        return 0.0
    power = int(parts[2] or 0) - len(parts[1] or "")
    return min(float(f"1e{power}"), max(1.0, abs(float(text))))


def first_not_finite(losses: Losses) -> tuple[int, float] | None:
    """The first step whose loss is infinite or not a number."""
    return next(((step, loss) for step, loss in losses if not math.isfinite(loss)), None)


def missing_steps(losses: Losses, checkpoints: Sequence[int]) -> list[int]:
    """Checkpoints for which no loss was printed."""
    printed = {step for step, _ in losses}
    return [step for step in checkpoints if step not in printed]


def at_checkpoints(losses: Losses, checkpoints: Sequence[int]) -> list[float]:
    """The losses that are compared; of a step printed twice the first counts.

    Raises:
        KeyError: a checkpoint was not printed.
    """
    by_step = dict(reversed(losses))
    return [by_step[step] for step in checkpoints] or [losses[0][1], losses[-1][1]]


def fell(losses: Losses, checkpoints: Sequence[int], final_ratio: float) -> bool:
    """Whether all losses are finite, fall strictly from checkpoint to checkpoint, and end small enough.

    A loss need not fall at every single step: it rises in some early step for half of all seeds. Without
    checkpoints the first and the last loss are compared.
    """
    if not losses or first_not_finite(losses) or missing_steps(losses, checkpoints):
        return False
    looked_at = at_checkpoints(losses, checkpoints)
    falling = all(later < earlier for earlier, later in pairwise(looked_at))
    return falling and looked_at[-1] <= final_ratio * looked_at[0]
