"""Ids that learners have: what is listed in `ids.txt` may be worded anew, but not vanish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.course.indexing import think_blocks
from studybuddy.course.report import shorten
from studybuddy.course.source import read_source
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.core.lesson import Lesson
    from studybuddy.course.report import Report

FILE_NAME = "ids.txt"


def check_kept_ids(folder: Path, lesson: Lesson, report: Report) -> None:
    """Say which listed ids are gone: progress under them would be lost."""
    path = folder / FILE_NAME
    source = read_source(path, report) if path.exists() else None
    if source is None:
        return
    known = set(ids_of(lesson))
    for number, line in enumerate(source.text.split("\n"), 1):
        name = line.strip()
        if name and not name.startswith("#") and name not in known:
            words = N_("{name} is gone, and learners have progress under it: put the id back")
            source.report.error(number, "id-gone", Phrase.of(words, name=shorten(name, 80)))


def remember_ids(folder: Path, lesson: Lesson) -> int:
    """Add the ids of a lesson to its list; how many were new.

    Raises:
        OSError: it cannot be read or written.
    """
    path = folder / FILE_NAME
    listed = path.read_text("utf-8").splitlines() if path.exists() else []
    new = [name for name in ids_of(lesson) if name not in listed]
    if new:
        path.write_text("\n".join([*listed, *new, ""]), "utf-8")
    return len(new)


def ids_of(lesson: Lesson) -> list[str]:
    """Everything of a lesson that progress hangs on, without the lesson's own id."""
    found = [
        *(card.id for card in lesson.cards),
        *(question.id for question in lesson.questions),
        *(question.id for question in think_blocks(lesson)),
        *(step.id for derivation in lesson.derivations for step in derivation.steps),
        *(exercise.id for exercise in lesson.exercises),
        *(item.id for item in lesson.checklist),
    ]
    return [name.partition("/")[2] for name in found]
