"""Checks lesson folders: every file, in every language, and the languages against each other."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from studybuddy.core.diagnostic import Diagnostic, Severity
from studybuddy.course.concepts import FILE_NAME, check_card_concepts, read_concepts
from studybuddy.course.finder import lesson_folders
from studybuddy.course.ids import is_lesson_id
from studybuddy.course.indexing import think_blocks
from studybuddy.course.reader import read_draft
from studybuddy.course.report import Report, shorten
from studybuddy.course.table import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from studybuddy.core.lesson import Lesson


def lint(paths: Iterable[Path]) -> tuple[Diagnostic, ...]:
    """Everything that is found in some lessons, each once.

    A path is the folder of a lesson, a folder of such folders, a file of a lesson, or the file of concepts.
    """
    found: dict[Diagnostic, None] = {}
    for path in paths:
        folders = _folders(path)
        concepts = _lint_concepts(path)
        if not folders and concepts is None:
            message = "there is no lesson here" if path.exists() else "there is no such file or folder"
            found[Diagnostic("no-lesson", Severity.ERROR, str(path), 1, 1, message)] = None
        found |= dict.fromkeys(concepts or ())
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


def _folders(path: Path) -> list[Path]:
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
                    1, "translation-ids", f"the other language has {shorten(thing, 80)}, this one not"
                )


def _contents(lesson: Lesson) -> list[str]:
    """What a translation must keep, in words."""
    contents = [f"the thinking question {question.id.partition('/')[2]}" for question in think_blocks(lesson)]
    for question in lesson.questions:
        name = question.id.partition("/")[2]
        points = len(question.key_points)
        contents.append(f"the interview question {name} with {points} key points")
        if question.wrong_point:
            contents.append(f"a wrong point in the interview question {name}")
    contents += [
        f"the gap {card.gap} of card {card.id.rpartition('/')[2]}" for card in lesson.cards if card.gap
    ]
    for derivation in lesson.derivations:
        contents += [
            f"the step {step.id.partition('/')[2]} with {len(step.hints)} hints" for step in derivation.steps
        ]
    return contents
