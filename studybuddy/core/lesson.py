"""A day of the course in one language, as the rest of the house sees it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from studybuddy.core.block import Blocks, Inlines
from studybuddy.core.card_content import CardContent
from studybuddy.core.checklist import ChecklistItem
from studybuddy.core.derivation import Quantities, StepGoal
from studybuddy.core.exercise import Exercise

if TYPE_CHECKING:
    from studybuddy.core.heard import Cues
    from studybuddy.core.walk import Walk


class SectionKind(StrEnum):
    """The seven sections of a day, in their fixed order."""

    THEORY = "theory"
    CODE = "code"
    DERIVATION = "derivation"
    INTERVIEW = "interview"
    ENGINEERING = "engineering"
    ALGORITHM = "algorithm"
    SUMMARY = "summary"


@dataclass(frozen=True, slots=True)
class Section:
    """One section; `id` is `s3w10d1/theory`, `minutes` the reading and working time the author expects."""

    id: str
    kind: SectionKind
    number: int
    title: str
    minutes: int
    blocks: Blocks


@dataclass(frozen=True, slots=True)
class Symbol:
    """A row of the symbol table; `shape` is LaTeX such as `(N, D_{in})`, empty for a scalar."""

    latex: str
    shape: str
    meaning: Inlines
    code: str = ""
    """The name the lesson's programs use for it."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary; `also` is its name in the course's other language."""

    name: str
    also: str
    meaning: Inlines


@dataclass(frozen=True, slots=True)
class InterviewQuestion:
    """A mock interview question; every part but the question is shown only after the learner answered."""

    id: str
    question: Inlines
    exam_point: Inlines
    reference: Blocks
    key_points: tuple[Inlines, ...]
    common_wrong: Inlines
    follow_up: Blocks
    wrong_point: Inlines = ()
    """A statement that caps the grade at Hard when the learner says they made it."""
    cues: tuple[Cues, ...] = ()
    """For each key point the words by which it is found in a typed answer; empty where none are told."""
    wrong_cues: Cues = ()
    """Those of the wrong point."""


@dataclass(frozen=True, slots=True)
class DerivationStep:
    """A step of a derivation; a `given` step is shown filled in, the others are the learner's."""

    id: str
    prompt: Blocks
    answer: str
    given: bool = False
    explanation: Blocks = ()
    hints: tuple[Inlines, ...] = ()
    goal: StepGoal | None = None
    """What is checked; None where the learner judges."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """Givens, a goal and the steps that lead from one to the other."""

    id: str
    title: str
    givens: Blocks
    goal: str
    steps: tuple[DerivationStep, ...]
    quantities: Quantities | None = None


@dataclass(frozen=True, slots=True)
class Lesson:
    """One lesson in one language. Ids are the same in every language."""

    id: str
    code: str
    title: str
    language: str
    sections: tuple[Section, ...]
    introduction: Blocks = ()
    closing: Blocks = ()
    action: Blocks = ()
    symbols: tuple[Symbol, ...] = ()
    terms: tuple[Term, ...] = ()
    exercises: tuple[Exercise, ...] = ()
    derivations: tuple[Derivation, ...] = ()
    questions: tuple[InterviewQuestion, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
    cards: tuple[CardContent, ...] = ()
    walks: tuple[Walk, ...] = ()
    facts: dict[str, object] = field(default_factory=dict)
    """Figures of the lesson by name, for tests and pages (`lesson.toml` [facts])."""
