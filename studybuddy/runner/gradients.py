"""The judge's own gradients, and what is wrong with a learner's.

A loss that falls proves little: without the factor 2, without the ReLU mask, with `h` for `h_relu` or with a
mask of the gradient's sign it falls as well. So the first gradients of a script are compared with the
judge's, for whatever arrays the learner's seed gave.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from studybuddy.core.exercise import Observation
from studybuddy.core.verdict import GradientCheck
from studybuddy.runner import messages

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

TOLERANCE = {8: 1e-6, 4: 1e-3, 2: 5e-2}
"""Relative error allowed, by bytes of a number in the least precise array. In single precision an `h`
near 0 may fall on the other side of the ReLU, which moves a gradient more than rounding does."""
_SAME_RATIO = 1e-4
"""How constant got/right must be, relatively, to be called a factor (and at least the tolerance)."""
_DTYPES = frozenset(("<f2", "<f4", "<f8", "|b1", "|i1", "|u1", "<i2", "<u2", "<i4", "<u4", "<i8", "<u8"))

Answers = list["Array"]
"""Every right value of one gradient: at h = 0 exactly, ReLU' may be 0 or 1."""


class UnfitError(Exception):
    """The observed arrays do not make up the network the rule is about; carries their shapes as text."""


@dataclass(frozen=True, slots=True)
class Observed:
    """One array as the child copied it, or the type of what was there instead."""

    name: str
    values: Any
    item_bytes: int = 8
    bad: str = ""


@dataclass(frozen=True, slots=True)
class Right:
    """What a gradient should be, and known mistakes by the message that names them."""

    answers: Answers
    mistakes: dict[str, Array]


def unpack(fields: Mapping[str, Any], blob: bytes) -> dict[str, dict[str, Observed]]:
    """The groups `arrays`, `first` and `settled` of the child's message, each by name.

    Raises:
        ValueError, KeyError, TypeError: the message is not what the harness writes.
        ImportError: there are arrays, but the app itself has no NumPy to read them.
    """
    groups: dict[str, dict[str, Observed]] = {}
    position = 0
    for group in ("arrays", "first", "settled"):
        groups[group] = {}
        for item in fields[group]:
            name, size, bad = str(item["name"]), int(item["size"]), str(item["bad"])
            if bad:
                groups[group][name] = Observed(name, None, bad=bad)
                continue
            if size < 0:
                raise ValueError(size)
            groups[group][name] = _array(name, item, blob[position : position + size])
            position += size
    return groups


def _array(name: str, item: Mapping[str, Any], data: bytes) -> Observed:
    import numpy as np

    if item["dtype"] not in _DTYPES:
        raise ValueError(item["dtype"])
    dtype = np.dtype(item["dtype"])
    shape = [int(length) for length in item["shape"]]
    values = np.frombuffer(data, dtype=dtype).reshape(shape).astype(np.float64)
    return Observed(name, values, dtype.itemsize if dtype.kind == "f" else 8)


def check(observation: Observation, groups: dict[str, dict[str, Observed]]) -> tuple[GradientCheck, ...]:
    """Each gradient of the observation against the judge's own.

    Raises:
        UnfitError: the arrays do not fit together.
    """
    arrays = [groups["arrays"][name] for name in observation.names]
    right = RULES[observation.rule](arrays)
    coarsest = min(array.item_bytes for array in arrays)
    checks = []
    for name, answer in zip(observation.gradients, right, strict=True):
        candidates = [groups[group][name] for group in ("first", "settled") if name in groups[group]]
        results = [_check(candidate, answer, coarsest) for candidate in candidates]
        checks.append(next((result for result in results if result.ok), results[-1]))
    return tuple(checks)


def _check(got: Observed, right: Right, coarsest: int) -> GradientCheck:
    import numpy as np

    infinite = float("inf")
    if got.bad:
        return GradientCheck(got.name, (), infinite, False, messages.NO_ARRAY, {"type": got.bad})
    values: Array = got.values
    wanted = right.answers[0]
    tolerance = TOLERANCE[min(coarsest, got.item_bytes)]
    if values.shape != wanted.shape:
        transposed = values.shape == wanted.T.shape and _error(values.T, right.answers) <= tolerance
        reason = messages.TRANSPOSED if transposed else messages.SHAPE
        shapes: dict[str, object] = {"got": _shape(values), "wanted": _shape(wanted)}
        return GradientCheck(got.name, values.shape, infinite, False, reason, shapes)
    if not np.isfinite(values).all():
        return GradientCheck(got.name, values.shape, infinite, False, messages.NOT_NUMBERS)
    error = _error(values, right.answers)
    if error <= tolerance:
        return GradientCheck(got.name, values.shape, error, True)
    reason, parameters = _diagnose(values, right, tolerance, error)
    return GradientCheck(got.name, values.shape, error, False, reason, parameters)


def _error(values: Array, answers: Answers) -> float:
    """The smallest of max|a-b| / max|b| over the right answers."""
    import numpy as np

    errors = []
    for answer in answers:
        largest = float(np.abs(answer).max(initial=0.0))
        difference = float(np.abs(values - answer).max(initial=0.0))
        errors.append(difference / largest if largest else (0.0 if difference == 0 else float("inf")))
    return min(errors)


def _diagnose(values: Array, right: Right, tolerance: float, error: float) -> tuple[str, dict[str, object]]:
    """The name of the mistake, alone or together with a constant factor."""
    limit = max(_SAME_RATIO, tolerance)
    if values.shape == values.T.shape and _error(values.T, right.answers) <= limit:
        return messages.TRANSPOSED, {"got": _shape(values), "wanted": _shape(values)}
    for answer in right.answers:
        if factor := _factor(values, answer, limit):
            return messages.FACTOR, {"factor": _factor_text(factor)}
    for message, mistake in right.mistakes.items():
        if _factor(values, mistake, limit):
            return message, {}
    return messages.DIFFERS, {"error": error}


def _factor(values: Array, answer: Array, limit: float) -> float:
    """The k for which values = k * answer, by least squares; 0 if there is none."""
    import numpy as np

    square = float(np.vdot(answer, answer))
    factor = float(np.vdot(values, answer)) / square if square else 0.0
    return factor if factor and _error(values, [factor * answer]) <= limit else 0.0


def _factor_text(factor: float) -> str:
    fraction = Fraction(factor).limit_denominator(1_000_000)
    if fraction.numerator in (1, -1) and abs(float(fraction) / factor - 1) < _SAME_RATIO:
        return str(fraction)
    near = Fraction(1 / factor).limit_denominator(1)
    if abs(near) > 1 and abs(float(near) * factor - 1) < _SAME_RATIO:
        return f"{'-' if near < 0 else ''}1/{abs(near)}"
    return f"{factor:.4g}"


def _shape(values: Array) -> str:
    return "(" + ", ".join(map(str, values.shape)) + ")"


def two_layer_relu(arrays: list[Observed]) -> list[Right]:
    """Gradients of L = Σ (relu(x w1) w2 - y)², for x (N, D), y (N, O), w1 (D, H), w2 (H, O).

    Written out in float64: δ = 2 (p - y), ∂L/∂w2 = aᵀ δ, ∂L/∂w1 = xᵀ (δ w2ᵀ ⊙ relu'(h)).

    Raises:
        UnfitError: these are no such shapes.
    """
    import numpy as np

    x, y, w1, w2 = (array.values for array in arrays)
    _require_network(arrays)
    with np.errstate(all="ignore"):
        h: Array = x @ w1  # (N, H)
        a = np.maximum(h, 0)
        delta = 2 * (a @ w2 - y)  # (N, O)
        up: Array = delta @ w2.T  # (N, H)
        grad_w1 = [x.T @ (up * mask) for mask in (h > 0, h >= 0)]
        mistakes_w1 = {messages.NO_MASK: x.T @ up, messages.SIGN_MASK: x.T @ np.maximum(up, 0)}
        straight = 2 * (h @ w2 - y)
        mistakes_w2 = {messages.NO_RELU: h.T @ delta, messages.NO_RELU_AT_ALL: h.T @ straight}
        return [Right(grad_w1, mistakes_w1), Right([a.T @ delta], mistakes_w2)]


def _require_network(arrays: list[Observed]) -> None:
    def text(array: Observed) -> str:
        return f"{array.name}: {array.bad or _shape(array.values)}"

    fit = all(not array.bad and array.values.ndim == 2 for array in arrays)
    if fit:
        x, y, w1, w2 = (array.values.shape for array in arrays)
        fit = x[1] == w1[0] and w1[1] == w2[0] and y == (x[0], w2[1])
    if not fit:
        raise UnfitError(", ".join(text(array) for array in arrays))


RULES: dict[str, Callable[[list[Observed]], list[Right]]] = {"two-layer-relu": two_layer_relu}
"""By the name an exercise gives; the arrays come in the order of its `names`."""
