"""Derivatives that stand in an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.expression import Derivative, Expression, Indexed, Symbol, walk
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import UNIT, Value, contract, joined, shape
from studybuddy.derivation.wording import written
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.evaluate import Evaluation


def derivative(evaluation: Evaluation, node: Derivative) -> Value:
    """By a tensor: of a number, of something with indices, or of a vector by a vector.

    Raises:
        UnreadableError: it is by no tensor of the exercise, of a derivative, or of a tensor without indices.
    """
    bottom, labels = _bottom(node)
    if not isinstance(bottom, Symbol) or bottom.name not in evaluation.world.values:
        raise UnreadableError(Phrase(N_("a derivative is by a tensor of the exercise")), node.span[0])
    if any(isinstance(below, Derivative) for below in walk(node.top)):
        raise UnreadableError(Phrase(N_("a derivative of a derivative is not read here")), node.span[0])
    top, by = evaluation.value(node.top), evaluation.world.values[bottom.name]
    vectors = len(top.squeezed().dimensions) == 1 == len(by.squeezed().dimensions)
    if labels is None and top.squeezed().dimensions and not vectors:
        words = N_("the derivative of {top} {top_shape} by {bottom} {bottom_shape} needs indices on both")
        parts = {"top": written(node.top), "bottom": written(bottom)}
        phrase = Phrase.of(words, top_shape=shape(top.dimensions), bottom_shape=shape(by.dimensions), **parts)
        raise UnreadableError(phrase, node.span[0])
    slope = evaluation.world.derivative(node.top, bottom.name, evaluation.bound)
    if labels is None:
        return slope if top.dimensions else Value(slope.array, slope.labels, by.dimensions)
    kept = [("top", n) for n in range(len(top.dimensions))]
    rest = iter(labels)
    axes = [("unit", n) if one == UNIT else next(rest) for n, one in enumerate(by.dimensions)]
    for label, dimension in zip(axes, by.dimensions, strict=True):
        if isinstance(label, str):
            evaluation.bind(label, dimension, node)
    found = joined(slope.labels, labels)
    array = contract([(slope.array, [*slope.labels, *kept, *axes])], [*found, *kept])
    return Value(array, found, top.dimensions)


def _bottom(node: Derivative) -> tuple[Expression, tuple[str, ...] | None]:
    """What is derived by, and its indices."""
    if not isinstance(node.bottom, Indexed):
        return node.bottom, None
    if ":" in node.bottom.labels:
        raise UnreadableError(Phrase(N_("a derivative is by one entry, or by all: without :")), node.span[0])
    return node.bottom.base, node.bottom.labels
