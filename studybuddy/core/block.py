"""What a page of a lesson is made of: blocks of inline text, free of any screen.

The reader (`course`) makes them; one layout (`study.page`) turns them into lines for the app and for the
command line alike, so that both show the same page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class Strong:
    """Words set in bold."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words set in italics."""

    children: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class CodeSpan:
    """A piece of code inside a sentence."""

    text: str


@dataclass(frozen=True, slots=True)
class MathSpan:
    """A formula inside a sentence, as LaTeX without its dollars."""

    latex: str


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to an address or, as `lesson:s3w10d6`, to another lesson."""

    children: tuple[Inline, ...]
    target: str


Inline: TypeAlias = Text | Strong | Emphasis | CodeSpan | MathSpan | Link
Inlines: TypeAlias = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section (levels 3 to 6; 1 is the lesson, 2 the section)."""

    level: int
    children: Inlines


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    children: Inlines


@dataclass(frozen=True, slots=True)
class CodeBlock:
    """Code to read. Nothing here is run; what runs is an exercise."""

    language: str
    source: str


@dataclass(frozen=True, slots=True)
class OutputBlock:
    """Recorded output, with whose it is in `label`."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class MathBlock:
    """A formula on lines of its own."""

    latex: str


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; `start` is None for bullets and the first number otherwise."""

    items: tuple[tuple[Block, ...], ...]
    start: int | None = None
    done: tuple[bool | None, ...] = ()
    """Of a list of tasks, for each item whether it is done, None for an item that is no task."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under a header row."""

    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    aligns: tuple[str, ...] = ()
    """`left`, `center` or `right` for each column; left where there is none."""


@dataclass(frozen=True, slots=True)
class Callout:
    """A labelled box; `label` may be empty (a plain quotation)."""

    label: str
    children: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class ThinkingQuestion:
    """A question whose answer stays hidden until the learner has committed to their own."""

    id: str
    question: tuple[Block, ...]
    answer: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to do something: `kind` is exercise, derivation, walk, interview or checklist."""

    kind: str
    id: str


Block: TypeAlias = (
    Heading
    | Paragraph
    | CodeBlock
    | OutputBlock
    | MathBlock
    | ListBlock
    | Table
    | Callout
    | ThinkingQuestion
    | Slot
)
Blocks: TypeAlias = tuple[Block, ...]
