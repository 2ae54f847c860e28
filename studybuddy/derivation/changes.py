"""Changes of an answer: how one is made, and those of the whole: sign, transpose, factors, a missing sum."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.array_expression import Reduced
from studybuddy.derivation.exercise import labels_of
from studybuddy.derivation.expression import (
    Apply,
    Expression,
    Negative,
    Number,
    Product,
    Quotient,
    Span,
    SumOver,
    Symbol,
    Transpose,
    walk,
)
from studybuddy.derivation.wording import written
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.exercise import Exercise


class Change(NamedTuple):
    """Another tree, and what was changed to come to it."""

    advice: Phrase
    span: Span
    node: Expression


def everywhere(node: Expression, change: Callable[[Expression], Iterator[Change]]) -> Iterator[Change]:
    """Every change of one node, put back into the tree."""
    yield from change(node)
    parts = node.parts()
    for place, part in enumerate(parts):
        for found in everywhere(part, change):
            whole = node.with_parts((*parts[:place], found.node, *parts[place + 1 :]))
            yield found._replace(node=whole)


def changed(
    words: str, node: Expression, fresh: Expression, *, at: Span | None = None, **facts: object
) -> Change:
    """A change of `node`; what `words` name is worded. `at`: where it is, where that is not all of `node`."""
    facts.setdefault("part", node)
    worded = {key: written(value) if isinstance(value, Expression) else value for key, value in facts.items()}
    used = {key: value for key, value in worded.items() if "{" + key + "}" in words}
    return Change(Phrase(words, tuple(used.items())), at if at and at[1] else node.span, fresh)


def sign_of(node: Negative) -> Span | None:
    """Where the minus of a negative part stands."""
    begin, body = node.span[0], node.body.span[0]
    return (begin, body) if begin < body else None


def of_the_whole(exercise: Exercise, answer: Expression) -> Iterator[Change]:
    """Changes of all that was written."""
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
    if not free:
        yield changed(N_("a sum over the rows is missing"), answer, Reduced("sum", answer, 0))
        yield changed(N_("a sum over the columns is missing"), answer, Reduced("sum", answer, 1))


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
