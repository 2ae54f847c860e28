"""The value of an expression in a world of random tensors, or what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

import numpy as np

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import (
    Apply,
    Comparison,
    Derivative,
    Einsum,
    Expression,
    Indexed,
    Kronecker,
    Negative,
    Number,
    Ones,
    Power,
    Product,
    Quotient,
    Reduced,
    SumOver,
    Symbol,
    Total,
    Transpose,
    Where,
    renamed,
    walk,
)
from studybuddy.derivation.products import bare_ones, elementwise, product
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import (
    FUNCTIONS,
    Array,
    MistakeError,
    Value,
    contract,
    each,
    joined,
    shape,
    softmax,
    summed,
    transposed,
)
from studybuddy.derivation.wording import index, written
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.world import World

_COMPARE: dict[str, Callable[[Array, Array], Array]] = {
    ">": lambda a, b: (np.real(a) > np.real(b)).astype(float),
    "<": lambda a, b: (np.real(a) < np.real(b)).astype(float),
    ">=": lambda a, b: (np.real(a) >= np.real(b)).astype(float),
    "<=": lambda a, b: (np.real(a) <= np.real(b)).astype(float),
}
CLASH = N_("index {index} runs over {one} elsewhere but over {other} in {part}: one of the indices is wrong")


def evaluate(expression: Expression, world: World) -> Value:
    """The value of an expression without free indices that were bound before."""
    return Evaluation(world).run(expression)


class Evaluation:
    """One expression in one world. Index letters are bound to dimensions as they are met."""

    def __init__(self, world: World, bound: dict[str, str] | None = None) -> None:
        """`bound`: dimensions of index letters that are already known, such as those of the goal."""
        self.world = world
        self.bound = dict(bound or {})
        self._sums = 0

    def run(self, expression: Expression) -> Value:
        """Its value.

        Raises:
            MistakeError: it is wrong as mathematics.
            UnreadableError: it uses something that cannot be evaluated here.
        """
        fresh = self._apart(expression)
        self._learn(fresh)
        with np.errstate(all="ignore"):
            found = self.value(fresh)
        if not np.all(np.isfinite(found.array)):
            raise MistakeError(
                Phrase(N_("this divides by zero, or takes a root or a logarithm of no positive number")),
                fresh.span,
            )
        return found

    # ---- index letters

    def _apart(self, node: Expression) -> Expression:
        """Every sum with an index of its own: `i~1`."""
        if isinstance(node, SumOver):
            self._sums += 1
            label = f"{node.label}~{self._sums}"
            return replace(node, label=label, body=self._apart(renamed(node.body, node.label, label)))
        parts = node.parts()
        return node.with_parts(tuple(self._apart(part) for part in parts)) if parts else node

    def _learn(self, root: Expression) -> None:
        """Which dimension each index runs over, before anything is evaluated."""
        deltas = [node for node in walk(root) if isinstance(node, Kronecker)]
        for node in walk(root):
            if isinstance(node, Indexed) and isinstance(node.base, Symbol | Transpose):
                self._bind_axes(node)
            elif isinstance(node, Derivative) and isinstance(node.bottom, Indexed):
                self._bind_axes(node.bottom)
            elif isinstance(node, SumOver) and node.upper:
                self._bind(node.label, node.upper, node)
        for _ in deltas:
            for delta in deltas:
                for one, other in ((delta.first, delta.second), (delta.second, delta.first)):
                    if one in self.bound:
                        self._bind(other, self.bound[one], delta)

    def _bind_axes(self, node: Indexed) -> None:
        if any(isinstance(below, Indexed | Derivative | Kronecker) for below in walk(node.base)):
            return
        axes = self.value(node.base).squeezed().dimensions
        self._check_count(node, axes)
        for label, dimension in zip(node.labels, axes, strict=True):
            if label != ":":
                self._bind(label, dimension, node)

    def _check_count(self, node: Indexed, axes: tuple[str, ...]) -> None:
        if len(axes) != len(node.labels):
            words = N_("{part} has the axes {axes}; {n} index was given")
            plural = N_("{part} has the axes {axes}; {n} indices were given")
            phrase = Phrase.of(words, plural, part=written(node.base), axes=shape(axes), n=len(node.labels))
            raise MistakeError(phrase, node.span)

    def _bind(self, label: str, dimension: str, node: Expression) -> None:
        if label.isdigit():
            words = N_("an index is a letter here, not a number")
            raise UnreadableError(Phrase(words), node.span[0])
        known = self.bound.setdefault(label, dimension)
        if known != dimension:
            phrase = Phrase.of(CLASH, index=index(label), one=known, other=dimension, part=written(node))
            raise MistakeError(phrase, node.span)

    # ---- values

    def value(self, node: Expression) -> Value:
        """The value of one node."""
        return self._VALUES[type(node)](self, node)

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
        names = self.world.setting.names
        words = N_("{name} is no name of this exercise; there are {known}")
        raise UnreadableError(Phrase.of(words, name=node.name, known=names.known()), node.span[0])

    def _ones(self, node: Ones) -> Value:
        dimension = node.dimension or self.world.setting.batch
        return Value(np.ones(self.size(dimension)), (), (dimension,))

    def _indexed(self, node: Indexed) -> Value:
        base = self.value(node.base).squeezed()
        self._check_count(node, base.dimensions)
        axes: list[object] = list(base.labels)
        labels = base.labels
        kept: list[str] = []
        for label, dimension in zip(node.labels, base.dimensions, strict=True):
            if label == ":":
                axes.append(("kept", len(kept)))
                kept.append(dimension)
            else:
                self._bind(label, dimension, node)
                axes.append(label)
                labels = joined(labels, (label,))
        places = [("kept", n) for n in range(len(kept))]
        return Value(contract([(base.array, axes)], [*labels, *places]), labels, tuple(kept))

    def _kronecker(self, node: Kronecker) -> Value:
        dimension = self.bound.get(node.first)
        if dimension is None:
            words = N_("it cannot be told over which axis the indices of {part} run")
            raise UnreadableError(Phrase.of(words, part=written(node)), node.span[0])
        if node.first == node.second:
            return Value(np.ones(self.size(dimension)), (node.first,))
        return Value(np.eye(self.size(dimension)), (node.first, node.second))

    def _transpose(self, node: Transpose) -> Value:
        return transposed(self.value(node.body), plain=node.plain)

    def _negative(self, node: Negative) -> Value:
        found = self.value(node.body)
        return Value(-found.array, found.labels, found.dimensions)

    def _total(self, node: Total) -> Value:
        left, right = self.value(node.left), self.value(node.right)
        words = N_("a sum of {left} {left_shape} and {right} {right_shape}: the shapes do not fit")
        return elementwise(left, right, np.add, words, node)

    def _product(self, node: Product) -> Value:
        left, right = bare_ones(self, node)
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
            count = self.size(node.upper) - node.lower + 1
            return Value(body.array * count, body.labels, body.dimensions)
        place = body.labels.index(node.label)
        array = body.array
        if node.lower > 1:
            array = np.take(array, range(node.lower - 1, array.shape[place]), axis=place)
        labels = tuple(label for label in body.labels if label != node.label)
        return Value(array.sum(place), labels, body.dimensions)

    def _reduced(self, node: Reduced) -> Value:
        body = self.value(node.body)
        mean = node.how == "mean"
        if node.axis is None:
            for _ in body.dimensions:
                body = summed(body, 0, keep=False, mean=mean)
            return body
        axis = node.axis + len(body.dimensions) if node.axis < 0 else node.axis
        if not 0 <= axis < len(body.dimensions):
            words = N_("{part} has no axis {axis}")
            raise MistakeError(Phrase.of(words, part=written(node.body), axis=node.axis), node.span)
        return summed(body, axis, keep=node.keep, mean=mean)

    def _einsum(self, node: Einsum) -> Value:
        inputs, _, output = node.letters.partition("->")
        parts = []
        labels: tuple[str, ...] = ()
        dimension_of: dict[str, str] = {}
        for letters, operand in zip(inputs.split(","), node.operands, strict=True):
            found = self.value(operand)
            if len(letters) != len(found.dimensions):
                words = N_("einsum: {letters} has {n} letter, {part} has the axes {axes}")
                plural = N_("einsum: {letters} has {n} letters, {part} has the axes {axes}")
                axes = shape(found.dimensions)
                phrase = Phrase.of(
                    words, plural, letters=letters, n=len(letters), part=written(operand), axes=axes
                )
                raise MistakeError(phrase, operand.span)
            for letter, dimension in zip(letters, found.dimensions, strict=True):
                if dimension_of.setdefault(letter, dimension) != dimension:
                    words = N_("einsum: {letter} is {one} in one operand and {other} in another")
                    one = dimension_of[letter]
                    raise MistakeError(
                        Phrase.of(words, letter=letter, one=one, other=dimension), operand.span
                    )
            labels = joined(labels, found.labels)
            parts.append((found.array, [*found.labels, *((letter,) for letter in letters)]))
        array = contract(parts, [*labels, *((letter,) for letter in output)])
        return Value(array, labels, tuple(dimension_of[letter] for letter in output))

    def _comparison(self, node: Comparison) -> Value:
        words = N_("a comparison of {left} {left_shape} with {right} {right_shape}: the shapes do not fit")
        return elementwise(self.value(node.left), self.value(node.right), _COMPARE[node.sign], words, node)

    def _where(self, node: Where) -> Value:
        condition, yes, no = (self.value(part) for part in node.parts())
        words = Phrase(N_("where: the shapes do not fit"))
        chosen = each(condition, yes, np.multiply, words, node.span)
        unless = Value(1 - condition.array, condition.labels, condition.dimensions)
        return each(chosen, each(unless, no, np.multiply, words, node.span), np.add, words, node.span)

    def _apply(self, node: Apply) -> Value:
        body = self.value(node.body)
        if node.function == "softmax" and not node.primes:
            if not body.dimensions:
                words = N_("softmax needs a whole row: write softmax(Z)_{{ij}}, not softmax(Z_{{ij}})")
                raise MistakeError(Phrase.of(words), node.span)
            return Value(softmax(body.array), body.labels, body.dimensions)
        if node.function == "diag" and not node.primes:
            return self._diagonal(node, body)
        function = FUNCTIONS.get((node.function, node.primes))
        if function is None:
            words = N_("{part} cannot be evaluated here")
            raise UnreadableError(Phrase.of(words, part=written(node)), node.span[0])
        return Value(function(body.array), body.labels, body.dimensions)

    def _diagonal(self, node: Apply, body: Value) -> Value:
        body = body.squeezed()
        if len(body.dimensions) == 1:
            eye = np.eye(body.array.shape[-1])
            return Value(body.array[..., None] * eye, body.labels, body.dimensions * 2)
        if len(body.dimensions) == 2 and body.dimensions[0] == body.dimensions[1]:
            return Value(np.diagonal(body.array, axis1=-2, axis2=-1), body.labels, body.dimensions[:1])
        words = N_("diag takes a vector or a square matrix; {part} is {shape}")
        phrase = Phrase.of(words, part=written(node.body), shape=shape(body.dimensions))
        raise MistakeError(phrase, node.span)

    def _derivative(self, node: Derivative) -> Value:
        bottom: Expression = node.bottom
        labels: tuple[str, ...] | None = None
        if isinstance(bottom, Indexed):
            labels, bottom = bottom.labels, bottom.base
        if not isinstance(bottom, Symbol) or bottom.name not in self.world.values:
            words = N_("a derivative is by a tensor of the exercise")
            raise UnreadableError(Phrase(words), node.span[0])
        if any(isinstance(below, Derivative) for below in walk(node.top)):
            raise UnreadableError(Phrase(N_("a derivative of a derivative is not read here")), node.span[0])
        top, by = self.value(node.top), self.world.values[bottom.name]
        if labels is None and top.squeezed().dimensions:
            words = N_("the derivative of {top} {top_shape} by {bottom} {bottom_shape} needs indices on both")
            parts = {"top": written(node.top), "bottom": written(bottom)}
            phrase = Phrase.of(
                words, top_shape=shape(top.dimensions), bottom_shape=shape(by.dimensions), **parts
            )
            raise MistakeError(phrase, node.span)
        slope = self.world.derivative(node.top, bottom.name, self.bound)
        if labels is None:
            return Value(slope.array, slope.labels, by.dimensions) if not top.dimensions else slope
        axes: list[object] = [*slope.labels, *(("top", n) for n in range(len(top.dimensions)))]
        for label, dimension in zip(labels, by.dimensions, strict=True):
            self._bind(label, dimension, node)
        axes += labels
        found = joined(slope.labels, labels)
        kept = [("top", n) for n in range(len(top.dimensions))]
        return Value(contract([(slope.array, axes)], [*found, *kept]), found, top.dimensions)

    _VALUES: ClassVar[dict[type[Expression], Callable[..., Value]]] = {
        Number: _number,
        Symbol: _symbol,
        Ones: _ones,
        Indexed: _indexed,
        Kronecker: _kronecker,
        Transpose: _transpose,
        Negative: _negative,
        Total: _total,
        Product: _product,
        Quotient: _quotient,
        Power: _power,
        SumOver: _sum,
        Reduced: _reduced,
        Einsum: _einsum,
        Comparison: _comparison,
        Where: _where,
        Apply: _apply,
        Derivative: _derivative,
    }
