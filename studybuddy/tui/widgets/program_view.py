"""A program to read beside something that is said of its lines: one of them is marked, by a sign too."""

from __future__ import annotations

from dataclasses import dataclass

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip

from studybuddy.tui.private import forget_lines
from studybuddy.tui.widgets.code_editor import CodeEditor

HERE, FAILED = "▸", "✗"
AROUND = 1
"""Lines that are kept in sight before and after the marked one."""


class ProgramView(CodeEditor):
    """Looks like the editor, and cannot be written in. A click on a line says which."""

    can_focus = False
    ALLOW_SELECT = False

    @dataclass
    class LineChosen(Message):
        """A line was clicked."""

        line: int
        """Its number, from 1."""

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        """Show a program, which is made harmless first."""
        super().__init__(text, read_only=True, id=id)
        self._failed = False

    def mark(self, line: int, *, failed: bool = False) -> None:
        """Mark a line, counted from 1, and bring it into view."""
        self._failed = failed
        forget_lines(self)
        row = min(max(line - 1, 0), self.document.line_count - 1)
        self.move_cursor((row, 0))
        top, height = self.scroll_offset.y, self.size.height
        if not top + AROUND <= row < top + height - AROUND:
            self.scroll_to(y=max(0, row - height // 2), animate=False)
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """A line as in the editor; that in front has a sign between its number and its text."""
        strip = super().render_line(y)
        gutter = self.gutter_width
        if self.scroll_offset.y + y != self.cursor_location[0] or gutter < 2 or not self.text:
            return strip
        sign = FAILED if self._failed else HERE
        names = ("program--failed",) if self._failed else ("program--here",)
        style = self.get_component_rich_style(*names, partial=True)
        under = strip.crop(gutter - 2, gutter)
        base = next((segment.style for segment in under if segment.style), None)
        mark = Segment(f"{sign} ", base + style if base else style)
        return Strip.join([strip.crop(0, gutter - 2), Strip([mark], 2), strip.crop(gutter)])

    COMPONENT_CLASSES = CodeEditor.COMPONENT_CLASSES | {"program--here", "program--failed"}
    DEFAULT_CSS = """
    ProgramView {
        .program--here { color: $primary; text-style: bold; }
        .program--failed { color: $text-error; text-style: bold; }
        .text-area--cursor-line, .text-area--cursor-gutter { background: $panel; }
    }
    """

    async def _on_mouse_down(self, event: events.MouseDown) -> None:
        event.prevent_default()
        event.stop()
        line = self.scroll_offset.y + event.y + 1
        if line <= self.document.line_count:
            self.post_message(self.LineChosen(line))
