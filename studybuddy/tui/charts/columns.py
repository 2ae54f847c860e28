"""Bars that stand: a row of them over their labels, with the greatest value beside the top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from studybuddy.text import cell_width, pad
from studybuddy.tui.charts.glyphs import Glyphs

EIGHTHS = 8
MOST_CELLS = 6
"""A bar is no wider."""


@dataclass(frozen=True, slots=True)
class Bars:
    """What is drawn. `labels`: below the bars, as many as fit; `top`: what the greatest value is called.

    `least`: the value at the foot; `most`: at the top, by default the greatest; `marked`: a bar that stands
    out, such as the present one.
    """

    values: Sequence[float]
    labels: Sequence[str]
    top: str
    foot: str = "0"
    least: float = 0.0
    most: float | None = None
    marked: int | None = None


def columns(bars: Bars, width: int, height: int, glyphs: Glyphs) -> list[Content]:
    """`height` lines of bars, then the labels. All of it at most `width` cells."""
    axis = max(cell_width(bars.top), cell_width(bars.foot)) + 1
    count = max(1, len(bars.values))
    cells = min(MOST_CELLS, max(1, (width - axis) // count))
    shown = bars.values[: max(1, width - axis)]
    filled = [_eighths(value, bars, height) for value in shown]
    lines = []
    for row in range(height):
        label = bars.top if row == 0 else bars.foot if row == height - 1 else ""
        below = (height - 1 - row) * EIGHTHS
        line = Content.styled(" " * (axis - 1 - cell_width(label)) + label + " ", "$text-muted")
        lines.append(line + _row(filled, below, cells, bars.marked, glyphs))
    labels = Content.styled(
        " " * axis + _labels(bars.labels[: len(shown)], cells, width - axis), "$text-muted"
    )
    return [*lines, labels]


def _eighths(value: float, bars: Bars, height: int) -> int:
    most = max(bars.values, default=0.0) if bars.most is None else bars.most
    if value <= bars.least or most <= bars.least:
        return 0
    share = min(1.0, (value - bars.least) / (most - bars.least))
    return max(1, round(share * height * EIGHTHS))


def _row(filled: Sequence[int], below: int, cells: int, marked: int | None, glyphs: Glyphs) -> Content:
    gap = 1 if cells > 1 else 0
    parts = []
    for number, eighths in enumerate(filled):
        sign = glyphs.up[min(max(eighths - below, 0), EIGHTHS)]
        tone = "bold $accent" if number == marked else "$primary"
        parts.append((sign * (cells - gap) + " " * gap, tone))
    return Content.assemble(*parts)


def _labels(labels: Sequence[str], cells: int, width: int) -> str:
    """The labels below their bars; one that would touch the one before, or the edge, is left out."""
    line = ""
    for number, label in enumerate(labels):
        start, used = number * cells, cell_width(line)
        if label and (used == 0 or start > used) and start + cell_width(label) <= width:
            line = pad(line, start) + label
    return line
