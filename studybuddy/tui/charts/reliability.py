"""The reliability diagram: how often was recalled what was predicted so."""

from __future__ import annotations

import math
from collections.abc import Sequence

from textual.content import Content

from studybuddy.memory.calibration import Bin
from studybuddy.tui.charts.glyphs import Glyphs

AXIS = 5
STEP = 0.1


def reliability_lines(points: Sequence[Bin], width: int, height: int, glyphs: Glyphs) -> list[Content]:
    """Points over a diagonal; a point below it was recalled less often than predicted.

    Both axes begin at the same share, a whole tenth below every point, and end at 100%.
    """
    cells = max(2, width - AXIS)
    lowest = min((min(point.predicted, point.observed) for point in points), default=0.5)
    low = max(0.0, min(0.9, math.floor(lowest / STEP + 1e-9) * STEP))
    grid = [[" "] * cells for _ in range(height)]
    for x in range(cells):
        grid[_line(low + (1 - low) * x / (cells - 1), low, height)][x] = glyphs.dot
    for point in points:
        x = round((point.predicted - low) / (1 - low) * (cells - 1))
        grid[_line(point.observed, low, height)][min(max(x, 0), cells - 1)] = glyphs.point
    lines = []
    for number, row in enumerate(grid):
        label = "100%" if number == 0 else f"{low:.0%}" if number == height - 1 else ""
        lines.append(Content.styled(label.rjust(AXIS - 1) + " ", "$text-muted") + _row(row, glyphs))
    foot = f"{low:.0%}".ljust(cells - 4) + "100%" if cells > 2 * AXIS else "100%"[:cells].rjust(cells)
    return [*lines, Content.styled(" " * AXIS + foot, "$text-muted")]


def _line(share: float, low: float, height: int) -> int:
    place = (min(max(share, low), 1.0) - low) / (1 - low)
    return height - 1 - round(place * (height - 1))


def _row(row: Sequence[str], glyphs: Glyphs) -> Content:
    return Content.assemble(
        *((sign, "bold $primary" if sign == glyphs.point else "$foreground 45%") for sign in row)
    )
