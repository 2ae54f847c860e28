"""The shapes of one step: the statement, what it does to its arrays, and the arrays that have a name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studybuddy.core.xray import XrayTrace
from studybuddy.i18n import _, say
from studybuddy.study.page_line import Line, Span
from studybuddy.study.shape_names import SizeNames
from studybuddy.study.xray_lines import (
    arrays_at,
    place_words,
    problem_words,
    statement_lines,
    step_lines,
    table_lines,
)
from studybuddy.text import chop, wrap_text

MOST_SOURCE_LINES = 6
LOOKS = {
    "shape": "$primary",
    "symbols": "$text-muted",
    "name": "bold",
    "strong": "bold",
    "dim": "$text-muted",
    "bad": "bold $text-error",
    "warn": "$text-warning",
    "title": "bold",
    "heading": "bold $text-muted",
    "error": "$text-error",
}
"""Styles of `study.xray_lines` as this app draws them."""


class ShapePanel(VerticalScroll):
    """Draws itself anew at every step and at every width."""

    DEFAULT_CSS = """
    ShapePanel { padding: 0 1; scrollbar-size-vertical: 1; scrollbar-background: $background; }
    ShapePanel > Static { width: 100%; height: auto; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._trace: XrayTrace | None = None
        self._names: SizeNames = {}
        self._index = 0
        self._drawn: tuple[int, int] | None = None

    def compose(self) -> ComposeResult:
        """One text, however long it is."""
        yield Static(markup=False)

    def show(self, trace: XrayTrace, names: SizeNames, index: int) -> None:
        """Show a step. Without any, what kept the program from beginning."""
        self._trace, self._names, self._index = trace, names, index
        self._draw()
        self.scroll_home(animate=False)

    def _on_resize(self, event: events.Resize) -> None:
        self._draw()

    def _draw(self) -> None:
        if self._trace is not None and (width := self.scrollable_content_region.width) > 0:
            lines = [_content(line) for line in self._lines(self._trace, width)]
            self.query_one(Static).update(Content("\n").join(lines))

    def _lines(self, trace: XrayTrace, width: int) -> Iterable[Line]:
        if not trace.steps:
            yield from _problem(trace, width)
            return
        step = trace.steps[self._index]
        where = _("line {line}", line=step.first)
        if place := place_words(step):
            where += " · " + place
        yield from _wrapped(where, "dim", width)
        for line in statement_lines(step)[:MOST_SOURCE_LINES]:
            for piece in chop(line, width):
                yield _line(piece, "title")
        yield ()
        yield from step_lines(step, self._names, width)
        if step.failed:
            yield from _problem(trace, width, sign=not step.notes)
        arrays = arrays_at(trace, self._index)
        if arrays:
            yield ()
            yield _line(_("Arrays so far"), "heading")
            yield from table_lines(arrays, self._names, width)


def _problem(trace: XrayTrace, width: int, *, sign: bool = True) -> Iterable[Line]:
    """Why the program failed, as Python says it, and what to do about it."""
    words = problem_words(trace)
    if words:
        yield from _wrapped(f"✗ {words}" if sign else words, "error" if sign else "dim", width)
    if hint := say(trace.hint):
        yield from _wrapped(hint, "dim", width)


def _wrapped(text: str, style: str, width: int) -> Iterable[Line]:
    for piece in wrap_text(text, width):
        yield _line(piece, style)


def _line(text: str, style: str) -> Line:
    return (Span(text, style),)


def _content(line: Sequence[tuple[str, str]]) -> Content:
    return Content.assemble(*((text, LOOKS.get(style, "")) for text, style in line))
