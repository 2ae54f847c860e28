"""Reads a formula: LaTeX through latex2mathml to MathML, and MathML into the tree of `nodes`."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from studybuddy.mathtext.brackets import at_places, pair
from studybuddy.mathtext.commands import MARKED, TAG
from studybuddy.mathtext.letters import styled
from studybuddy.mathtext.marks import marked_parts
from studybuddy.mathtext.nodes import (
    Accent,
    Brace,
    Fenced,
    Fraction,
    Framed,
    Hidden,
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
)
from studybuddy.mathtext.source import MAX_DEPTH, UndrawableError, prepare
from studybuddy.mathtext.symbols import (
    ACCENTS,
    BRACES,
    LIMIT_OPERATORS,
    LIMIT_WORDS,
    SAME_SIGN,
    SPACED_WORDS,
    sign_role,
)
from studybuddy.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable
    from xml.etree.ElementTree import Element

_WORD_VARIANTS = ("normal", "monospace", "sans-serif", "italic")
_NAMED_SPACES = {"thinmathspace": 0.167, "mediummathspace": 0.222, "thickmathspace": 0.278}
_MAX_SPACE = 8
_UNSEEN = {0x2061: None, 0x2064: None, 0xA0: " ", **dict.fromkeys(range(0x2000, 0x200B), " ")}


def read(latex: str) -> Node:
    """The tree of a formula.

    Raises:
        UndrawableError: it cannot be drawn (see `source.prepare`), or it holds an unknown command.
        Exception: whatever the parser raises over broken LaTeX.
    """
    from latex2mathml.converter import convert_to_element

    return _node(convert_to_element(prepare(latex), display="block"), 0)


def _tag(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _text(element: Element) -> str:
    """The text inside, which the parser leaves with HTML entities in it."""
    text = clean_line(html.unescape("".join(element.itertext())))
    return text.translate(_UNSEEN)


def _node(element: Element, depth: int) -> Node:
    if depth > 3 * MAX_DEPTH:
        raise UndrawableError("too deep")
    reader = _READERS.get(_tag(element))
    if reader is not None:
        return reader(element, depth + 1)
    return _leaf(element) if len(element) == 0 else _row(list(element), depth + 1)


def _leaf(element: Element) -> Node:
    text = _text(element)
    if text.startswith("\\") and len(text) > 1:
        raise UndrawableError(f"unknown command {text}")
    text = SAME_SIGN.get(text, text)
    if element.get("fence") == "true" and "form" not in element.attrib:
        return Symbol(text, Role.MIDDLE)
    if _tag(element) == "mtext" and text != "\u0338":
        return Symbol(text, Role.TEXT) if text.strip() else Space(min(len(text), 1))
    if len(text) > 1 and text.isalpha():
        return Symbol(SPACED_WORDS.get(text, text), Role.WORD)
    return Symbol(styled(text, element.get("mathvariant")), sign_role(text))


def _group(element: Element, depth: int) -> Node:
    """A group: brackets that stretch, a word set letter by letter, or a row."""
    children = list(element)
    colour = element.get("mathcolor")
    if colour == TAG:
        return Symbol(_text(element), Role.TAG)
    if colour == MARKED:
        parts = marked_parts(_row(children, depth))
        return parts.items[0] if isinstance(parts, Row) and len(parts.items) == 1 else parts
    if _is_fenced(element):
        closed = len(children) > 1 and children[-1].get("form") == "postfix"
        body = _row(children[1:-1] if closed else children[1:], depth)
        return Fenced(_text(children[0]), body, _text(children[-1]) if closed else "")
    if len(children) > 1 and _is_upright(children[0]) and all(map(_may_be_in_a_word, children)):
        return Symbol("".join(_text(child) for child in children), Role.WORD)
    return _row(children, depth)


def _is_fenced(element: Element) -> bool:
    return len(element) > 0 and element[0].get("form") == "prefix" and _tag(element[0]) == "mo"


def _is_upright(element: Element) -> bool:
    return _tag(element) == "mi" and element.get("mathvariant") in _WORD_VARIANTS


def _may_be_in_a_word(element: Element) -> bool:
    return _is_upright(element) or (_tag(element) == "mn" and len(element) == 0)


def _row(elements: list[Element], depth: int) -> Node:
    """Parts side by side, with brackets paired; line breaks make a table of rows."""
    rows: list[list[Node]] = [[]]
    for element in elements:
        if element.get("linebreak") == "newline":
            rows.append([])
            continue
        node = _node(element, depth)
        if isinstance(node, Row) and _tag(element) in ("mstyle", "mpadded"):
            rows[-1].extend(node.items)
        else:
            rows[-1].append(node)
    if len(rows) > 1:
        return Table(tuple((Row(at_places(pair(row))),) for row in rows if row), ("left",), aligned=True)
    items = _negated(rows[0])
    if any(_is_tag(item) for item in items):
        items.sort(key=_is_tag)
    return Row(at_places(pair(items)))


def _is_tag(node: Node) -> bool:
    return isinstance(node, Symbol) and node.role is Role.TAG


def _negated(items: list[Node]) -> list[Node]:
    r"""The stroke of `\not` put on the sign behind it."""
    done: list[Node] = []
    for node in items:
        before = done[-1] if done else None
        if isinstance(before, Symbol) and before.text == "\u0338":
            done[-1] = Symbol(node.text + "\u0338", node.role) if isinstance(node, Symbol) else Struck(node)
        else:
            done.append(node)
    return done


def _fraction(element: Element, depth: int) -> Node:
    bar = element.get("linethickness") not in ("0", "0em", "0px", "0pt")
    return Fraction(_node(element[0], depth), _node(element[1], depth), bar)


def _square_root(element: Element, depth: int) -> Node:
    return Root(_row(list(element), depth))


def _root(element: Element, depth: int) -> Node:
    return Root(_node(element[0], depth), _node(element[1], depth))


def _scripts(element: Element, depth: int) -> Node:
    tag = _tag(element)
    count = 1 if tag in ("msub", "msup", "mover", "munder") else 2
    parts = list(element)
    base = _node(parts[0], depth) if len(parts) == count + 1 else _row(parts[:-count], depth)
    if tag in ("mover", "munder") and _tag(element[1]) == "mo":
        mark = _text(element[1])
        if mark in BRACES:
            return Brace(base, BRACES[mark], above=tag == "mover")
        if mark in ACCENTS and tag == "mover":
            return Accent(base, ACCENTS[mark])
    scripts = [_node(child, depth) for child in parts[-count:]]
    has_sub = tag in ("msub", "msubsup", "munder", "munderover")
    sub = scripts.pop(0) if has_sub else None
    limits = tag.startswith(("munder", "mover")) or element[0].get("movablelimits") == "true"
    sign = bare(base)
    named = isinstance(sign, Symbol) and (sign.text in LIMIT_WORDS or sign.text in LIMIT_OPERATORS)
    return Scripts(base, sub, scripts[0] if scripts else None, limits or named)


def _table(element: Element, depth: int) -> Node:
    rows = []
    for line in element:
        cells = tuple(_row(list(cell), depth) for cell in line)
        if not all(_is_empty(cell) for cell in cells):
            rows.append(cells)
    aligned = element.get("displaystyle") == "true"
    if aligned:
        rows = _tags_apart(rows)
    aligns = tuple(cell.get("columnalign", "center") for line in element[:1] for cell in line)
    rules = _rules(element.get("columnlines", "").split(), len(aligns))
    return Table(tuple(rows), aligns or ("center",), aligned=aligned, rules=rules)


def _rules(lines: list[str], columns: int) -> tuple[int, ...]:
    """In front of which columns a line stands. The parser tells of those between, then of both edges."""
    first = 0 if len(lines) > columns else 1
    return tuple(number for number, line in enumerate(lines, first) if line == "solid")


def _tags_apart(rows: list[tuple[Node, ...]]) -> list[tuple[Node, ...]]:
    """The numbers of equations in a column of their own."""
    last = [row[-1].items[-1] if row and isinstance(row[-1], Row) and row[-1].items else None for row in rows]
    if not any(item is not None and _is_tag(item) for item in last):
        return rows
    columns = max(len(row) for row in rows)
    columns += columns % 2
    apart: list[tuple[Node, ...]] = []
    for row, tag in zip(rows, last, strict=True):
        cells = list(row)
        if tag is not None and _is_tag(tag) and isinstance(cells[-1], Row):
            cells[-1] = Row(cells[-1].items[:-1])
            cells += [Row(())] * (columns - len(cells)) + [tag]
        apart.append(tuple(cells))
    return apart


def _is_empty(cell: Node) -> bool:
    return isinstance(cell, Row) and all(item in (Symbol(""), Row(())) for item in cell.items)


def _space(element: Element, depth: int) -> Node:
    del depth
    width = element.get("width", "")
    if width in _NAMED_SPACES:
        return Space(1)
    try:
        ems = float(width.removesuffix("em"))
    except ValueError:
        ems = 0.0
    cells = 1 if 0 < ems < 0.4 else round(ems * 2.5)
    return Space(max(0, min(cells, _MAX_SPACE)))


def _enclosed(element: Element, depth: int) -> Node:
    body = _row(list(element), depth)
    return Framed(body) if "box" in element.get("notation", "") else Struck(body)


def _hidden(element: Element, depth: int) -> Node:
    return Hidden(_row(list(element), depth))


_READERS: dict[str, Callable[[Element, int], Node]] = {
    "math": _group,
    "mrow": _group,
    "mstyle": _group,
    "mpadded": _group,
    "mfrac": _fraction,
    "msqrt": _square_root,
    "mroot": _root,
    "mtable": _table,
    "mspace": _space,
    "menclose": _enclosed,
    "mphantom": _hidden,
    "msub": _scripts,
    "msup": _scripts,
    "msubsup": _scripts,
    "munder": _scripts,
    "mover": _scripts,
    "munderover": _scripts,
}
