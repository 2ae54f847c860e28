"""One entry of an expression, written out: every sum term by term, every index a number.

`Xᵀδ` at (2, 1) is `X_{12} δ_{11} + X_{22} δ_{21}`. What comes out holds numbers, entries of named tensors,
and sums, products and functions of these.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import reduce
from typing import TYPE_CHECKING

from studybuddy.derivation.expression import (
    Apply,
    Binding,
    Comparison,
    Derivative,
    Expression,
    Indexed,
    Kronecker,
    Negative,
    Number,
    Ones,
    Power,
    Product,
    Quotient,
    SumOver,
    Symbol,
    Total,
    Transpose,
)
from studybuddy.derivation.values import UNIT

if TYPE_CHECKING:
    from studybuddy.derivation.world import World

MOST_TERMS = 64
"""Terms that are written out; more explain nothing."""


class NotWrittenOutError(Exception):
    """An expression has no such entry, or it cannot be written out."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where an entry is: a number for each index letter, and one for each axis; all count from 1."""

    labels: Mapping[str, int]
    axes: tuple[int, ...] = ()


def entry(expression: Expression, world: World, at: Point) -> Expression:
    """One entry of an expression in a world.

    Args:
        expression: as it was read.
        world: for the sizes and the axes of tensors.
        at: which entry.

    Raises:
        NotWrittenOutError: it cannot be written out.
    """
    entries = _Entries(world)
    row = entries.rank(expression) == len(at.axes) + 1
    return entries.of(expression, replace(at, axes=(1, *at.axes)) if row else at)


class _Entries:
    def __init__(self, world: World) -> None:
        self._world = world

    def of(self, node: Expression, at: Point) -> Expression:
        """The entry of one node."""
        match node:
            case Number() | Ones():
                return node if isinstance(node, Number) else Number(1.0)
            case Symbol(name):
                return self._tensor(node, name, at)
            case Indexed():
                return self._indexed(node, at)
            case Kronecker(first, second, "="):
                return Number(float(_number(first, at) == _number(second, at)))
            case Transpose(body):
                return self.of(body, replace(at, axes=at.axes[::-1] if self.rank(body) == 2 else at.axes[1:]))
            case Product():
                return self._product(node, at)
            case SumOver():
                return self._sum(node, at)
            case Apply("softmax" | "diag", _, _) | Derivative():
                return self._whole(node, at)
            case Negative() | Total() | Quotient() | Power() | Comparison() | Apply():
                return node.with_parts(tuple(self.of(part, self._cast(part, at)) for part in node.parts()))
        raise NotWrittenOutError(type(node).__name__)

    def rank(self, node: Expression) -> int:
        """How many axes a node has beside its index letters."""
        match node:
            case Symbol(name) if name in self._world.values:
                return len(self._world.values[name].dimensions)
            case Indexed(_, labels):
                return labels.count(":")
            case Ones():
                return 1
            case Transpose():
                return 2
            case Derivative(top, bottom):
                return self.rank(bottom) if not self.rank(top) else self.rank(top)
            case Product(left, right, Binding.BESIDE | Binding.MATRIX):
                one, other = self.rank(left), self.rank(right)
                return max(one, other) if not one or not other else max(one + other - 2, one)
        return max(map(self.rank, node.parts()), default=0)

    def _tensor(self, node: Symbol, name: str, at: Point) -> Expression:
        if name in self._world.sizes and name not in self._world.values:
            return Number(float(self._world.sizes[name]))
        if name not in self._world.values:
            return node
        dimensions = self._world.values[name].dimensions
        axes = at.axes
        if len(axes) == len(dimensions):  # of an axis of length one nothing is said
            axes = tuple(n for n, dimension in zip(axes, dimensions, strict=True) if dimension != UNIT)
        elif len(axes) != len(dimensions) - dimensions.count(UNIT):
            raise NotWrittenOutError(name)
        return Indexed(node, tuple(map(str, axes))) if axes else node

    def _indexed(self, node: Indexed, at: Point) -> Expression:
        """Letters become numbers; `:` takes the next of the axes."""
        axes = iter(at.axes)
        try:
            places = tuple(next(axes) if label == ":" else _number(label, at) for label in node.labels)
        except StopIteration as error:
            raise NotWrittenOutError(":") from error
        return self.of(node.base, replace(at, axes=places))

    def _whole(self, node: Expression, at: Point) -> Expression:
        """A function of whole rows, or a derivative: its entry has no smaller parts."""
        if isinstance(node, Derivative):
            axes = at.axes
            top = self.of(node.top, replace(at, axes=axes if self.rank(node.top) else ()))
            bottom = self.of(node.bottom, replace(at, axes=() if self.rank(node.top) else axes))
            return Derivative(top, bottom)
        return Indexed(node, tuple(map(str, at.axes))) if at.axes else node

    def _product(self, node: Product, at: Point) -> Expression:
        left, right = self.rank(node.left), self.rank(node.right)
        if left == 1 and right == 2 and node.binding is Binding.BESIDE:
            column, row = replace(at, axes=at.axes[:1]), replace(at, axes=(1, *at.axes[1:]))
            return _times(self.of(node.left, column), self.of(node.right, row))
        inner = self._inner(node) if left and right and node.binding is not Binding.EACH else 0
        if not inner:
            return _times(
                self.of(node.left, self._cast(node.left, at)), self.of(node.right, self._cast(node.right, at))
            )
        cut = left - 1
        terms = [
            _times(
                self.of(node.left, replace(at, axes=(*at.axes[:cut], step))),
                self.of(node.right, replace(at, axes=(step, *at.axes[cut:]))),
            )
            for step in range(1, inner + 1)
        ]
        return _added(terms)

    def _inner(self, node: Product) -> int:
        """How long the axis is that a matrix product sums over; 0 where it is no such product."""
        from studybuddy.derivation.evaluate import Evaluation
        from studybuddy.derivation.values import MistakeError

        if node.binding is Binding.STAR:
            return 0
        try:
            left = Evaluation(self._world).value(node.left)
        except (MistakeError, KeyError) as error:
            raise NotWrittenOutError("product") from error
        return int(left.array.shape[-1]) if left.dimensions else 0

    def _sum(self, node: SumOver, at: Point) -> Expression:
        size = self._size(node)
        steps = range(node.lower, size - node.short + 1)
        return _added([self.of(node.body, replace(at, labels={**at.labels, node.label: n})) for n in steps])

    def _size(self, node: SumOver) -> int:
        if node.upper:
            return self._world.sizes[node.upper]
        from studybuddy.derivation.expression import walk

        for part in walk(node.body):
            if isinstance(part, Indexed) and node.label in part.labels and isinstance(part.base, Symbol):
                dimensions = self._world.values[part.base.name].dimensions
                return self._world.sizes[dimensions[part.labels.index(node.label)]]
        raise NotWrittenOutError(node.label)

    def _cast(self, part: Expression, at: Point) -> Point:
        """A number has no axes, whatever it stands beside."""
        return at if self.rank(part) else replace(at, axes=())


def _number(label: str, at: Point) -> int:
    if label.isdigit():
        return int(label)
    if label not in at.labels:
        raise NotWrittenOutError(label)
    return at.labels[label]


def _times(left: Expression, right: Expression) -> Expression:
    """A product of numbers; a factor 1 is left out, a factor 0 is all."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, Number) and one.value in (0.0, 1.0):
            return other if one.value else Number(0.0)
    return Product(left, right)


def _added(terms: list[Expression]) -> Expression:
    kept = [term for term in terms if not (isinstance(term, Number) and not term.value)]
    if len(kept) > MOST_TERMS:
        raise NotWrittenOutError(str(len(kept)))
    return reduce(Total, kept) if kept else Number(0.0)
