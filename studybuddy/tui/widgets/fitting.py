"""Cutting a line to its cells."""

from __future__ import annotations

from textual.content import Content

ELLIPSIS = "…"


def fit(line: Content, width: int, *, pad: bool = False) -> Content:
    """The line in at most `width` cells; what is cut ends in an ellipsis, without a space before it."""
    width = max(width, 0)
    if line.cell_length > width:
        line = line.truncate(max(width - 1, 0)).rstrip() + Content(ELLIPSIS) if width else Content()
    return line + Content(" " * (width - line.cell_length)) if pad else line
