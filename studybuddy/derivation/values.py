"""Tensors whose axes have names: index letters first, then named dimensions.

`labels` are free index letters (`i`, `k`); `dimensions` name the other axes (`N`, `D`), `1` for a unit axis.
Shapes are compared by these names and never by sizes, so that two of one size stay two.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import Span
from studybuddy.i18n import N_

Array: TypeAlias = Any
"""A NumPy array, real or complex."""
UNIT = "1"
"""The name of an axis of length one."""
STEP = "*"
"""The label of the axis along which a complex step goes through the entries of a tensor."""


class MistakeError(Exception):
    """What was read is wrong as mathematics. `span`: the part that is."""

    def __init__(self, reason: Phrase, span: Span = (0, 0)) -> None:
        super().__init__(reason.message)
        self.reason = reason
        self.span = span


@dataclass(frozen=True, slots=True)
class Value:
    """`array`: its axes are `labels`, then `dimensions`."""

    array: Array
    labels: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()

    def squeezed(self) -> Value:
        """Without unit axes."""
        count = len(self.labels)
        kept = [n for n, dimension in enumerate(self.dimensions) if dimension != "1"]
        shape = self.array.shape[:count] + tuple(self.array.shape[count + n] for n in kept)
        return Value(self.array.reshape(shape), self.labels, tuple(self.dimensions[n] for n in kept))


def shape(dimensions: Sequence[str]) -> str:
    """`(N, D)`; `scalar` without axes is worded by the caller."""
    return "(" + ", ".join(dimensions) + ")"


def joined(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    """Both, each once, in order."""
    return tuple(dict.fromkeys(first + second))


MOST_ENTRIES = 200_000
"""Entries of a value or a sum. An answer of the course has some hundreds."""


def _within(sizes: dict[Hashable, int]) -> None:
    entries = 1
    for size in sizes.values():
        entries *= size
        if entries > MOST_ENTRIES:
            raise MistakeError(Phrase(N_("too many different indices in one product")))


def contract(parts: Sequence[tuple[Array, Sequence[Hashable]]], result: Sequence[Hashable]) -> Array:
    """`einsum` with names of any kind for the axes."""
    letters: dict[Hashable, int] = {}
    operands: list[Any] = []
    sizes: dict[Hashable, int] = {}
    for array, axes in parts:
        operands += [array, [letters.setdefault(axis, len(letters)) for axis in axes]]
        sizes |= dict(zip(axes, array.shape, strict=True))
    _within(sizes)
    return np.einsum(*operands, [letters.setdefault(axis, len(letters)) for axis in result])


def each(
    first: Value,
    second: Value,
    how: Callable[[Array, Array], Array],
    reason: Callable[[], Phrase],
    span: Span,
) -> Value:
    """Two tensors element by element; unit axes and missing leading axes are spread as NumPy does.

    Raises:
        MistakeError: the named shapes do not fit; `reason` is what that was about.
    """
    labels = joined(first.labels, second.labels)
    rank = max(len(first.dimensions), len(second.dimensions))
    left, right = (("1",) * (rank - len(v.dimensions)) + v.dimensions for v in (first, second))
    if (
        first.dimensions
        and second.dimensions
        and any(a != b and "1" not in (a, b) for a, b in zip(left, right, strict=True))
    ):
        raise MistakeError(reason(), span)
    dimensions = tuple(b if a == "1" else a for a, b in zip(left, right, strict=True))
    sizes: dict[Hashable, int] = {}
    for value in (first, second):
        sizes |= dict(zip(value.labels, value.array.shape, strict=False))
    _within(sizes)
    return Value(how(_spread(first, labels, rank), _spread(second, labels, rank)), labels, dimensions)


def _spread(value: Value, labels: tuple[str, ...], rank: int) -> Array:
    """The array with an axis for each of `labels`, in order, and `rank` axes behind them."""
    count = len(value.labels)
    missing = rank - (value.array.ndim - count)
    array = value.array.reshape(value.array.shape[:count] + (1,) * missing + value.array.shape[count:])
    order = [value.labels.index(label) for label in labels if label in value.labels]
    array = np.transpose(array, [*order, *range(count, array.ndim)])
    return array[tuple(slice(None) if label in value.labels else None for label in labels)]


def matrix_product(first: Value, second: Value) -> Value:
    """Along the last axis of one and the first of the other, which must have the same name.

    Of more than two axes the first are a batch, as for NumPy's `@`.
    """
    labels = joined(first.labels, second.labels)
    if len(first.dimensions) == 3 == len(second.dimensions) and first.dimensions[0] == second.dimensions[0]:
        axes = [("batch", 0), ("first", 0), ("second", 0)]
        stacked = contract(
            [
                (first.array, [*first.labels, axes[0], axes[1], "inner"]),
                (second.array, [*second.labels, axes[0], "inner", axes[2]]),
            ],
            [*labels, *axes],
        )
        return Value(stacked, labels, (*first.dimensions[:2], second.dimensions[2]))
    left = [("first", n) for n in range(len(first.dimensions) - 1)]
    right = [("second", n) for n in range(1, len(second.dimensions))]
    result = contract(
        [
            (first.array, [*first.labels, *left, "inner"]),
            (second.array, [*second.labels, "inner", *right]),
        ],
        [*labels, *left, *right],
    )
    return Value(result, labels, first.dimensions[:-1] + second.dimensions[1:])


def transposed(value: Value, *, plain: bool) -> Value:
    """With its two axes exchanged. A vector becomes a row, unless by NumPy's rules (`plain`)."""
    if len(value.dimensions) == 2:
        return Value(np.swapaxes(value.array, -1, -2), value.labels, value.dimensions[::-1])
    if len(value.dimensions) == 1 and not plain:
        return Value(value.array[..., None, :], value.labels, ("1", *value.dimensions))
    if len(value.dimensions) > 2:
        raise MistakeError(Phrase(N_("only a vector or a matrix can be transposed here")))
    return value


def summed(value: Value, axis: int, *, how: str = "sum", keep: bool = False) -> Value:
    """Over one of the named dimensions: `sum`, `mean` or `max`."""
    place = len(value.labels) + axis
    if how == "max":
        array = np.max(np.real(value.array), axis=place, keepdims=keep)
    else:
        array = getattr(value.array, how)(axis=place, keepdims=keep)
    dimensions = tuple(
        "1" if n == axis else dimension for n, dimension in enumerate(value.dimensions) if n != axis or keep
    )
    return Value(array, value.labels, dimensions)


def softmax(array: Array) -> Array:
    """Along the last axis, in complex numbers too."""
    powers = np.exp(array - np.max(np.real(array), -1, keepdims=True))
    return powers / powers.sum(-1, keepdims=True)


def _relu(array: Array) -> Array:
    return array * (np.real(array) > 0)


def _step(array: Array) -> Array:
    return (np.real(array) > 0).astype(float)


def _absolute(array: Array) -> Array:
    return array * _sign(array)


def _sign(array: Array) -> Array:
    return np.sign(np.real(array))


def _sigmoid(array: Array) -> Array:
    return 1 / (1 + np.exp(-array))


def _sigmoid_slope(array: Array) -> Array:
    return _sigmoid(array) * (1 - _sigmoid(array))


def _tanh_slope(array: Array) -> Array:
    return 1 - np.tanh(array) ** 2


FUNCTIONS: dict[tuple[str, int], Callable[[Array], Array]] = {
    ("exp", 0): np.exp,
    ("log", 0): np.log,
    ("sqrt", 0): np.sqrt,
    ("tanh", 0): np.tanh,
    ("tanh", 1): _tanh_slope,
    ("relu", 0): _relu,
    ("relu", 1): _step,
    ("sigmoid", 0): _sigmoid,
    ("sigmoid", 1): _sigmoid_slope,
    ("exp", 1): np.exp,
    ("sign", 0): _sign,
    ("abs", 0): _absolute,
    ("step", 0): _step,
}
"""Functions of each element, with how often they were derived."""
