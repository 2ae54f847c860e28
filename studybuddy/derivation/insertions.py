"""What may be missing in an answer, or stand for something else: another tensor, a mask, a factor, a term."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from typing import TYPE_CHECKING

from studybuddy.derivation.changes import Change, changed, everywhere
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
    Power,
    Product,
    Quotient,
    SumOver,
    Symbol,
    Total,
    Transpose,
    mapped,
    walk,
)
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.exercise import Exercise

FACTOR_MISSING = N_("the factor {part} is missing")
MASK_MISSING = N_("the mask ⊙ {part} is missing")
TERM_MISSING = N_("the term {part} is missing")


def insertions(exercise: Exercise, answer: Expression) -> Iterator[Change]:
    """Every way to replace a tensor by another, then to add one that is known."""
    tensors = _tensors(exercise)
    yield from everywhere(answer, lambda node: _instead(node, tensors))
    yield from _everywhere_instead(answer, tensors)
    yield from everywhere(answer, lambda node: _scaled(node, exercise.setting.names.dimensions))
    if any(labels_of(node) for node in walk(answer)) or (exercise.labels and not _has_tensor(answer)):
        yield from _indexed(exercise, answer, tensors)
        return
    yield from everywhere(answer, lambda node: _masked(node, tensors))
    yield from everywhere(answer, lambda node: _joined(node, tensors))
    for name in tensors:
        for term in (Symbol(name), Transpose(Symbol(name))):
            yield changed(TERM_MISSING, answer, Total(answer, term), part=term)
            yield changed(TERM_MISSING, answer, Total(answer, Negative(term)), part=Negative(term))


def _tensors(exercise: Exercise) -> dict[str, tuple[str, ...]]:
    """Everything with axes, by name."""
    values = exercise.worlds[0].values
    return {name: value.squeezed().dimensions for name, value in values.items() if value.dimensions}


def _has_tensor(answer: Expression) -> bool:
    return any(isinstance(node, Symbol) and len(node.name) > 0 for node in walk(answer))


def _instead(node: Expression, tensors: dict[str, tuple[str, ...]]) -> Iterator[Change]:
    """Another tensor of as many axes, those of the same axes first."""
    if not isinstance(node, Symbol) or node.name not in tensors:
        return
    axes, rank = tensors[node.name], len(tensors[node.name])
    others = [name for name in tensors if len(tensors[name]) == rank and name != node.name]
    for name in sorted(others, key=lambda name: tensors[name] != axes):
        other = Symbol(name, span=node.span)
        yield changed(N_("{other} is meant, not {part}"), node, other, other=other)
    if rank == 2:
        rest = Total(Number(1.0), Negative(node))
        yield changed(N_("{other} is meant, not {part}"), node, rest, other=rest)


def _everywhere_instead(answer: Expression, tensors: dict[str, tuple[str, ...]]) -> Iterator[Change]:
    """Another tensor in every place, or two in each other's place."""
    named = [node.name for node in walk(answer) if isinstance(node, Symbol) and node.name in tensors]
    for name in dict.fromkeys(named):
        for other in tensors:
            if len(tensors[other]) != len(tensors[name]) or other == name:
                continue
            if named.count(name) > 1:
                words = N_("{other} is meant everywhere, not {part}")
                fresh = _swapped(answer, {name: other})
                yield changed(words, answer, fresh, part=Symbol(name), other=Symbol(other))
            if other in named and name < other:
                words = N_("{part} and {other} are exchanged")
                fresh = _swapped(answer, {name: other, other: name})
                yield changed(words, answer, fresh, part=Symbol(name), other=Symbol(other))


def _swapped(answer: Expression, names: dict[str, str]) -> Expression:
    def change(node: Expression) -> Expression:
        return (
            Symbol(names[node.name], span=node.span)
            if isinstance(node, Symbol) and node.name in names
            else node
        )

    return mapped(answer, change)


def _scaled(node: Expression, dimensions: tuple[str, ...]) -> Iterator[Change]:
    """Divided by the root of a size, inside of a function."""
    if isinstance(node, Apply):
        for name in dimensions:
            inner = Quotient(node.body, Apply("sqrt", Symbol(name)))
            words = N_("in {part} a factor 1/√{size} is missing")
            yield changed(words, node, replace(node, body=inner), size=name)


def _masked(node: Expression, tensors: dict[str, tuple[str, ...]]) -> Iterator[Change]:
    if isinstance(node, Number | Transpose) or not node.span[1]:
        return
    for name, axes in tensors.items():
        if len(axes) == 2:
            mask = Comparison(Symbol(name), Number(0.0), ">")
            yield changed(MASK_MISSING, node, Product(node, mask, Binding.EACH), part=mask)
            if node == Symbol(name):
                yield changed(N_("the mask {other} is meant, not {part}"), node, mask, other=mask)


def _joined(node: Expression, tensors: dict[str, tuple[str, ...]]) -> Iterator[Change]:
    """A factor element by element, or as a matrix product from either side."""
    if isinstance(node, Number) or not node.span[1]:
        return
    for name in tensors:
        for factor in (Symbol(name), Transpose(Symbol(name))):
            yield changed(FACTOR_MISSING, node, Product(node, factor, Binding.EACH), part=factor)
            yield changed(FACTOR_MISSING, node, Product(factor, node), part=factor)
            yield changed(FACTOR_MISSING, node, Product(node, factor), part=factor)
    yield changed(N_("a square is missing: {part}"), node, Power(node, Number(2.0)))


def _indexed(exercise: Exercise, answer: Expression, tensors: dict[str, tuple[str, ...]]) -> Iterator[Change]:
    """Factors and terms with the letters that there are."""
    letters = [label for node in walk(answer) for label in labels_of(node) if label.isalpha()]
    known = tuple(dict.fromkeys((*exercise.labels, *letters)))[:4]
    factors = [
        Indexed(Symbol(name), labels)
        for name, axes in tensors.items()
        for labels in permutations(known, len(axes))
    ]
    deltas = [Kronecker(one, other) for one, other in permutations(known, 2) if one < other]
    for factor in (*deltas, *factors):
        yield from everywhere(answer, lambda node, factor=factor: _beside(node, factor))  # type: ignore[misc]
    singles = [factor for factor in factors if len(factor.labels) == 1]
    pairs = [Product(one, other) for one in singles for other in singles if one.labels < other.labels]
    diagonals = [Product(delta, factor) for delta in deltas for factor in singles]
    for term in (*deltas, *factors, *pairs, *diagonals):
        yield changed(TERM_MISSING, answer, Total(answer, term), part=term)
        yield changed(TERM_MISSING, answer, Total(answer, Negative(term)), part=Negative(term))


def _beside(node: Expression, factor: Expression) -> Iterator[Change]:
    """A factor beside the whole below a sum, or instead of a plain 1."""
    if node == Number(1.0):
        yield changed(N_("the 1 should be {part}"), node, factor, part=factor)
    elif isinstance(node, SumOver):
        body = Product(node.body, factor)
        yield changed(FACTOR_MISSING, node, SumOver(node.label, body, node.upper), part=factor)
    elif isinstance(node, Total | Indexed | Product) and node.span[1]:
        yield changed(FACTOR_MISSING, node, Product(node, factor), part=factor)
