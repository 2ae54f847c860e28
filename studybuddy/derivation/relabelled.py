"""Index letters of the learner's own choice.

Who begins with `∂L/∂W_{ab} = …` has renamed the goal's letters; the rest of the chain means theirs.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.derivation.expression import Expression, Indexed, Kronecker, SumOver, mapped, walk

if TYPE_CHECKING:
    from studybuddy.derivation.exercise import Exercise


def relabelled(exercise: Exercise, sides: tuple[Expression, ...]) -> tuple[Expression, ...]:
    """The sides with the goal's letters, where the first side is the goal with others."""
    if len(sides) < 2 or not exercise.labels or sides[0] == exercise.goal:
        return sides
    mapping = _mapping(sides[0], exercise.goal)
    if mapping is None or len(set(mapping.values())) != len(mapping):
        return sides
    taken = set(mapping.values())
    for side in sides:
        for node in walk(side):
            if isinstance(node, SumOver) and node.label in taken and node.label not in mapping:
                mapping[node.label] = node.label + "'"
    return tuple(mapped(side, lambda node: _renamed(node, mapping)) for side in sides)


def _mapping(written: Expression, goal: Expression) -> dict[str, str] | None:
    """Letters of one tree as those of another of the same form; None where the forms differ."""
    found: dict[str, str] = {}
    pairs = [(written, goal)]
    while pairs:
        one, other = pairs.pop()
        if type(one) is not type(other) or len(one.parts()) != len(other.parts()):
            return None
        if isinstance(one, Indexed) and isinstance(other, Indexed):
            if len(one.labels) != len(other.labels):
                return None
            for mine, theirs in zip(one.labels, other.labels, strict=True):
                if found.setdefault(mine, theirs) != theirs:
                    return None
        elif not one.parts() and one != other:
            return None
        pairs += zip(one.parts(), other.parts(), strict=True)
    return found


def _renamed(node: Expression, mapping: dict[str, str]) -> Expression:
    if isinstance(node, Indexed):
        return replace(node, labels=tuple(mapping.get(label, label) for label in node.labels))
    if isinstance(node, Kronecker):
        first, second = mapping.get(node.first, node.first), mapping.get(node.second, node.second)
        return replace(node, first=first, second=second)
    if isinstance(node, SumOver):
        return replace(node, label=mapping.get(node.label, node.label))
    return node
