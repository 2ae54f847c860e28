"""The line at the bottom: the keys that do something now, made from the screen's commands."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.widget import Widget

from studybuddy.i18n import _
from studybuddy.tui.commands import GLOBAL, Command

GAPS = (3, 2)
"""Cells between two keys: the first that lets all of them stand, else the last."""


class KeyLine(Widget):
    """Keys and words. Commands that do not apply are left out, and those that do not fit; help never is."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        padding: 0 1;
        color: $text-muted;
    }
    """

    def on_mount(self) -> None:
        """Which keys do something depends on what has the focus."""
        self.watch(self.screen, "focused", self._focus_moved, init=False)

    def _focus_moved(self) -> None:
        self.refresh()

    def commands(self) -> list[Command]:
        """The commands of the screen that apply now and belong in the footer."""
        here: tuple[Command, ...] = getattr(self.screen, "COMMANDS_HERE", ())
        return [
            command
            for command in (*here, *GLOBAL)
            if command.footer
            and self.screen.check_action(command.action.removeprefix("app."), ()) is not False
        ]

    def render(self) -> Content:
        """As many keys as fit, the first ones and help before the others."""
        placed = self._placed()
        line = Content()
        for start, part, _command in placed:
            line = Content.assemble(line, " " * (start - line.cell_length), part)
        return line

    def _placed(self) -> list[tuple[int, Content, Command]]:
        """The keys that fit, each with the cell where it begins."""
        typing = _takes_letters(self.screen.focused)
        parts = [(_words(command, typing), command) for command in self.commands()]
        if not parts:
            return []
        width = self.content_size.width
        for gap in GAPS:
            if sum(part.cell_length + gap for part, _command in parts) - gap <= width:
                break
        *rest, last = parts
        room = width - last[0].cell_length
        kept = []
        for part, command in rest:
            room -= part.cell_length + gap
            if room < 0:
                break
            kept.append((part, command))
        placed = []
        start = 0
        for part, command in (*kept, last):
            placed.append((start, part, command))
            start += part.cell_length + gap
        return placed

    async def _on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for start, part, command in self._placed():
            if offset is not None and start <= offset.x < start + part.cell_length:
                await self.app.run_action(command.action, self.screen)
                return


def _words(command: Command, typing: bool) -> Content:
    key = (typing and command.typing_key) or command.key_text
    return Content.assemble((key, "bold $foreground"), " ", _(command.label))


def _takes_letters(widget: Widget | None) -> bool:
    return widget is not None and widget.check_consume_key("x", "x")
