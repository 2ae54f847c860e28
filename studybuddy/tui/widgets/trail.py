"""The way through something made of steps, on one line."""

from __future__ import annotations

from dataclasses import dataclass

from textual import events, on
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

_LEAST_GAP = 4
_TONES = {
    "✓": "$text-success",
    "~": "$text-warning",
    "◐": "$text-warning",
    "!": "$text-warning",
    "✗": "$text-error",
}


class Trail(Widget):
    """A number and a sign for each step; the present one stands out. A click chooses one."""

    DEFAULT_CSS = """
    Trail { height: 1; padding: 0 2; color: $text-muted; }
    """

    signs: reactive[tuple[str, ...]] = reactive(())
    """One cell for each step: `✓` done, `~` or `◐` in part, `!` tried, `✗` missed, `·` open."""
    words: reactive[tuple[tuple[str, str], ...]] = reactive(())
    """What the signs mean, in the language in use; shown where there is room."""
    current: reactive[int] = reactive(0)
    """Index of the present step."""

    @dataclass
    class Chosen(Message):
        """A step was clicked."""

        index: int
        """Its index."""

    def render(self) -> Content:
        """As much of the way as the line holds, the present step always."""
        parts = [self._part(index) for index in range(len(self.signs))]
        first = self._first(parts)
        line = Content("  ").join(parts[first:])
        told = Content("   ").join(
            Content(f"{sign} {word}") for sign, word in self.words if sign in self.signs
        )
        gap = self.content_size.width - line.cell_length - told.cell_length
        if gap >= _LEAST_GAP and len(set(self.signs)) > 1:
            return Content.assemble(line, " " * gap, told)
        return line.truncate(self.content_size.width, ellipsis=True)

    def _part(self, index: int) -> Content:
        tone = _TONES.get(self.signs[index], "")
        if index == self.current:
            return Content.assemble(
                ("▸", "$primary"), (str(index + 1), "bold $foreground"), (self.signs[index], tone)
            )
        return Content.assemble(str(index + 1), (self.signs[index], tone))

    def _first(self, parts: list[Content]) -> int:
        """The step the line begins with, so that the present one fits."""
        room = self.content_size.width
        first = 0
        while first < self.current:
            shown = parts[first : self.current + 1]
            if sum(part.cell_length + 2 for part in shown) <= room:
                break
            first += 1
        return first

    @on(events.Click)
    def _choose(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        parts = [self._part(index) for index in range(len(self.signs))]
        start = 0
        for index in range(self._first(parts), len(parts)):
            end = start + parts[index].cell_length
            if offset is not None and start <= offset.x < end:
                self.post_message(self.Chosen(index))
                return
            start = end + 2
