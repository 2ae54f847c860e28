"""How long each kind of card takes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from studybuddy.study.review_table import Columns


class KindTime(NamedTuple):
    """Answers of a kind of card; `timed`: those of which it is known how long they took."""

    kind: str
    reviews: int
    timed: int
    elapsed_ms: int

    @property
    def mean_s(self) -> float | None:
        """Seconds an answer takes, None where none was timed."""
        return self.elapsed_ms / self.timed / 1000 if self.timed else None


def kinds(columns: Columns, kind_of: Sequence[str]) -> tuple[KindTime, ...]:
    """Time by kind, the most first. `kind_of`: the kind of each of `columns.names`."""
    import numpy as np

    names = sorted(set(kind_of))
    numbers = {name: number for number, name in enumerate(names)}
    kind = np.array([numbers[name] for name in kind_of], dtype=np.int64)[columns.card]
    reviews = np.bincount(kind, minlength=len(names)).tolist()
    timed = np.bincount(kind[columns.elapsed_ms > 0], minlength=len(names)).tolist()
    elapsed = np.bincount(kind, weights=columns.elapsed_ms, minlength=len(names)).tolist()
    found = [KindTime(*row) for row in zip(names, reviews, timed, map(int, elapsed), strict=True) if row[1]]
    return tuple(sorted(found, key=lambda kind: (-kind.elapsed_ms, -kind.reviews, kind.kind)))
