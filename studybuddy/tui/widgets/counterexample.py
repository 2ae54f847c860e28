"""The smallest input that breaks a program, drawn where it is a tree."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from studybuddy.core.verdict import Counterexample, Search
from studybuddy.study.counterexample_words import search_words, told
from studybuddy.text import cell_width, clean_line, wrap_text
from studybuddy.tui.widgets.fact_rows import Fact, fact_rows

INDENT = "  "


class CounterexampleView(Static):
    """Hidden as long as there is none."""

    DEFAULT_CSS = """
    CounterexampleView { height: auto; margin-bottom: 1; display: none; }
    CounterexampleView.-there { display: block; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)

    def show(self, example: Counterexample | None, search: Search | None, width: int) -> None:
        """Show another one, or none, in lines of `width` cells."""
        self.set_class(example is not None, "-there")
        lines = [] if example is None else counterexample_lines(example, search, width)
        self.update(Content("\n").join(lines))


def counterexample_lines(example: Counterexample, search: Search | None, width: int) -> list[Content]:
    """The picture, what was returned and what was expected, and how it was found."""
    found = told(example, width - len(INDENT))
    facts = [Fact(label, text) for label, text in found.facts]
    facts += [Fact(label, text, prose=True) for label, text in found.prose]
    return [
        Content.styled(clean_line(found.head), "bold $text-error"),
        *(Content.styled(INDENT + line, "$text-accent") for line in _fitting(found.drawing, width)),
        *fact_rows(facts, width),
        *([Content.styled(words, "$text-muted")] if (words := search_words(search)) else []),
    ]


def _fitting(drawing: tuple[str, ...], width: int) -> list[str]:
    """The picture as it is; a sentence in its place broken into lines."""
    room = max(8, width - len(INDENT))
    return [
        part for line in drawing for part in ([line] if cell_width(line) <= room else wrap_text(line, room))
    ]
