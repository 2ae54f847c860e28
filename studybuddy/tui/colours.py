"""How many colours there are to draw with: the learner may want none, and a terminal may have few."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from textual.app import App
from textual.filter import LineFilter, Monochrome, NoColor

FEW = ("standard", "windows", None)
"""What Rich calls sixteen colours, or none."""
NO_COLOURS, GREYS = NoColor(), Monochrome()
"""One of each: what a filter made of a line is kept under the filter."""


def has_few(app: App[None]) -> bool:
    """Whether colours of the app's own would come out wrong: NO_COLOR is set, or there are sixteen."""
    return app.no_color or app.console.color_system in FEW


def has_none(app: App[None]) -> bool:
    """Whether colours are unwanted, or the terminal is known to have none: vt100, xterm-mono and the like."""
    return app.no_color or (app.console.color_system in FEW and colours_of(os.environ.get("TERM", "")) == 0)


def colours_of(terminal: str) -> int | None:
    """How many colours a terminal has by its description; None where there is none."""
    stream = sys.__stderr__
    try:
        import curses

        curses.setupterm(terminal, -1 if stream is None else stream.fileno())
        return max(0, curses.tigetnum("colors"))
    except (ImportError, OSError, ValueError):
        return None
    except curses.error:
        return None


def without_colours(app: App[None], filters: Sequence[LineFilter]) -> list[LineFilter]:
    """What lines go through, with every colour taken out where there are none.

    Textual chooses between greys and no colour at all before the theme is known. Greys of the terminal's own
    colours are black on black.
    """
    if not app.no_color:
        return list(filters)
    kept = [each for each in filters if not isinstance(each, Monochrome | NoColor)]
    return [*kept, NO_COLOURS if app.native_ansi_color else GREYS]
