"""The networks whose gradients and loss the judge computes itself, by the name an exercise gives.

Everything is written out in float64. With each value comes how far a learner's right one may be off because
of rounding: late in training the errors of a prediction are as small as its rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.runner import messages
from studybuddy.runner.observed import Observed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

Answers = list["Array"]
"""Every right value of one gradient: at h = 0 exactly, ReLU' may be 0 or 1."""


class UnfitError(Exception):
    """The observed arrays do not make up the network the rule is about; carries their shapes as text."""


@dataclass(frozen=True, slots=True)
class Right:
    """What a gradient should be, and known mistakes by the message that names them."""

    answers: Answers
    mistakes: dict[str, Array]
    noise: Array
    """What rounding may do to each entry."""


class Loss(NamedTuple):
    """A loss, and what rounding may do to it."""

    value: float
    noise: float


class Rule(NamedTuple):
    """A network: its gradients and its loss, from the arrays in the order of the exercise's names.

    The last argument of both is the relative precision of the learner's numbers.
    """

    gradients: Callable[[Sequence[Observed], float], list[Right]]
    loss: Callable[[Sequence[Observed], float], Loss]


def two_layer_relu(arrays: Sequence[Observed], precision: float = 2.3e-16) -> list[Right]:
    """Gradients of L = Σ (relu(x w1) w2 - y)², for x (N, D), y (N, O), w1 (D, H), w2 (H, O).

    δ = 2 (p - y), ∂L/∂w2 = aᵀ δ, ∂L/∂w1 = xᵀ (δ w2ᵀ ⊙ relu'(h)).

    Raises:
        UnfitError: these are no such shapes.
    """
    import numpy as np

    _require_network(arrays)
    x, y, w1, w2 = (array.values for array in arrays)
    with np.errstate(all="ignore"):
        h: Array = x @ w1  # (N, H)
        a = np.maximum(h, 0)
        delta = 2 * (a @ w2 - y)  # (N, O)
        up: Array = delta @ w2.T  # (N, H)
        grad_w1 = [x.T @ (up * mask) for mask in (h > 0, h >= 0)]
        mistakes_w1 = {messages.NO_MASK: x.T @ up, messages.SIGN_MASK: x.T @ np.maximum(up, 0)}
        straight = 2 * (h @ w2 - y)
        mistakes_w2 = {messages.NO_RELU: h.T @ delta, messages.NO_RELU_AT_ALL: h.T @ straight}
        blur_h, blur_p = _rounding(x, y, w1, w2, precision)
        undecided = (h != 0) & (np.abs(h) <= blur_h)  # either side of the ReLU, as rounding will have it
        noise_w1 = np.abs(x).T @ (2 * blur_p @ np.abs(w2).T + np.abs(up) * undecided)
        noise_w2 = np.abs(a).T @ (2 * blur_p) + blur_h.T @ np.abs(delta)
        return [Right(grad_w1, mistakes_w1, noise_w1), Right([a.T @ delta], mistakes_w2, noise_w2)]


def two_layer_relu_loss(arrays: Sequence[Observed], precision: float = 2.3e-16) -> Loss:
    """L = Σ (relu(x w1) w2 - y)².

    Raises:
        UnfitError: these are no such shapes.
    """
    import numpy as np

    _require_network(arrays)
    x, y, w1, w2 = (array.values for array in arrays)
    with np.errstate(all="ignore"):
        value = float(np.square(np.maximum(x @ w1, 0) @ w2 - y).sum())
        _, blur_p = _rounding(x, y, w1, w2, precision)
        blur = float(np.sqrt(np.square(blur_p).sum()))
        return Loss(value, 2 * float(np.sqrt(value)) * blur + blur**2)


def _rounding(x: Array, y: Array, w1: Array, w2: Array, precision: float) -> tuple[Array, Array]:
    """How far rounding may move each entry of h (N, H) and of the prediction (N, O)."""
    import numpy as np

    blur_h: Array = 2 * precision * (np.abs(x) @ np.abs(w1))
    active = np.maximum(x @ w1, 0)
    blur_p: Array = blur_h @ np.abs(w2) + 2 * precision * (active @ np.abs(w2) + np.abs(y))
    return blur_h, blur_p


def _require_network(arrays: Sequence[Observed]) -> None:
    def text(array: Observed) -> str:
        return f"{array.name}: {array.bad or shape_text(array.values.shape)}"

    fit = all(not array.bad and array.values.ndim == 2 for array in arrays)
    if fit:
        x, y, w1, w2 = (array.values.shape for array in arrays)
        fit = x[1] == w1[0] and w1[1] == w2[0] and y == (x[0], w2[1])
    if not fit:
        raise UnfitError(", ".join(text(array) for array in arrays))


def shape_text(shape: Sequence[int]) -> str:
    """A shape as NumPy's users write it, without the comma of a single axis."""
    return "(" + ", ".join(map(str, shape)) + ")"


RULES = {"two-layer-relu": Rule(two_layer_relu, two_layer_relu_loss)}
"""By the name an exercise gives; the arrays come in the order of its `names`."""
