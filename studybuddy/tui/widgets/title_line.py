"""The line at the top: the program's name on the left, where and when on the right."""

from __future__ import annotations

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from studybuddy.tui.widgets.fitting import fit

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
        right = fit(Content(self.right), width)
        if width - right.cell_length < LEAST_LEFT + 2:
            return right.stylize("$text-muted")
        left = fit(Content(self.left).stylize("bold"), width - right.cell_length - 2)
        gap = max(1, width - left.cell_length - cell_len(right.plain))
        return Content.assemble(left, " " * gap, right.stylize("$text-muted"))
