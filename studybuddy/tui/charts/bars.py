"""Bars that lie: one a line."""

from __future__ import annotations

from studybuddy.tui.charts.glyphs import Glyphs


def bar(share: float, cells: int, glyphs: Glyphs) -> str:
    """A bar of `cells` cells of which a share is filled, to half a cell; more than nothing is seen."""
    halves = round(min(max(share, 0.0), 1.0) * cells * 2)
    if share > 0 and cells:
        halves = max(1, halves)
    full, rest = divmod(halves, 2)
    return (glyphs.line * full + (glyphs.half if rest else "")).ljust(cells)
