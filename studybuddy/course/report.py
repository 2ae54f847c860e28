"""Collects what is found while the files of a lesson are read.

Every finding names a file that exists and a line within it, so that an editor can jump there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from studybuddy.core.diagnostic import Diagnostic, Severity
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

Message: TypeAlias = Phrase | str
"""What is wrong: an id of the catalogue, with what fills its braces if it has any."""
MAX_PER_FILE = 200
"""A file with more findings than this is broken as a whole; the rest is left out."""


class Report:
    """All findings of one reading, without repetitions."""

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def add(self, diagnostic: Diagnostic) -> None:
        """Keep a finding."""
        self._found[diagnostic] = None

    def file(self, path: Path, lines: int = 1) -> FileReport:
        """The findings of the file at `path`, which has so many `lines`."""
        return FileReport(self, path, lines)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What was found, by file and line."""
        return tuple(sorted(self._found, key=lambda found: (found.path, found.line, found.column)))

    @property
    def failed(self) -> bool:
        """Whether anything found keeps the lesson from being used."""
        return any(found.severity is Severity.ERROR for found in self._found)


class FileReport:
    """The findings of one file. Lines outside the file are drawn back into it."""

    def __init__(self, report: Report, path: Path, lines: int) -> None:
        self._report = report
        self._path = path
        self._lines = max(1, lines)
        self._count = 0

    def error(self, line: int, code: str, message: Message, column: int = 1) -> None:
        """Say what keeps the lesson from being used."""
        self._add(Severity.ERROR, line, column, code, message)

    def warning(self, line: int, code: str, message: Message, column: int = 1) -> None:
        """Say what an author should look at."""
        self._add(Severity.WARNING, line, column, code, message)

    def _add(self, severity: Severity, line: int, column: int, code: str, message: Message) -> None:
        self._count += 1
        if self._count > MAX_PER_FILE:
            return
        if self._count == MAX_PER_FILE:
            severity, line, code = Severity.ERROR, 1, "too-many"
            message = N_("further findings are left out")
        line = min(max(1, line), self._lines)
        said = message if isinstance(message, Phrase) else Phrase(message)
        self._report.add(Diagnostic(code, severity, str(self._path), line, max(1, column), said))


def shorten(text: str, limit: int = 40) -> str:
    """Foreign words as they may stand in a message: one line, no control codes, not too long."""
    words = "".join(char if char.isprintable() else " " for char in text[: limit + 1])
    return words if len(words) <= limit else words[:limit] + "…"
