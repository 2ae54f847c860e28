"""A small picture of where a gradient is wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.verdict import ErrorMap

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

MOST_ROWS = 8
MOST_COLUMNS = 24
LEVELS = 8
_EDGE = 1e-6
"""An error of exactly one half belongs to the level that ends there, however it was rounded."""


def error_map(got: Array, wanted: Array, noise: Array, tolerance: float) -> ErrorMap | None:
    """Blocks of the relative error of a matrix; None for what is no matrix.

    A block is right where no entry is off by more than `noise` and `tolerance` of the largest wanted entry.

    Args:
        got: the learner's gradient, of the shape of `wanted`.
        wanted: the right one, (R, C).
        noise: what rounding may do to each entry.
        tolerance: the relative error that is allowed.
    """
    import numpy as np

    if wanted.ndim != 2 or not wanted.size:
        return None
    rows = np.array_split(np.arange(wanted.shape[0]), min(MOST_ROWS, wanted.shape[0]))
    columns = np.array_split(np.arange(wanted.shape[1]), min(MOST_COLUMNS, wanted.shape[1]))
    allowed = tolerance * np.abs(wanted).max() + noise
    with np.errstate(all="ignore"):
        wrong = ~(np.abs(got - wanted) <= allowed)
        levels = [
            _level(got[block], wanted[block]) if wrong[block].any() else 0
            for block in (
                (slice(row[0], row[-1] + 1), slice(column[0], column[-1] + 1))
                for row in rows
                for column in columns
            )
        ]
    return ErrorMap(len(columns), bytes(levels))


def _level(got: Array, wanted: Array) -> int:
    import numpy as np

    size = max(float(np.linalg.norm(got)), float(np.linalg.norm(wanted)))
    error = float(np.linalg.norm(got - wanted)) / size if size else 0.0
    return LEVELS if not error < 1 else max(1, int(np.ceil(error * LEVELS - _EDGE)))
