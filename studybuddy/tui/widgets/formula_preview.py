"""How a formula that is being typed is read, drawn as it is typed."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.reactive import reactive
from textual.widget import Widget

from studybuddy.i18n import _
from studybuddy.mathtext import display, inline, readable
from studybuddy.text import cell_width, clean_line, truncate
from studybuddy.tui.signs import are_plain

TALLEST = 6
"""Rows of a drawing; a taller one is written on one line."""
LONGEST = 1000
"""Characters that are drawn; more than that is no formula."""
TEX = frozenset("\\^_{}")
"""Signs by which a text is taken for LaTeX."""


class FormulaPreview(Widget):
    """Draws LaTeX; any other notation is left as it was typed and takes no room."""

    DEFAULT_CSS = """
    FormulaPreview { height: auto; padding: 0 2; color: $text-primary; }
    """

    text: reactive[str] = reactive("", layout=True)
    """What is typed."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the drawing."""
        return len(self._lines(width))

    def render(self) -> Content:
        """A quiet word, then the drawing."""
        word, *rows = self._lines(self.content_size.width) or [""]
        return Content("\n").join([Content.styled(word, "$text-muted"), *(Content(row) for row in rows)])

    def _lines(self, width: int) -> list[str]:
        rows = preview(self.text, max(8, width - 2), plain=are_plain(self.app))
        if rows is None:
            return []
        if not rows:
            return [_("could not read this yet")]
        return [_("read as"), *("  " + truncate(row, width - 2) for row in rows)]


def preview(text: str, width: int, *, plain: bool = False) -> list[str] | None:
    """The drawing of a typed formula; None for a text that is no LaTeX, no rows for what cannot be drawn.

    `plain`: drawn in ASCII.
    """
    source = clean_line(text, LONGEST).strip().strip("$").strip()
    if not TEX.intersection(source):
        return None
    if not readable(source):
        return []
    rows = [row.rstrip() for row in display(source, width, plain=plain)]
    if len(rows) > TALLEST or any(cell_width(row) > width for row in rows):
        return [inline(source, plain=plain)]
    return rows
