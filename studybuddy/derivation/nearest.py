"""The nearest right answer: what a learner would have to change, found by trying.

Their own tree is changed in one place, then in two, until a change makes it right. The first such change
names the slip. Kinds of change that learners' slips are most often come first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.equality import equal
from studybuddy.derivation.exercise import labels_of
from studybuddy.derivation.expression import (
    Apply,
    Binding,
    Comparison,
    Expression,
    Indexed,
    Kronecker,
    Negative,
    Number,
    Product,
    Quotient,
    Reduced,
    Span,
    SumOver,
    Symbol,
    Total,
    Transpose,
    walk,
)
from studybuddy.derivation.wording import written
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.exercise import Exercise

MOST_TRIES = 600
LONGEST_S = 0.35


class Fix(NamedTuple):
    """A change that makes the answer right: what to do, where, and what comes of it."""

    advice: Phrase
    span: Span
    answer: Expression


class _Change(NamedTuple):
    advice: Phrase
    span: Span
    node: Expression


def nearest(exercise: Exercise, answer: Expression) -> Fix | None:
    """The first change that makes an answer equal to the goal; None when none was found in time."""
    end = time.monotonic() + LONGEST_S
    seen = {answer}
    for change in islice(_nearby(exercise, answer), MOST_TRIES):
        if change.node in seen:
            continue
        seen.add(change.node)
        if equal(exercise, change.node):
            return Fix(change.advice, change.span, change.node)
        if time.monotonic() > end:
            return None
    return None


def _nearby(exercise: Exercise, answer: Expression) -> Iterator[_Change]:
    """All changes in one place, then in two."""
    singles = [*_changes(exercise, answer)]
    yield from singles
    for first in singles:
        for second in _changes(exercise, first.node):
            words = N_("{first}; and {second}")
            yield _Change(Phrase.of(words, first=first.advice, second=second.advice), first.span, second.node)


def _changes(exercise: Exercise, answer: Expression) -> Iterator[_Change]:
    yield from _of_the_whole(exercise, answer)
    labels = tuple(dict.fromkeys([label for node in walk(answer) for label in labels_of(node)]))
    letters = tuple(dict.fromkeys((*labels, *exercise.labels)))
    yield from _everywhere(exercise, answer, letters)


def _everywhere(exercise: Exercise, node: Expression, letters: tuple[str, ...]) -> Iterator[_Change]:
    """Every change of one node, put back into the tree."""
    yield from _of_node(exercise, node, letters)
    parts = node.parts()
    for place, part in enumerate(parts):
        for change in _everywhere(exercise, part, letters):
            whole = node.with_parts((*parts[:place], change.node, *parts[place + 1 :]))
            yield change._replace(node=whole)


def _of_the_whole(exercise: Exercise, answer: Expression) -> Iterator[_Change]:
    span = answer.span
    yield _Change(Phrase(N_("the sign is wrong")), span, Negative(answer))
    yield _Change(Phrase(N_("the whole is transposed")), span, Transpose(answer))
    batch = exercise.setting.batch
    if batch in exercise.setting.names.dimensions:
        size = Symbol(batch)
        missing = Phrase.of(N_("a factor 1/{size} is missing"), size=batch)
        yield _Change(missing, span, Quotient(answer, size))
        yield _Change(
            Phrase.of(N_("there is a factor 1/{size} too many"), size=batch), span, Product(size, answer)
        )
        for other in exercise.setting.names.dimensions:
            if other != batch:
                instead = Phrase.of(N_("it is 1/{size}, not 1/{other}"), size=batch, other=other)
                yield _Change(instead, span, Quotient(Product(Symbol(other), answer), size))
                one = Phrase.of(N_("a factor 1/{size} is missing"), size=other)
                yield _Change(one, span, Quotient(answer, Symbol(other)))
                root = Phrase.of(N_("a factor 1/√{size} is missing"), size=other)
                yield _Change(root, span, Quotient(answer, _root(other)))
                more = Phrase.of(N_("there is a factor 1/√{size} too many"), size=other)
                yield _Change(more, span, Product(_root(other), answer))
    for value in (2.0, 0.5):
        slip = N_("a factor 2 is missing") if value == 2.0 else N_("there is a factor 2 too many")
        yield _Change(Phrase(slip), span, Product(Number(value), answer))
    bound = {node.label for node in walk(answer) if isinstance(node, SumOver)}
    free = dict.fromkeys(label for node in walk(answer) for label in labels_of(node))
    for label in free:
        if label not in bound and label not in exercise.labels:
            words = Phrase.of(N_("a sum over {index} is missing"), index=label)
            yield _Change(words, span, SumOver(label, answer))


def _root(dimension: str) -> Expression:
    return Apply("sqrt", Symbol(dimension))


def _of_node(exercise: Exercise, node: Expression, letters: tuple[str, ...]) -> Iterator[_Change]:
    match node:
        case Symbol(name):
            value = exercise.worlds[0].values.get(name)
            if value is not None and len(value.dimensions) == 2:
                yield _change(N_("{part} must be transposed"), node, Transpose(node))
        case Transpose(body):
            yield _change(N_("{part} must not be transposed"), node, body, part=body)
        case Product():
            yield from _of_product(node)
        case Indexed():
            yield from _of_indices(node, letters)
        case SumOver():
            yield from _of_sum(node, letters)
        case Kronecker(first, second):
            yield from _of_kronecker(node, first, second, letters)
        case _:
            yield from _of_the_rest(node)


def _of_the_rest(node: Expression) -> Iterator[_Change]:
    match node:
        case Comparison(left, right, sign):
            flipped = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}[sign]
            yield _change(N_("the comparison is the wrong way round"), node, Comparison(left, right, flipped))
        case Reduced(axis=int(axis)):
            yield _change(N_("the sum runs over the wrong axis"), node, replace(node, axis=1 - axis % 2))
        case Total(left, right):
            turned = right.body if isinstance(right, Negative) else Negative(right)
            yield _change(N_("the sign between the two terms is wrong"), node, Total(left, turned))
            yield _change(N_("the term {part} is too many"), node, left, part=right)
            yield _change(N_("the term {part} is too many"), node, right, part=left)
        case Negative(body):
            yield _change(N_("the sign is wrong"), node, body)
        case Quotient(top, bottom):
            yield _change(N_("the division by {part} is too many"), node, top, part=bottom)


def _of_sum(node: SumOver, letters: tuple[str, ...]) -> Iterator[_Change]:
    label = node.label
    yield _change(N_("there is a sum over {index} too many"), node, node.body, index=label)
    for other in letters:
        if other != label:
            words = N_("the sum runs over {other}, not over {index}")
            yield _change(words, node, SumOver(other, node.body), index=label, other=other)


def _of_product(node: Product) -> Iterator[_Change]:
    left, right = node.left, node.right
    if node.binding is Binding.EACH:
        yield _change(N_("a matrix product is meant, not ⊙"), node, replace(node, binding=Binding.MATRIX))
    else:
        swapped = replace(node, left=right, right=left)
        yield _change(N_("the order of the factors is wrong: {part}"), node, swapped, part=swapped)
        each = replace(node, binding=Binding.EACH)
        yield _change(N_("an elementwise product ⊙ is meant, not a matrix product"), node, each)
    yield _change(N_("the factor {part} is too many"), node, left, part=right)
    yield _change(N_("the factor {part} is too many"), node, right, part=left)


def _of_indices(node: Indexed, letters: tuple[str, ...]) -> Iterator[_Change]:
    if len(node.labels) == 2:
        swapped = replace(node, labels=node.labels[::-1])
        yield _change(N_("the indices of {part} are in the wrong order"), node, swapped, part=node)
    for place, label in enumerate(node.labels):
        for other in letters:
            if other != label:
                labels = (*node.labels[:place], other, *node.labels[place + 1 :])
                words = N_("index {index} of {part} should be {other}")
                yield _change(words, node, replace(node, labels=labels), part=node, index=label, other=other)


def _of_kronecker(node: Kronecker, first: str, second: str, letters: tuple[str, ...]) -> Iterator[_Change]:
    for other in letters:
        if other not in (first, second):
            words = N_("index {index} of {part} should be {other}")
            yield _change(words, node, replace(node, first=other), part=node, index=first, other=other)
            yield _change(words, node, replace(node, second=other), part=node, index=second, other=other)


def _change(words: str, node: Expression, fresh: Expression, **facts: object) -> _Change:
    facts.setdefault("part", node)
    worded = {key: written(value) if isinstance(value, Expression) else value for key, value in facts.items()}
    used = {key: value for key, value in worded.items() if "{" + key + "}" in words}
    return _Change(Phrase(words, tuple(used.items())), node.span, fresh)
