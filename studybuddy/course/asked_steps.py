"""The steps of derivations that cards may ask again: those of their lesson, and the drills."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from studybuddy.core.derivation import AskedStep
from studybuddy.core.lesson import SectionKind
from studybuddy.course.finder import content_root

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.core.derivation import Quantities, StepGoal
    from studybuddy.course.derivation_facts import DerivationFacts

DRILL = "drill/"


class AskedSteps:
    """Finds steps by the names that cards call them by. drills.toml is read when a drill is asked for."""

    def __init__(
        self, lesson: str, derivations: Iterable[DerivationFacts], course: Path, language: str
    ) -> None:
        """`course`: the folder that holds drills.toml; without one, the drills are those of the course."""
        self._lesson = lesson
        self._own = dict(_own(lesson, derivations))
        self._course = course
        self._language = language

    @property
    def section(self) -> str:
        """Full id of the section to which a card about a drill belongs."""
        return f"{self._lesson}/{SectionKind.DERIVATION}"

    def full_id(self, name: str) -> str:
        """`linear-backward/dw` is a step of the lesson, `drill/mse/gradient` one of a drill."""
        return name if name.startswith(DRILL) else f"{self._lesson}/{name}"

    def find(self, step: str) -> AskedStep | None:
        """What a step asks, by its full id; None for one without a goal.

        Raises:
            KeyError: there is no such step.
        """
        return self._drills[step] if step.startswith(DRILL) else self._own[step]

    @cached_property
    def _drills(self) -> dict[str, AskedStep | None]:
        from studybuddy.course.drills import FILE_NAME, read_drills
        from studybuddy.course.report import Report

        here = os.path.lexists(self._course / FILE_NAME)
        drills = read_drills(self._course if here else content_root(), self._language, Report())
        return {
            step.id: _asked(drill.quantities, step.goal, step.answer)
            for drill in drills
            for step in drill.steps
        }


def _own(lesson: str, derivations: Iterable[DerivationFacts]) -> Iterator[tuple[str, AskedStep | None]]:
    for derivation in derivations:
        for step in derivation.steps:
            asked = _asked(derivation.quantities, step.goal, step.answer)
            yield f"{lesson}/{derivation.id}/{step.id}", asked


def _asked(quantities: Quantities | None, goal: StepGoal | None, answer: str) -> AskedStep | None:
    return AskedStep(quantities, goal, answer) if quantities is not None and goal is not None else None
