"""Proves what lessons say: formulas, figures, recorded output, programs and their tests."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.diagnostic import Severity
from studybuddy.course.drills import FILE_NAME as DRILLS
from studybuddy.course.drills import read_drills
from studybuddy.course.exercises import read_exercise
from studybuddy.course.finder import content_root
from studybuddy.course.lint import lessons_at
from studybuddy.course.looks import BANK
from studybuddy.course.reader import read_draft
from studybuddy.course.report import Report
from studybuddy.course.table import LANGUAGES
from studybuddy.study.proving.claims import Claims, read_claims, unused_claims
from studybuddy.study.proving.figures import check_facts, check_figures
from studybuddy.study.proving.formulas import formulas, formulas_of, prove_formulas
from studybuddy.study.proving.outputs import check_outputs
from studybuddy.study.proving.programs import prove_programs
from studybuddy.study.proving.progress import Crew
from studybuddy.study.proving.scripts import Figure, run_scripts

EXERCISE = "exercise.toml"

if TYPE_CHECKING:
    from studybuddy.core.diagnostic import Diagnostic
    from studybuddy.core.lesson import Lesson


def prove(paths: Iterable[Path], told: Callable[[int, int], None] | None = None) -> tuple[Diagnostic, ...]:
    """What of some lessons is not so, or is proved by nothing. Lessons that cannot be read are left to lint.

    Args:
        paths: as for `lint`.
        told: hears how many of the runs known so far are done.
    """
    report = Report()
    folders = list(dict.fromkeys(folder for path in paths for folder in lessons_at(path)))
    courses = list(dict.fromkeys(path for path in paths if os.path.lexists(path / DRILLS)))
    with Crew(told) as crew:
        for folder in folders:
            _prove_lesson(folder, report, crew)
        for course in courses:
            _prove_bank(course / BANK, report, crew)
    for course in courses:
        prove_drills(course, report)
    return tuple(map(_weighed, report.diagnostics))


def _weighed(one: Diagnostic) -> Diagnostic:
    """What came with studybuddy has to be proved; elsewhere that is the author's choice."""
    if not one.code.endswith("-unproved") or content_root().resolve() not in Path(one.path).resolve().parents:
        return one
    return replace(one, severity=Severity.ERROR)


def _prove_lesson(folder: Path, report: Report, crew: Crew) -> None:
    lessons = [lesson for language in LANGUAGES if (lesson := _read(folder, language)) is not None]
    if not lessons:
        return
    printed = prove_programs(folder, lessons[0].exercises, report, crew)
    figures = run_scripts(folder, report, crew)
    check_figures(folder, figures, report)
    check_facts(folder, lessons[0].facts, figures, report)
    prove_lesson_formulas(folder, lessons, figures, report)
    for lesson in lessons:
        check_outputs(folder, lesson, printed, report)


def prove_lesson_formulas(
    folder: Path, lessons: Sequence[Lesson], figures: dict[str, Figure], report: Report
) -> None:
    """Draw and prove every formula of a lesson, in the languages it was read in."""
    found = {formula for lesson in lessons for group in formulas_of(lesson).values() for formula in group}
    claims = read_claims((folder, folder.absolute().parent), report)
    claims.add(one.quantities for one in lessons[0].derivations if one.quantities is not None)
    proved = {
        card.back.strip().removeprefix("$").partition("$")[0]
        for lesson in lessons
        for card in lesson.cards
        if card.asked is not None
    }
    prove_formulas(folder, found, proved, claims, figures, report)
    unused_claims(claims, folder, found, report)


def _read(folder: Path, language: str) -> Lesson | None:
    """A lesson in a language it is written in, if it has no error."""
    if not (folder / f"lesson.{language}.md").is_file():
        return None
    found = Report()
    lesson = read_draft(folder, language, found)
    return None if found.failed else lesson


def _prove_bank(bank: Path, report: Report, crew: Crew) -> None:
    """Prove the course's own tests of known problems, one folder for each number."""
    folders = sorted(bank.iterdir()) if bank.is_dir() else []
    found = Report()
    exercises = [
        read_exercise(folder, bank.name, "en", found) for folder in folders if (folder / EXERCISE).is_file()
    ]
    if not found.failed:
        prove_programs(bank, tuple(one for one in exercises if one is not None), report, crew)


def prove_drills(course: Path, report: Report) -> None:
    """Draw and prove every formula of a course's drills."""
    drills = [drill for language in LANGUAGES for drill in read_drills(course, language, Report())]
    claims: Claims = read_claims((course,), report)
    claims.add(drill.quantities for drill in drills if drill.quantities is not None)
    answers = {step.answer for drill in drills for step in drill.steps if step.goal is not None}
    found = set(formulas(tuple(drills)))
    prove_formulas(course, found, answers, claims, {}, report)
    unused_claims(claims, course, found, report)
