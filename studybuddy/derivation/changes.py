"""Changes of an answer in one place: transposes, order, signs, indices, sums, factors."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.array_expression import Einsum, Reduced
from studybuddy.derivation.exercise import labels_of
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
    Power,
    Product,
    Quotient,
    Span,
    SumOver,
    Symbol,
    Total,
    Transpose,
    Where,
    walk,
)
from studybuddy.derivation.wording import written
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.exercise import Exercise

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "!=": ">"}


class Change(NamedTuple):
    """Another tree, and what was changed to come to it."""

    advice: Phrase
    span: Span
    node: Expression


def changes(exercise: Exercise, answer: Expression) -> Iterator[Change]:
    """Every change of the whole, then of each part."""
    yield from _of_the_whole(exercise, answer)
    labels = [label for node in walk(answer) for label in labels_of(node) if label.isalpha()]
    letters = tuple(dict.fromkeys((*labels, *exercise.labels)))
    yield from everywhere(answer, lambda node: _of_node(exercise, node, letters))


def everywhere(node: Expression, change: Callable[[Expression], Iterator[Change]]) -> Iterator[Change]:
    """Every change of one node, put back into the tree."""
    yield from change(node)
    parts = node.parts()
    for place, part in enumerate(parts):
        for found in everywhere(part, change):
            whole = node.with_parts((*parts[:place], found.node, *parts[place + 1 :]))
            yield found._replace(node=whole)


def changed(words: str, node: Expression, fresh: Expression, **facts: object) -> Change:
    """A change of `node`; what `words` name is worded."""
    facts.setdefault("part", node)
    worded = {key: written(value) if isinstance(value, Expression) else value for key, value in facts.items()}
    used = {key: value for key, value in worded.items() if "{" + key + "}" in words}
    return Change(Phrase(words, tuple(used.items())), node.span, fresh)


def _of_the_whole(exercise: Exercise, answer: Expression) -> Iterator[Change]:
    yield changed(N_("the sign is wrong"), answer, Negative(answer))
    yield changed(N_("the whole is transposed"), answer, Transpose(answer))
    yield from _of_size(exercise, answer)
    yield changed(N_("a factor 2 is missing"), answer, Product(Number(2.0), answer))
    yield changed(N_("there is a factor 2 too many"), answer, Product(Number(0.5), answer))
    bound = {node.label for node in walk(answer) if isinstance(node, SumOver)}
    free = dict.fromkeys(label for node in walk(answer) for label in labels_of(node))
    for label in free:
        if label not in bound and label not in exercise.labels:
            words = N_("a sum over {index} is missing")
            yield changed(words, answer, SumOver(label, answer), index=label)


def _of_size(exercise: Exercise, answer: Expression) -> Iterator[Change]:
    """Factors 1/N and their like."""
    batch = exercise.setting.batch
    if batch not in exercise.setting.names.dimensions:
        return
    size = Symbol(batch)
    missing, more = N_("a factor 1/{size} is missing"), N_("there is a factor 1/{size} too many")
    yield changed(missing, answer, Quotient(answer, size), size=batch)
    yield changed(more, answer, Product(size, answer), size=batch)
    for other in exercise.setting.names.dimensions:
        if other == batch:
            continue
        instead = Quotient(Product(Symbol(other), answer), size)
        yield changed(N_("it is 1/{size}, not 1/{other}"), answer, instead, size=batch, other=other)
        yield changed(missing, answer, Quotient(answer, Symbol(other)), size=other)
        yield changed(more, answer, Product(Symbol(other), answer), size=other)
        root = Apply("sqrt", Symbol(other))
        yield changed(N_("a factor 1/√{size} is missing"), answer, Quotient(answer, root), size=other)
        yield changed(N_("there is a factor 1/√{size} too many"), answer, Product(root, answer), size=other)


def _of_node(exercise: Exercise, node: Expression, letters: tuple[str, ...]) -> Iterator[Change]:
    match node:
        case Symbol(name):
            value = exercise.worlds[0].values.get(name)
            if value is not None and len(value.dimensions) == 2:
                yield changed(N_("{part} must be transposed"), node, Transpose(node))
        case Transpose(body):
            yield changed(N_("{part} must not be transposed"), node, body, part=body)
        case Product():
            yield from _of_product(node)
        case Indexed():
            yield from _of_indices(node, letters)
        case SumOver():
            yield from _of_sum(node, letters)
        case Kronecker(first, second):
            yield from _of_kronecker(node, first, second, letters)
        case Reduced() | Einsum():
            yield from _of_arrays(node)
        case _:
            yield from _of_the_rest(node)


def _of_the_rest(node: Expression) -> Iterator[Change]:
    match node:
        case Comparison(left, right, sign):
            flipped = Comparison(left, right, _FLIPPED[sign])
            yield changed(N_("the comparison is the wrong way round"), node, flipped)
            if right != Number(0.0):
                yield changed(N_("the comparison is with 0"), node, Comparison(left, Number(0.0), sign))
        case Total(left, right):
            turned = right.body if isinstance(right, Negative) else Negative(right)
            yield changed(N_("the sign between the two terms is wrong"), node, Total(left, turned))
            yield changed(N_("the term {part} is too many"), node, left, part=right)
            yield changed(N_("the term {part} is too many"), node, right, part=left)
        case Negative(body):
            yield changed(N_("the sign is wrong"), node, body)
        case Quotient(top, bottom):
            yield changed(N_("the division by {part} is too many"), node, top, part=bottom)
        case Power(base, exponent):
            yield changed(N_("the power {part} is too many"), node, base, part=exponent)
        case Where(condition, yes, no):
            yield changed(N_("the two cases are exchanged"), node, Where(condition, no, yes))
            zero = Where(condition, yes, Number(0.0))
            yield changed(N_("where the condition does not hold it is 0"), node, zero)
        case Derivative(top, bottom):
            yield changed(N_("the derivative is upside down"), node, Derivative(bottom, top))
        case Apply(function, _, primes) if function in ("relu", "sigmoid", "tanh"):
            plain = replace(node, primes=0)
            words = (
                N_("no derivative is meant: {part}") if primes else N_("the derivative of {part} is meant")
            )
            yield changed(words, node, plain if primes else replace(node, primes=1), part=plain)


def _of_arrays(node: Reduced | Einsum) -> Iterator[Change]:
    if isinstance(node, Einsum):
        inputs, _, output = node.letters.partition("->")
        if len(output) == 2:
            fresh = f"{inputs}->{output[::-1]}"
            yield changed(N_("einsum: it is {part}"), node, replace(node, letters=fresh), part=fresh)
        groups = inputs.split(",")
        for place, group in enumerate(groups):
            if len(group) == 2:
                turned = [*groups[:place], group[::-1], *groups[place + 1 :]]
                fresh = f"{','.join(turned)}->{output}"
                yield changed(N_("einsum: it is {part}"), node, replace(node, letters=fresh), part=fresh)
        return
    if node.axis is None:
        for axis in (0, 1):
            words = N_("the sum runs over axis {axis} alone")
            yield changed(words, node, replace(node, axis=axis), axis=axis)
    else:
        yield changed(N_("the sum runs over the wrong axis"), node, replace(node, axis=1 - node.axis % 2))
    if node.how == "mean":
        yield changed(N_("a sum is meant, not a mean"), node, replace(node, how="sum"))
    yield changed(N_("there is a sum too many: {part}"), node, node.body, part=node)


def _of_sum(node: SumOver, letters: tuple[str, ...]) -> Iterator[Change]:
    label = node.label
    if node.upper and (node.lower > 1 or node.short):
        words = N_("the sum over {index} must run over all its values")
        yield changed(words, node, SumOver(label, node.body), index=label)
    yield changed(N_("there is a sum over {index} too many"), node, node.body, index=label)
    if node.upper:
        words = N_("the sum over {index} does not run to {size}")
        yield changed(words, node, SumOver(label, node.body), index=label, size=node.upper)
    for other in letters:
        if other != label:
            words = N_("the sum runs over {other}, not over {index}")
            yield changed(words, node, SumOver(other, node.body), index=label, other=other)


def _of_product(node: Product) -> Iterator[Change]:
    left, right = node.left, node.right
    if node.binding is Binding.EACH:
        yield changed(N_("a matrix product is meant, not ⊙"), node, replace(node, binding=Binding.MATRIX))
    else:
        swapped = replace(node, left=right, right=left)
        yield changed(N_("the order of the factors is wrong: {part}"), node, swapped, part=swapped)
        each = replace(node, binding=Binding.EACH)
        yield changed(N_("an elementwise product ⊙ is meant, not a matrix product"), node, each)
    yield changed(N_("the factor {part} is too many"), node, left, part=right)
    yield changed(N_("the factor {part} is too many"), node, right, part=left)


def _of_indices(node: Indexed, letters: tuple[str, ...]) -> Iterator[Change]:
    if len(node.labels) == 2:
        swapped = replace(node, labels=node.labels[::-1])
        yield changed(N_("the indices of {part} are in the wrong order"), node, swapped, part=node)
    for place, label in enumerate(node.labels):
        for other in letters:
            if other != label and label.isalpha():
                labels = (*node.labels[:place], other, *node.labels[place + 1 :])
                words = N_("index {index} of {part} should be {other}")
                yield changed(words, node, replace(node, labels=labels), part=node, index=label, other=other)


def _of_kronecker(node: Kronecker, first: str, second: str, letters: tuple[str, ...]) -> Iterator[Change]:
    for other in letters:
        if other not in (first, second):
            words = N_("index {index} of {part} should be {other}")
            yield changed(words, node, replace(node, first=other), part=node, index=first, other=other)
            yield changed(words, node, replace(node, second=other), part=node, index=second, other=other)
