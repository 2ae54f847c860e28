"""Lines of styled text, and the few words that a page adds to a lesson's own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, TypeAlias

from studybuddy.text import cell_width, wrap

KEPT_WHOLE = frozenset({"math"})
"""Styles whose spans stay on one line as long as they fit."""


class Span(NamedTuple):
    """A piece of a line.

    `style` is a name that the screen turns into a look: text ("") strong emphasis code math title heading
    heading2 label quote-bar rule dim link output table-head.
    """

    text: str
    style: str = ""


Line: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where something to do stands: `kind` is exercise, derivation, interview, checklist or think."""

    kind: str
    id: str
    line: int
    """Counted from 0."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Words of the page itself, in the learner's language."""

    thinking_question: str = "Thinking question"
    answer: str = "Answer"
    answer_hidden: str = "Answer hidden"
    exercise: str = "Exercise"
    derivation: str = "Derivation"
    walk: str = "Step by step"
    stuck: str = "Stuck? In small numbers"
    interview: str = "Interview"
    checklist: str = "Checklist"
    lesson: str = "Lesson"
    titles: Mapping[str, str] = field(default_factory=dict)
    """Names of what slots lead to, by id; a slot without one shows the last part of its id."""

    def slot(self, kind: str) -> str:
        """The word for a kind of slot; an unknown kind stands for itself."""
        words = {
            "exercise": self.exercise,
            "derivation": self.derivation,
            "walk": self.walk,
            "stuck": self.stuck,
            "interview": self.interview,
            "checklist": self.checklist,
            "lesson": self.lesson,
        }
        return words.get(kind, kind)


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines of a page; anchors count from its first line."""

    lines: tuple[Line, ...]
    anchors: tuple[Anchor, ...] = ()


EMPTY: Line = ()


def wrapped(spans: Sequence[tuple[str, str]], width: int) -> tuple[Line, ...]:
    """Styled text as lines of at most `width` cells."""
    return tuple(tuple(map(Span._make, line)) for line in wrap(list(spans), width, KEPT_WHOLE))


def line_width(line: Line) -> int:
    """Cells of a line."""
    return cell_width("".join(span.text for span in line))


def below(parts: Sequence[Part], *, apart: bool = True) -> Part:
    """Parts one under the other, with an empty line between them unless they belong together."""
    lines: list[Line] = []
    anchors: list[Anchor] = []
    for part in parts:
        if lines and apart:
            lines.append(EMPTY)
        anchors.extend(Anchor(own.kind, own.id, own.line + len(lines)) for own in part.anchors)
        lines.extend(part.lines)
    return Part(tuple(lines), tuple(anchors))


def hung(part: Part, first: Span, rest: Span) -> Part:
    """The part behind a prefix: `first` before its first line, `rest` before the others."""
    lines = []
    for number, line in enumerate(part.lines):
        prefix = rest if number else first
        if not line:
            prefix = Span(prefix.text.rstrip(), prefix.style)
        lines.append((prefix, *line) if prefix.text else line)
    return Part(tuple(lines), part.anchors)
