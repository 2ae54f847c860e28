"""FSRS-6 over many cards at once, in NumPy or in torch, where it can be differentiated by its parameters.

Formulas: the `fsrs` package's `scheduler.py`, for whole arrays; `xp` is the array module. Histories are
packed: sorted by length, longest first, so that step t touches the first `sizes[t]` cards only and nothing is
padded. Parameters may have leading dimensions: `w: (K, 21)` runs K models over the same histories.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from studybuddy.memory.fsrs6 import STABILITY_MIN

STABILITY_MAX = 36_500.0
"""A hundred years: where a fit stops looking, so that no chain of Easy overflows."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Reviews of all cards, step by step: the first of every card, then the second of those that have one ...

    `gaps: (N,)` days since the card's last review, `ratings: (N,)` 1 to 4, `order: (N,)` which review of the
    log each is. `sizes[t]`: how many cards have a review t.
    """

    gaps: Any
    ratings: Any
    order: Any
    sizes: tuple[int, ...]


def pack(cards: Any, days: Any, ratings: Any, longest: int | None = None) -> Packed:
    """Pack the reviews of a log.

    Args:
        cards: (N,) whole number of the card of each review, in the order of the log.
        days: (N,) ordinal of its study day; a day before the card's last counts as that one.
        ratings: (N,) 1 to 4.
        longest: reviews of a card beyond so many are left out.
    """
    import numpy as np

    by_card = np.argsort(cards, kind="stable")
    starts = np.flatnonzero(np.diff(cards[by_card], prepend=-1))
    lengths = np.diff(starts, append=len(by_card))
    number = np.arange(len(by_card)) - np.repeat(starts, lengths)
    seen = _latest_day(days[by_card], number)
    gaps = np.diff(seen, prepend=0)
    rank = np.empty(len(starts), dtype=np.int64)
    rank[np.argsort(-lengths, kind="stable")] = np.arange(len(starts))
    place = np.lexsort((np.repeat(rank, lengths), number))
    if longest is not None:
        place = place[number[place] < longest]
    gaps = np.where(number == 0, 0, gaps)[place]
    sizes = np.bincount(number[place]) if len(place) else np.empty(0, dtype=np.int64)
    order = by_card[place]
    return Packed(gaps.astype(np.float64), ratings[order].astype(np.int64), order, tuple(map(int, sizes)))


def _latest_day(days: Any, number: Any) -> Any:
    """The latest study day of each card so far; `number` is 0 where a card begins."""
    import numpy as np

    if not len(days):
        return days
    low = days.min()
    reach = int(days.max() - low) + 1
    card = np.cumsum(number == 0)
    return np.maximum.accumulate(days - low + card * reach) - card * reach + low


class Factors(NamedTuple):
    """What the gap and the rating of a review contribute; nothing here depends on what came before.

    `fade`: forgetting per day of stability, `at_once`: whether the last review was on the same day, `again`:
    whether it was forgotten, `growth`: of a recall, `grip`: of a review at once, `shift`: of difficulty.
    """

    fade: Any
    at_once: Any
    again: Any
    growth: Any
    grip: Any
    shift: Any


class Columns:
    """The parameters of one or more models, ready to meet an array of cards."""

    def __init__(self, xp: Any, w: Any) -> None:
        """Take parameters `w: (..., 21)` of the array module `xp`."""
        self.xp, self.w = xp, w
        self.column = [w[..., n, None] for n in range(21)]
        c = self.column
        self.decay = -c[20]
        self.factor = 0.9 ** (1 / self.decay) - 1
        self.reverted = c[7] * (c[4] - xp.exp(c[5] * 3) + 1)
        self.log_dulled = c[17] * c[18]

    def retrievability(self, stability: Any, gaps: Any) -> Any:
        """Probability of recall after `gaps` days."""
        return self.chance(stability, self.factor * gaps)

    def chance(self, stability: Any, fade: Any) -> Any:
        """Probability of recall where `Factors.fade` is known."""
        return self.xp.exp(self.decay * self.xp.log1p(fade / stability))

    def interval(self, stability: Any, desired_retention: Any) -> Any:
        """Days until recall has fallen to `desired_retention`, not rounded."""
        return stability / self.factor * (desired_retention ** (1 / self.decay) - 1)

    def first(self, ratings: Any) -> tuple[Any, Any]:
        """Stability and difficulty after the first review."""
        stability = self.w[..., ratings - 1]
        difficulty = self.column[4] - self.xp.exp(self.column[5] * (ratings - 1)) + 1
        return stability.clip(STABILITY_MIN), difficulty.clip(1.0, 10.0)

    def factors(self, gaps: Any, ratings: Any) -> Factors:
        """Factors of reviews, of as many as wanted at once."""
        xp, c = self.xp, self.column
        bonus = xp.where(ratings == 2, c[15], xp.where(ratings == 4, c[16], 1.0))
        return Factors(
            fade=self.factor * gaps,
            at_once=gaps < 1,
            again=ratings == 1,
            growth=xp.exp(c[8]) * bonus,
            grip=xp.exp(c[17] * (ratings - 3 + c[18])),
            shift=c[6] * (ratings - 3) / 9.0,
        )

    def next(
        self, stability: Any, difficulty: Any, chance: Any, factors: Factors, most: float | None = None
    ) -> tuple[Any, Any]:
        """Stability and difficulty after a review.

        Args:
            stability: days, (..., n).
            difficulty: 1 to 10, (..., n).
            chance: retrievability at the review, (..., n).
            factors: of the reviews, (..., n).
            most: no stability beyond.
        """
        xp, c = self.xp, self.column
        lost, logarithm = 1 - chance, xp.log(stability)
        gain = xp.exp(-c[9] * logarithm) * xp.expm1(c[10] * lost)
        recalled = stability * (1 + factors.growth * (11 - difficulty) * gain)
        left = xp.exp(c[14] * lost - c[12] * xp.log(difficulty)) * xp.expm1(c[13] * xp.log1p(stability))
        forgotten = xp.minimum(c[11] * left, xp.exp(logarithm - self.log_dulled))
        grown = factors.grip * xp.exp(-c[19] * logarithm)
        soon = stability * xp.where(factors.again, grown, grown.clip(1.0))
        later = xp.where(factors.again, forgotten, recalled)
        after = xp.where(factors.at_once, soon, later).clip(STABILITY_MIN, most)
        moved = difficulty - (10.0 - difficulty) * factors.shift
        return after, (self.reverted + (1 - c[7]) * moved).clip(1.0, 10.0)


def predictions(columns: Columns, packed: Packed, most: float | None = None) -> list[Any]:
    """Probability of recall before each review, step by step: step t has `sizes[t]`; the first has none.

    Returns:
        One array (..., sizes[t]) for each t from 1 on, in the order of `packed`.
    """
    found: list[Any] = []
    if not packed.sizes:
        return found
    whole = columns.factors(packed.gaps, packed.ratings)
    steps = zip(*(_split(values, packed.sizes) for values in whole), strict=True)
    next(steps)
    stability, difficulty = columns.first(packed.ratings[: packed.sizes[0]])
    for size, parts in zip(packed.sizes[1:], steps, strict=True):
        factors = Factors(*parts)
        if size < stability.shape[-1]:
            stability, difficulty = stability[..., :size], difficulty[..., :size]
        chance = columns.chance(stability, factors.fade)
        found.append(chance)
        stability, difficulty = columns.next(stability, difficulty, chance, factors, most)
    return found


def _split(values: Any, sizes: tuple[int, ...]) -> Any:
    """The steps of packed values."""
    if hasattr(values, "split"):
        return values.split(sizes, -1)
    import numpy as np

    return np.split(values, np.cumsum(sizes[:-1]), -1)


def predicted(parameters: Sequence[float], packed: Packed) -> Any:
    """Probability of recall before each review of `packed`, NaN for the first of a card: (N,)."""
    import numpy as np

    firsts = packed.sizes[0] if packed.sizes else 0
    steps = predictions(Columns(np, np.asarray(parameters, dtype=np.float64)), packed)
    return np.concatenate([np.full(firsts, np.nan), *steps])
