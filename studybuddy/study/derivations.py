"""Every derivation there is: those of the lessons, and the drills beside them."""

from __future__ import annotations

from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.errors import UnknownIdError
from studybuddy.i18n import N_
from studybuddy.study.step_log import standing

if TYPE_CHECKING:
    from studybuddy.core.lesson import Derivation, DerivationStep
    from studybuddy.derivation.exercise import Exercise
    from studybuddy.study.desk import Desk
    from studybuddy.study.library import Library

DRILL = "drill"
"""How the ids of drills begin."""


class DrillState(StrEnum):
    """How far a learner is with a drill."""

    NEW = "new"
    TRIED = "tried"
    DONE = "done"


class DrillStanding(NamedTuple):
    """A drill, and how far the learner is with it."""

    drill: Derivation
    derived: int
    """Steps that were derived, alone or with help."""
    state: DrillState

    @property
    def total(self) -> int:
        """How many steps are the learner's."""
        return sum(not step.given for step in self.drill.steps)


class Derivations:
    """Finds derivations and their steps, in the language in use."""

    def __init__(self, desk: Desk, library: Library) -> None:
        self._desk = desk
        self._library = library
        self._drills: dict[str, tuple[Derivation, ...]] = {}

    def drills(self) -> tuple[Derivation, ...]:
        """The drills of the course, in their order."""
        language = self._desk.language
        if language not in self._drills:
            from studybuddy.course.drills import read_drills
            from studybuddy.course.report import Report

            self._drills[language] = read_drills(self._desk.content, language, Report())
        return self._drills[language]

    def drill_standings(self) -> list[DrillStanding]:
        """Every drill, in their order, with how far the learner is."""
        return [self._drill_standing(drill) for drill in self.drills()]

    def _drill_standing(self, drill: Derivation) -> DrillStanding:
        found = [standing(self._desk.store.log, step.id) for step in drill.steps if not step.given]
        derived = sum(step.derived for step in found)
        tried = any(step.result is not None or step.wrong for step in found)
        state = DrillState.TRIED if tried else DrillState.NEW
        return DrillStanding(drill, derived, DrillState.DONE if derived == len(found) else state)

    def ids(self) -> list[str]:
        """Every derivation, the lessons' first."""
        lessons = self._desk.catalogue.lessons
        return [d.id for lesson in lessons for d in lesson.derivations] + [d.id for d in self.drills()]

    def get(self, wanted: str) -> Derivation:
        """A derivation by its id; its last part is enough where it is unique.

        Raises:
            UnknownIdError: there is none; the nearest are offered.
        """
        known = self.ids()
        name = wanted.strip().lower()
        tails = [identifier for identifier in known if identifier.rsplit("/", 1)[-1] == name]
        found = name if name in known else tails[0] if len(tails) == 1 else None
        if found is None:
            near = get_close_matches(name, known, n=3, cutoff=0.4) or known[:3]
            raise UnknownIdError(N_("derivation"), wanted[:80], tuple(near))
        home = self.drills() if found.startswith(DRILL + "/") else self._library.lesson(found).derivations
        return next(derivation for derivation in home if derivation.id == found)

    def find(self, step: str) -> tuple[Derivation, DerivationStep]:
        """A step by its full id, with the derivation it belongs to.

        Raises:
            UnknownIdError: there is none; the nearest are offered.
        """
        derivation = self.get(step.rpartition("/")[0])
        return derivation, self.step(derivation, step)

    def exercise(self, step: str) -> Exercise:
        """What answers to a step are checked against, by its full id.

        Raises:
            UnknownIdError: there is no such step.
            ContentError: nothing is declared for it, or the declaration cannot be read.
        """
        from studybuddy.study.checking import exercise_for

        return exercise_for(*self.find(step))

    def step(self, derivation: Derivation, wanted: str) -> DerivationStep:
        """A step by its id or the last part of it.

        Raises:
            UnknownIdError: there is none; the nearest are offered.
        """
        name = wanted.strip().lower().rsplit("/", 1)[-1]
        for step in derivation.steps:
            if step.id.rsplit("/", 1)[-1] == name:
                return step
        known = [step.id.rsplit("/", 1)[-1] for step in derivation.steps]
        near = get_close_matches(name, known, n=3, cutoff=0.4) or known
        raise UnknownIdError(N_("step"), wanted[:80], tuple(near))
