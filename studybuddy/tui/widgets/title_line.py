"""The line at the top: the program's name on the left, where and when on the right."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

LEAST_LEFT = 8
"""Cells below which the left part is not worth showing."""


class TitleLine(Widget):
    """One line; the left part gives way when the terminal is narrow."""

    DEFAULT_CSS = """
    TitleLine {
        dock: top;
        height: 1;
        padding: 0 1;
        color: $foreground;
    }
    """

    left: reactive[str] = reactive("studybuddy")
    """What this screen is."""
    right: reactive[str] = reactive("")
    """Facts that belong to every screen: date, streak, lesson."""

    def render(self) -> Content:
        """Both parts, as far apart as the line allows."""
        width = self.content_size.width
        right = Content(self.right).truncate(max(0, width), ellipsis=True)
        if width - right.cell_length < LEAST_LEFT + 2:
            return right.stylize("$text-muted")
        left = (
            Content(self.left).stylize("bold").truncate(max(0, width - right.cell_length - 2), ellipsis=True)
        )
        gap = max(1, width - left.cell_length - cell_len(right.plain))
        return Content.assemble(left, " " * gap, right.stylize("$text-muted"))
