"""The keys of a screen, from the command registry."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from studybuddy.i18n import N_, _
from studybuddy.text import cell_width, pad
from studybuddy.tui.commands import GLOBAL, Command


class HelpModal(ModalScreen[None]):
    """Lists keys and what they do: those of the screen first, then those that every screen has."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS = [Binding("escape,question_mark,f1,enter,q", "dismiss", N_("close"), id="help.close")]
    DEFAULT_CSS = """
    HelpModal { align: center middle; }
    HelpModal > VerticalScroll {
        width: 72; max-width: 95%; height: auto; max-height: 100%;
        padding: 0 2; border: round $primary; background: $surface; scrollbar-size-vertical: 1;
    }
    """

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """One line a command."""
        here = [command for command in self._commands if command not in GLOBAL]
        everywhere = [command for command in self._commands if command in GLOBAL]
        column = max(cell_width(command.key_text) for command in self._commands) + 3
        lines = [Content.styled(_("Keys of this screen"), "bold")]
        lines += [_line(command, column) for command in here]
        lines += [Content(), Content.styled(_("Keys of every screen"), "bold")]
        lines += [_line(command, column) for command in everywhere]
        lines += [Content(), Content.styled(_("Esc closes this"), "$text-muted")]
        with VerticalScroll():
            yield Static(Content("\n").join(lines))

    async def retranslate(self) -> None:
        """Word everything again."""
        await self.recompose()


def _line(command: Command, column: int) -> Content:
    return Content.assemble((pad(command.key_text, column), "bold $primary"), _(command.help))
