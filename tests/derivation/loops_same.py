"""Whether an answer equals the goal of an exercise, by plain loops."""

from __future__ import annotations

import math
from dataclasses import replace

from studybuddy.derivation import expression as e
from studybuddy.derivation.exercise import Exercise
from tests.derivation.by_loops import Loops


def same(exercise: Exercise, answer: e.Expression, seed: int = 0) -> bool:
    """Whether an answer equals the goal, entry by entry, in numbers of one draw."""
    dimensions = exercise.setting.names.dimensions
    loops = Loops(exercise, dict(zip(dimensions, (3, 2, 4, 5), strict=False)))
    loops.draw(seed)
    loops.learn(exercise.goal)
    goal_letters = dict(loops.letters)
    answer = _apart(answer, {}, [0])
    loops.learn(answer)
    free = _free(answer, frozenset())
    wanted = exercise.labels or tuple(dict.fromkeys(free))
    if exercise.labels:
        axes = tuple(goal_letters[label] for label in wanted)
    else:
        axes = tuple(axis for axis in loops.table(exercise.goal, {}).axes if axis != "1")
        if free:
            by_axis = {loops.letters[label]: label for label in free}
            wanted = tuple(by_axis[axis] for axis in axes)
    for place in loops.places(axes):
        env = dict(zip(wanted, place, strict=False)) if free or exercise.labels else {}
        goal = loops.table(exercise.goal, env if exercise.labels else {})
        found = loops.table(answer, env)
        real = [axis for axis in found.axes if axis != "1"]
        assert not real or len(real) == len(place), (found.axes, axes)
        expected = goal() if exercise.labels else goal(*_spread(place, goal.axes))
        if not math.isclose(found(*_spread(place, found.axes)), expected, rel_tol=1e-5, abs_tol=1e-7):
            return False
    return True


def _spread(place: tuple[int, ...], axes: tuple[str, ...]) -> list[int]:
    """A position among the axes that are longer than one, as one among all."""
    rest = iter(place)
    return [0 if axis == "1" else next(rest) for axis in axes]


def _free(node: e.Expression, bound: frozenset[str]) -> tuple[str, ...]:
    """Index letters that no sum binds, in the order they are written."""
    if isinstance(node, e.SumOver):
        bound |= {node.label}
    mine: tuple[str, ...] = ()
    if isinstance(node, e.Indexed):
        mine = tuple(label for label in node.labels if label not in (":", "None", "0"))
    elif isinstance(node, e.Kronecker):
        mine = (node.first, node.second)
    below = tuple(label for part in node.parts() for label in _free(part, bound))
    return tuple(dict.fromkeys((*(label for label in mine if label not in bound), *below)))


def _apart(node: e.Expression, names: dict[str, str], count: list[int]) -> e.Expression:
    """Every sum with a letter of its own."""
    if isinstance(node, e.SumOver):
        count[0] += 1
        fresh = f"{node.label}{count[0]}"
        return replace(node, label=fresh, body=_apart(node.body, names | {node.label: fresh}, count))
    parts = tuple(_apart(part, names, count) for part in node.parts())
    node = node.with_parts(parts) if parts else node
    if isinstance(node, e.Indexed):
        return replace(node, labels=tuple(names.get(label, label) for label in node.labels))
    if isinstance(node, e.Kronecker):
        return replace(
            node, first=names.get(node.first, node.first), second=names.get(node.second, node.second)
        )
    return node
