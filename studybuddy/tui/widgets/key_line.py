"""The line at the bottom: the keys that do something now, made from the screen's commands."""

from __future__ import annotations

from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.widget import Widget

from studybuddy.i18n import _
from studybuddy.tui.commands import HELP, Command, Commanded

GAPS = (3, 2)
"""Cells between two keys: the first that lets all of them stand, else the last."""


class Key(NamedTuple):
    """A command on the line."""

    text: Content
    command: Command

    @property
    def needed(self) -> bool:
        """Whether it must be seen even where not everything fits: the way out, and help."""
        return self.command.id == HELP.id or "escape" in self.command.key.split(",")


class KeyLine(Widget):
    """Keys and words. What does not apply or does not fit is left out; the way out and help never are."""

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

    def shown(self) -> list[Key]:
        """The commands of the screen that apply now and belong in the footer."""
        screen: object = self.screen
        if not isinstance(screen, Commanded):
            return []
        typing = screen.typing
        now = [command for command in screen.commands() if command.footer and command.key_while(typing)]
        return [Key(_words(command, typing), command) for command in now]

    def render(self) -> Content:
        """As many keys as fit, the first ones, the way out and help before the others."""
        line = Content()
        for start, key in self._placed():
            line = Content.assemble(line, " " * (start - line.cell_length), key.text)
        return line

    def _placed(self) -> list[tuple[int, Key]]:
        """The keys that fit, each with the cell where it begins."""
        keys, width = self.shown(), self.content_size.width
        gap = next((gap for gap in GAPS if _cells(keys, gap) <= width), GAPS[-1])
        while _cells(keys, gap) > width:
            spare = next((key for key in reversed(keys) if not key.needed), None)
            if spare is None:
                break
            keys.remove(spare)
        placed = []
        start = 0
        for key in keys:
            placed.append((start, key))
            start += key.text.cell_length + gap
        return placed

    async def _on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        for start, key in self._placed():
            if offset is not None and start <= offset.x < start + key.text.cell_length:
                await self.app.run_action(key.command.action, self.screen)
                return


def _cells(keys: list[Key], gap: int) -> int:
    return sum(key.text.cell_length + gap for key in keys) - gap


def _words(command: Command, typing: bool) -> Content:
    key = (typing and command.typing_key) or command.key_text
    return Content.assemble((key, "bold $foreground"), " ", _(command.label))
