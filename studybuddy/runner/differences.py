"""Slopes of the loss by central differences: a judge of gradients that knows no derivative.

For L = Σ (relu(x w1) w2 - y)² a step in w1[i, j] moves column j of h alone, and a step in w2[i, j] column j
of the prediction alone. So the two losses around a weight differ in few terms, and a whole column of weights
is done at once: all 101,000 slopes of the lesson's network in about 40 ms, where a forward pass for each loss
would take a minute. The difference of the losses is summed term by term, which loses far fewer digits than
subtracting one sum from the other: with ε = 1e-4 the error is 3e-11 of the largest slope instead of 1e-8.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.runner.observed import Observed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Mask = NDArray[np.bool_]

STEP = 1e-4
"""ε: between kinks the loss is a parabola in each weight, so that nothing speaks for a smaller one."""
SMALL_STEP = 1e-6
"""For weights with a kink of the ReLU within ε."""
MOST_TERMS = 20_000_000
"""Products N·D·H up to which every column of w1 is looked at; of larger networks, evenly chosen columns."""


@dataclass(frozen=True, slots=True)
class Slopes:
    """The slopes of the loss in the entries of one weight; those not `known` are left out."""

    values: Array
    known: Mask
    kinks: int
    """Entries of the columns looked at whose slope differs on both sides of a kink."""


def slopes(arrays: Sequence[Observed], *, everything: bool = False) -> list[Slopes]:
    """Slopes in the entries of w1 (D, H) and w2 (H, O), for x (N, D), y (N, O) that fit together.

    Args:
        arrays: x, y, w1, w2.
        everything: whether to look at every column of w1, however long that takes.
    """
    import numpy as np

    x, y, w1, w2 = (array.values for array in arrays)
    scale = [float(np.sqrt(np.mean(np.square(weight)))) or 1.0 for weight in (w1, w2)]
    with np.errstate(all="ignore"):
        return [_slopes_w1(x, y, w1, w2, scale[0], everything), _slopes_w2(x, y, w1, w2, scale[1])]


def _slopes_w1(x: Array, y: Array, w1: Array, w2: Array, scale: float, everything: bool) -> Slopes:
    import numpy as np

    h: Array = x @ w1  # (N, H)
    a = np.maximum(h, 0)
    twice = 2 * (a @ w2 - y)  # (N, O)
    values = np.zeros(w1.shape)
    known = np.zeros(w1.shape, dtype=bool)
    moves: Array = STEP * scale * np.ascontiguousarray(x.T)  # (D, N): how far each step moves h
    space = _Space(*(np.empty_like(moves) for _ in range(3)))
    reach = np.abs(moves).max(axis=0, initial=0.0)
    share = 1 if everything else max(1, -(-h.size * w1.shape[0] // MOST_TERMS))
    kinks = 0
    for j in range(0, w1.shape[1], share):
        unit = _Unit(h[:, j], a[:, j], twice @ w2[j], float(w2[j] @ w2[j]))
        rise, smooth = _column(moves, unit, space, reach)
        values[:, j], known[:, j] = rise / (2 * STEP * scale), smooth
        if not smooth.all():
            near = SMALL_STEP / STEP * moves[~smooth]
            own_space = _Space(*(np.empty_like(near) for _ in range(3)))
            rise, smooth = _column(near, unit, own_space, SMALL_STEP / STEP * reach)
            bent = ~known[:, j]
            values[bent, j], known[bent, j] = rise / (2 * SMALL_STEP * scale), smooth
            kinks += int((~smooth).sum())
    return Slopes(values, known, kinks)


class _Unit(NamedTuple):
    """A hidden unit: h and relu(h) for each sample, and what the loss has to do with it."""

    h: Array
    a: Array
    back: Array
    """2 (p - y) out, for each sample; out are its weights in w2."""
    weight: float
    """The square of out."""


class _Space(NamedTuple):
    """Three arrays (D, N) to compute in: fresh ones for each unit cost as much as the sums."""

    up: Array
    down: Array
    change: Array


def _column(moves: Array, unit: _Unit, space: _Space, reach: Array) -> tuple[Array, Mask]:
    """How much the loss rises between two steps of each weight of a unit, and where no kink lies between.

    moves: (K, N), how far a step in each of the weights moves h; reach: (N,), how far at most.
    """
    import numpy as np

    up, down, change = space
    np.add(unit.h, moves, out=up)
    np.subtract(unit.h, moves, out=down)
    smooth: Mask = np.ones(len(moves), dtype=bool)
    near = np.abs(unit.h) <= reach
    if near.any():
        smooth = ~((up[:, near] > 0) != (down[:, near] > 0)).any(axis=1)
    np.maximum(up, 0, out=up)
    np.maximum(down, 0, out=down)
    np.subtract(up, down, out=change)
    up += down
    up -= 2 * unit.a
    # L+ - L- = Σ (p+ - p-)(p+ + p- - 2y), where p± = p + (a± - a) out
    rise: Array = change @ unit.back + np.einsum("kn,kn->k", change, up) * unit.weight
    return rise, smooth


def _slopes_w2(x: Array, y: Array, w1: Array, w2: Array, scale: float) -> Slopes:
    import numpy as np

    a = np.maximum(x @ w1, 0)  # (N, H)
    residuals = a @ w2 - y
    active = float(np.abs(a).max(initial=0.0))
    # There is no kink in w2, so the step may be as large as it takes to be seen beside the residuals.
    step = STEP * max(scale, float(np.abs(residuals).max(initial=0.0)) / active if active else 0.0)
    values = np.empty(w2.shape)
    for j in range(w2.shape[1]):
        residual = residuals[:, j, np.newaxis]  # (N, 1)
        up, down = residual + step * a, residual - step * a  # (N, H)
        values[:, j] = ((up - down) * (up + down)).sum(axis=0) / (2 * step)
    return Slopes(values, np.ones(w2.shape, dtype=bool), 0)
