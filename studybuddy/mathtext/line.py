"""Writes a formula on one line, with the brackets that two dimensions do without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from studybuddy.mathtext.binding import FACTORS, Binding, binding, reads_apart
from studybuddy.mathtext.layout import accented, is_letter
from studybuddy.mathtext.marks import mark, unmarked
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
    only,
    role,
)
from studybuddy.mathtext.scripts import in_line, superscript
from studybuddy.mathtext.spacing import Placed, placed, runs_on
from studybuddy.mathtext.symbols import sign_role
from studybuddy.text import cell_width

_WIDEST_GAP = 2
_BARS = ("|", "‖")


def write(node: Node, *, tight: bool = False) -> str:
    """The formula on one line; `tight` leaves out the spaces around operators, as in a subscript."""
    return _WRITERS[type(node)](node, tight)


def written(items: Sequence[Node], *, tight: bool = False) -> tuple[tuple[Placed, str], ...]:
    """The parts of a row, each with its text."""
    row = placed(items, tight=tight, airy=False)
    texts: list[str] = []
    for number, part in enumerate(row):
        content = write(part.node, tight=tight)
        if texts and part.gap == 0 and _is_call_of_a_name(content):
            texts[-1] += " "
        if isinstance(only(part.node), Fraction) and _is_factor(row, number):
            content = f"({content})"
        if number + 1 < len(row) and runs_on(part, content, row[number + 1]):
            content += " "
        texts.append(content)
    return tuple(zip(row, texts, strict=True))


def _is_call_of_a_name(content: str) -> bool:
    """Whether a text begins with a name of an accent, which no letter may stand close to."""
    return content.partition("(")[0] in _NAMES


def _is_factor(row: tuple[Placed, ...], number: int) -> bool:
    """Whether a fraction has a neighbour that could be read into it."""
    before = row[number - 1].role if number else None
    after = row[number + 1] if number + 1 < len(row) else None
    if after is not None and after.gap < _WIDEST_GAP and after.role in (*FACTORS, Role.WORD, Role.OPERATOR):
        return True
    return before in (*FACTORS, Role.WORD) and row[number].gap < _WIDEST_GAP


def _bracketed(node: Node, loosest: Binding, *, tight: bool) -> str:
    content = write(node, tight=tight)
    return content if binding(node) <= loosest else f"({content})"


def _symbol(node: Symbol, tight: bool) -> str:
    del tight
    return node.text


def _space(node: Space, tight: bool) -> str:
    del tight
    return " " * min(node.cells, _WIDEST_GAP)


def _row(node: Row, tight: bool) -> str:
    return "".join(
        " " * min(part.gap, _WIDEST_GAP) + content for part, content in written(node.items, tight=tight)
    )


def _fraction(node: Fraction, tight: bool) -> str:
    if not node.bar:
        return f"{write(node.numerator, tight=tight)}; {write(node.denominator, tight=tight)}"
    above = _bracketed(node.numerator, Binding.PRODUCT, tight=tight)
    return f"{above}/{_bracketed(node.denominator, Binding.CALL, tight=tight)}"


def _root(node: Root, tight: bool) -> str:
    body = _bracketed(node.body, Binding.ATOM, tight=tight)
    index = write(node.index, tight=True) if node.index is not None else ""
    raised = superscript(index)
    return (raised if raised is not None else index) + "√" + body


def _scripts(node: Scripts, tight: bool) -> str:
    base = _bracketed(node.base, Binding.ATOM, tight=tight)
    if binding(node.base) <= Binding.ATOM and reads_apart(node.base):
        base = f"({base})"
    sub = write(node.sub, tight=True) if node.sub is not None else None
    sup = write(node.sup, tight=True) if node.sup is not None else None
    if role(only(node.base)) is Role.RELATION:
        return base + "".join(f"({label})" for label in (sup, sub) if label)
    return in_line(base, sub, sup, plain=node.plain)


def _accent(node: Accent, tight: bool) -> str:
    base = write(node.base, tight=tight)
    return accented(base, node.mark) if is_letter(base) else f"{_ACCENTS.get(node.mark, 'dot')}({base})"


_ACCENTS = {
    "\u0302": "hat",
    "\u0303": "tilde",
    "\u0304": "bar",
    "\u0305": "bar",
    "\u20d7": "vec",
    "\u20d6": "vec",
    "\u0308": "ddot",
    "\u030c": "check",
}
"""What an accent over more than one character is called."""
_NAMES = frozenset((*_ACCENTS.values(), "dot"))


def _brace(node: Brace, tight: bool) -> str:
    base = write(node.base, tight=tight)
    if node.kind == "line":
        if node.above and not is_letter(base):
            return f"bar({base})"
        return accented(base, "\u0305" if node.above else "\u0332")
    return base if isinstance(only(node.base), Symbol) else f"({base})"


def _fenced(node: Fenced, tight: bool) -> str:
    inner = only(node.body)
    if isinstance(inner, Table) and node.opening == "{" and not node.closing:
        rows = [[write(cell, tight=tight) for cell in row] for row in inner.rows]
        return "{" + "; ".join(", ".join(cell.rstrip(",;") for cell in row if cell) for row in rows) + "}"
    if not node.opening and node.closing in _BARS:  # of f at a place: the bar is no end of a bracket
        return _bracketed(node.body, Binding.PRODUCT, tight=tight).strip() + node.closing
    return node.opening + write(node.body, tight=tight).strip() + node.closing


def _table(node: Table, tight: bool) -> str:
    if node.aligned:
        rows = [write(merged(row), tight=tight).strip() for row in node.rows]
        return "".join(_separator(row) * bool(number) + row for number, row in enumerate(rows))
    return "; ".join(_ruled([write(cell, tight=tight) for cell in row], node.rules) for row in node.rows)


def _ruled(cells: list[str], rules: Sequence[int]) -> str:
    """The cells of a row, with the lines between columns."""
    row = "".join((" | " if n in rules else "  ") * bool(n) + cell for n, cell in enumerate(cells))
    return "| " * (0 in rules) + row + " |" * (len(cells) in rules)


def _separator(row: str) -> str:
    """Between aligned rows: one that begins with its relation continues the row above."""
    return " " if sign_role(unmarked(row)[:1]) is Role.RELATION else "; "


def merged(cells: Sequence[Node]) -> Row:
    """The cells of an aligned row as one row, so that the spaces around its relation are right."""
    items: list[Node] = []
    for number, cell in enumerate(cells):
        if number and number % 2 == 0:
            items.append(Space(_WIDEST_GAP))
        items.extend(cell.items if isinstance(cell, Row) else (cell,))
    return Row(tuple(item for item in items if item != Symbol("")))


def _framed(node: Framed, tight: bool) -> str:
    return f"[{write(node.body, tight=tight)}]"


def _struck(node: Struck, tight: bool) -> str:
    return accented(write(node.body, tight=tight), "\u0338")


def _marked(node: Marked, tight: bool) -> str:
    return mark(write(node.body, tight=tight))


def _hidden(node: Hidden, tight: bool) -> str:
    return " " * cell_width(write(node.body, tight=tight))


_WRITERS: dict[type[Any], Callable[[Any, bool], str]] = {
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
