"""An imported lesson as the files of a lesson folder, in our own format (docs/lesson-format.md).

The same lesson and the same ids give the same bytes. Our reader finds no error in them, whatever the source
was; that the other language is missing is a warning.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from studybuddy.core.errors import UsageError
from studybuddy.course.ids import lesson_order
from studybuddy.course.importing.lesson_facts import cards_toml, lesson_toml
from studybuddy.course.importing.lesson_ids import give_ids
from studybuddy.course.importing.lesson_prose import ProseWriter
from studybuddy.course.importing.model import Imported, Problem
from studybuddy.course.importing.programs import exercise_files
from studybuddy.course.importing.stable_ids import KnownItem
from studybuddy.course.importing.taming import Tamer
from studybuddy.course.importing.words import words_of
from studybuddy.course.source import MAX_PROSE_BYTES


@dataclass(frozen=True, slots=True)
class LessonFiles:
    """A lesson folder that is not written yet."""

    id: str
    """The folder's name."""
    files: dict[str, str]
    """Texts by their path inside the folder, with / between."""
    items: tuple[KnownItem, ...]
    """What was given which id: kept for the next import of the lesson."""


def lesson_files(imported: Imported, code: str = "", known: Iterable[KnownItem] = ()) -> LessonFiles:
    """The files of a lesson.

    Args:
        imported: the lesson; errors among its findings do not matter here.
        code: which lesson it becomes, such as S3W10D2, if not the one it says itself.
        known: the `items` of the import before this one, so that ids are kept.

    Raises:
        UsageError: it is not known which lesson it is, or its prose is too long for one.
    """
    code = (code or imported.code).upper()
    order = lesson_order(code.lower())
    if order is None:
        raise UsageError("no lesson can be called {code}; write S3W10D1", code=code or "?")
    words, ids = words_of(imported.language), give_ids(imported, known)
    season, name = order[0], f"lesson.{imported.language}.md"
    prose = ProseWriter(imported, ids, words, season, lean=False).write(code)
    if len(prose.encode()) > MAX_PROSE_BYTES:
        prose = ProseWriter(imported, ids, words, season, lean=True).write(code)
    if len(prose.encode()) > MAX_PROSE_BYTES:
        raise UsageError("the prose of this lesson is larger than {limit} MB", limit=MAX_PROSE_BYTES // 10**6)
    files = {
        "lesson.toml": lesson_toml(imported, ids, code),
        name: prose,
        "cards.toml": cards_toml(imported, ids, words),
    }
    tamer = Tamer(season)
    for word, program in ids.programs:
        source = program.source
        hints = [source.idea, *source.points] if isinstance(source, Problem) else []
        tamed = [tamer.sentence(hint) for hint in hints if hint.strip()]
        for file, text in exercise_files(program, imported.language, words, tamed).items():
            files[f"exercises/{word}/{file}"] = text
    return LessonFiles(code.lower(), files, ids.known)
