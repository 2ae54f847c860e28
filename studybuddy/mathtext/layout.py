"""Draws a formula in two dimensions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from unicodedata import combining, normalize

from studybuddy.mathtext.binding import reads_apart
from studybuddy.mathtext.box import EMPTY, Box, aligned, beside, fence, stacked, text
from studybuddy.mathtext.marks import MARK, mark, unmarked
from studybuddy.mathtext.nodes import (
    Accent,
    Brace,
    Fenced,
    Fraction,
    Framed,
    Hidden,
    Marked,
    Node,
    Role,
    Root,
    Row,
    Scripts,
    Space,
    Struck,
    Symbol,
    Table,
    bare,
    only,
    role,
)
from studybuddy.mathtext.scripts import beside_base, superscript
from studybuddy.mathtext.spacing import Placed, placed, runs_on
from studybuddy.text import cell_width

_COLUMN_GAP = 2
_PAIR_GAP = 3
_STROKES = frozenset("─−-–+=")
"""What a fraction bar is drawn with, and signs that look like more of it."""
_ARROWS = {
    "→": ("─", "→"),
    "←": ("←", "─"),
    "⇒": ("═", "⇒"),
    "⇐": ("⇐", "═"),
    "->": ("-", "->"),
    "<-": ("<-", "-"),
    "==>": ("=", "=>"),
    "<==": ("<=", "="),
}


def lay(node: Node, *, tight: bool = False) -> Box:
    """The box of a formula; `tight` leaves out the spaces around operators, as in a subscript."""
    return _LAYOUTS[type(node)](node, tight)


def _symbol(node: Symbol, tight: bool) -> Box:
    del tight
    return text(node.text)


def _space(node: Space, tight: bool) -> Box:
    del tight
    return text(" " * node.cells)


def _row(node: Row, tight: bool) -> Box:
    boxes = []
    for part, box in laid(node.items, tight=tight):
        if part.gap:
            boxes.append(text(" " * part.gap))
        boxes.append(box)
    return beside(boxes)


def laid(items: Sequence[Node], *, tight: bool = False) -> tuple[tuple[Placed, Box], ...]:
    """The parts of a row, each with its box."""
    row = placed(items, tight=tight, airy=True)
    boxes: list[Box] = []
    for number, part in enumerate(row):
        box = lay(part.node, tight=tight)
        if number + 1 < len(row) and runs_on(part, box.line, row[number + 1]):
            box = beside([box, text(" ")])
        if boxes and not part.gap and _merge(boxes[-1], box):
            boxes[-1] = beside([boxes[-1], text(" ")])
        boxes.append(box)
    return tuple(zip(row, boxes, strict=True))


def _merge(left: Box, right: Box) -> bool:
    """Whether a sign would be read as a piece of the fraction bar beside it."""
    if left.height == 1 == right.height:
        return False
    return unmarked(left.line)[-1:] in _STROKES and unmarked(right.line)[:1] in _STROKES


def _fraction(node: Fraction, tight: bool) -> Box:
    above, below = lay(node.numerator, tight=tight), lay(node.denominator, tight=tight)
    if not node.bar:
        return stacked([above, text(""), below], 1)
    width = max(above.width, below.width) + 2 * (above.tall or below.tall)
    return stacked([above, text("─" * width), below], 1)


def _root(node: Root, tight: bool) -> Box:
    body = lay(node.body, tight=tight)
    index = lay(node.index, tight=True).line if node.index is not None else ""
    index = superscript(index) or index
    if body.height == 1 and isinstance(only(node.body), Symbol | Scripts | Accent):
        return text(f"{index}√{body.line}")
    margin = " " * cell_width(index)
    rows = [f"{margin} ┌{'─' * body.width}"]
    rows += [f"{margin} │{row}" for row in body.rows[:-1]]
    rows.append(f"{index}╲│{body.rows[-1]}")
    return Box(tuple(rows), body.base + 1, tall=True)


def _scripts(node: Scripts, tight: bool) -> Box:
    base = lay(node.base, tight=tight)
    if not node.limits and reads_apart(node.base):
        base = enclosed(base)
    sub = lay(node.sub, tight=True) if node.sub is not None else None
    sup = lay(node.sup, tight=True) if node.sup is not None else None
    if not node.limits or (tight and _is_operator(node.base)):
        return beside_base(base, sub, sup, plain=node.plain)
    label = max(box.width for box in (sub, sup, EMPTY) if box is not None)
    if unmarked(base.rows[0]) in _ARROWS:
        left, right = _ARROWS[unmarked(base.rows[0])]
        drawn = left * label + right if left in "─═-=" else left + right * label
        base = text(mark(drawn) if MARK in base.rows[0] else drawn)
    parts = [box for box in (sup, base, sub) if box is not None]
    box = stacked(parts, 1 if sup is not None else 0)
    return Box(box.rows, box.base, tall=base.tall or _is_operator(node.base))


def enclosed(body: Box) -> Box:
    """A box in round brackets, which stretch where it is tall."""
    if not body.tall or body.height == 1:
        return beside([text("("), body, text(")")])
    return beside([fence("(", body.height, body.base), body, fence(")", body.height, body.base)])


def _is_operator(node: Node) -> bool:
    node = bare(node)
    return isinstance(node, Symbol) and (node.role is Role.OPERATOR or not node.text.isalpha())


def _accent(node: Accent, tight: bool) -> Box:
    base = lay(node.base, tight=tight)
    if base.height == 1 and is_letter(base.line):
        return text(accented(base.line, node.mark))
    sign = _OVER.get(node.mark, "·")
    return stacked([text(sign * base.width if sign == "_" else sign), base], 1)


_OVER = {
    "\u0302": "^",
    "\u0303": "~",
    "\u20d7": "→",
    "\u20d6": "←",
    "\u0304": "_",
    "\u0305": "_",
    "\u030c": "ˇ",
}
"""Accents that stand on a row of their own; the low line of the row above is a bar over what is below it."""


def is_letter(word: str) -> bool:
    """Whether a text is one character, which can bear an accent."""
    return sum(not combining(char) for char in unmarked(word)) == 1


def accented(word: str, accent: str) -> str:
    """A combining accent on each character of a word; never on another accent."""
    plain = (char.isspace() or combining(char) or char == MARK for char in word)
    return "".join(
        char if own else normalize("NFC", char + accent) for char, own in zip(word, plain, strict=True)
    )


def _brace(node: Brace, tight: bool) -> Box:
    base = lay(node.base, tight=tight)
    if node.kind == "line":
        if base.height == 1 and (is_letter(base.line) or not node.above):
            return text(accented(base.line, "\u0305" if node.above else "\u0332"))
        line = ("_" if node.above else "‾") * base.width
        return stacked([text(line), base], 1) if node.above else stacked([base, text(line)], 0)
    else:
        left, right = "╭╮" if node.above else "╰╯"
        drawn = left + "─" * (base.width - 2) + right if base.width > 1 else ("⏞" if node.above else "⏟")
    return stacked([text(drawn), base], 1) if node.above else stacked([base, text(drawn)], 0)


def _fenced(node: Fenced, tight: bool) -> Box:
    inner = only(node.body)
    body = _table(inner, tight, fenced=True) if isinstance(inner, Table) else lay(node.body, tight=tight)
    if not body.tall or body.height == 1:
        return beside([text(node.opening), body, text(node.closing)])
    if isinstance(node.body, Row) and any(role(item) is Role.MIDDLE for item in node.body.items):
        body = _divided(node.body, body, tight)
    sides = [fence(sign, body.height, body.base) for sign in (node.opening, node.closing)]
    return beside([sides[0], body, sides[1]])


def _divided(node: Row, body: Box, tight: bool) -> Box:
    """A row whose bars are as tall as the brackets around it."""
    parts = []
    for part, box in laid(node.items, tight=tight):
        stretched = fence(part.node.text, body.height, body.base) if isinstance(part.node, Symbol) else box
        parts += [text(" " * part.gap), stretched if part.role is Role.MIDDLE else box]
    return beside(parts)


def _table(node: Table, tight: bool, *, fenced: bool = False) -> Box:
    cells = [[lay(cell, tight=tight) for cell in row] for row in node.rows]
    columns = max((len(row) for row in cells), default=0)
    if not columns:
        return EMPTY
    widths = [max(row[n].width for row in cells if n < len(row)) for n in range(columns)]
    lines = [_table_row(node, row, widths) for row in cells]
    spread = any(line.height > 1 for line in lines) or (fenced and len(lines) == 2)
    rows: list[str] = []
    for line in lines:
        if rows and spread:
            rows.append(_table_row(node, [], widths).line)
        rows.extend(line.rows)
    base = lines[0].base if len(lines) == 1 else (len(rows) - 1) // 2
    return Box(tuple(rows), base, tall=True)


def _table_row(node: Table, cells: list[Box], widths: list[int]) -> Box:
    whole = beside(cells)
    boxes: list[Box] = []
    for number, width in enumerate(widths):
        cell = cells[number] if number < len(cells) else EMPTY
        align = node.aligns[min(number, len(node.aligns) - 1)]
        boxes.append(_before_column(node, number, whole))
        boxes.append(
            Box(tuple(aligned(row, width, align, late=True) for row in cell.rows), cell.base, cell.tall)
        )
    if len(widths) in node.rules:
        boxes.append(_before_column(node, len(widths), whole))
    return beside(boxes)


def _before_column(node: Table, column: int, row: Box) -> Box:
    """The gap in front of a column, with the line in it where one is wanted."""
    if column in node.rules:
        line = " " * bool(column) + "│" + " " * (column < len(node.rows[0]))
        return Box((line,) * row.height, row.base)
    if not column:
        return EMPTY
    if not node.aligned:
        return text(" " * _COLUMN_GAP)
    return text(" " * (0 if column % 2 else _PAIR_GAP))


def _framed(node: Framed, tight: bool) -> Box:
    body = lay(node.body, tight=tight)
    edge = "─" * (body.width + 2)
    rows = (f"┌{edge}┐", *(f"│ {row} │" for row in body.rows), f"└{edge}┘")
    return Box(rows, body.base + 1, tall=True)


def _struck(node: Struck, tight: bool) -> Box:
    body = lay(node.body, tight=tight)
    return Box(tuple(accented(row, "\u0338") for row in body.rows), body.base, body.tall)


def _marked(node: Marked, tight: bool) -> Box:
    body = lay(node.body, tight=tight)
    return Box(tuple(map(mark, body.rows)), body.base, body.tall)


def _hidden(node: Hidden, tight: bool) -> Box:
    body = lay(node.body, tight=tight)
    return Box((" " * body.width,) * body.height, body.base)


_LAYOUTS: dict[type[Any], Callable[[Any, bool], Box]] = {
    Symbol: _symbol,
    Space: _space,
    Row: _row,
    Fraction: _fraction,
    Root: _root,
    Scripts: _scripts,
    Accent: _accent,
    Brace: _brace,
    Fenced: _fenced,
    Table: _table,
    Framed: _framed,
    Struck: _struck,
    Marked: _marked,
    Hidden: _hidden,
}
