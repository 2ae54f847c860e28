"""A framed list of lines, some of which can be opened. It draws itself: no widget a line."""

from __future__ import annotations

from typing import NamedTuple, Self

from textual import events
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from studybuddy.tui.agenda import Entry
from studybuddy.tui.widgets.fitting import fit

MARK_CELLS = 2
"""Cells before a line, for the cursor's mark."""


class Row(NamedTuple):
    """A line as wide as the pane at most. Lines that follow with the same entry belong to the first."""

    content: Content = Content()
    entry: Entry | None = None


class RowPane(Widget):
    """Shows the rows its subclass makes, with a mark on the entry that Enter opens."""

    DEFAULT_CSS = """
    RowPane {
        height: auto;
        padding: 0 1;
        border: round $foreground 25%;
        border-title-color: $text-muted;
        border-title-style: bold;
    }
    """

    cursor: reactive[Entry | None] = reactive(None, repaint=False)
    """The entry in front, None when it is in another pane."""

    class Chosen(Message):
        """An entry was clicked."""

        def __init__(self, entry: Entry) -> None:
            self.entry = entry
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._known: dict[int, list[Row]] = {}

    def rows_at(self, width: int) -> list[Row]:
        """The lines at a width, made once until something else is to be shown."""
        if width not in self._known:
            self._known[width] = self.rows(width)
        return self._known[width]

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Show everything anew, or some lines whose text is still the same."""
        if not regions:
            self._known.clear()
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def rows(self, width: int) -> list[Row]:
        """The lines at a width in cells, the mark not counted."""
        raise NotImplementedError

    def entries(self) -> list[Entry]:
        """What can be opened here, from top to bottom."""
        return list(dict.fromkeys(row.entry for row in self.rows_at(80) if row.entry is not None))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line a row; panes side by side, each with its fraction of the width, are of one height."""
        beside = self.siblings if self.screen.has_class("-wide") else ()
        panes = [self, *(pane for pane in beside if isinstance(pane, RowPane))]
        if len(panes) == 1:
            return len(self.rows_at(width - MARK_CELLS))
        shares = [pane.styles.width.value if pane.styles.width is not None else 1 for pane in panes]
        widths = [int(container.width * share / sum(shares)) for share in shares]
        return max(
            len(pane.rows_at(cells - pane.gutter.width - MARK_CELLS))
            for pane, cells in zip(panes, widths, strict=True)
        )

    def render(self) -> Content:
        """The rows, the one of the cursor marked and bold."""
        here = self._line_of(self.cursor)
        rows = self.rows_at(self.content_size.width - MARK_CELLS)
        return Content("\n").join(self._line(row, here=number == here) for number, row in enumerate(rows))

    def render_line(self, y: int) -> Strip:
        """A line by itself: a cursor that moves changes two, and the others are not made again."""
        if self.text_selection is not None:
            return super().render_line(y)
        rows = self.rows_at(self.content_size.width - MARK_CELLS)
        if y >= len(rows):
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        line = self._line(rows[y], here=y == self._line_of(self.cursor))
        return Visual.to_strips(self, line, self.size.width, 1, self.visual_style)[0]

    def _line(self, row: Row, *, here: bool) -> Content:
        line = fit(row.content, self.content_size.width - MARK_CELLS)
        mark = Content.styled("▸ ", "bold $primary") if here else Content("  ")
        return mark + (line.stylize("bold") if here else line)

    def watch_cursor(self, old: Entry | None, new: Entry | None) -> None:
        """Draw the two lines that change, and keep the cursor in sight where not everything fits."""
        if not self.is_mounted or not self.size:
            return
        lines = [line for entry in (old, new) if (line := self._line_of(entry)) is not None]
        if lines:
            self.refresh(*(Region(0, line, self.content_size.width, 1) for line in lines))
        if new is not None:
            self.call_after_refresh(self.show_cursor)

    def _line_of(self, entry: Entry | None) -> int | None:
        if entry is None:
            return None
        rows = self.rows_at(self.content_size.width - MARK_CELLS)
        return next((number for number, row in enumerate(rows) if row.entry == entry), None)

    def show_cursor(self) -> None:
        """Scroll the parent so that the cursor's line is seen; the first line brings the frame with it."""
        line = self._line_of(self.cursor)
        if line is None or not isinstance(self.parent, Widget):
            return
        region = self.virtual_region
        top = region.y + line + (0 if line == 0 else self.gutter.top)
        height = 1 + (self.gutter.top if line == 0 else 0)
        self.parent.scroll_to_region(Region(region.x, top, region.width, height), animate=False)

    async def _on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        rows = self.rows_at(self.content_size.width - MARK_CELLS)
        if offset is not None and offset.y < len(rows) and (entry := rows[offset.y].entry) is not None:
            self.post_message(self.Chosen(entry))


def columns(lefts: list[Content], rights: list[Content], width: int) -> list[Content]:
    """Two columns; the left one is cut to what the right one leaves, the right one goes if that is little."""
    right_cells = max((right.cell_length for right in rights), default=0)
    room = width - right_cells - 2
    if not right_cells or room < width // 3:
        return [fit(left, width) for left in lefts]
    return [
        Content.assemble(fit(left, room, pad=True), "  ", right)
        for left, right in zip(lefts, rights, strict=True)
    ]
