"""What is found while somebody else's lesson file is read: stable codes, a place, a sentence, a proposal."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.diagnostic import Severity
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.importing.lines import Lines

MOST_OF_A_KIND = 50
"""Findings of one code that are told one by one; the others are counted."""


class Code(StrEnum):
    """What a finding is called. Scripts rely on these names (docs/decisions/import.md)."""

    TITLE_NONE = "TITLE-NONE"
    TITLE_FORM = "TITLE-FORM"
    TITLE_TWICE = "TITLE-TWICE"
    TITLE_EMPTY = "TITLE-EMPTY"
    DAY_RANGE = "DAY-RANGE"
    SEASON_MISSING = "SEASON-MISSING"
    SECTION_MISSING = "SECTION-MISSING"
    SECTION_UNKNOWN = "SECTION-UNKNOWN"
    SECTION_REPEAT = "SECTION-REPEAT"
    SECTION_ORDER = "SECTION-ORDER"
    ORPHAN = "ORPHAN"
    FENCE_OPEN = "FENCE-OPEN"
    CELL_SPLIT = "CELL-SPLIT"
    CELL_SYNTAX = "CELL-SYNTAX"
    CELL_HEADING = "CELL-HEADING"
    CELL_UNNUMBERED = "CELL-UNNUMBERED"
    CODE_SYNTAX = "CODE-SYNTAX"
    QA_MISSING = "QA-MISSING"
    QA_NUMBERS = "QA-NUMBERS"
    ANSWER_ORPHAN = "ANSWER-ORPHAN"
    ANSWER_TWICE = "ANSWER-TWICE"
    THINK_NO_ANSWER = "THINK-NO-ANSWER"
    STEP_NO_ACCEPT = "STEP-NO-ACCEPT"
    TASK_FORM = "TASK-FORM"
    TASK_LABEL = "TASK-LABEL"
    ID_TWICE = "ID-TWICE"
    LOST_FORMULA = "LOST-FORMULA"
    TYPO = "TYPO"
    ATTACH = "ATTACH"
    NB_JSON = "NB-JSON"
    NB_VERSION = "NB-VERSION"
    ENCODING = "ENCODING"
    TOO_BIG = "TOO-BIG"
    DUP_LESSON = "DUP-LESSON"


class Place(NamedTuple):
    """A place in a file, counting from 1. In a notebook `line` is one of the cell; elsewhere `cell` is 0."""

    line: int
    column: int = 1
    cell: int = 0

    @property
    def order(self) -> tuple[int, int, int]:
        """What places are sorted by."""
        return self.cell, self.line, self.column


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a file that a teacher should know; an error keeps it from being imported."""

    code: str
    severity: Severity
    place: Place
    said: Phrase
    proposal: str = ""
    """What may belong there, for the reader to accept or not. Nothing takes it over by itself."""
    file: str = ""
    """Which file of a folder; empty where only one was read."""

    @property
    def phrase(self) -> Phrase:
        """The sentence, with the place in front where a line number alone would not say it."""
        if not self.place.cell:
            return self.said
        words = N_("cell {cell}, line {line}: {said}")
        return Phrase.of(words, cell=self.place.cell, line=self.place.line, said=self.said)


class Findings:
    """Collects the findings of one file. Lines are given as they stand in `lines`, counting from 0."""

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._found: list[Finding] = []
        self._counts: dict[Code, int] = {}
        self._more: dict[Code, Finding] = {}

    def error(self, code: Code, at: int, message: Phrase | str, column: int = 1) -> None:
        """Say what keeps the file from being imported."""
        self._add(code, Severity.ERROR, at, message, column)

    def warning(
        self, code: Code, at: int, message: Phrase | str, column: int = 1, proposal: str = ""
    ) -> None:
        """Say what a teacher should look at."""
        self._add(code, Severity.WARNING, at, message, column, proposal)

    def error_at(self, code: Code, place: Place, message: Phrase | str) -> None:
        """As `error`, for what has its place already."""
        self._keep(code, Severity.ERROR, place, message)

    def warning_at(self, code: Code, place: Place, message: Phrase | str) -> None:
        """As `warning`, for what has its place already."""
        self._keep(code, Severity.WARNING, place, message)

    def line(self, at: int) -> int:
        """The number that a line has in the file, for messages."""
        return self._lines.place(at).line

    def _add(
        self, code: Code, severity: Severity, at: int, message: Phrase | str, column: int, proposal: str = ""
    ) -> None:
        self._keep(code, severity, self._lines.place(at, column), message, proposal)

    def _keep(
        self, code: Code, severity: Severity, place: Place, message: Phrase | str, proposal: str = ""
    ) -> None:
        said = message if isinstance(message, Phrase) else Phrase(message)
        finding = Finding(code, severity, place, said, proposal)
        count = self._counts[code] = self._counts.get(code, 0) + 1
        if count <= MOST_OF_A_KIND:
            self._found.append(finding)
        elif code not in self._more or severity is Severity.ERROR:
            self._more[code] = finding

    @property
    def found(self) -> tuple[Finding, ...]:
        """All of them by place; of many with one code the first, and how many more there are."""
        rest = []
        for code, finding in self._more.items():
            n = self._counts[code] - MOST_OF_A_KIND
            said = Phrase.of(N_("{n} more like this"), plural=N_("{n} more like this"), n=n)
            rest.append(Finding(code, finding.severity, finding.place, said))
        return tuple(sorted([*self._found, *rest], key=lambda finding: finding.place.order))
