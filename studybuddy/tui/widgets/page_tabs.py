"""The pages of a screen on one line, the one in front marked; each can be clicked."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from studybuddy.i18n import _
from studybuddy.tui.widgets.fitting import fit

GAPS = (3, 2, 1)


class PageTabs(Widget):
    """Numbers and names; a narrow line leaves out the names of pages that are not in front."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    PageTabs { height: 1; padding: 0 1; color: $text-muted; }
    """

    front: reactive[int] = reactive(0)
    """Which page is in front."""

    class Chosen(Message):
        """A page was clicked."""

        def __init__(self, page: int) -> None:
            self.page = page
            super().__init__()

    def __init__(self, names: Sequence[str], *, id: str | None = None) -> None:
        """Take the catalogue ids of the pages' names."""
        super().__init__(id=id, markup=False)
        self._names = names

    def _placed(self) -> list[tuple[int, Content]]:
        """Where each page begins, and its words."""
        width = self.content_size.width
        tabs = [self._tab(n, _(name)) for n, name in enumerate(self._names)]
        gap = next((g for g in GAPS if sum(t.cell_length + g for t in tabs) - g <= width), 0)
        if not gap:
            tabs = [self._tab(n, _(name) if n == self.front else "") for n, name in enumerate(self._names)]
        placed, start = [], 0
        for tab in tabs:
            placed.append((start, tab))
            start += tab.cell_length + (gap or 1)
        return placed

    def _tab(self, number: int, name: str) -> Content:
        front = number == self.front
        words = f" {number + 1} {name} " if name else f" {number + 1} "
        return Content.styled(words, "bold reverse $primary" if front else "$text-muted")

    def render(self) -> Content:
        """All pages."""
        line = Content()
        for start, tab in self._placed():
            line = Content.assemble(line, " " * (start - line.cell_length), tab)
        return fit(line, self.content_size.width)

    async def _on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for number, (start, tab) in enumerate(self._placed()):
            if offset is not None and start <= offset.x < start + tab.cell_length:
                self.post_message(self.Chosen(number))
