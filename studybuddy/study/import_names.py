"""Which lesson a file becomes: the one it was before, the one it says, or the next free name of its day."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.diagnostic import Severity
from studybuddy.core.errors import UsageError
from studybuddy.core.event import EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.findings import Code, Finding, Place
from studybuddy.course.lesson_names import is_lesson_id, names_of_day
from studybuddy.course.shelf.record import Record, Source, read_record
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.store.log import EventLog


class Target(NamedTuple):
    """The lesson that a file becomes."""

    id: str
    record: Record | None
    """The import that is brought up to date; None for a lesson that is new."""
    note: Finding | None = None


class Names:
    """The names of lessons: the course's, those on the learner's shelf, those of which the log tells."""

    def __init__(self, shelf: Path, content: Path, log: EventLog | None) -> None:
        self._shelf = shelf
        self._content = content
        self._log = log

    def target(self, source: Source, code: str, taken: Collection[str], *, force: bool) -> Target:
        """Which lesson a file becomes.

        Raises:
            UsageError: none can be.
        """
        wanted = (code or source.code).lower()
        if not is_lesson_id(wanted):
            raise UsageError("no lesson can be called {code}; write S3W10D1", code=wanted.upper() or "?")
        if code:
            return self._named(wanted, source, force=force)
        for lesson, record in self._imported():
            if record.source.same_as(source) and lesson not in taken and not self._of_course(lesson):
                return Target(lesson, record)
        for lesson in names_of_day(wanted):
            if lesson in taken or self._taken(lesson, source):
                continue
            if lesson == wanted:
                return Target(lesson, None)
            return Target(lesson, None, duplicate(self._taken_words(wanted, lesson, source, taken)))
        raise UsageError("{code} has no free name left; name one with --as", code=wanted.upper())

    def _taken_words(self, wanted: str, becomes: str, source: Source, taken: Collection[str]) -> Phrase:
        """That the code is taken; and where an import of the same code is there, how to replace that one."""
        other = [
            (lesson, record.source.name)
            for lesson, record in self._imported()
            if record.source.code == source.code and lesson not in taken and not self._of_course(lesson)
        ]
        if not other:
            words = N_("{taken} is another lesson; this one becomes {code}")
            return Phrase.of(words, taken=wanted.upper(), code=becomes.upper())
        lesson, name = other[-1]
        words = N_(
            "{taken} was imported from {name}; this file becomes {code}. If it is a new version of that one: "
            "--as {taken} --force"
        )
        return Phrase.of(words, taken=lesson.upper(), name=name, code=becomes.upper())

    def _named(self, lesson: str, source: Source, *, force: bool) -> Target:
        """The lesson that was asked for by its code."""
        if self._of_course(lesson):
            words = N_("{code} is one of the course's own lessons and never replaced; choose another code")
            raise UsageError(words, code=lesson.upper())
        record = read_record(self._shelf / lesson)
        if record is not None and (force or record.source.same_as(source)):
            return Target(lesson, record)
        if record is not None:
            words = N_("{code} was imported from {name}; with --force this file takes its place")
            raise UsageError(words, code=lesson.upper(), name=record.source.name)
        if _lies(self._shelf / lesson):
            words = N_("{path} is there already and was not imported; give it another name first")
            raise UsageError(words, path=self._shelf / lesson)
        return Target(lesson, None)

    def _imported(self) -> list[tuple[str, Record]]:
        """The lessons on the shelf that were imported."""
        try:
            folders = [child for child in self._shelf.iterdir() if child.is_dir() and not child.is_symlink()]
            names = sorted(child.name for child in folders if is_lesson_id(child.name))
        except OSError:
            return []
        found = ((name, read_record(self._shelf / name)) for name in names)
        return [(name, record) for name, record in found if record is not None]

    def _of_course(self, lesson: str) -> bool:
        return (self._content / lesson).exists()

    def _taken(self, lesson: str, source: Source) -> bool:
        """Whether a name has a lesson, or had one from another source, whose history is not this one's."""
        if self._of_course(lesson) or _lies(self._shelf / lesson):
            return True
        event = self._log.latest(EventKind.IMPORT, lesson) if self._log is not None else None
        if event is None:
            return False
        body = event.body
        return body.get("source") != source.name and body.get("hash") != source.hash


def duplicate(said: Phrase) -> Finding:
    """That there is a lesson of this code already, and what becomes of that."""
    return Finding(Code.DUP_LESSON, Severity.WARNING, Place(1), said)


def _lies(path: Path) -> bool:
    return path.exists() or path.is_symlink()
