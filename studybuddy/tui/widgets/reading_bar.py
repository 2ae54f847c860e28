"""How far down a page the reader is, as a line across the screen."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget


class ReadingBar(Widget):
    """A rule whose read part is heavier, so that it needs no colour."""

    DEFAULT_CSS = """
    ReadingBar { height: 1; padding: 0 1; color: $foreground 25%; }
    """

    share: reactive[float] = reactive(0.0)
    """How much was read, from 0 to 1."""

    def render(self) -> Content:
        """The read part, then the rest."""
        width = self.content_size.width
        read = round(min(1.0, max(0.0, self.share)) * width)
        return Content.assemble(("━" * read, "$primary"), "─" * (width - read))
