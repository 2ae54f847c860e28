"""A lesson as it was found in somebody else's file: parts, what they hold, and what there is to say.

Texts are Markdown as written, lines joined by newlines. Nothing here has an id yet: ids are given when the
lesson's folder is made (`stable_ids`).
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import TypeAlias

from studybuddy.core.diagnostic import Severity
from studybuddy.course.importing.findings import Finding, Place


class SourceKind(StrEnum):
    """Which front end read the file."""

    TEXT = "text"
    MARKDOWN = "markdown"
    NOTEBOOK = "notebook"
    FOLDER = "folder"


class PartKind(StrEnum):
    """The seven sections, the closing, and what is neither: kept, readable, never dropped."""

    THEORY = "theory"
    CODE = "code"
    DERIVATION = "derivation"
    INTERVIEW = "interview"
    ENGINEERING = "engineering"
    ALGORITHM = "algorithm"
    SUMMARY = "summary"
    CLOSING = "closing"
    OTHER = "other"
    INTRODUCTION = "introduction"


SECTIONS = tuple(PartKind)[:7]


@dataclass(frozen=True, slots=True)
class Prose:
    """Text to read: one block of Markdown."""

    place: Place
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """A block of code. `execution` is the number of its prompt; `parses` is None where nobody can tell."""

    place: Place
    lines: tuple[str, ...]
    language: str = ""
    execution: str = ""
    parses: bool | None = None

    @property
    def text(self) -> str:
        """The code as one text."""
        return "\n".join(self.lines)


@dataclass(frozen=True, slots=True)
class Output:
    """What a program had printed when the lesson was written; `failed`: it ended in a traceback."""

    place: Place
    lines: tuple[str, ...]
    failed: bool = False


@dataclass(frozen=True, slots=True)
class Think:
    """A thinking question; without an answer the learner judges."""

    place: Place
    question: str
    answer: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """An interview question with what stands about it."""

    place: Place
    number: int
    text: str
    exam_point: str = ""
    reference: str = ""
    key_points: str = ""
    wrong_point: str = ""
    common_wrong: str = ""
    follow_up: str = ""
    id: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a derivation: filled in, or left `blank` for the learner; `accept` is the lesson's answer."""

    place: Place
    text: str
    blank: bool
    accept: str = ""


@dataclass(frozen=True, slots=True)
class Derivation:
    """Something to derive. `draft` is what a learner had already written into the notebook."""

    place: Place
    title: str
    givens: str = ""
    goal: str = ""
    hints: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """An algorithm problem. `number` is its number at LeetCode, 0 where none is named."""

    place: Place
    title: str
    number: int = 0
    idea: str = ""
    points: tuple[str, ...] = ()
    programs: tuple[Program, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """An item of the day's checklist; `kind` is math, code, interview, algo or other, by its label."""

    place: Place
    label: str
    text: str
    kind: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Challenge:
    """Something optional on top."""

    place: Place
    text: str


@dataclass(frozen=True, slots=True)
class SymbolRow:
    """A row of the symbol table, read beside the prose it stands in."""

    place: Place
    latex: str
    shape: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Action:
    """The call to action, and the number of the section it sends the learner to (0 for none)."""

    place: Place
    text: str
    section: int = 0


Item: TypeAlias = (
    Prose | Program | Output | Think | Question | Derivation | Problem | Task | Challenge | Action
)


@dataclass(frozen=True, slots=True)
class Part:
    """A section or the closing. `ordinal` counts the parts of one kind from 1."""

    kind: PartKind
    place: Place
    number: int
    title: str
    ordinal: int = 1
    items: tuple[Item, ...] = ()
    symbols: tuple[SymbolRow, ...] = ()
    programs: tuple[Program, ...] = ()
    """Every program of the part, those inside a problem too."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much was found, by the names of the command line's contract. The closing is no section."""

    sections: int = 0
    symbols: int = 0
    think: int = 0
    code_blocks: int = 0
    output_lines: int = 0
    interview: int = 0
    steps: int = 0
    blanks: int = 0
    tasks: int = 0
    challenges: int = 0

    def as_dict(self) -> dict[str, int]:
        """Names and numbers, for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Imported:
    """A file as it was understood. `code` is empty where the file does not say which lesson it is."""

    name: str
    kind: SourceKind
    code: str = ""
    title: str = ""
    term: str = ""
    """The title's English term, where one stands in brackets behind it."""
    language: str = "zh"
    parts: tuple[Part, ...] = ()
    counts: Counts = Counts()
    findings: tuple[Finding, ...] = ()
    season_given: bool = True
    """False where the file names week and day alone and the season was assumed."""
    tags: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    """Lessons that come before, as the front matter names them."""

    @property
    def failed(self) -> bool:
        """Whether anything found keeps the file from being imported."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)
