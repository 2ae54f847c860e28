"""The line at the bottom: the keys that do something now, made from the screen's commands."""

from __future__ import annotations

from textual.content import Content
from textual.widget import Widget

from studybuddy.i18n import _
from studybuddy.tui.commands import GLOBAL, Command


class KeyLine(Widget):
    """Keys and words. Commands that do not apply are left out, and those that do not fit; help never is."""

    DEFAULT_CSS = """
    KeyLine {
        dock: bottom;
        height: 1;
        padding: 0 1;
        color: $text-muted;
    }
    """

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
        parts = [
            Content.assemble((command.key_text, "bold $foreground"), " ", _(command.label))
            for command in self.commands()
        ]
        if not parts:
            return Content()
        *rest, last = parts
        room = self.size.width - last.cell_length
        line: list[Content] = []
        for part in rest:
            room -= part.cell_length + 3
            if room < 0:
                break
            line.append(part)
        return Content("   ").join([*line, last])
