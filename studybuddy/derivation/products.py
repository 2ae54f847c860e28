"""Products: which one was meant, and what is wrong when the shapes do not fit."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import (
    Binding,
    Expression,
    Identity,
    Negative,
    Ones,
    Product,
    Total,
    Transpose,
    walk,
)
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import Array, MistakeError, Value, each, matrix_product, shape
from studybuddy.derivation.wording import written
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.evaluate import Evaluation

INNER = N_(
    "shapes do not fit: {left} is {left_shape}, {right} is {right_shape}; {a} and {b} must agree{advice}"
)
EACH = N_(
    "elementwise product of {left} {left_shape} and {right} {right_shape}: the shapes do not fit{advice}"
)
MEANT_EACH = N_(" — did you mean ⊙, element by element?")
TRANSPOSE_MISSING = N_(" — a transpose is missing")
WRONG_ORDER = N_(" — in the other order they would fit")
MEANT_MATRIX = N_(" — did you mean a matrix product?")
TWO_COLUMNS = N_("two vectors side by side have no product: aᵀb is a number, abᵀ a matrix, a ⊙ b a vector")
COLUMN_FIRST = N_(
    "{left} {left_shape} is a column, {right} a matrix {right_shape}: transpose the column first"
)


def elementwise(
    left: Value, right: Value, how: Callable[[Array, Array], Array], words: str, node: Expression
) -> Value:
    """Two parts of a node, element by element; `words` name both with their shapes."""
    return each(left, right, how, lambda: _between(words, left, right, node), node.span)


def _between(words: str, left: Value, right: Value, node: Expression, **more: object) -> Phrase:
    first, second = node.parts()
    facts: dict[str, object] = {
        "left": written(first),
        "left_shape": shape(left.dimensions),
        "right": written(second),
        "right_shape": shape(right.dimensions),
    }
    if words is EACH:
        fits = left.dimensions and right.dimensions and left.dimensions[-1] == right.dimensions[0]
        facts["advice"] = Phrase(MEANT_MATRIX) if fits else ""
    return Phrase(words, tuple((facts | more).items()))


def product(left: Value, right: Value, node: Product) -> Value:
    """The product that was written."""
    if node.binding is Binding.EACH:
        return elementwise(left, right, np.multiply, EACH, node)
    if node.binding is Binding.STAR:
        try:
            return elementwise(left, right, np.multiply, EACH, node)
        except MistakeError:
            return _matrix(left, right, node)
    return _matrix(left, right, node)


def _matrix(left: Value, right: Value, node: Product) -> Value:
    """Of matrices; of a number with anything; of a column with a row."""
    first, second = left.dimensions, right.dimensions
    if node.binding is Binding.MATRIX and not (first and second):
        raise UnreadableError(
            Phrase(N_("@ multiplies arrays; a plain number is multiplied with *")), node.span[0]
        )
    if not first or not second:
        return elementwise(left, right, np.multiply, EACH, node)
    if node.binding is not Binding.MATRIX and len(first) == 1:
        if len(second) == 1:
            raise MistakeError(Phrase(TWO_COLUMNS), node.span)
        if second[0] == "1":
            column = Value(left.array[..., None], left.labels, (*first, "1"))
            return matrix_product(column, right)
        raise MistakeError(_between(COLUMN_FIRST, left, right, node), node.span)
    stacked = len(first) == 3 == len(second)
    if node.binding is Binding.MATRIX and not stacked and max(len(first), len(second)) > 2:
        inner = second[-2] if len(second) > 1 else second[0]
        reason = _between(INNER, left, right, node, a=first[-1], b=inner, advice="")
        raise MistakeError(reason, node.span)
    if first[-1] != second[int(stacked)] or (stacked and first[0] != second[0]):
        words = _advice(first, second)
        advice = Phrase(words) if words else ""
        reason = _between(INNER, left, right, node, a=first[-1], b=second[0], advice=advice)
        raise MistakeError(reason, node.span)
    return matrix_product(left, right)


def _advice(first: tuple[str, ...], second: tuple[str, ...]) -> str:
    if first == second:
        return MEANT_EACH
    if second[-1] == first[0]:
        return WRONG_ORDER
    if first[-1] == second[-1] or first[0] == second[0] or first[0] == second[-1]:
        return TRANSPOSE_MISSING
    return ""


def beside(evaluation: Evaluation, node: Product | Total) -> tuple[Value, Value]:
    """Both parts. Ones and an identity matrix without a size take that of their neighbour."""
    left, right = node.left, node.right
    if not _sizeless(left) and not _sizeless(right):
        return evaluation.value(left), evaluation.value(right)
    if _sizeless(left):
        if _sizeless(right):
            return _alone(evaluation, left), _alone(evaluation, right)
        neighbour = evaluation.value(right)
        return _fitted(evaluation, left, neighbour, node, first=True), neighbour
    neighbour = evaluation.value(left)
    return neighbour, _fitted(evaluation, right, neighbour, node, first=False)


def _sizeless(node: Expression) -> bool:
    match node:
        case Transpose(body) | Negative(body):
            return _sizeless(body)
        case Ones(dimension) | Identity(dimension):
            return not dimension
        case Product(left, right):
            return (
                isinstance(left, Ones)
                and _sizeless(left)
                and isinstance(right, Transpose)
                and _sizeless(right)
            )
    return False


def _alone(evaluation: Evaluation, node: Expression) -> Value:
    """Ones over the batch."""
    return _ones(evaluation, evaluation.world.setting.batch, row=isinstance(node, Transpose))


def _fitted(
    evaluation: Evaluation, node: Expression, neighbour: Value, above: Product | Total, *, first: bool
) -> Value:
    """What has no size, in the size that its neighbour asks for."""
    axes = [dimension for dimension in neighbour.dimensions if dimension != "1"]
    if isinstance(node, Negative):
        found = _fitted(evaluation, node.body, neighbour, above, first=first)
        return Value(-found.array, found.labels, found.dimensions)
    if any(isinstance(below, Identity) for below in walk(node)):
        if not axes:
            return evaluation.value(node)
        dimension = axes[0] if first or isinstance(above, Total) else axes[-1]
        return Value(np.eye(evaluation.size(dimension)), (), (dimension, dimension))
    if isinstance(above, Total) or above.binding is Binding.EACH:
        return Value(np.array(1.0)) if axes else evaluation.value(node)
    if isinstance(node, Product):
        return evaluation.value(node)
    row, batch = isinstance(node, Transpose), evaluation.world.setting.batch
    if first:
        # a column in front of a row spans the batch; a row in front of a matrix sums its first axis
        spans = not neighbour.dimensions or neighbour.dimensions[0] == "1"
        return _ones(evaluation, batch if spans else neighbour.dimensions[0], row=row)
    spans = not neighbour.dimensions or neighbour.dimensions[-1] == "1"
    return _ones(evaluation, batch if spans else neighbour.dimensions[-1], row=row)


def _ones(evaluation: Evaluation, dimension: str, *, row: bool) -> Value:
    array = np.ones(evaluation.size(dimension))
    return Value(array[None], (), ("1", dimension)) if row else Value(array, (), (dimension,))
