"""Lays out each kind of block for a width."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from studybuddy.core.block import (
    Block,
    Blocks,
    Callout,
    CodeBlock,
    Heading,
    Inlines,
    ListBlock,
    MathBlock,
    OutputBlock,
    Paragraph,
    Slot,
    Table,
    ThinkingQuestion,
)
from studybuddy.core.errors import UsageError
from studybuddy.mathtext import display
from studybuddy.study.page_inline import Drawing, spans
from studybuddy.study.page_line import EMPTY, Anchor, Labels, Line, Part, Span, below, hung, wrapped
from studybuddy.study.page_table import table
from studybuddy.text import cell_width, chop, clean, clean_line

_NARROWEST = 8
"""Cells that are left to a nested block; a deeper one is not indented."""
_MATH_INDENT = 4
_CODE_INDENT = 2
_BAR = Span("│ ", "quote-bar")
_CONTINUED = Span("↳ ", "dim")
_BOXES = {True: "[x] ", False: "[ ] "}
TREE = "tree"
"""The info string of a fence that holds a binary tree in level order and is shown as a drawing."""


@dataclass(frozen=True, slots=True)
class Setter:
    """What does not change within a page: the words, and what is shown."""

    labels: Labels
    drawing: Drawing
    reveal: frozenset[str]

    def blocks(self, blocks: Blocks, width: int) -> Part:
        """Blocks one under the other; a heading stands close to what it heads, unless that is a table."""
        parts: list[Part] = []
        before: Block | None = None
        for block in blocks:
            part = self.block(block, width)
            if parts and isinstance(before, Heading) and not isinstance(block, Table):
                parts[-1] = below([parts[-1], part], apart=False)
            else:
                parts.append(part)
            before = block
        return below([part for part in parts if part.lines])

    def block(self, block: Block, width: int) -> Part:
        """One block in at most `width` cells."""
        return _LAYOUTS[type(block)](self, block, width)

    def spans(self, inlines: Inlines, style: str = "") -> list[tuple[str, str]]:
        """Inline text as pairs of text and style."""
        return spans(inlines, self.drawing, style)


def _heading(setter: Setter, block: Heading, width: int) -> Part:
    if block.level <= 2:
        lines = wrapped(setter.spans(block.children, "title"), width)
        return Part((*lines, (Span("─" * width, "rule"),)))
    style = "heading" if block.level == 3 else "heading2"
    return Part(wrapped(setter.spans(block.children, style), width))


def _paragraph(setter: Setter, block: Paragraph, width: int) -> Part:
    return Part(wrapped(setter.spans(block.children), width))


def _code(setter: Setter, block: CodeBlock, width: int) -> Part:
    del setter
    drawn = _drawn_tree(block, width - _CODE_INDENT) if block.language == TREE else None
    return Part(_verbatim(drawn or block.source, "code", width))


def _drawn_tree(block: CodeBlock, width: int) -> str | None:
    """The tree of a fence that holds one in level order, as a drawing."""
    from studybuddy.core.level_order import read_tree
    from studybuddy.study.tree_drawing import tree_lines

    try:
        return "\n".join(tree_lines(list(read_tree(block.source)), width))
    except UsageError:
        return None


def _output(setter: Setter, block: OutputBlock, width: int) -> Part:
    del setter
    label = (
        Part(wrapped([(clean_line(block.label), "dim")], width - _CODE_INDENT)) if block.label else Part(())
    )
    margin = Span(" " * _CODE_INDENT)
    return below([hung(label, margin, margin), Part(_verbatim(block.text, "output", width))], apart=False)


def _verbatim(source: str, style: str, width: int) -> tuple[Line, ...]:
    """Text whose line breaks and spaces count; a line too long for the page goes on behind a mark."""
    room = width - _CODE_INDENT
    margin = Span(" " * _CODE_INDENT)
    lines: list[Line] = []
    for row in clean(source).strip("\n").split("\n"):
        row = row.expandtabs(4).rstrip()
        first, *others = chop(row, room)
        lines.append((margin, Span(first, style)) if first else EMPTY)
        if others:
            rest = chop(row[len(first) :], room - len(_CONTINUED.text))
            lines.extend((margin, _CONTINUED, Span(piece, style)) for piece in rest)
    return tuple(lines)


def _math(setter: Setter, block: MathBlock, width: int) -> Part:
    indent = _MATH_INDENT if width > 2 * _NARROWEST else 0
    if setter.drawing.source:
        lines = _latex_lines(block.latex, width - indent)
    else:
        rows = (row.rstrip() for row in display(block.latex, width - indent, plain=setter.drawing.ascii))
        lines = tuple((Span(row, "math"),) if row else EMPTY for row in rows)
    margin = Span(" " * indent)
    return hung(Part(lines), margin, margin)


def _latex_lines(latex: str, width: int) -> tuple[Line, ...]:
    rows = [row.strip() for row in clean(latex).strip().split("\n")]
    rows = [f"$$ {rows[0]} $$"] if len(rows) == 1 else ["$$", *rows, "$$"]
    return tuple(line for row in rows for line in wrapped([(row, "math")], width))


def _list(setter: Setter, block: ListBlock, width: int) -> Part:
    last = (block.start or 0) + len(block.items) - 1
    digits = len(str(last))
    items = []
    for number, item in enumerate(block.items):
        marker = "• " if block.start is None else f"{block.start + number}.".rjust(digits + 1) + " "
        if number < len(block.done) and (done := block.done[number]) is not None:
            marker = ("" if block.start is None else marker) + _BOXES[done]
        items.append(_item(setter, item, marker, width))
    apart = any(sum(not isinstance(child, ListBlock) for child in item) > 1 for item in block.items)
    return below(items, apart=apart)


def _item(setter: Setter, item: Blocks, marker: str, width: int) -> Part:
    indent = cell_width(marker)
    if width - indent < _NARROWEST:
        return setter.blocks(item, width)
    loose = sum(not isinstance(child, ListBlock) for child in item) > 1
    parts = [setter.block(child, width - indent) for child in item]
    inner = below([part for part in parts if part.lines], apart=loose)
    return hung(inner if inner.lines else Part((EMPTY,)), Span(marker), Span(" " * indent))


def _table(setter: Setter, block: Table, width: int) -> Part:
    header = [setter.spans(cell, "table-head") for cell in block.header]
    rows = [[setter.spans(cell) for cell in row] for row in block.rows]
    return table(header, rows, width, block.aligns) if header or any(rows) else Part(())


def _callout(setter: Setter, block: Callout, width: int) -> Part:
    return _barred(width, lambda room: _labelled(setter, clean_line(block.label), block.children, room))


def _thinking(setter: Setter, block: ThinkingQuestion, width: int) -> Part:
    labels = setter.labels

    def inside(room: int) -> Part:
        question = _labelled(setter, labels.thinking_question, block.question, room)
        if block.id in setter.reveal:
            answer = _labelled(setter, labels.answer, block.answer, room)
        else:
            answer = Part(wrapped([(labels.answer_hidden, "dim")], room))
        return below([question, answer])

    part = _barred(width, inside)
    return Part(part.lines, (Anchor("think", block.id, 0), *part.anchors))


def _barred(width: int, inside: Callable[[int], Part]) -> Part:
    """Something behind a bar on its left."""
    room = width - len(_BAR.text)
    return hung(inside(room), _BAR, _BAR) if room >= _NARROWEST else inside(width)


def _labelled(setter: Setter, label: str, blocks: Blocks, width: int) -> Part:
    """Blocks behind a label in bold, on the same line when they begin with words."""
    if not label:
        return setter.blocks(blocks, width)
    start = [(label + (":" if label.isascii() else "："), "label")]
    if not blocks or not isinstance(blocks[0], Paragraph):
        return below([Part(wrapped(start, width)), setter.blocks(blocks, width)], apart=False)
    gap = [(" ", "")] if label.isascii() else []
    first = Part(wrapped([*start, *gap, *setter.spans(blocks[0].children)], width))
    others = setter.blocks(blocks[1:], width)
    return below([first, others]) if others.lines else first


def _slot(setter: Setter, block: Slot, width: int) -> Part:
    title = setter.labels.titles.get(block.id) or block.id.rpartition("/")[2]
    name = clean_line(title)
    words = [setter.labels.slot(block.kind)] + ([name] if name and name != block.kind else [])
    lines = wrapped([("▸ " + " · ".join(words), "link")], width)
    return Part(lines, (Anchor(block.kind, block.id, 0),))


_LAYOUTS: dict[type[Any], Callable[[Setter, Any, int], Part]] = {
    Heading: _heading,
    Paragraph: _paragraph,
    CodeBlock: _code,
    OutputBlock: _output,
    MathBlock: _math,
    ListBlock: _list,
    Table: _table,
    Callout: _callout,
    ThinkingQuestion: _thinking,
    Slot: _slot,
}
