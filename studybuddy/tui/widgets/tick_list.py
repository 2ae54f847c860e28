"""Statements that the learner ticks: what they said, and what they should not have said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual import events, on
from textual.binding import Binding
from textual.containers import Vertical
from textual.message import Message

from studybuddy.core.block import Inlines, Paragraph
from studybuddy.i18n import N_
from studybuddy.tui.widgets.page_view import PageView

BOX_CELLS = 8
"""Cells of the box and its key before a statement."""


class TickRow(PageView, can_focus=True):
    """One statement with its box. Space ticks it."""

    BINDINGS = [
        Binding("space", "tick", N_("tick"), id="tick.tick"),
        Binding("up", "app.focus_previous", N_("up"), show=False, id="tick.up"),
        Binding("down", "app.focus_next", N_("down"), show=False, id="tick.down"),
    ]
    DEFAULT_CSS = """
    TickRow {
        height: auto; scrollbar-gutter: auto;
        &:focus { background: $primary 20%; }
        &:ansi:focus { background: $background; }
    }
    """

    @dataclass
    class Ticked(Message):
        """Space or a click asked for a change of this row."""

        key: str

    def __init__(self, key: str, statement: Inlines) -> None:
        """A statement, and the key that ticks it from anywhere."""
        super().__init__((Paragraph(statement),), inset=BOX_CELLS)
        self.key = key
        self._ticked = False

    def tick(self, ticked: bool) -> None:
        """Set or clear the box."""
        self._ticked = ticked
        self.redraw()

    def margin_of(self, number: int) -> str:
        """The box and its key before the first line."""
        box = f"{'[x]' if self._ticked else '[ ]'} {self.key} " if number == 0 else ""
        room = self.margin - len(box)
        mark = "▸ " if box and self.has_focus and room > 1 else ""
        return " " * (room - len(mark)) + mark + box

    @on(events.Focus)
    @on(events.Blur)
    def _marked(self) -> None:
        self.redraw()

    def action_tick(self) -> None:
        """Ask for a change."""
        self.post_message(self.Ticked(self.key))

    @on(events.Click)
    def _clicked(self) -> None:
        self.action_tick()


class TickList(Vertical):
    """A row for each statement."""

    DEFAULT_CSS = """
    TickList { height: auto; margin-bottom: 1; }
    """

    async def show(self, statements: Sequence[tuple[str, Inlines]]) -> None:
        """Show statements, each with its key."""
        await self.remove_children()
        await self.mount(*(TickRow(key, statement) for key, statement in statements))

    def reword(self, statements: Sequence[tuple[str, Inlines]]) -> None:
        """The same statements in another language; the boxes stay."""
        for row, (_key, statement) in zip(self.query(TickRow), statements, strict=False):
            row.show((Paragraph(statement),))

    def tick(self, keys: frozenset[str]) -> None:
        """Set the boxes of these keys and clear the others."""
        for row in self.query(TickRow):
            row.tick(row.key in keys)
