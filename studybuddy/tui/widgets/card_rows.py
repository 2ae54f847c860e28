"""The list of found cards: any number of them, a line each, of which only what is seen is ever read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from studybuddy.tui.card_columns import Today, card_cells

if TYPE_CHECKING:
    from studybuddy.study.browser import CardLine

AROUND = 60
"""Lines that are read beyond those that are seen, above and below."""
MOST_KEPT = 3000
"""Lines that are kept; beyond, those out of sight are read again when they come back."""


class CardRows(ScrollView, can_focus=True, inherit_bindings=False):
    """Draws itself line by line. What a line needs is asked for by `Wanted` and brought by `fill`."""

    COMPONENT_CLASSES = {
        "rows--cursor",
        "rows--mark",
        "rows--rest",
        "rows--away",
        "rows--selected",
        "rows--flag",
    }
    DEFAULT_CSS = """
    CardRows {
        height: 1fr; overflow-x: hidden; color: $foreground;
        scrollbar-size: 0 1; scrollbar-gutter: stable; scrollbar-background: $background;
        & .rows--cursor { text-style: bold; }
        & .rows--mark { color: $primary; text-style: bold; }
        & .rows--selected { color: $text-accent; text-style: bold; }
        & .rows--flag { color: $text-warning; text-style: bold; }
        & .rows--rest { color: $text-muted; }
        & .rows--away { color: $text-muted; }
    }
    CardRows:focus .rows--cursor { background: $panel; text-style: bold; }
    """

    cursor: reactive[int] = reactive(0, repaint=False)
    """The line in front."""

    @dataclass
    class Wanted(Message):
        """Lines are seen that were not read yet."""

        cards: Sequence[str]

    class Moved(Message):
        """Another card is in front, or none."""

    class Chosen(Message):
        """A card was clicked twice."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.cards: Sequence[str] = ()
        self.selected: set[str] = set()
        self._lines: dict[str, CardLine | None] = {}
        self._asked = False
        self._today = Today(date.min)

    @property
    def card(self) -> str | None:
        """The card in front."""
        return self.cards[self.cursor] if self.cursor < len(self.cards) else None

    @property
    def line(self) -> CardLine | None:
        """What is known of the card in front."""
        return self._lines.get(self.card) if self.card is not None else None

    def show(self, cards: Sequence[str], today: Today) -> None:
        """Show other cards, whose lines the caller brings now with `fill`.

        The card in front and those selected stay so where they are still there.
        """
        here = self.card
        self.cards, self._today = cards, today
        self.selected.intersection_update(cards)
        self.virtual_size = Size(self.size.width, len(cards))
        at = cards.index(here) if here is not None and here in cards else 0
        self.set_reactive(CardRows.cursor, at)
        self.scroll_to(y=self._place_for(at), animate=False, force=True)
        self._asked = True

    def fill(self, lines: Mapping[str, CardLine | None], *, anew: bool = False) -> None:
        """Take lines; None for a card that cannot be read. `anew`: those from before hold no more."""
        self._asked = False
        if anew or len(self._lines) > MOST_KEPT:
            self._lines.clear()
        self._lines.update(lines)
        self.refresh()

    @property
    def row_cells(self) -> int:
        """Cells of a line; one is left free before the scroll bar."""
        return self.scrollable_content_region.width - 1

    def in_sight(self) -> Sequence[str]:
        """The cards that are seen, and some around them."""
        top = self.scroll_offset.y
        return self.cards[max(0, top - AROUND) : top + self.size.height + AROUND]

    def toggle(self) -> None:
        """Select the card in front, or not any more."""
        if self.card is not None:
            self.selected.symmetric_difference_update({self.card})
            self._redraw(self.cursor)

    def toggle_all(self) -> None:
        """Select every card; where all are selected, none."""
        self.selected = set() if len(self.selected) == len(self.cards) else set(self.cards)
        self.refresh()

    def move(self, lines: int) -> None:
        """Go up or down."""
        self.cursor = min(max(self.cursor + lines, 0), max(len(self.cards) - 1, 0))

    def watch_cursor(self, old: int, new: int) -> None:
        """Draw the two lines that change, and keep the one in front in sight."""
        self._redraw(old)
        self._redraw(new)
        self.scroll_to(y=self._place_for(new), animate=False, force=True)
        self.post_message(self.Moved())

    def _place_for(self, line: int) -> int:
        top, height = self.scroll_offset.y, max(1, self.size.height)
        return min(max(top, line - height + 1), line)

    def _redraw(self, line: int) -> None:
        self.refresh(Region(0, line - self.scroll_offset.y, self.size.width, 1))

    def _on_resize(self, event: events.Resize) -> None:
        self.virtual_size = Size(self.size.width, len(self.cards))
        self.scroll_to(y=self._place_for(self.cursor), animate=False, force=True)

    def _on_focus(self, event: events.Focus) -> None:
        super()._on_focus(event)
        self._redraw(self.cursor)

    def _on_blur(self, event: events.Blur) -> None:
        super()._on_blur(event)
        self._redraw(self.cursor)

    def _ask(self) -> None:
        if not self._asked and self.is_mounted and self.cards:
            self._asked = True
            self.post_message(self.Wanted(self.in_sight()))

    def render_line(self, y: int) -> Strip:
        """A line of the screen."""
        number = self.scroll_offset.y + y
        width = self.row_cells
        if number >= len(self.cards):
            return Strip.blank(self.size.width, self.rich_style)
        return Strip(self._segments(number, width)).crop_extend(0, self.size.width, self.rich_style)

    def _segments(self, number: int, width: int) -> list[Segment]:
        card = self.cards[number]
        here = number == self.cursor
        base = self.rich_style + (self._look("cursor") if here else Style())
        chosen = card in self.selected
        known = self._lines.get(card)
        flagged = known is not None and known.row.flagged
        marks = [
            Segment("▸ " if here else "  ", base + self._look("mark")),
            Segment("✓" if chosen else " ", base + self._look("selected")),
            Segment("! " if flagged else "  ", base + self._look("flag")),
        ]
        if card not in self._lines:
            self._ask()
            return [*marks, Segment("…", base + self._look("rest"))]
        if known is None:
            return [*marks, Segment(card, base + self._look("away"))]
        cells = card_cells(known, width, self._today)
        question = self._look("away") if known.row.suspended or known.row.buried else Style()
        return [
            *marks,
            Segment(cells.question, base + question),
            Segment(cells.rest, base + self._look("rest")),
        ]

    def _look(self, name: str) -> Style:
        return self.get_component_rich_style(f"rows--{name}", partial=True, default=Style())

    async def _on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if offset is not None and offset.y + self.scroll_offset.y < len(self.cards):
            self.cursor = offset.y + self.scroll_offset.y
            if event.chain > 1:
                self.post_message(self.Chosen())
