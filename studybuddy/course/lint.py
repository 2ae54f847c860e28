"""Checks lesson folders: every file, in every language, and the languages against each other."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from studybuddy.core.diagnostic import Diagnostic, Severity
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.phrase import Phrase
from studybuddy.course.alignment import compare_languages, name_of
from studybuddy.course.atomic import check_atomic
from studybuddy.course.concepts import FILE_NAME, check_card_concepts, check_drill_concepts, read_concepts
from studybuddy.course.drills import FILE_NAME as DRILLS
from studybuddy.course.drills import read_drills
from studybuddy.course.finder import content_root, lesson_folders
from studybuddy.course.ids import is_lesson_id
from studybuddy.course.kept_ids import check_kept_ids
from studybuddy.course.links import check_links
from studybuddy.course.reader import read_draft
from studybuddy.course.report import Report
from studybuddy.course.table import LANGUAGES
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path


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


def lint_lesson(folder: Path, *, builtin: bool | None = None) -> tuple[Diagnostic, ...]:
    """Everything that is found in one lesson.

    Args:
        folder: of the lesson.
        builtin: whether it has to be complete in both languages; elsewhere what is missing is a warning. By
            default the lessons that came with studybuddy have to.
    """
    report = Report()
    drafts = [read_draft(folder, language, report) for language in LANGUAGES]
    if not report.failed:
        compare_languages(folder, drafts[0], drafts[1], report)
        for draft in drafts:
            check_links(folder, draft, report)
        check_kept_ids(folder, drafts[0], report)
    check_atomic(folder, report)
    course = folder.absolute().parent
    if os.path.lexists(course / FILE_NAME):
        known = frozenset(concept.id for concept in read_concepts(course, Report()))
        check_card_concepts(folder, known, report)
    strict = is_builtin(folder) if builtin is None else builtin
    return tuple(_weighed(folder, report.diagnostics, strict=strict))


def is_builtin(folder: Path) -> bool:
    """Whether a lesson is one of those that came with studybuddy."""
    try:
        return folder.resolve().parent == content_root().resolve()
    except (OSError, StudybuddyError):
        return False


def _weighed(folder: Path, found: Iterable[Diagnostic], *, strict: bool) -> Iterator[Diagnostic]:
    """Findings about translations with the weight they have there.

    A lesson in one language is told so once, and not again for each of its cards.
    """
    alone = not all((folder / f"lesson.{language}.md").exists() for language in LANGUAGES)
    for one in found:
        if not one.code.startswith("translation-"):
            yield one
        elif not (alone and one.code == "translation-missing" and not one.path.endswith(".md")):
            yield replace(one, severity=Severity.ERROR if strict else Severity.WARNING)


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
                said = Phrase.of(words, name=name_of(step.id), n=len(step.hints), other=len(twin.hints))
                report.file(root / DRILLS).error(1, "translation-ids", said)
    if not report.failed and os.path.lexists(root / FILE_NAME):
        known = frozenset(concept.id for concept in read_concepts(root, Report()))
        check_drill_concepts(root / DRILLS, known, report)
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
