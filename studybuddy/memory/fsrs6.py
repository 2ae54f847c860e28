"""FSRS-6 on plain floats: what a review does to stability and difficulty.

The same numbers as the `fsrs` package to the last bit, because every operation stands in the same order, at a
tenth of its time: a replay of the whole log under other parameters goes through here. Formulas: the package's
`scheduler.py`; the arrays of `batch` follow them too.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

DEFAULTS = (
    *(0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796),
    *(1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542),
)
"""The parameters w0 to w20 for a learner of whom nothing is known."""
LOWEST = (
    *(0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001),
    *(0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1),
)
HIGHEST = (
    *(100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5),
    *(5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8),
)
"""Bounds of each parameter, as the package enforces them."""
STABILITY_MIN = 0.001
STABILITY_MOST = 1e15
"""No stability beyond, so that no history, however absurd, ends in a number that is none."""
AGAIN, HARD, GOOD, EASY = 1, 2, 3, 4


class Trace(NamedTuple):
    """What is left of a card. `stability: days`, `difficulty: 1..10`, `last`: ordinal of its day."""

    stability: float
    difficulty: float
    last: int


def usable(parameters: object) -> tuple[float, ...] | None:
    """The parameters as floats, None unless they are 21 numbers within the bounds."""
    if (
        not isinstance(parameters, Sequence)
        or isinstance(parameters, str)
        or len(parameters) != len(DEFAULTS)
    ):
        return None
    found = []
    for value, low, high in zip(parameters, LOWEST, HIGHEST, strict=True):
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            return None
        found.append(float(value))
    return tuple(found)


class Fsrs6:
    """The model with one set of parameters."""

    def __init__(self, parameters: Sequence[float] = DEFAULTS) -> None:
        self.parameters = tuple(parameters)
        self._decay = -self.parameters[20]
        self._factor = 0.9 ** (1 / self._decay) - 1
        w = self.parameters
        self._towards = w[4] - (math.e ** (w[5] * (EASY - 1))) + 1
        self._growth = math.e ** (w[8])
        self._dulled = math.e ** (w[17] * w[18])
        self._reach: dict[float, float] = {}

    def retrievability(self, stability: float, days: float) -> float:
        """Probability of recall `days` after the last review."""
        return float((1 + self._factor * max(0, days) / stability) ** self._decay)

    def interval(self, stability: float, desired_retention: float) -> float:
        """Days until recall has fallen to `desired_retention`, not rounded."""
        reach = self._reach.get(desired_retention)
        if reach is None:
            reach = self._reach[desired_retention] = (desired_retention ** (1 / self._decay)) - 1
        return float((stability / self._factor) * reach)

    def recall(self, reviews: Iterable[tuple[int, int]]) -> Trace | None:
        """What remains after reviews in their order; None without any.

        Args:
            reviews: ordinal of the study day and rating 1 to 4 of each; no day counts as before the last.
        """
        trace: Trace | None = None
        for day, rating in reviews:
            trace = self.review(trace, day, rating)
        return trace

    def reviews(self, trace: Trace | None, day: int) -> tuple[Trace, Trace, Trace, Trace]:
        """What remains after one review more, for each rating; what they share is worked out once."""
        if trace is None or day <= trace.last:
            again, hard, good, easy = (
                self.review(trace, day, rating) for rating in (AGAIN, HARD, GOOD, EASY)
            )
            return again, hard, good, easy
        w, (stability, difficulty, last) = self.parameters, trace
        chance = self.retrievability(stability, day - last)
        gain = self._gain(difficulty, stability, chance)
        after = (
            self._forgotten(difficulty, stability, chance),
            stability * (1 + gain * w[15]),
            stability * (1 + gain),
            stability * (1 + gain * w[16]),
        )
        again, hard, good, easy = (
            Trace(min(max(one, STABILITY_MIN), STABILITY_MOST), self._difficulty(difficulty, rating), day)
            for rating, one in enumerate(after, AGAIN)
        )
        return again, hard, good, easy

    def review(self, trace: Trace | None, day: int, rating: int) -> Trace:
        """What remains after one review more."""
        w = self.parameters
        if trace is None:
            first = w[4] - (math.e ** (w[5] * (rating - 1))) + 1
            return Trace(max(w[rating - 1], STABILITY_MIN), min(max(first, 1.0), 10.0), day)
        day = max(day, trace.last)
        days = day - trace.last
        stability, difficulty = trace.stability, trace.difficulty
        if days < 1:
            grown = (math.e ** (w[17] * (rating - 3 + w[18]))) * (stability ** -w[19])
            after = stability * (max(grown, 1.0) if rating > AGAIN else grown)
        elif rating == AGAIN:
            after = self._forgotten(difficulty, stability, self.retrievability(stability, days))
        else:
            after = self._recalled(difficulty, stability, self.retrievability(stability, days), rating)
        after = min(max(after, STABILITY_MIN), STABILITY_MOST)
        return Trace(after, self._difficulty(difficulty, rating), day)

    def _difficulty(self, difficulty: float, rating: int) -> float:
        w = self.parameters
        delta = -(w[6] * (rating - 3))
        moved = difficulty + (10.0 - difficulty) * delta / 9.0
        return float(min(max(w[7] * self._towards + (1 - w[7]) * moved, 1.0), 10.0))

    def _forgotten(self, difficulty: float, stability: float, chance: float) -> float:
        w = self.parameters
        long_term = (
            w[11]
            * (difficulty ** -w[12])
            * (((stability + 1) ** (w[13])) - 1)
            * (math.e ** ((1 - chance) * w[14]))
        )
        return float(min(long_term, stability / self._dulled))

    def _recalled(self, difficulty: float, stability: float, chance: float, rating: int) -> float:
        bonus = self.parameters[15] if rating == HARD else self.parameters[16] if rating == EASY else 1
        return float(stability * (1 + self._gain(difficulty, stability, chance) * bonus))

    def _gain(self, difficulty: float, stability: float, chance: float) -> float:
        """By what share of itself a recall makes stability grow."""
        w = self.parameters
        return float(
            self._growth * (11 - difficulty) * (stability ** -w[9]) * ((math.e ** ((1 - chance) * w[10])) - 1)
        )
