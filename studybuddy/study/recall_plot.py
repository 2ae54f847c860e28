"""A curve of forgetting as lines of styled text, in braille or in ASCII, for the app and the command line.

Styles: `past`, `future` (also told apart by its dots), `target` (the desired retention), `today`, `axis`,
`label`, `kept` and `lost` (study days with reviews), `rating` (where a button would lead).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from studybuddy.core.card import Rating
from studybuddy.i18n import _
from studybuddy.memory.curve import RecallCurve
from studybuddy.study.page_line import Line, Span
from studybuddy.text import cell_width

GUTTER = 6
"""Cells of the percentages on the left."""
LEAST_WIDTH, LEAST_HEIGHT = 24, 3
"""Cells and rows below which there is nothing to see."""
_DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""Bits of a braille cell, by row and column of its dots."""
_BRAILLE = 0x2800


class Signs(NamedTuple):
    """What the picture is drawn with beside its dots."""

    target: str
    today: str
    corner: str
    axis: str
    crossing: str
    kept: str
    lost: str
    planned: str
    further: str


_UNICODE = Signs("╌", "│", "└", "─", "┴", "●", "✗", "○", "→")
_ASCII = Signs("-", "|", "+", "-", "+", "o", "x", "?", ">")


def plot_lines(
    curve: RecallCurve,
    desired_retention: float,
    dues: Mapping[Rating, int],
    width: int,
    height: int,
    *,
    ascii_only: bool = False,
) -> list[Line]:
    """The curve in `height` rows, below it the axis of time with what happened, and its dates.

    Args:
        curve: what is drawn, from its first day to its end.
        desired_retention: drawn as a line across.
        dues: the study day to which each rating given today would lead; those of today are left out.
        width: cells of a line, percentages included.
        height: rows of the curve itself.
        ascii_only: draws with ASCII characters alone.

    Returns:
        `height` + 2 lines of at most `width` cells; none where there is too little room.
    """
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return []
    return _Picture(curve, desired_retention, width - GUTTER, height, ascii_only).lines(dues)


class _Picture:
    def __init__(self, curve: RecallCurve, target: float, cells: int, rows: int, ascii_only: bool) -> None:
        self.curve, self.cells, self.rows = curve, cells, rows
        self.signs = _ASCII if ascii_only else _UNICODE
        self.across, self.down = (1, 1) if ascii_only else (2, 4)
        self.ascii_only = ascii_only
        self.days = max(1, curve.end - curve.first)
        low, _high = curve.band(curve.first, curve.end) or (0.0, 1.0)
        self.floor = max(0.0, math.floor(min(low, target - 0.05) * 10 + 1e-9) / 10)
        self.target = target
        self.target_row = self._row(target) // self.down
        self.today = self.cell_of(curve.today)

    def cell_of(self, day: float) -> int:
        """The cell in which a day lies; the first for any before, the last for any after the curve."""
        place = (day - self.curve.first) / self.days * self.cells
        return min(max(int(place), 0), self.cells - 1)

    def _row(self, recall: float) -> int:
        """The row of dots of a probability, counted from above."""
        share = (1 - recall) / (1 - self.floor)
        return min(max(round(share * (self.rows * self.down - 1)), 0), self.rows * self.down - 1)

    def lines(self, dues: Mapping[Rating, int]) -> list[Line]:
        past, future = self._dots()
        found = [self._plot_line(row, past[row], future[row]) for row in range(self.rows)]
        return [*found, self._axis_line(dues), self._date_line()]

    def _dots(self) -> tuple[list[list[int]], list[list[int]]]:
        """Bits of each cell, of what was and of what would be: of that every other column of dots."""
        past, future = ([[0] * self.cells for _ in range(self.rows)] for _ in range(2))
        columns = self.cells * self.across
        for column in range(columns):
            start = self.curve.first + self.days * column / columns
            end = self.curve.first + self.days * (column + 1) / columns
            ahead = start >= self.curve.today
            if ahead and column % 2 and not self.ascii_only:
                continue
            band = self.curve.band(start, end if ahead else min(end, self.curve.today))
            if band is None:
                continue
            kind = future if ahead else past
            for row in range(self._row(band[1]), self._row(band[0]) + 1):
                bit = 1 if self.ascii_only else _DOTS[row % 4][column % 2]
                kind[row // self.down][column // self.across] |= bit
        return past, future

    def _plot_line(self, row: int, past: list[int], future: list[int]) -> Line:
        spans = [Span(self._label(row), "target" if row == self.target_row else "label")]
        for cell in range(self.cells):
            if past[cell]:
                spans.append(Span("*" if self.ascii_only else chr(_BRAILLE + past[cell]), "past"))
            elif future[cell]:
                spans.append(Span("." if self.ascii_only else chr(_BRAILLE + future[cell]), "future"))
            elif cell == self.today and self.curve.first < self.curve.today:
                spans.append(Span(self.signs.today, "today"))
            elif row == self.target_row:
                spans.append(Span(self.signs.target, "target"))
            else:
                spans.append(Span(" "))
        return _joined(spans)

    def _label(self, row: int) -> str:
        marks = {self.rows - 1: self.floor, 0: 1.0, self.target_row: self.target}
        return f"{marks[row] * 100:.3g}% ".rjust(GUTTER) if row in marks else " " * GUTTER

    def _axis_line(self, dues: Mapping[Rating, int]) -> Line:
        cells = [Span(self.signs.axis, "axis") for _ in range(self.cells)]
        cells[self.today] = Span(self.signs.crossing, "today")
        planned = self.curve.today if self.curve.planned else self.curve.end
        for mark in self.curve.marks:
            at = self.cell_of(mark.day)
            if cells[at].style != "lost":
                known = Span(self.signs.kept, "kept") if mark.kept else Span(self.signs.lost, "lost")
                cells[at] = known if mark.day < planned else Span(self.signs.planned, "future")
        taken = self.today
        for rating, day in sorted(dues.items()):
            if day <= self.curve.today:
                continue
            if day > self.curve.end:
                cells[-1] = Span(self.signs.further, "rating")
                break
            taken = max(self.cell_of(day), taken + 1)
            if taken < self.cells:
                cells[taken] = Span(str(int(rating)), "rating")
        return _joined([Span((" " * (GUTTER - 1)) + self.signs.corner, "axis"), *cells])

    def _date_line(self) -> Line:
        curve = self.curve
        today = date.fromordinal(curve.today)
        start = _written(curve.first, today) if curve.first < curve.today else ""
        start = f"… {start}" if curve.clipped else start
        now, end = _("today"), _written(curve.end, today)
        at = GUTTER + self.today - cell_width(now) // 2
        at = min(max(at, 0 if start else GUTTER), GUTTER + self.cells - cell_width(now))
        text = ""
        if at > GUTTER + cell_width(start) and start:
            text = " " * GUTTER + start
        spans = [Span(text + " " * (at - cell_width(text)), "label"), Span(now, "today")]
        left = GUTTER + self.cells - at - cell_width(now)
        if left > cell_width(end):
            spans.append(Span(" " * (left - cell_width(end)) + end, "label"))
        return _joined(spans)


def _written(day: int, today: date) -> str:
    found = date.fromordinal(day)
    return f"{found:%m-%d}" if found.year == today.year else f"{found:%Y-%m-%d}"


def _joined(spans: list[Span]) -> Line:
    """The spans with neighbours of one style made one."""
    line: list[Span] = []
    for span in spans:
        if line and line[-1].style == span.style:
            line[-1] = Span(line[-1].text + span.text, span.style)
        else:
            line.append(span)
    return tuple(line)
