"""The load of days to come before and after, as two rows of bars on one scale."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from studybuddy.text import cell_width, pad

BARS = "▁▂▃▄▅▆▇█"
WIDEST = 2
"""Cells of a day, where there is room."""


def load_bars(
    rows: Sequence[tuple[str, Sequence[float]]], first: str, last: str, width: int
) -> list[Content]:
    """A line of bars for each row, an empty one between, and one that names the first and the last day.

    Args:
        rows: label and minutes of each day; all have as many days.
        first: name of the first day.
        last: name of the last day.
        width: cells of a line; days that do not fit are left out at the end.
    """
    indent = max(cell_width(label) for label, _minutes in rows) + 2
    days = len(rows[0][1])
    cells = max(1, min(WIDEST, (width - indent) // max(days, 1)))
    shown = max(0, min(days, (width - indent) // cells))
    most = max((max(minutes[:shown], default=0.0) for _label, minutes in rows), default=0.0)
    lines: list[Content] = []
    for label, minutes in rows:
        bars = "".join(_bar(value, most) * cells for value in minutes[:shown])
        line = Content.assemble((pad(label, indent), "$text-muted"), (bars, "$primary"))
        lines += [Content(), line] if lines else [line]
    room = shown * cells - cell_width(first) - (cell_width(last) if shown == days else 0)
    if room > 0:
        axis = first + " " * room + (last if shown == days else "")
        lines.append(Content.styled(" " * indent + axis, "$text-muted"))
    return lines


def _bar(value: float, most: float) -> str:
    """A bar in eighths of the tallest; a day without anything is empty, one with little is not."""
    if value <= 0 or most <= 0:
        return " "
    return BARS[min(len(BARS) - 1, int(value / most * len(BARS)))]
