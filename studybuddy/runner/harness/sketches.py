"""A matrix in 17 numbers, so that two runs can be compared at every step.

Sixteen random projections vᵀ W u, the same in every process, and the norm of W. For v and u of independent
normal numbers the mean square of vᵀ D u is the squared Frobenius norm of D, so the sketches of two matrices
tell how far these are apart.
"""

from __future__ import annotations

from typing import Any

from studybuddy.runner.harness.arrays import Snapshot

PROJECTIONS = 16
WIDTH = PROJECTIONS + 1
"""Numbers of one sketch: the projections, then the norm."""
MOST_ROWS = 20_000
_SEED = 20


class Sketcher:
    """Makes sketches with the NumPy that was there before the learner's code."""

    def __init__(self, numpy: Any) -> None:
        self._numpy = numpy
        self._random: Any = numpy.random.RandomState
        self._vectors: dict[tuple[int, int], Any] = {}

    def sketch(self, array: Any) -> list[float]:
        """The sketch of a matrix of numbers; not-a-numbers for anything else."""
        if array is None or array.ndim != 2:
            return [float("nan")] * WIDTH
        matrix = array.astype("f8", copy=False)
        down, across = (self._vector(side, length) for side, length in enumerate(matrix.shape))
        with self._numpy.errstate(all="ignore"):
            projections = ((down @ matrix) * across).sum(axis=1).tolist()
            return [*projections, float(self._numpy.sqrt((matrix * matrix).sum()))]

    def _vector(self, side: int, length: int) -> Any:
        if (side, length) not in self._vectors:
            source = self._random(_SEED + side)
            self._vectors[side, length] = source.standard_normal((PROJECTIONS, length))
        return self._vectors[side, length]


class Diary:
    """The sketches of each step of a run, handed on in portions."""

    PORTION = 100

    def __init__(self, sketcher: Sketcher, numpy: Any) -> None:
        self._sketcher = sketcher
        self._numpy = numpy
        self._rows: list[list[float]] = []
        self._written = 0

    def add(self, snapshots: list[Snapshot | None]) -> bool:
        """Put a step down; whether a portion is full."""
        if self._written < MOST_ROWS:
            self._written += 1
            matrices = [
                None if snapshot is None or snapshot.bad else snapshot.array for snapshot in snapshots
            ]
            self._rows.append([number for matrix in matrices for number in self._sketcher.sketch(matrix)])
        return len(self._rows) >= self.PORTION

    def take(self) -> tuple[dict[str, Any], list[bytes]]:
        """Fields and bytes of the rows that were not handed on yet."""
        rows, self._rows = self._rows, []
        data = self._numpy.array(rows, dtype="<f8").tobytes()
        return {"rows": len(rows), "columns": len(rows[0]) if rows else 0}, [data]
