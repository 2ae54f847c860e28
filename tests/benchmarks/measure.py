"""What a measure is, and how its figures are taken."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

ROUNDS = 3


@dataclass(frozen=True)
class Figure:
    """One measure: ours and the peer's from the same run."""

    name: str
    ours: float | None
    peer: float | None
    unit: str
    goal: float
    why: str = ""
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours over the peer's; ours itself where the goal is absolute."""
        if self.ours is None:
            return None
        return self.ours / self.peer if self.peer else self.ours

    @property
    def ok(self) -> bool | None:
        """Whether the goal is met; None where it could not be measured."""
        return None if self.ratio is None or self.why else self.ratio <= self.goal

    def line(self) -> str:
        """One JSON line."""
        fields = {
            "name": self.name,
            "ours": self.ours,
            "peer": self.peer,
            "unit": self.unit,
            "ratio": self.ratio,
            "goal": self.goal,
            "ok": self.ok,
        }
        extra = {"why": self.why, "note": self.note}
        return json.dumps(fields | {key: value for key, value in extra.items() if value})


Measure: TypeAlias = Callable[[], Figure]


def pairs(ours: Callable[[], float], peer: Callable[[], float], repeats: int) -> tuple[float, float]:
    """Medians of both, taken in turn so that a slow moment hits both; the best of three rounds by ratio."""
    ours()
    peer()
    rounds = []
    for _ in range(ROUNDS):
        taken = [(ours(), peer()) for _ in range(repeats)]
        rounds.append((statistics.median(a for a, _ in taken), statistics.median(b for _, b in taken)))
    return min(rounds, key=lambda pair: pair[0] / pair[1])
