r"""Which cells of a drawing belong to a marked part, `\marked{…}`.

A sign without a width stands behind each character of the part while it is laid out: so the mark goes
wherever the character goes, and a formula without marks costs nothing. `spans` takes the signs away again.
"""

from __future__ import annotations

from typing import TypeAlias
from unicodedata import combining

from studybuddy.mathtext.nodes import Marked, Node, Row, Space, Symbol, Table
from studybuddy.text import clean_line

Spans: TypeAlias = tuple[tuple[str, bool], ...]
"""Pieces of a row, and whether each is marked."""

MARK = "\u2064"
"""INVISIBLE PLUS, which no formula keeps: `source.prepare` removes it."""


def mark(row: str) -> str:
    """The row with a sign behind each character that can be seen."""
    signed: list[str] = []
    for char in unmarked(row):
        if combining(char) and signed:
            signed.insert(-1, char)
        else:
            signed += (char, MARK if char != " " else "")
    return "".join(signed)


def unmarked(text: str) -> str:
    """The text as it will be seen."""
    return text.replace(MARK, "") if MARK in text else text


def spans(row: str) -> Spans:
    """The pieces of a row; a single space between marked ones belongs to them."""
    if MARK not in row:
        return ((clean_line(row), False),) if row else ()
    pieces: list[tuple[str, bool]] = []
    *signed, rest = row.split(MARK)
    for piece in signed:
        cut = len(piece) - 1
        while cut > 0 and combining(piece[cut]):
            cut -= 1
        pieces += ((piece[:cut], False), (piece[cut:], True))
    pieces.append((rest, False))
    return _joined([piece for piece in pieces if piece[0]])


def _joined(pieces: list[tuple[str, bool]]) -> Spans:
    """Neighbours of one kind as one piece."""
    last = len(pieces) - 1
    joined: list[tuple[str, bool]] = []
    for number, (text, marked) in enumerate(pieces):
        between = text == " " and 0 < number < last and pieces[number - 1][1] and pieces[number + 1][1]
        if joined and joined[-1][1] == (marked or between):
            joined[-1] = (joined[-1][0] + text, joined[-1][1])
        else:
            joined.append((text, marked or between))
    return tuple((clean_line(text), marked) for text, marked in joined)


def marked_parts(node: Node) -> Node:
    """The node with a mark on each of its parts; rows and tables can still break."""
    match node:
        case Row():
            return Row(tuple(map(marked_parts, node.items)))
        case Table(rules=()):
            rows = tuple(tuple(map(marked_parts, row)) for row in node.rows)
            return Table(rows, node.aligns, node.aligned)
        case Space() | Symbol("") | Marked():
            return node
    return Marked(node)


def marked_source(latex: str) -> str:
    r"""The source of a formula that cannot be drawn, its `\marked{…}` taken out and marked."""
    while (start := latex.rfind(_COMMAND)) >= 0:
        body = start + len(_COMMAND)
        end = _closing(latex, body)
        if end < 0:
            break
        latex = latex[:start] + mark(latex[body:end]) + latex[end + 1 :]
    return latex


_COMMAND = r"\marked{"


def _closing(latex: str, start: int) -> int:
    depth = 1
    for place in range(start, len(latex)):
        depth += {"{": 1, "}": -1}.get(latex[place], 0)
        if depth == 0:
            return place
    return -1
