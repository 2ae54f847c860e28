"""Checks lesson folders: every file, in every language, and the languages against each other."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studybuddy.core.diagnostic import Diagnostic, Severity
from studybuddy.core.phrase import Phrase
from studybuddy.course.concepts import FILE_NAME, check_card_concepts, read_concepts
from studybuddy.course.drills import FILE_NAME as DRILLS
from studybuddy.course.drills import read_drills
from studybuddy.course.finder import lesson_folders
from studybuddy.course.ids import is_lesson_id
from studybuddy.course.indexing import think_blocks
from studybuddy.course.reader import read_draft
from studybuddy.course.report import Report, shorten
from studybuddy.course.table import LANGUAGES
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studybuddy.core.lesson import Lesson


def lint(paths: Iterable[Path]) -> tuple[Diagnostic, ...]:
    """Everything that is found in some lessons, each once.

    A path is the folder of a lesson, a folder of such folders, a file of a lesson, or the file of concepts or
    of drills.
    """
    found: dict[Diagnostic, None] = {}
    for path in paths:
        folders = lessons_at(path)
        concepts, drills = _lint_concepts(path), _lint_drills(path)
        if not folders and concepts is None and drills is None:
            message = (
                N_("there is no lesson here") if path.exists() else N_("there is no such file or folder")
            )
            found[Diagnostic("no-lesson", Severity.ERROR, str(path), 1, 1, Phrase(message))] = None
        found |= dict.fromkeys((*(concepts or ()), *(drills or ())))
        for folder in folders:
            found |= dict.fromkeys(lint_lesson(folder))
    return tuple(found)


def lint_lesson(folder: Path) -> tuple[Diagnostic, ...]:
    """Everything that is found in one lesson."""
    report = Report()
    drafts = [read_draft(folder, language, report) for language in LANGUAGES]
    if not report.failed:
        _compare(folder, drafts[0], drafts[1], report)
    course = folder.absolute().parent
    if os.path.lexists(course / FILE_NAME):
        known = frozenset(concept.id for concept in read_concepts(course, Report()))
        check_card_concepts(folder, known, report)
    return report.diagnostics


def _lint_concepts(path: Path) -> tuple[Diagnostic, ...] | None:
    """What is found in the file of concepts, if the path is that file or a folder that has one."""
    root = path if path.is_dir() else path.absolute().parent
    if not os.path.lexists(root / FILE_NAME) or (path.is_file() and path.name != FILE_NAME):
        return None
    report = Report()
    read_concepts(root, report)
    return report.diagnostics


def _lint_drills(path: Path) -> tuple[Diagnostic, ...] | None:
    """What is found in the file of drills, if the path is that file or a folder that has one."""
    root = path if path.is_dir() else path.absolute().parent
    if not os.path.lexists(root / DRILLS) or (path.is_file() and path.name != DRILLS):
        return None
    report = Report()
    here, there = (read_drills(root, language, report) for language in LANGUAGES)
    for one, other in zip(here, there, strict=False):
        for step, twin in zip(one.steps, other.steps, strict=False):
            if len(step.hints) != len(twin.hints):
                words = N_("the step {name} has {n} hints in one language and {other} in the other")
                said = Phrase.of(words, name=_name(step.id), n=len(step.hints), other=len(twin.hints))
                report.file(root / DRILLS).error(1, "translation-ids", said)
    return report.diagnostics


def lessons_at(path: Path) -> list[Path]:
    """The folders of the lessons that a path names: one, those below it, or the one a file belongs to."""
    if path.is_file():
        return [parent for parent in path.resolve().parents if is_lesson_id(parent.name)][:1]
    if is_lesson_id(path.resolve().name) or (path / "lesson.toml").exists():
        return [path] if path.is_dir() else []
    try:
        return lesson_folders(path)
    except OSError:
        return []


def _compare(folder: Path, one: Lesson, other: Lesson, report: Report) -> None:
    """Say what one language has and the other has not: switching would lose the learner's place."""
    if one.language == other.language:
        return
    first, second = _contents(one), _contents(other)
    for lesson, here, there in ((one, first, second), (other, second, first)):
        findings = report.file(folder / f"lesson.{lesson.language}.md")
        for thing in there:
            if thing not in here:
                findings.error(
                    1,
                    "translation-ids",
                    Phrase.of(N_("the other language has {thing}, this one not"), thing=thing),
                )


def _contents(lesson: Lesson) -> list[Phrase]:
    """What a translation must keep, in words."""
    contents = [
        Phrase.of(N_("the thinking question {name}"), name=_name(question.id))
        for question in think_blocks(lesson)
    ]
    for question in lesson.questions:
        name, points = _name(question.id), len(question.key_points)
        words = N_("the interview question {name} with {points} key points")
        contents.append(Phrase.of(words, name=name, points=points))
        if question.wrong_point:
            contents.append(Phrase.of(N_("a wrong point in the interview question {name}"), name=name))
    for card in lesson.cards:
        if card.gap:
            name = card.id.rpartition("/")[2]
            contents.append(Phrase.of(N_("the gap {gap} of card {name}"), gap=card.gap, name=name))
    for derivation in lesson.derivations:
        for step in derivation.steps:
            words = N_("the step {name} with {hints} hints")
            contents.append(Phrase.of(words, name=_name(step.id), hints=len(step.hints)))
    return contents


def _name(full_id: str) -> str:
    """What stands after the lesson in an id, cut to what a line can hold."""
    return shorten(full_id.partition("/")[2], 80)
