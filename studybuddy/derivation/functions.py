"""The values of functions, comparisons and choices."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import Apply, Comparison, Where
from studybuddy.derivation.products import elementwise
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import FUNCTIONS, UNIT, Array, MistakeError, Value, each, shape, softmax
from studybuddy.derivation.wording import written
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.evaluate import Evaluation

_COMPARE: dict[str, Callable[[Array, Array], Array]] = {
    ">": lambda a, b: (np.real(a) > np.real(b)).astype(float),
    "<": lambda a, b: (np.real(a) < np.real(b)).astype(float),
    ">=": lambda a, b: (np.real(a) >= np.real(b)).astype(float),
    "<=": lambda a, b: (np.real(a) <= np.real(b)).astype(float),
    "!=": lambda a, b: (np.real(a) != np.real(b)).astype(float),
}


def _of_cases() -> Phrase:
    return Phrase(N_("the shapes of the two cases and of the condition do not fit"))


def comparison(evaluation: Evaluation, node: Comparison) -> Value:
    """1 where it holds, else 0."""
    words = N_("a comparison of {left} {left_shape} with {right} {right_shape}: the shapes do not fit")
    return elementwise(
        evaluation.value(node.left), evaluation.value(node.right), _COMPARE[node.sign], words, node
    )


def where(evaluation: Evaluation, node: Where) -> Value:
    """One value where a condition holds, another elsewhere."""
    condition, yes, no = (evaluation.value(part) for part in node.parts())
    condition = Value(np.where(condition.array != 0, 1.0, 0.0), condition.labels, condition.dimensions)
    unless = Value(1 - condition.array, condition.labels, condition.dimensions)
    chosen = each(condition, yes, np.multiply, _of_cases, node.span)
    other = each(unless, no, np.multiply, _of_cases, node.span)
    return each(chosen, other, np.add, _of_cases, node.span)


def apply(evaluation: Evaluation, node: Apply) -> Value:
    """A function of each element, `softmax` of each row, or `diag`."""
    body = evaluation.value(node.body)
    if node.function == "softmax" and not node.primes:
        if not body.dimensions:
            words = N_("softmax needs a whole row: write softmax(Z)_ij, not softmax(Z_ij)")
            raise MistakeError(Phrase(words), node.span)
        return Value(softmax(body.array), body.labels, body.dimensions)
    if node.function == "diag" and not node.primes:
        return _diagonal(node, body)
    function = FUNCTIONS.get((node.function, node.primes))
    if function is None:
        words = N_("{part} cannot be evaluated here")
        raise UnreadableError(Phrase.of(words, part=written(node)), node.span[0])
    return Value(function(body.array), body.labels, body.dimensions)


def _diagonal(node: Apply, body: Value) -> Value:
    if len(body.dimensions) == 1:
        eye = np.eye(body.array.shape[-1])
        return Value(body.array[..., None] * eye, body.labels, body.dimensions * 2)
    if len(body.dimensions) == 2 and body.dimensions[0] == body.dimensions[1] != UNIT:
        return Value(np.diagonal(body.array, axis1=-2, axis2=-1), body.labels, body.dimensions[:1])
    words = N_("diag takes a vector or a square matrix; {part} is {shape}")
    phrase = Phrase.of(words, part=written(node.body), shape=shape(body.dimensions))
    raise MistakeError(phrase, node.span)
