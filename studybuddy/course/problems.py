"""The course's own tests of well-known problems, for lessons that bring such a problem without any."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.course.exercises import read_exercise
from studybuddy.course.finder import problem_folder
from studybuddy.course.report import Report

if TYPE_CHECKING:
    from studybuddy.core.exercise import Exercise


def with_tests(exercise: Exercise | None, language: str) -> Exercise | None:
    """An exercise that names a known problem and has no tests, with the course's; any other as it is.

    Programs, cases and limits are the course's, so that nothing of the lesson's is run. Title, hints and
    place stay the lesson's.
    """
    if exercise is None or not exercise.problem or not exercise.self_report:
        return exercise
    folder, report = problem_folder(exercise.problem), Report()
    if folder is None:
        return exercise
    known = read_exercise(folder, "problems", language, report)
    if known is None or report.failed:
        return exercise
    return replace(
        known,
        id=exercise.id,
        title=exercise.title or known.title,
        section=exercise.section,
        optional=exercise.optional,
        hints=exercise.hints or known.hints,
        problem=exercise.problem,
        of_bank=True,
    )
