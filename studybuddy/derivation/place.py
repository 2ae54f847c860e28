"""Where an answer is wrong, as narrowly as it can be said: the factor, the divisor, the sign, the number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.derivation.changes import Change, changed, everywhere, sign_of
from studybuddy.derivation.equality import equal
from studybuddy.derivation.expression import (
    Expression,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Span,
    Symbol,
    Total,
    walk,
)

if TYPE_CHECKING:
    from studybuddy.derivation.exercise import Exercise
    from studybuddy.derivation.nearest import Fix

LARGEST = 60
"""Parts of an answer in which a place is looked for."""
_TIMES = (2.0, 0.5, 4.0, 0.25, 3.0, 1 / 3)


def narrowest(exercise: Exercise, side: Expression, fault: Span, fix: Fix | None) -> Span:
    """The part of a side to point at.

    Args:
        exercise: the step.
        side: what is wrong.
        fault: where its evaluation failed; all of the side where only its values are wrong.
        fix: what would make it right.
    """
    if fix is not None and fault[0] <= fix.span[0] < fix.span[1] <= fault[1] and fix.span != fault:
        return fix.span
    if fault != side.span:
        return fault
    if (fix is None or fix.single) and sum(1 for _ in walk(side)) <= LARGEST:
        for change in everywhere(side, lambda node: _less(exercise, node)):
            if change.span[1] and equal(exercise, change.node):
                return change.span
    return fault


def _less(exercise: Exercise, node: Expression) -> Iterator[Change]:
    """The tree without one factor, divisor, term or sign, or with another number or size in its place."""
    match node:
        case Negative(body):
            yield changed("", node, body, at=sign_of(node))
        case Product(left, right) | Total(left, right):
            yield changed("", node, left, at=right.span)
            yield changed("", node, right, at=left.span)
        case Quotient(top, bottom):
            yield changed("", node, top, at=bottom.span)
        case Power(base, exponent):
            yield changed("", node, base, at=exponent.span)
        case Number(value):
            for times in _TIMES:
                yield changed("", node, replace(node, value=value * times))
        case Symbol(name) if name in exercise.setting.names.dimensions:
            for other in exercise.setting.names.dimensions:
                if other != name:
                    yield changed("", node, replace(node, name=other))
