"""Looking after the data: doctor, backup, rebuild, restore."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studybuddy import __version__
from studybuddy.core.errors import RunnerError, UsageError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.desk import Desk
from studybuddy.study.lesson_errors import worded
from studybuddy.study.places import Places
from studybuddy.study.wall import prove_wall, wall_phrase

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studybuddy.study.trust import Trust


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's report. `risk` marks data in danger."""

    name: str
    ok: bool
    detail: Phrase
    risk: bool = False


class Backup(NamedTuple):
    """A file with everything that is the learner's."""

    path: Path
    lessons: tuple[str, ...]
    """The imported lessons in it."""
    left_out: tuple[str, ...]
    """Files of lessons that are not in it: links, and what is too large or cannot be read."""


class Restored(NamedTuple):
    """What became of a backup."""

    kept: Path | None
    """The database that was replaced; None if there was none."""
    lessons: tuple[str, ...]
    """The imported lessons that came from it, as they were not here or were other."""
    lessons_kept: Path | None
    """The folder of those that were other."""


class Care:
    """Checks and copies the learner's data."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def backup(self) -> Backup:
        """A checked copy of everything committed so far, and of the lessons that the learner imported."""
        from studybuddy.course.shelf.copying import copied

        lessons = copied(self._desk.places.lessons)
        path = self._desk.store.backup(self._desk.now(), files=lessons.files)
        return Backup(path, tuple(lessons.lessons), lessons.left_out)

    def rebuild(self) -> int:
        """Replay the log into fresh projections; returns the number of events."""
        return self._desk.store.rebuild()

    def checks(self) -> list[Check]:
        """Versions, data, course, programs and terminal, each with a verdict."""
        return [
            *versions(),
            Check("sqlite", True, Phrase.of("{version}", version=self._desk.store.sqlite_version)),
            self._data(),
            *self._passed_over(),
            self._clock(),
            *self._course(),
            self._programs(),
        ]

    def _programs(self) -> Check:
        """What stands around a program, found out anew."""
        try:
            report = prove_wall(self._desk.places.cache)
        except RunnerError as error:
            return Check(N_("programs"), False, Phrase(error.message, tuple(error.parameters.items())))
        return Check(N_("programs"), report.stands, wall_phrase(report))

    def _data(self) -> Check:
        path = self._desk.store.path
        problems = self._desk.store.check()
        if problems:
            detail = Phrase.of("{path}: {problem}", path=path, problem=problems[0])
            return Check("data", False, detail, risk=True)
        return Check("data", True, Phrase.of(N_("{path}: database and log chain are whole"), path=path))

    def _passed_over(self) -> list[Check]:
        """Reviews in the log that are none; said only where there are any."""
        count = self._desk.store.log.passed_over()
        if not count:
            return []
        said = Phrase.of(
            N_("{n} review in the log cannot be used and counts for nothing"),
            plural=N_("{n} reviews in the log cannot be used and count for nothing"),
            n=count,
        )
        return [Check(N_("log"), False, said)]

    def _clock(self) -> Check:
        behind = self._desk.clock_behind()
        now = f"{self._desk.now():%Y-%m-%d %H:%M %z}"
        return Check(N_("clock"), behind is None, behind or Phrase.of("{now}", now=now))

    def _course(self) -> list[Check]:
        lessons = self._desk.catalogue.lessons
        errors = [*self._desk.catalogue.errors, *(error for lesson in lessons for error in lesson.errors)]
        if not errors:
            phrase = Phrase.of(N_("{n} lesson"), plural=N_("{n} lessons"), n=len(lessons))
            return [Check(N_("course"), True, phrase)]
        return [Check("course", False, Phrase.of("{error}", error=worded(error))) for error in errors]


def versions() -> list[Check]:
    """What can be said without opening the data."""
    python = platform.python_version()
    return [
        Check("studybuddy", True, Phrase.of("{version}", version=__version__)),
        Check("python", sys.version_info >= (3, 11), Phrase.of("{version}", version=python)),
        _package("numpy"),
        _package("torch"),
        _terminal(),
    ]


def restore_backup(places: Places, file: Path) -> Restored:
    """Put a backup in the place of the data. Whose code came with it, is for the caller to ask."""
    from studybuddy.course.shelf.copying import PutBack, put_back
    from studybuddy.store.store import restore_database
    from studybuddy.study.clocks import clock_from_environment

    if not file.is_file():
        raise UsageError("{file} is no file", file=file)
    now = clock_from_environment().now()
    lessons = PutBack()

    def put(files: Mapping[str, bytes]) -> None:
        nonlocal lessons
        lessons = put_back(places.lessons, files, f"{now:%Y%m%d-%H%M%S}")

    kept = restore_database(places.data, file, now, put)
    return Restored(kept, lessons.lessons, lessons.kept)


def ask_again(desk: Desk, trust: Trust, lessons: tuple[str, ...]) -> list[str]:
    """Code that came with a backup is only shown until it is allowed on this machine, too."""
    known = [lesson for lesson in lessons if lesson in desk.catalogue.imported]
    asked = [lesson for lesson in known if trust.state(lesson).trusted]
    for lesson in asked:
        trust.forbid(lesson)
    return asked


def _package(name: str) -> Check:
    from importlib import metadata

    try:
        return Check(name, True, Phrase.of("{version}", version=metadata.version(name)))
    except metadata.PackageNotFoundError:
        detail = N_("not installed; `pip install {name}` (everything else works without it)")
        return Check(name, False, Phrase.of(detail, name=name))


def _terminal() -> Check:
    import locale
    import os

    encoding = locale.getpreferredencoding(False)
    detail = Phrase.of("TERM={term}, {encoding}", term=os.environ.get("TERM", ""), encoding=encoding)
    return Check(N_("terminal"), encoding.lower().replace("-", "") == "utf8", detail)
