"""Where two training runs part, from a sketch of each of their steps.

Two right runs never agree in the last digits, and how far rounding leads them apart depends on the run:
weights keep 15 digits over 500 steps, a gradient that has shrunk by nine powers of ten keeps six. So the twin
is run a second time from weights one unit in the last place away, and what parts the two twins, times a
margin, is what rounding may do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studybuddy.core.twin import Pace, Parting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

PROJECTIONS = 16
WIDTH = PROJECTIONS + 1
"""Numbers of one sketch, as `harness/sketches.py` makes them."""
MARGIN = 64
FLOOR = 32
"""Units of rounding that any step may be off by, times the root of the number of steps."""
HOPELESS = 0.01
"""Where rounding may do this much, comparing has no meaning."""
_SAME_PACE = 1e-6
_SMALL = 0.1


@dataclass(frozen=True, slots=True)
class Compared:
    """Two runs, step by step: arrays of (steps, names)."""

    differences: Array
    allowed: Array
    steps: int
    """Steps that can be compared: up to the first where a run is not finite or rounding decides."""
    hopeless: bool = False
    """Rounding decides from there on."""


def compare_runs(mine: Array, twins: Array, precision: float) -> Compared:
    """Compare the sketches of a run with those of its twin.

    Args:
        mine: (steps, names * WIDTH), the sketches of the learner's run.
        twins: (2, steps, names * WIDTH), those of the twin and of the twin that began one unit away.
        precision: relative rounding of one operation.
    """
    import numpy as np

    steps = min(len(mine), twins.shape[1])
    own, twin, other = (run[:steps].reshape(steps, -1, WIDTH) for run in (mine, *twins))
    with np.errstate(all="ignore"):
        differences = _apart(own, twin)
        noise = np.maximum.accumulate(_apart(other, twin), axis=0)
        floor = FLOOR * precision * np.sqrt(np.arange(1, steps + 1))
        allowed = floor[:, np.newaxis] + MARGIN * noise
        finite = np.isfinite(twin).all(axis=(1, 2))
        differences = np.where(np.isfinite(differences), differences, np.inf)
        usable = finite & (allowed <= HOPELESS).all(axis=1)
    count = steps if usable.all() else int(np.argmin(usable))
    return Compared(differences, allowed, count, hopeless=count < steps and bool(finite[count]))


def first_parting(compared: Compared, gradients: Sequence[str], weights: Sequence[str]) -> Parting | None:
    """The first step at which a gradient or a weight differs by more than rounding."""
    import numpy as np

    names = (*weights, *gradients)
    apart = compared.differences[: compared.steps] > compared.allowed[: compared.steps]
    if not apart.any():
        return None
    step = int(np.argmax(apart.any(axis=1)))
    order = [names.index(name) for name in (*gradients, *weights)]
    found = [column for column in order if apart[step, column]]
    difference, allowed = compared.differences[step, found[0]], compared.allowed[step, found[0]]
    return Parting(step, tuple(names[column] for column in found), float(difference), float(allowed))


def paces(mine: Array, step: int, weights: Sequence[str]) -> tuple[Pace, ...]:
    """By how much of its gradient each weight was moved at a step, and at the one before; later than step 1.

    A weight that was moved by no multiple of its gradient has no pace.
    """
    count = len(weights)
    found = []
    for index, weight in enumerate(weights):
        values = [_pace(mine, number, index, count) for number in (step - 1, step) if number >= 1]
        if len(values) == 2 and all(values):
            found.append(Pace(weight, values[0], values[1]))
    return tuple(found)


def _pace(mine: Array, step: int, index: int, count: int) -> float:
    import numpy as np

    change = _projections(mine, step - 1, index) - _projections(mine, step, index)
    gradient = _projections(mine, step, count + index)
    square = float(gradient @ gradient)
    pace = float(change @ gradient) / square if square else 0.0
    rest = np.linalg.norm(change - pace * gradient)
    return pace if rest <= _SAME_PACE * np.linalg.norm(change) else 0.0


def _projections(run: Array, step: int, index: int) -> Array:
    part: Array = run[step, index * WIDTH : index * WIDTH + PROJECTIONS]
    return part


def _apart(one: Array, other: Array) -> Array:
    """‖a-b‖ / ‖b‖ for each step and name, as far as the sketches tell. one, other: (steps, names, WIDTH).

    Both norms are taken of the same projections, so that a constant factor shows as what it is; unless those
    of b happen to be far too small for the norm of b.
    """
    import numpy as np

    difference = np.sqrt(np.square(one[..., :PROJECTIONS] - other[..., :PROJECTIONS]).mean(axis=-1))
    size = np.sqrt(np.square(other[..., :PROJECTIONS]).mean(axis=-1))
    relative: Array = np.where(
        difference == 0, 0.0, difference / np.maximum(size, _SMALL * other[..., PROJECTIONS])
    )
    return relative
