"""The values of what only NumPy has."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from studybuddy.core.phrase import Phrase
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
from studybuddy.derivation.expression import Expression, Number, Symbol
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import MistakeError, Value, contract, joined, shape, summed
from studybuddy.derivation.wording import written
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.evaluate import Evaluation


def reduced(evaluation: Evaluation, node: Reduced) -> Value:
    """Over one axis, or over all."""
    body = evaluation.value(node.body)
    if node.axis is None:
        for _ in body.dimensions:
            body = summed(body, 0, how=node.how)
        return body
    axis = _axis(body, node.axis, node)
    return summed(body, axis, how=node.how, keep=node.keep)


def _axis(body: Value, axis: int, node: Reduced | Length) -> int:
    place = axis + len(body.dimensions) if axis < 0 else axis
    if not 0 <= place < len(body.dimensions):
        words = N_("{part} has no axis {axis}")
        raise MistakeError(Phrase.of(words, part=written(node.body), axis=axis), node.span)
    return place


def einsum(evaluation: Evaluation, node: Einsum) -> Value:
    """By the letters of NumPy's `einsum`."""
    inputs, _, output = node.letters.partition("->")
    parts = []
    labels: tuple[str, ...] = ()
    dimension_of: dict[str, str] = {}
    for letters, operand in zip(inputs.split(","), node.operands, strict=True):
        found = evaluation.value(operand)
        if len(letters) != len(found.dimensions):
            said = Phrase.of(
                N_("einsum: {letters} has {n} letter, {part} has the axes {axes}"),
                plural=N_("einsum: {letters} has {n} letters, {part} has the axes {axes}"),
                n=len(letters),
                letters=letters,
                part=written(operand),
                axes=shape(found.dimensions),
            )
            raise MistakeError(said, operand.span)
        for letter, dimension in zip(letters, found.dimensions, strict=True):
            if (one := dimension_of.setdefault(letter, dimension)) != dimension:
                words = N_("einsum: {letter} is {one} in one operand and {other} in another")
                raise MistakeError(Phrase.of(words, letter=letter, one=one, other=dimension), operand.span)
        labels = joined(labels, found.labels)
        parts.append((found.array, [*found.labels, *((letter,) for letter in letters)]))
    array = contract(parts, [*labels, *((letter,) for letter in output)])
    return Value(array, labels, tuple(dimension_of[letter] for letter in output))


def filled(evaluation: Evaluation, node: Filled) -> Value:
    """One number everywhere."""
    dimensions = tuple(_dimension(evaluation, size) for size in node.sizes)
    sizes = [1 if dimension == "1" else evaluation.size(dimension) for dimension in dimensions]
    return Value(np.full(sizes, node.value), (), dimensions)


def eye(evaluation: Evaluation, node: Eye) -> Value:
    """The identity matrix."""
    dimension = _dimension(evaluation, node.size)
    return Value(np.eye(1 if dimension == "1" else evaluation.size(dimension)), (), (dimension, dimension))


def _dimension(evaluation: Evaluation, node: Expression) -> str:
    """The name of the dimension that a size stands for."""
    match node:
        case Number(1.0):
            return "1"
        case Symbol(name) if name in evaluation.world.sizes:
            return name
        case Length(body, axis):
            found = evaluation.value(body)
            return found.dimensions[_axis(found, axis, node)]
    raise UnreadableError(
        Phrase.of(N_("{part} is no size of the exercise"), part=written(node)), node.span[0]
    )


def filled_like(evaluation: Evaluation, node: FilledLike) -> Value:
    """One number everywhere, in the shape of another array."""
    body = evaluation.value(node.body)
    return Value(np.full(body.array.shape, node.value), body.labels, body.dimensions)


def length(evaluation: Evaluation, node: Length) -> Value:
    """The size of an axis, as a number."""
    body = evaluation.value(node.body)
    dimension = body.dimensions[_axis(body, node.axis, node)]
    return Value(np.array(1.0 if dimension == "1" else float(evaluation.size(dimension))))


_INSTEAD = {
    "if": N_("write np.where(condition, a, b)"),
    "not": N_("write ~"),
    "max": N_("write np.maximum"),
}
NOT_NEEDED = N_("leave it out: a mask counts as 0 and 1")


def single(evaluation: Evaluation, node: Single) -> Value:
    """One number, which Python asks for, or a vector."""
    body = evaluation.value(node.body)
    if node.word.endswith("outer"):
        flat = body.squeezed() if node.word == "outer" else body
        if len(flat.dimensions) > 1:
            words = N_("np.outer takes two vectors; {part} is {shape}")
            phrase = Phrase.of(words, part=written(node.body), shape=shape(body.dimensions))
            raise MistakeError(phrase, node.span)
        return flat
    if any(dimension != "1" for dimension in body.dimensions):
        words = N_("Python's {word} takes one number, {part} is an array {shape}: {instead}")
        facts = {"part": written(node.body), "shape": shape(body.dimensions)}
        instead = Phrase(_INSTEAD.get(node.word, NOT_NEEDED))
        raise UnreadableError(Phrase.of(words, word=node.word, instead=instead, **facts), node.span[0])
    return body


def reshaped(evaluation: Evaluation, node: Reshaped) -> Value:
    """A vector as a row, a column or a vector."""
    body = evaluation.value(node.body).squeezed()
    if len(body.dimensions) != 1:
        words = N_("only a vector is reshaped here; {part} is {shape}")
        phrase = Phrase.of(words, part=written(node.body), shape=shape(body.dimensions))
        raise MistakeError(phrase, node.span)
    if node.length is not None and _dimension(evaluation, node.length) != body.dimensions[0]:
        words = N_("{part} has the axes {axes}: it does not fit into {size}")
        facts = {"part": written(node.body), "axes": shape(body.dimensions), "size": written(node.length)}
        raise MistakeError(Phrase.of(words, **facts), node.span)
    named = iter(body.dimensions)
    dimensions = tuple("1" if size == 1 else next(named) for size in node.shape)
    array = body.array.reshape(*body.array.shape[:-1], *node.shape)
    return Value(array, body.labels, dimensions)
