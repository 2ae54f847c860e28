"""The steps of a derivation as exercises that answers are checked against.

The first one loads the checker.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studybuddy.core.derivation import Quantities, StepGoal
    from studybuddy.core.lesson import Derivation, DerivationStep
    from studybuddy.derivation.exercise import Exercise


def exercise_of(derivation: Derivation, step: DerivationStep) -> Exercise | None:
    """The exercise of a step; None where nothing is declared and the learner judges.

    Raises:
        UnreadableError: the declaration itself cannot be read.
    """
    if derivation.quantities is None or step.goal is None:
        return None
    return exercise_of_goal(derivation.quantities, step.goal)


def exercise_of_goal(quantities: Quantities, goal: StepGoal) -> Exercise:
    """The exercise of a goal.

    Raises:
        UnreadableError: the declaration itself cannot be read.
    """
    return _made(_Key(quantities), goal.formula, goal.derivatives, goal.contains, goal.shape)


class _Key:
    """Quantities, compared by what they say, so that equal ones share their draws."""

    def __init__(self, quantities: Quantities) -> None:
        self.quantities = quantities
        self._text = repr(quantities)

    def __hash__(self) -> int:
        return hash(self._text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other._text == self._text


@lru_cache(64)
def _made(
    key: _Key, formula: str, derivatives: tuple[tuple[str, str], ...], contains: tuple[str, ...], shape: str
) -> Exercise:
    from studybuddy.derivation.exercise import Declaration, Exercise, Form
    from studybuddy.derivation.read import read

    setting = Declaration.of(key.quantities).setting()
    form = Form(frozenset(derivatives), contains, shape)
    return Exercise(setting, read(formula, setting.names).expression, form)
