"""Changes of one part of an answer: transposes, order, signs, indices, sums, brackets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations, permutations
from typing import TYPE_CHECKING

from studybuddy.derivation.array_expression import Einsum, Reduced, Single
from studybuddy.derivation.changes import Change, changed, everywhere, of_the_whole, sign_of
from studybuddy.derivation.exercise import labels_of
from studybuddy.derivation.expression import (
    NEW_AXIS,
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
    Where,
    mapped,
    walk,
)
from studybuddy.derivation.function_changes import of_columns, of_function
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.exercise import Exercise

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "!=": ">"}


def letters_of(exercise: Exercise, answer: Expression) -> tuple[str, ...]:
    """The index letters of an answer and of the goal."""
    labels = [label for node in walk(answer) for label in labels_of(node) if label.isalpha()]
    return tuple(dict.fromkeys((*labels, *exercise.labels)))


def changes(exercise: Exercise, answer: Expression, *, whole: bool = True) -> Iterator[Change]:
    """Every change of the whole, unless only those of parts are wanted, then of each part."""
    if whole:
        yield from of_the_whole(exercise, answer)
    letters = letters_of(exercise, answer)
    yield from everywhere(answer, lambda node: _of_node(exercise, node, letters))
    for one, other in combinations(letters, 2):
        words = N_("the indices {one} and {other} are exchanged")
        yield changed(words, answer, _exchanged(answer, one, other), one=one, other=other)


def _exchanged(answer: Expression, one: str, other: str) -> Expression:
    """With two index letters in each other's place, except below sums."""
    swap = {one: other, other: one}

    def change(node: Expression) -> Expression:
        if isinstance(node, Indexed):
            return replace(node, labels=tuple(swap.get(label, label) for label in node.labels))
        if isinstance(node, Kronecker):
            return replace(
                node, first=swap.get(node.first, node.first), second=swap.get(node.second, node.second)
            )
        return node

    return mapped(answer, change)


def _of_node(exercise: Exercise, node: Expression, letters: tuple[str, ...]) -> Iterator[Change]:
    match node:
        case Symbol(name):
            yield from _of_name(exercise, node, name)
        case Ones(dimension) if dimension:
            for size in exercise.setting.names.dimensions:
                yield changed(N_("{other} is meant, not {part}"), node, Ones(size), other=Ones(size))
        case Transpose(body):
            yield from of_columns(node)
            yield changed(N_("{part} must not be transposed"), node, body, part=body)
        case Product():
            yield from _of_product(node)
        case Total():
            yield from _of_total(node)
        case Indexed() | Kronecker():
            yield from _of_indices(node, letters)
        case SumOver():
            yield from _of_sum(node, letters)
        case Reduced() | Einsum():
            yield from _of_arrays(node)
        case _:
            yield from _of_the_rest(node)


def _of_name(exercise: Exercise, node: Symbol, name: str) -> Iterator[Change]:
    value = exercise.worlds[0].values.get(name)
    if value is not None and len(value.dimensions) == 2:
        yield changed(N_("{part} must be transposed"), node, Transpose(node))
    elif value is not None and len(value.dimensions) == 1:
        column = Indexed(node, (":", NEW_AXIS), plain=True)
        yield changed(N_("{part} must stand as a column: {other}"), node, column, other=column)
    elif value is None and name in exercise.setting.names.dimensions:
        for other in exercise.setting.names.dimensions:
            yield changed(N_("{other} is meant, not {part}"), node, Symbol(other), other=Symbol(other))


def _of_the_rest(node: Expression) -> Iterator[Change]:
    match node:
        case Comparison(left, right, sign):
            flipped = Comparison(left, right, _FLIPPED[sign])
            yield changed(N_("the comparison is the wrong way round"), node, flipped)
            if right != Number(0.0):
                yield changed(N_("the comparison is with 0"), node, Comparison(left, Number(0.0), sign))
        case Negative(body):
            yield changed(N_("the sign is wrong"), node, body, at=sign_of(node))
        case Quotient(top, bottom):
            yield changed(N_("the division by {part} is too many"), node, top, part=bottom, at=bottom.span)
            times = Product(top, bottom, Binding.EACH)
            yield changed(N_("{part} is a factor, not a divisor"), node, times, part=bottom, at=bottom.span)
        case Power(base, exponent):
            yield changed(N_("the power {part} is too many"), node, base, part=exponent, at=exponent.span)
        case Where(condition, yes, no):
            yield changed(N_("the two cases are exchanged"), node, Where(condition, no, yes))
            zero = Where(condition, yes, Number(0.0))
            yield changed(N_("where the condition does not hold it is 0"), node, zero)
        case Derivative(top, bottom):
            yield changed(N_("the derivative is upside down"), node, Derivative(bottom, top))
        case Apply():
            yield from of_function(node)


def _of_total(node: Total) -> Iterator[Change]:
    left, right = node.left, node.right
    turned = right.body if isinstance(right, Negative) else Negative(right)
    between = (left.span[1], right.body.span[0] if isinstance(right, Negative) else right.span[0])
    yield changed(N_("the sign between the two terms is wrong"), node, Total(left, turned), at=between)
    yield changed(N_("the term {part} is too many"), node, left, part=right, at=right.span)
    yield changed(N_("the term {part} is too many"), node, right, part=left, at=left.span)
    yield changed(N_("a product is meant, not a sum"), node, Product(left, right, Binding.EACH))
    wider: Expression | None = None
    if isinstance(left, Product):
        wider = Product(left.left, Total(left.right, right), left.binding)
    body, negative = (right.body, True) if isinstance(right, Negative) else (right, False)
    if isinstance(body, Quotient):
        top = Negative(body.top) if negative else body.top
        wider = Quotient(Total(left, top), body.bottom)
    if wider is not None:
        yield changed(N_("brackets are missing: {part}"), node, wider, part=wider)


def _of_arrays(node: Reduced | Einsum) -> Iterator[Change]:
    if isinstance(node, Einsum):
        for fresh in _einsum_letters(node.letters):
            yield changed(N_("einsum: it is {part}"), node, replace(node, letters=fresh), part=fresh)
        return
    for axis in (0, 1):
        if node.axis is None:
            words = N_("the sum runs over axis {axis} alone")
            yield changed(words, node, replace(node, axis=axis), axis=axis)
        if node.axis is None or node.axis % 2 != axis:
            words = N_("the sum runs over axis {axis}, with keepdims")
            yield changed(words, node, replace(node, axis=axis, keep=True), axis=axis)
    if node.axis is not None:
        yield changed(N_("the sum runs over the wrong axis"), node, replace(node, axis=1 - node.axis % 2))
    if node.how == "mean":
        yield changed(N_("a sum is meant, not a mean"), node, replace(node, how="sum"))
    yield changed(N_("nothing is summed here: {part}"), node, node.body, part=node)


def _einsum_letters(letters: str) -> Iterator[str]:
    """Other letters for the result, then a matrix transposed."""
    inputs, _, output = letters.partition("->")
    for other in permutations(dict.fromkeys(inputs.replace(",", "")), len(output)):
        yield f"{inputs}->{''.join(other)}"
    groups = inputs.split(",")
    for place, group in enumerate(groups):
        if len(group) == 2:
            yield f"{','.join([*groups[:place], group[::-1], *groups[place + 1 :]])}->{output}"


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
    yield changed(N_("the factor {part} is too many"), node, left, part=right, at=right.span)
    yield changed(N_("the factor {part} is too many"), node, right, part=left, at=left.span)
    yield from _of_outer(node)
    match left, right:
        case SumOver(label, one), SumOver(second, other) if label == second:
            yield changed(N_("one sum over both factors is meant"), node, SumOver(label, Product(one, other)))
        case Reduced("sum", one, axis), Reduced("sum", other, second) if axis == second:
            both = Reduced("sum", Product(one, other, Binding.EACH), axis)
            yield changed(N_("one sum over both factors is meant"), node, both)


def _of_outer(node: Product) -> Iterator[Change]:
    """An outer product instead, or a matrix product instead of `np.outer`."""
    match node.left, node.right:
        case Single(left), Transpose(Single(right)):
            whole = Product(Transpose(left), right)
            yield changed(N_("a matrix product is meant: {part}"), node, whole, part=whole)
        case left, Transpose(right, plain=True):
            outer = Product(left, Transpose(right))
            yield changed(N_("an outer product is meant: {part}"), node, outer, part=outer)
        case left, right if not isinstance(right, Transpose):
            outer = Product(left, Transpose(right))
            yield changed(N_("an outer product is meant: {part}"), node, outer, part=outer)


def _of_indices(node: Indexed | Kronecker, letters: tuple[str, ...]) -> Iterator[Change]:
    if isinstance(node, Indexed) and node.plain and "0" in node.labels:
        yield from _of_first(node)
    labels = labels_of(node) if isinstance(node, Kronecker) else node.labels
    if isinstance(node, Kronecker) and node.sign != "=":
        equal = replace(node, sign="=")
        yield changed(N_("{other} is meant, not {part}"), node, equal, other=equal)
    if len(labels) == 2 and isinstance(node, Indexed):
        words = N_("the indices of {part} are in the wrong order")
        yield changed(words, node, _with_labels(node, labels[::-1]))
    for place, label in enumerate(labels):
        for other in letters:
            if other not in labels and label.isalpha() and label != NEW_AXIS:
                words = N_("index {index} of {part} should be {other}")
                fresh = _with_labels(node, (*labels[:place], other, *labels[place + 1 :]))
                yield changed(words, node, fresh, index=label, other=other)
    for pair in permutations(letters, 2) if len(labels) == 2 else ():
        fresh = _with_labels(node, pair)
        yield changed(N_("{part} should be {other}"), node, fresh, other=fresh)


def _of_first(node: Indexed) -> Iterator[Change]:
    """The first row of an array instead of all."""
    if node.labels == ("0",):
        yield changed(N_("{part} is the first row alone"), node, node.base)
        words = N_("{part} is the first row alone: all rows are to be summed")
        yield changed(words, node, Reduced("sum", node.base, 0))


def _with_labels(node: Indexed | Kronecker, labels: tuple[str, ...]) -> Expression:
    if isinstance(node, Kronecker):
        return replace(node, first=labels[0], second=labels[1])
    return replace(node, labels=labels)
