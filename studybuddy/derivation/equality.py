"""Equality on random draws with sizes that all differ."""

from __future__ import annotations

from studybuddy.derivation.compare import Difference, difference
from studybuddy.derivation.evaluate import Evaluation
from studybuddy.derivation.exercise import Exercise
from studybuddy.derivation.expression import Expression
from studybuddy.derivation.source import UnreadableError
from studybuddy.derivation.values import MistakeError


def equal(exercise: Exercise, answer: Expression) -> bool:
    """Whether an expression equals the goal in every world; what cannot be evaluated does not."""
    try:
        return differs(exercise, answer) is None
    except (MistakeError, UnreadableError):
        return False


def differs(exercise: Exercise, answer: Expression) -> Difference | None:
    """The first difference from the goal in any world, None where they are equal.

    Raises:
        MistakeError: the answer is wrong as mathematics.
        UnreadableError: it uses something that cannot be evaluated here.
    """
    for world, (goal, bound) in zip(exercise.worlds, exercise.truths, strict=True):
        evaluation = Evaluation(world, bound)
        found = difference(goal, evaluation.run(answer), evaluation.bound)
        if found is not None:
            return found
    return None
