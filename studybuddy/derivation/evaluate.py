"""The value of an expression in a world of random tensors, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from studybuddy.core.phrase import Phrase
from studybuddy.derivation import array_evaluation, functions
from studybuddy.derivation.array_expression import (
    Einsum,
    Eye,
    Filled,
    FilledLike,
    Length,
    Reduced,
    Reshaped,
    Single,
)
from studybuddy.derivation.expression import (
    NEW_AXIS,
    Apply,
    Comparison,
    Derivative,
    Expression,
    Identity,
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
    Where,
)
from studybuddy.derivation.index_letters import IndexLetters
from studybuddy.derivation.products import beside, elementwise, product
from studybuddy.derivation.slopes import derivative
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import (
    Array,
    MistakeError,
    Value,
    contract,
    joined,
    transposed,
)
from studybuddy.derivation.wording import index, written
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.world import World

_ORDERS: dict[str, Callable[[Array, Array], Array]] = {
    "=": np.equal,
    "<": np.less,
    ">": np.greater,
    "<=": np.less_equal,
    ">=": np.greater_equal,
}
BEYOND = N_("this cannot be worked out here")
"""Said of what nobody thought of: tests hold that none of theirs comes to it."""


def evaluate(expression: Expression, world: World) -> Value:
    """The value of an expression without free indices that were bound before."""
    return Evaluation(world).run(expression)


class Evaluation(IndexLetters):
    """One expression in one world. Index letters are bound to dimensions as they are met."""

    def __init__(self, world: World, bound: dict[str, str] | None = None) -> None:
        """`bound`: dimensions of index letters that are already known, such as those of the goal."""
        super().__init__(bound)
        self.world = world

    def run(self, expression: Expression) -> Value:
        """Its value.

        Raises:
            MistakeError: it is wrong as mathematics.
            UnreadableError: it uses something that cannot be evaluated here.
        """
        fresh = self.apart(expression)
        try:
            with np.errstate(all="ignore"):
                self.learn(fresh)
                found = self.value(fresh)
                if not np.all(np.isfinite(found.array)):
                    raise self._infinite(fresh)
        except (ArithmeticError, LookupError, TypeError, ValueError) as error:
            raise UnreadableError(Phrase(BEYOND), expression.span[0]) from error
        return found

    def _infinite(self, root: Expression) -> MistakeError | UnreadableError:
        """What to say of a value that is no number: the innermost part that is none.

        A division by nothing but zeros means nothing: it is not read, and not charged.
        """
        node = root
        while True:
            below = [part for part in node.parts() if not self._finite(part)]
            if not below:
                break
            node = below[0]
        if isinstance(node, Quotient):
            words = N_("{part} divides by zero")
            if not np.any(self.value(node.bottom).array):
                return UnreadableError(Phrase.of(words, part=written(node)), node.bottom.span[0])
        elif isinstance(node, Apply) and node.function in ("log", "sqrt"):
            words = N_("{part} has no value where its argument is not positive")
        else:
            words = N_("{part} is too large, or no real number")
        return MistakeError(Phrase.of(words, part=written(node)), node.span)

    def _finite(self, node: Expression) -> bool:
        try:
            return bool(np.all(np.isfinite(self.value(node).array)))
        except (MistakeError, UnreadableError):
            return True

    def value(self, node: Expression) -> Value:
        """The value of one node."""
        reader = self._VALUES.get(type(node))
        if reader is None:
            raise UnreadableError(Phrase(N_("an equals sign cannot stand inside a formula")), node.span[0])
        return reader(self, node)

    def size(self, dimension: str) -> int:
        """How large a dimension is in this world."""
        return self.world.sizes[dimension]

    def _number(self, node: Number) -> Value:
        return Value(np.array(node.value))

    def _symbol(self, node: Symbol) -> Value:
        if node.name in self.world.values:
            return self.world.values[node.name]
        if node.name in self.world.sizes:
            return Value(np.array(float(self.world.sizes[node.name])))
        if node.name == "e":
            return Value(np.array(np.e))
        raise UnreadableError(self.world.setting.names.unknown(node.name), node.span[0])

    def _ones(self, node: Ones) -> Value:
        dimension = node.dimension or self.world.setting.batch
        return Value(np.ones(self.size(dimension)), (), (dimension,))

    def _identity(self, node: Identity) -> Value:
        if not node.dimension:
            words = N_("the identity matrix of which size? Write I_N, or its entries δ_ij")
            raise UnreadableError(Phrase(words), node.span[0])
        return Value(np.eye(self.size(node.dimension)), (), (node.dimension,) * 2)

    def _indexed(self, node: Indexed) -> Value:
        base = self.value(node.base)
        if not node.plain:
            base = base.squeezed()
        array = base.array
        axes: list[object] = list(base.labels)
        labels = base.labels
        kept: list[tuple[str, int]] = []
        dimensions: list[str] = []
        for label, dimension in self.labelled(node, base.dimensions):
            if label == NEW_AXIS:
                dimensions.append("1")
                continue
            if label == "0" and node.plain and dimension != "1":
                array = np.take(array, [0], axis=len(axes))
                axes.append(("first", len(axes)))
                continue
            if label == ":" or (label == "0" and dimension == "1"):
                axes.append(("kept", len(axes)))
                if label == ":":
                    kept.append(("kept", len(axes) - 1))
                    dimensions.append(dimension)
                continue
            self.bind(label, dimension, node)
            axes.append(label)
            labels = joined(labels, (label,))
        array = contract([(array, axes)], [*labels, *kept])
        if not node.plain and node.labels[-1:] == (":",) and len(node.labels) == 2 and len(kept) == 1:
            dimensions.insert(0, "1")  # a row of a matrix is a row
        sizes = [1 if dimension == "1" else self.size(dimension) for dimension in dimensions]
        return Value(array.reshape(*array.shape[: len(labels)], *sizes), labels, tuple(dimensions))

    def _kronecker(self, node: Kronecker) -> Value:
        dimension = self.bound.get(node.first) or self.bound.get(node.second)
        if dimension is None:
            words = N_("it cannot be told over which axis the indices of {part} run")
            raise UnreadableError(Phrase.of(words, part=written(node)), node.span[0])
        self.bind(node.first, dimension, node)
        self.bind(node.second, dimension, node)
        numbers = np.arange(self.size(dimension))
        agree = _ORDERS[node.sign]
        if node.first == node.second:
            return Value(agree(numbers, numbers).astype(float), (node.first,))
        return Value(agree(numbers[:, None], numbers).astype(float), (node.first, node.second))

    def _transpose(self, node: Transpose) -> Value:
        return transposed(self.value(node.body), plain=node.plain)

    def _negative(self, node: Negative) -> Value:
        found = self.value(node.body)
        return Value(-found.array, found.labels, found.dimensions)

    def _total(self, node: Total) -> Value:
        left, right = beside(self, node)
        words = N_("a sum of {left} {left_shape} and {right} {right_shape}: the shapes do not fit")
        return elementwise(left, right, np.add, words, node)

    def _product(self, node: Product) -> Value:
        left, right = beside(self, node)
        return product(left, right, node)

    def _quotient(self, node: Quotient) -> Value:
        words = N_("a division of {left} {left_shape} by {right} {right_shape}: the shapes do not fit")
        return elementwise(self.value(node.top), self.value(node.bottom), np.divide, words, node)

    def _power(self, node: Power) -> Value:
        base, exponent = self.value(node.base), self.value(node.exponent)
        words = N_("a power of {left} {left_shape} by {right} {right_shape}: the shapes do not fit")
        return elementwise(
            base,
            exponent,
            lambda a, b: np.power(a.astype(complex) if np.iscomplexobj(a) else a, b),
            words,
            node,
        )

    def _sum(self, node: SumOver) -> Value:
        body = self.value(node.body)
        if node.label not in body.labels:
            if not node.upper:
                words = N_("the sum runs over {index}, but nothing under it carries the index {index}")
                raise MistakeError(Phrase.of(words, index=index(node.label)), node.span)
            count = self.size(node.upper) - node.lower + 1 - node.short
            return Value(body.array * max(count, 0), body.labels, body.dimensions)
        place = body.labels.index(node.label)
        array = body.array
        if node.lower > 1 or node.short:
            array = np.take(array, range(node.lower - 1, array.shape[place] - node.short), axis=place)
        labels = tuple(label for label in body.labels if label != node.label)
        return Value(array.sum(place), labels, body.dimensions)

    _VALUES: ClassVar[dict[type[Expression], Callable[..., Value]]] = {
        Number: _number,
        Symbol: _symbol,
        Ones: _ones,
        Identity: _identity,
        Indexed: _indexed,
        Kronecker: _kronecker,
        Transpose: _transpose,
        Negative: _negative,
        Total: _total,
        Product: _product,
        Quotient: _quotient,
        Power: _power,
        SumOver: _sum,
        Comparison: functions.comparison,
        Where: functions.where,
        Apply: functions.apply,
        Derivative: derivative,
        Reduced: array_evaluation.reduced,
        Einsum: array_evaluation.einsum,
        Filled: array_evaluation.filled,
        Eye: array_evaluation.eye,
        FilledLike: array_evaluation.filled_like,
        Length: array_evaluation.length,
        Reshaped: array_evaluation.reshaped,
        Single: array_evaluation.single,
    }
