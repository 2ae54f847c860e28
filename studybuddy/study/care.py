"""Looking after the data: doctor, backup, rebuild, restore."""

from __future__ import annotations

import platform
import sys
from dataclasses import dataclass
from pathlib import Path

from studybuddy import __version__
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.desk import Desk


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the doctor's report. `risk` marks data in danger."""

    name: str
    ok: bool
    detail: Phrase
    risk: bool = False


class Care:
    """Checks and copies the learner's data."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def backup(self) -> Path:
        """A checked copy of everything committed so far."""
        return self._desk.store.backup(self._desk.now())

    def rebuild(self) -> int:
        """Replay the log into fresh projections; returns the number of events."""
        return self._desk.store.rebuild()

    def checks(self) -> list[Check]:
        """Versions, data, course, programs and terminal, each with a verdict."""
        return [
            Check("studybuddy", True, Phrase.of("{version}", version=__version__)),
            Check(
                "python",
                sys.version_info >= (3, 11),
                Phrase.of("{version}", version=platform.python_version()),
            ),
            Check("sqlite", True, Phrase.of("{version}", version=self._desk.store.sqlite_version)),
            self._data(),
            *self._course(),
            self._package("numpy"),
            self._package("torch"),
            Check(
                "runner", True, Phrase(N_("limits on time, memory and output; no wall around your files yet"))
            ),
            self._terminal(),
        ]

    def _data(self) -> Check:
        problems = self._desk.store.check()
        path = self._desk.store.path
        if problems:
            return Check(
                "data", False, Phrase.of("{path}: {problem}", path=path, problem=problems[0]), risk=True
            )
        return Check("data", True, Phrase.of(N_("{path}: database and log chain are whole"), path=path))

    def _course(self) -> list[Check]:
        lessons = self._desk.catalogue.lessons
        errors = [error for lesson in lessons for error in lesson.errors]
        if not errors:
            phrase = Phrase.of(N_("{n} lesson"), plural=N_("{n} lessons"), n=len(lessons))
            return [Check("course", True, phrase)]
        return [Check("course", False, Phrase.of("{error}", error=error)) for error in errors]

    @staticmethod
    def _package(name: str) -> Check:
        from importlib import metadata

        try:
            return Check(name, True, Phrase.of("{version}", version=metadata.version(name)))
        except metadata.PackageNotFoundError:
            detail = Phrase.of(
                N_("not installed; `pip install {name}` (everything else works without it)"), name=name
            )
            return Check(name, False, detail)

    @staticmethod
    def _terminal() -> Check:
        import locale
        import os

        encoding = locale.getpreferredencoding(False)
        detail = Phrase.of("TERM={term}, {encoding}", term=os.environ.get("TERM", ""), encoding=encoding)
        return Check("terminal", encoding.lower().replace("-", "") == "utf8", detail)
