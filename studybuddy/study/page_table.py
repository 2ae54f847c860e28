"""Tables drawn in columns of cells, wrapped where the page is narrow."""

from __future__ import annotations

import re
from collections.abc import Sequence

from studybuddy.study.page_line import EMPTY, KEPT_WHOLE, Line, Part, Span, below, line_width, wrapped
from studybuddy.text import cell_width

Cell = list[tuple[str, str]]

_GAP = 2


def table(header: list[Cell], rows: list[list[Cell]], width: int, aligns: Sequence[str] = ()) -> Part:
    """A table in at most `width` cells; `aligns`: left, center or right for each column.

    Columns that do not fit share what room there is; when not even their longest words do, each row becomes a
    list of its cells under their headings.
    """
    count = max(len(row) for row in [header, *rows])
    grid = [row + [[]] * (count - len(row)) for row in [header, *rows]]
    widths = _widths(grid, width - _GAP * (count - 1))
    if widths is None:
        return _stacked(grid[0], grid[1:], width)
    aligns = (*aligns, *("left",) * (count - len(aligns)))
    head = _row(grid[0], widths, aligns)
    rule: Line = tuple(
        Span("─" * cells + (" " * _GAP if number + 1 < count else ""), "rule")
        for number, cells in enumerate(widths)
    )
    body = [Part(_row(row, widths, aligns)) for row in grid[1:]]
    apart = 2 * sum(len(part.lines) > 1 for part in body) > len(body)
    top = (*head, rule) if any(header) else ()
    return Part((*top, *below(body, apart=apart).lines))


def _widths(grid: list[list[Cell]], room: int) -> list[int] | None:
    """Cells of each column, or None when the longest words do not fit side by side."""
    columns = list(zip(*grid, strict=True))
    natural = [max(1, *(_cells(cell) for cell in column)) for column in columns]
    if sum(natural) <= room:
        return natural
    least = [max(2, *(_longest(cell) for cell in column)) for column in columns]
    widths = None
    for cap in range(room + 1):
        tried = [max(low, min(own, cap)) for low, own in zip(least, natural, strict=True)]
        if sum(tried) > room:
            break
        widths = tried
    return widths


def _cells(cell: Cell) -> int:
    return cell_width("".join(text for text, _ in cell))


def _longest(cell: Cell) -> int:
    """Cells of the longest piece that should not be broken: a formula, a word, two Chinese characters."""
    longest = 0
    for text, style in cell:
        if style in KEPT_WHOLE:
            longest = max(longest, cell_width(text))
        else:
            words = [len(word) for word in re.findall(r"[!-~]+", text)]
            longest = max(longest, *words, 0 if text.isascii() else 4)
    return longest


def _row(cells: list[Cell], widths: list[int], aligns: Sequence[str]) -> tuple[Line, ...]:
    columns = [wrapped(cell, width) for cell, width in zip(cells, widths, strict=True)]
    height = max(len(column) for column in columns)
    lines = []
    for number in range(height):
        line: list[Span] = []
        owed = 0
        for column, width, align in zip(columns, widths, aligns, strict=True):
            own = column[number] if number < len(column) else EMPTY
            room = width - line_width(own)
            before = {"center": room // 2, "right": room}.get(align, 0) if own else 0
            owed += before
            if own and owed:
                line.append(Span(" " * owed))
                owed = 0
            line.extend(own)
            owed += room - before + _GAP
        lines.append(tuple(line))
    return tuple(lines)


def _stacked(header: list[Cell], rows: list[list[Cell]], width: int) -> Part:
    parts = []
    for row in rows:
        lines: list[Line] = []
        for heading, cell in zip(header, row, strict=True):
            if cell:
                lines.extend(wrapped([*heading, *([(": ", "table-head")] if heading else []), *cell], width))
        parts.append(Part(tuple(lines)))
    return below(parts)
