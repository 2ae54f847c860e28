"""Whether the code of an imported lesson may run: only after the learner said so, for these very files.

Code of the course's own is always trusted, and so are the course's own tests of known problems. What an
imported lesson brings is text to be read, whatever runs it: the lab, an experiment, a card.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.errors import UntrustedError, UsageError
from studybuddy.core.event import EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.core.exercise import Exercise
    from studybuddy.course.reader import ReadResult
    from studybuddy.study.desk import Desk
    from studybuddy.study.library import Library

UNTRUSTED = N_(
    "the code of {lesson} was imported and is only shown; to allow it, run it in the lab or type "
    "`studybuddy trust {lesson}`"
)


@dataclass(frozen=True, slots=True)
class TrustState:
    """How a lesson's code stands."""

    lesson: str
    imported: bool
    trusted: bool
    files: tuple[str, ...] = ()
    """The files that decide what is run, by their paths in the lesson's folder; none for the course's own."""
    changed: tuple[str, ...] = ()
    """Those that are new or other than when they were last allowed."""
    folder: Path = Path()

    @property
    def reason(self) -> Phrase | None:
        """Why the code is only shown; None where it may run."""
        if self.trusted:
            return None
        if self.changed:
            words = N_(
                "this code was changed since you allowed it; it is only shown until you allow it again"
            )
            return Phrase(words)
        return Phrase(N_("this code came with an imported lesson; it is only shown until you allow it"))


class Trust:
    """Keeps what the learner allowed. It is in the log, by the digests of the files."""

    def __init__(self, desk: Desk, library: Library) -> None:
        self._desk = desk
        self._library = library

    def state(self, lesson: str) -> TrustState:
        """How a lesson stands, by the files as they are now."""
        return _state(self._desk, lesson)

    def allow(self, lesson: str) -> TrustState:
        """Let the code of a lesson run, as long as it stays as it is now."""
        return self._decide(lesson, trusted=True)

    def forbid(self, lesson: str) -> TrustState:
        """Let the code of a lesson be shown only.

        Raises:
            UsageError: it is the course's own.
        """
        if lesson not in self._desk.catalogue.imported:
            raise UsageError("{lesson} is one of the course's own lessons", lesson=lesson.upper())
        return self._decide(lesson, trusted=False)

    def _decide(self, lesson: str, *, trusted: bool) -> TrustState:
        if lesson not in self._desk.catalogue.imported:
            return self.state(lesson)
        from studybuddy.course.shelf.code_files import code_files

        files = code_files(self._desk.folder_of(lesson)) if trusted else {}
        self._desk.record(EventKind.TRUST, lesson, {"v": 1, "trusted": trusted, "files": files})
        self._library.forget()
        return self.state(lesson)


def insist_on_trust(exercise: Exercise) -> None:
    """Stop here unless the code of an exercise may run.

    Raises:
        UntrustedError: it may not.
    """
    if not exercise.trusted:
        raise UntrustedError(UNTRUSTED, lesson=exercise.id.partition("/")[0].upper())


def trusted_lesson(desk: Desk, lesson: str, read: Callable[[Path], ReadResult]) -> ReadResult:
    """A lesson as it is read, its programs marked that may not run.

    Files that change while they are read are not trusted: what was looked at must be what was read.
    """
    folder = desk.folder_of(lesson)
    if lesson not in desk.catalogue.imported:
        return read(folder)
    before = _state(desk, lesson)
    result = read(folder)
    if result.lesson is None or (before.trusted and _state(desk, lesson) == before):
        return result
    exercises = tuple(replace(one, trusted=one.of_bank) for one in result.lesson.exercises)
    return replace(result, lesson=replace(result.lesson, exercises=exercises))


def _state(desk: Desk, lesson: str) -> TrustState:
    folder = desk.folder_of(lesson)
    if lesson not in desk.catalogue.imported:
        return TrustState(lesson, imported=False, trusted=True, folder=folder)
    from studybuddy.course.shelf.code_files import code_files

    files = code_files(folder)
    event = desk.store.log.latest(EventKind.TRUST, lesson)
    allowed = event.body.get("files") if event is not None and event.body.get("trusted") is True else None
    known = allowed if isinstance(allowed, dict) else {}
    return TrustState(
        lesson,
        imported=True,
        trusted=allowed == files,
        files=tuple(files),
        changed=tuple(name for name, mark in files.items() if known and known.get(name) != mark),
        folder=folder,
    )
