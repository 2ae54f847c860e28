"""Breaks a formula that is too wide: at relations first, then at operators, onto indented lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.mathtext.box import Box, beside, text
from studybuddy.mathtext.layout import laid
from studybuddy.mathtext.line import merged, written
from studybuddy.mathtext.nodes import Node, Role, Row, Table, role, unwrapped
from studybuddy.mathtext.spacing import NEVER, placed

_LINE_COST = 4.0
_NARROW = 36
"""Below this width continuation lines are indented by 2 cells instead of 4."""


@dataclass(frozen=True, slots=True)
class _Piece:
    box: Box
    gap: int
    cost: float


def broken(node: Node, width: int) -> tuple[str, ...] | None:
    """The formula on several lines of at most `width` cells, or None when it has no places to break.

    First the two-dimensional parts are spread over lines; if one of them alone is too wide, all are written
    on one row each.
    """
    for flat in (False, True):
        rows: list[str] = []
        for row in _rows(unwrapped(node)):
            pieces = _pieces(row, flat=flat)
            continued = bool(rows) and _begins_with_relation(row)
            lines = _lines(pieces, width, first_indent=_indent(width) if continued else 0)
            if lines is None:
                break
            rows.extend(_drawn(lines, after=bool(rows)))
        else:
            return tuple(rows) or None
    return None


def _indent(width: int) -> int:
    return 4 if width >= _NARROW else 2


def _rows(node: Node) -> list[Row]:
    """Each row of aligned equations for itself; any other formula is one row."""
    if isinstance(node, Table) and node.aligned:
        return [merged(row) for row in node.rows]
    return [_opened(node) if isinstance(node, Row) else Row((node,))]


def _opened(row: Row) -> Row:
    """The row with the operators of its groups, `{a + b}`, in it, so that it can break there."""
    items: list[Node] = []
    for item in row.items:
        inside = isinstance(item, Row) and any(
            role(part) in (Role.RELATION, Role.BINARY) for part in item.items
        )
        items.extend(_opened(item).items if isinstance(item, Row) and inside else (item,))
    return Row(tuple(items))


def _begins_with_relation(row: Row) -> bool:
    parts = placed(row.items, tight=False, airy=False)
    return bool(parts) and parts[0].role is Role.RELATION


def _pieces(row: Row, *, flat: bool) -> list[_Piece]:
    if flat:
        return [_Piece(text(content), part.gap, part.cost) for part, content in written(row.items)]
    return [_Piece(box, part.gap, part.cost) for part, box in laid(row.items)]


def _lines(pieces: Sequence[_Piece], width: int, first_indent: int) -> list[tuple[int, Box]] | None:
    """The cheapest way to break, by dynamic programming over the last line: pairs of indent and box."""
    count = len(pieces)
    indent = first_indent + _indent(width)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(NEVER, 0)] * count
    for start in range(count):
        cost, _ = best[start]
        if cost >= NEVER or (start and pieces[start].cost >= NEVER):
            continue
        cost += _LINE_COST + (pieces[start].cost if start else 0.0)
        used = indent if start else first_indent
        for end in range(start + 1, count + 1):
            piece = pieces[end - 1]
            used += piece.box.width + (piece.gap if end - 1 > start else 0)
            if used > width:
                break
            if cost <= best[end][0]:
                best[end] = (cost, start)
    if best[count][0] >= NEVER:
        return None
    lines: list[tuple[int, Box]] = []
    end = count
    while end:
        start = best[end][1]
        lines.insert(0, (indent if start else first_indent, _joined(pieces[start:end])))
        end = start
    return lines


def _joined(pieces: Sequence[_Piece]) -> Box:
    boxes: list[Box] = []
    for piece in pieces:
        if boxes and piece.gap:
            boxes.append(text(" " * piece.gap))
        boxes.append(piece.box)
    return beside(boxes)


def _drawn(lines: list[tuple[int, Box]], *, after: bool) -> list[str]:
    """The rows of the lines; a blank row keeps tall lines apart."""
    rows: list[str] = []
    tall = any(box.height > 1 for _, box in lines)
    for indent, box in lines:
        if tall and (rows or after):
            rows.append("")
        rows.extend(" " * indent + row for row in box.rows)
    return rows
