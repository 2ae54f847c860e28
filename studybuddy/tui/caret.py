"""Pointing at a place in what was typed: a line of it, and below that a caret."""

from __future__ import annotations

from studybuddy.text import cell_width, clean_line

_LEFT_SHARE = 2 / 3
"""Share of the room that shows what stands before the place, where not all of the line fits."""
CUT = "…"


def caret(typed: str, place: int, cells: int) -> tuple[str, str]:
    """The line with the place, cut around it to `cells`, and a line with a caret below the place.

    Args:
        typed: what was typed; control characters in it are made harmless one by one, so that places stay.
        place: index into it, up to its length.
        cells: room for either line, at least a dozen.
    """
    cells = max(cells, 12)
    place = max(0, min(place, len(typed)))
    start = typed.rfind("\n", 0, place) + 1
    end = typed.find("\n", place)
    line = clean_line(typed[start : len(typed) if end < 0 else end][: place - start + cells + 1])
    column = min(place - start, len(line))
    first = column
    room = cells - 1
    if cell_width(line[:column]) + 1 > room:
        room = int(cells * _LEFT_SHARE) - 1
    while first > 0 and cell_width(line[first - 1 : column]) <= room:
        first -= 1
    lead = CUT if first else ""
    excerpt = lead + line[first:]
    while cell_width(excerpt) > cells:
        excerpt = excerpt[:-2] + CUT
    return excerpt, " " * cell_width(lead + line[first:column]) + "^"
