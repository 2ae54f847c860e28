"""The cards as they stand: how stable, how hard, how well remembered today, how long they wait."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

DAYS = (0.0, 1.0, 2.0, 4.0, 7.0, 14.0, 21.0, 45.0, 90.0, 180.0, 365.0, 730.0)
"""Where the bins of a number of days begin; the last has no end."""
DIFFICULTIES = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0)
CHANCES = (0.0, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95)


@dataclass(frozen=True)
class Learnt:
    """Every card that was learnt and is not suspended, as arrays (n,).

    `stability`, `interval`: days, `difficulty`: 1 to 10, `chance`: of being recalled today. `interval` is -1
    for a card in a learning step.
    """

    names: Sequence[str]
    stability: Any
    difficulty: Any
    chance: Any
    interval: Any

    def __len__(self) -> int:
        return len(self.names)


class Distribution(NamedTuple):
    """How many cards fall into each bin; `begins`: where the bins begin."""

    begins: tuple[float, ...]
    counts: tuple[int, ...]
    median: float | None


class Known(NamedTuple):
    """The distributions, and how many of the `cards` would be recalled today, as an expectation."""

    cards: int
    recalled: float
    stability: Distribution
    difficulty: Distribution
    retrievability: Distribution
    interval: Distribution


def known(learnt: Learnt) -> Known:
    """What is known of the cards taken together."""
    return Known(
        cards=len(learnt),
        recalled=float(learnt.chance.sum()),
        stability=distribution(learnt.stability, DAYS),
        difficulty=distribution(learnt.difficulty, DIFFICULTIES),
        retrievability=distribution(learnt.chance, CHANCES),
        interval=distribution(learnt.interval[learnt.interval >= 0], DAYS),
    )


def distribution(values: Any, begins: tuple[float, ...]) -> Distribution:
    """Counts of values in bins; what lies below the first bin counts there."""
    import numpy as np

    place = np.clip(np.searchsorted(np.array(begins), values, side="right") - 1, 0, None)
    counts = np.bincount(place, minlength=len(begins)).tolist()
    return Distribution(begins, tuple(counts), float(np.median(values)) if len(values) else None)
