"""What the reader of a lesson file has to say about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from studybuddy.core.phrase import Phrase


class Severity(StrEnum):
    """An error keeps the lesson from being used; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding at a place of a file; lines and columns count from 1."""

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    said: Phrase

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return self.said.english()

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"
