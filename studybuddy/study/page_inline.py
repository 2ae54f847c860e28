"""Inline text as styled spans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from studybuddy.core.block import CodeSpan, Emphasis, Inline, Inlines, Link, MathSpan, Strong, Text
from studybuddy.mathtext import inline
from studybuddy.text import clean, clean_line

_LESSON = "lesson:"


class Drawing(NamedTuple):
    """How formulas are shown: drawn, as their source, or drawn in ASCII."""

    source: bool = False
    ascii: bool = False


def spans(inlines: Inlines, drawing: Drawing, style: str = "") -> list[tuple[str, str]]:
    """Pairs of text and style; `style` is that of the words around, such as a heading's."""
    return [span for child in inlines for span in _spans(child, style, drawing) if span[0]]


def _spans(child: Inline, style: str, drawing: Drawing) -> Iterator[tuple[str, str]]:
    match child:
        case Text():
            yield clean(child.text), style
        case CodeSpan():
            yield clean_line(child.text), "code"
        case MathSpan():
            yield formula(child.latex, drawing), "math"
        case Strong():
            yield from spans(child.children, drawing, _stronger(style, "strong"))
        case Emphasis():
            yield from spans(child.children, drawing, _stronger(style, "emphasis"))
        case Link():
            yield from _link(child, drawing)


def formula(latex: str, drawing: Drawing) -> str:
    """A formula inside a sentence, drawn or as its source between dollars."""
    return f"${clean_line(latex).strip()}$" if drawing.source else inline(latex, plain=drawing.ascii)


def _stronger(style: str, own: str) -> str:
    """Bold wins over italics; a heading or a label is not changed by either."""
    return own if style == "" or (style, own) == ("emphasis", "strong") else style


def _link(link: Link, drawing: Drawing) -> Iterator[tuple[str, str]]:
    """The words of a link, and where it leads: an address is always shown in full."""
    words = spans(link.children, drawing, "link")
    target = clean_line(link.target)
    yield from words
    if not target.startswith(_LESSON) and "".join(text for text, _ in words) != target:
        yield f" ({target})", "dim"
