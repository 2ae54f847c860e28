"""Whether links between days lead somewhere: to a lesson that is there, or to one that is still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.block import Link
from studybuddy.core.phrase import Phrase
from studybuddy.course.finder import content_root
from studybuddy.course.ids import lesson_order
from studybuddy.course.within import below
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.core.lesson import Lesson
    from studybuddy.course.report import Report

_SCHEME = "lesson:"


def check_links(folder: Path, lesson: Lesson, report: Report) -> None:
    """Say which links lead to a day that is over and not there, or to the lesson itself."""
    here = lesson_order(lesson.id)
    path = folder / f"lesson.{lesson.language}.md"
    for target in sorted(
        {link.target for link in below((lesson.introduction, lesson.sections, lesson.closing), Link)}
    ):
        if not target.startswith(_SCHEME):
            continue
        name = target.removeprefix(_SCHEME)
        there = lesson_order(name)
        words = ""
        if name == lesson.id:
            words = N_("this link leads to the lesson it stands in: {target}")
        elif here and there and there < here and not _is_there(folder, name):
            words = N_("there is no lesson {target}, and its day is over: shown as “coming”, which it is not")
        if words:
            line = _line_of(path, target)
            report.file(path, line).warning(line, "link-nowhere", Phrase.of(words, target=name))


def _is_there(folder: Path, name: str) -> bool:
    return any((root / name).is_dir() for root in (folder.absolute().parent, content_root()))


def _line_of(path: Path, text: str) -> int:
    for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1):
        if text in line:
            return number
    return 1
