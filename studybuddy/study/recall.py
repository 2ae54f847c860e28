"""Solving an exercise again from memory: the task of a code card, its judge, and what the learner did."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace

from studybuddy.core.errors import StudybuddyError
from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import JudgeResult
from studybuddy.course.blanks import OpenPlace, open_place
from studybuddy.i18n import N_
from studybuddy.study.desk import Desk
from studybuddy.study.faces import face
from studybuddy.study.lab import Lab
from studybuddy.study.library import Library
from studybuddy.study.sittings import Sitting, Sittings
from studybuddy.study.task import Task, read_task


@dataclass(frozen=True, slots=True)
class CodeTask:
    """What a code card asks, in one language."""

    card: str
    task: Task
    """The exercise's, with the card's question for its words."""
    place: OpenPlace | None
    """The one open line; None where the whole program is written."""

    @property
    def exercise(self) -> Exercise:
        """The exercise that is asked again."""
        return self.task.exercise

    @property
    def begin(self) -> str:
        """What the learner begins with."""
        return f"{self.place.name} = " if self.place else self.exercise.starter

    def program(self, typed: str) -> str:
        """What is judged: the whole program, or the reference with what was typed in its open place."""
        return self.place.filled(typed) if self.place else typed


class Recall:
    """Asks exercises again. `judge` may take long: give it a thread of its own."""

    def __init__(self, desk: Desk, library: Library, lab: Lab) -> None:
        self._desk = desk
        self._library = library
        self._lab = lab
        self._sittings = Sittings(desk)

    def task(self, card: str) -> CodeTask:
        """What a code card asks, in the language in use.

        Raises:
            StudybuddyError: the course has the card, or its exercise, no longer.
        """
        content = self._library.card(card)
        if content is None or not content.exercise:
            raise StudybuddyError(N_("{card} asks for no program"), card=card)
        found = [e for e in self._library.lesson(card).exercises if e.id == content.exercise]
        if not found:
            raise StudybuddyError("the text of {card} is gone from the course", card=card)
        exercise = found[0]
        place = None
        if content.blank:
            place = open_place(exercise.starter, exercise.reference, content.blank)
            if place is None:
                raise StudybuddyError("the text of {card} is gone from the course", card=card)
        return CodeTask(card, replace(read_task(exercise), words=face(self._library, card).words), place)

    def sitting(self, card: str) -> Sitting:
        """How the learner stands with a card."""
        return self._sittings.load(card)

    def type(self, card: str, typed: str, spent_ms: int = 0) -> None:
        """Keep what is being typed, and the time it took."""
        self._sittings.save(card, self.sitting(card)._replace(typed=typed).longer(spent_ms))

    def judge(
        self,
        task: CodeTask,
        typed: str,
        on_output: Callable[[str], None] | None = None,
        stop: threading.Event | None = None,
    ) -> JudgeResult:
        """Run what was typed and judge it. Touches no data, so it may run beside everything else."""
        return self._lab.judge(task.exercise, task.program(typed), on_output=on_output, stop=stop)

    def tried(self, card: str, typed: str, result: JudgeResult, spent_ms: int = 0) -> Sitting:
        """Take note of a judged program. A run that was stopped, or that could not be judged, is no try."""
        sitting = self.sitting(card)
        if sitting.finished:
            return sitting
        sitting = sitting.longer(spent_ms)._replace(typed=typed)
        sitting = sitting.judged(result.verdict) if result.judged else sitting
        return self._sittings.save(card, sitting)

    def take_hint(self, card: str, number: int) -> Sitting:
        """Take note that the hint of this number, from 1, was shown; to read it again costs nothing."""
        sitting = self.sitting(card)
        if sitting.finished or number <= sitting.effort.hints:
            return sitting
        return self._sittings.save(card, sitting._replace(effort=sitting.effort._replace(hints=number)))

    def give_up(self, card: str, spent_ms: int = 0) -> Sitting:
        """Take note that the reference was shown before a program was accepted."""
        sitting = self.sitting(card).longer(spent_ms)
        if sitting.finished:
            return sitting
        return self._sittings.save(card, sitting._replace(effort=sitting.effort._replace(gave_up=True)))
