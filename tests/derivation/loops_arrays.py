"""Tables of numbers by position, and those of what only NumPy has."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from studybuddy.derivation import array_expression as arrays
from studybuddy.derivation import expression as e

Position = tuple[int, ...]
ANY = "?"
"""The axis of ones, or of an identity matrix, whose size its neighbour tells."""


STEP = 1e-6


def slope_of(function: Callable[[float], float], at: float) -> float:
    return (function(at + STEP) - function(at - STEP)) / (2 * STEP)


FUNCTIONS: dict[str, Callable[[float], float]] = {
    "exp": math.exp,
    "log": math.log,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
    "abs": abs,
    "relu": lambda number: max(number, 0.0),
    "sigmoid": lambda number: 1 / (1 + math.exp(-number)),
    "sign": lambda number: math.copysign(1.0, number) if number else 0.0,
    "step": lambda number: float(number > 0),
}


ORDERS: dict[str, Callable[[int, int], bool]] = {
    "=": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


_HOW: dict[str, Callable[[list[float]], float]] = {"sum": sum, "max": max, "mean": _mean}


@dataclass
class Table:
    """Numbers by position. An axis is a dimension of the exercise, `1`, or `?`."""

    axes: tuple[str, ...]
    entry: Callable[[Position], float]

    def __call__(self, *position: int) -> float:
        """One entry; along an axis of one there is but one."""
        return self.entry(tuple(0 if axis == "1" else n for axis, n in zip(self.axes, position, strict=True)))


class ArrayLoops:
    """Reads the nodes of NumPy, entry by entry."""

    sizes: dict[str, int]

    def table(self, node: e.Expression, env: dict[str, int]) -> Table:
        raise NotImplementedError

    def places(self, axes: tuple[str, ...]) -> Iterator[Position]:
        raise NotImplementedError

    def number(self, value: float) -> Table:
        return Table((), lambda place: value)

    def _reduced(self, node: arrays.Reduced, env: dict[str, int]) -> Table:
        body = self.table(node.body, env)
        how = _HOW[node.how]
        if node.axis is None:
            return self.number(how([body(*place) for place in self.places(body.axes)]))
        axis = node.axis % len(body.axes)
        count = self.sizes.get(body.axes[axis], 1)
        middle = ("1",) if node.keep else ()

        def entry(place: Position) -> float:
            rest = place[:axis] + place[axis + len(middle) :]
            return float(how([body(*rest[:axis], n, *rest[axis:]) for n in range(count)]))

        return Table((*body.axes[:axis], *middle, *body.axes[axis + 1 :]), entry)

    def _einsum(self, node: arrays.Einsum, env: dict[str, int]) -> Table:
        inputs, _, output = node.letters.partition("->")
        groups, operands = inputs.split(","), [self.table(operand, env) for operand in node.operands]
        axis_of = {
            c: a for g, t in zip(groups, operands, strict=True) for c, a in zip(g, t.axes, strict=True)
        }
        inner = [letter for letter in axis_of if letter not in output]

        def entry(place: Position) -> float:
            total = 0.0
            for rest in self.places(tuple(axis_of[letter] for letter in inner)):
                at = dict(zip((*output, *inner), (*place, *rest), strict=True))
                total += math.prod(t(*(at[c] for c in g)) for g, t in zip(groups, operands, strict=True))
            return total

        return Table(tuple(axis_of[letter] for letter in output), entry)

    def _filled(self, node: arrays.Filled, env: dict[str, int]) -> Table:
        return Table(tuple(self._axis(size, env) for size in node.sizes), lambda place: node.value)

    def _filledlike(self, node: arrays.FilledLike, env: dict[str, int]) -> Table:
        return Table(self.table(node.body, env).axes, lambda place: node.value)

    def _eye(self, node: arrays.Eye, env: dict[str, int]) -> Table:
        return Table((self._axis(node.size, env),) * 2, lambda at: float(at[0] == at[1]))

    def _axis(self, node: e.Expression, env: dict[str, int]) -> str:
        if isinstance(node, arrays.Length):
            return self.table(node.body, env).axes[node.axis]
        return node.name if isinstance(node, e.Symbol) else "1"

    def _single(self, node: arrays.Single, env: dict[str, int]) -> Table:
        found = self.table(node.body, env)
        if node.word.endswith("outer"):
            axes = tuple(axis for axis in found.axes if axis != "1")
            assert len(axes) <= 1, "a vector"
            return Table(axes, lambda place: found(*(0 if axis == "1" else place[0] for axis in found.axes)))
        assert not found.axes, "Python takes one number"
        return found

    def _length(self, node: arrays.Length, env: dict[str, int]) -> Table:
        return self.number(float(self.sizes.get(self.table(node.body, env).axes[node.axis], 1)))

    def _reshaped(self, node: arrays.Reshaped, env: dict[str, int]) -> Table:
        body = self.table(node.body, env)
        named = [axis for axis in body.axes if axis != "1"]
        axes = tuple("1" if size == 1 else named[0] for size in node.shape)
        return Table(axes, lambda at: body(*(0 if axis == "1" else max(at) for axis in body.axes)))
