"""How an answer behaves otherwise than what is wanted, where nothing plainer can be said of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.compare import Difference, Pair, aligned
from studybuddy.derivation.evaluate import Evaluation
from studybuddy.derivation.expression import (
    Binding,
    Expression,
    Negative,
    Product,
    Quotient,
    Span,
    Symbol,
    walk,
)
from studybuddy.derivation.names import shown
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import Array, MistakeError
from studybuddy.derivation.wording import written
from studybuddy.derivation.world import World
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.exercise import Exercise

_DOUBLED = {
    1.0: N_("stays as it is"),
    2.0: N_("is doubled"),
    4.0: N_("is four times as large"),
    0.5: N_("is halved"),
    0.25: N_("is a quarter of it"),
}
_TURNED = {1.0: N_("stays as it is"), -1.0: N_("changes its sign, too")}
OTHERWISE = N_("changes in another way")


class Behaviour(NamedTuple):
    """What is said, and the part it is about; None for all of the answer."""

    reason: Phrase
    span: Span | None = None


def behaviour(exercise: Exercise, answer: Expression) -> Behaviour | None:
    """A factor that is wrong beside right ones, else how the answer moves when a tensor does."""
    return _wrong_factor(exercise, answer) or _moved_otherwise(exercise, answer)


def pair_in(exercise: Exercise, answer: Expression, world: World) -> Pair | None:
    """Goal and answer in any world; None where they cannot be compared."""
    try:
        evaluation = Evaluation(world)
        goal = evaluation.run(exercise.goal)
        found = aligned(goal, evaluation.run(answer), evaluation.bound)
    except (MistakeError, UnreadableError):
        return None
    return None if isinstance(found, Difference) else found


def _wrong_factor(exercise: Exercise, answer: Expression) -> Behaviour | None:
    """Of factors element by element the one by which the answer is wrong.

    Goal over answer does not move with the tensors of the factors that are right.
    """
    parts = [*_factors(answer)]
    pair = pair_in(exercise, answer, exercise.worlds[0])
    if len(parts) < 2 or pair is None or not np.all(pair.answer):
        return None
    with np.errstate(all="ignore"):
        return _beside_right_ones(exercise, answer, parts, pair.goal / pair.answer)


def _beside_right_ones(
    exercise: Exercise, answer: Expression, parts: list[Expression], ratio: Array
) -> Behaviour | None:
    settled = set()
    for name in exercise.setting.tensors:
        other = pair_in(exercise, answer, exercise.redrawn(name))
        if other is None or not np.all(other.answer):
            return None
        if np.allclose(other.goal / other.answer, ratio, 1e-8, 1e-11):
            settled.add(name)
    named = [(part, _given(exercise, part)) for part in parts]
    wrong = [part for part, names in named if names - settled]
    right = [part for part, names in named if names and names <= settled]
    if len(wrong) != 1 or not right:
        return None
    words = N_("the factor {part} is not right; what stands beside it is")
    return Behaviour(Phrase.of(words, part=written(wrong[0])), wrong[0].span)


def _factors(node: Expression) -> Iterator[Expression]:
    match node:
        case Product(left, right, Binding.EACH | Binding.BESIDE):
            yield from _factors(left)
            yield from _factors(right)
        case Quotient(left, right):
            yield from _factors(left)
            yield from _factors(right)
        case Negative(body):
            yield from _factors(body)
        case _:
            yield node


def _given(exercise: Exercise, node: Expression) -> set[str]:
    """The given tensors that a part is made of."""
    found: set[str] = set()
    names = [part.name for part in walk(node) if isinstance(part, Symbol)]
    for name in names:
        if name in exercise.setting.tensors:
            found.add(name)
        elif (definition := exercise.setting.definitions.get(name)) is not None:
            found |= _given(exercise, definition)
    return found


def _moved_otherwise(exercise: Exercise, answer: Expression) -> Behaviour | None:
    """What becomes of goal and answer when one given tensor changes its sign, or is doubled."""
    pair = pair_in(exercise, answer, exercise.worlds[0])
    if pair is None:
        return None
    for times, known in ((-1.0, _TURNED), (2.0, _DOUBLED)):
        for name in exercise.setting.tensors:
            if name in exercise.setting.drawn:
                continue
            world = _scaled(exercise, name, times)
            moved = pair_in(exercise, answer, world) if world is not None else None
            if moved is None:
                continue
            wanted, found = (
                _grown(before, after, known)
                for before, after in ((pair.goal, moved.goal), (pair.answer, moved.answer))
            )
            if wanted != found:
                words = (
                    N_("when {tensor} changes its sign, what is wanted {wanted}; your answer {found}")
                    if times < 0
                    else N_("when {tensor} is doubled, what is wanted {wanted}; your answer {found}")
                )
                said = Phrase.of(words, tensor=shown(name), wanted=Phrase(wanted), found=Phrase(found))
                return Behaviour(said)
    return None


def _grown(before: Array, after: Array, known: dict[float, str]) -> str:
    for ratio, words in known.items():
        if np.allclose(after, ratio * before, 1e-8, 1e-11):
            return words
    return OTHERWISE


def _scaled(exercise: Exercise, name: str, times: float) -> World | None:
    """The first world with one given tensor multiplied; None where something in it has no value then."""
    world = exercise.worlds[0]
    given = {tensor: world.values[tensor].array for tensor in exercise.setting.tensors}
    try:
        return World.of(exercise.setting, world.sizes, given | {name: times * given[name]})
    except (MistakeError, UnreadableError):
        return None
