"""Changes of a function: another one, none, its derivative, softmax of a matrix that lies the wrong way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from studybuddy.derivation.changes import Change, changed
from studybuddy.derivation.expression import Apply, Expression, Transpose
from studybuddy.derivation.wording import function_name
from studybuddy.i18n import N_

_MISTAKEN = (
    *(("relu", 1), ("sigmoid", 1), ("tanh", 1)),
    *(("softmax", 0), ("sigmoid", 0), ("tanh", 0), ("relu", 0), ("exp", 0), ("log", 0)),
)
"""Functions that are taken for one another, with how often they are derived."""


def of_function(node: Apply) -> Iterator[Change]:
    """A function that is applied."""
    if node.function in ("relu", "sigmoid", "tanh"):
        plain = replace(node, primes=0)
        words = (
            N_("no derivative is meant: {part}") if node.primes else N_("the derivative of {part} is meant")
        )
        yield changed(words, node, plain if node.primes else replace(node, primes=1), part=plain)
    if node.function == "softmax" and isinstance(node.body, Transpose):
        behind = Transpose(replace(node, body=node.body.body), plain=node.body.plain)
        yield changed(N_("transpose behind softmax, not in front of it: {part}"), node, behind, part=behind)
    elif node.function == "softmax":
        turned = Transpose(replace(node, body=Transpose(node.body)))
        words = N_("{part} lies the other way round: softmax must run over its columns")
        yield changed(words, node, turned, part=node.body)
    if node.function in ("sqrt", "diag"):
        return
    name = function_name(node)
    yield changed(N_("no {name} is meant: {part}"), node, node.body, part=node.body, name=name)
    for function, primes in _MISTAKEN:
        other = replace(node, function=function, primes=primes)
        if function != node.function:
            yield changed(N_("{other} is meant, not {part}"), node, other, other=other)


def of_columns(node: Transpose) -> Iterator[Change]:
    """Softmax of each column, which is that of the transposed matrix."""
    match node.body:
        case Apply("softmax", Transpose(body)) as inner:
            rows: Expression = replace(inner, body=body)
            yield changed(N_("softmax runs over each row, not over each column: axis=1"), node, rows)
            turned = replace(node, body=rows)
            words = N_("softmax runs over each row, not over each column, and is transposed then: {part}")
            yield changed(words, node, turned, part=turned)
