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
from studybuddy.tui.commands import Command


class HelpModal(ModalScreen[None]):
    """Lists keys and what they do."""

    BINDINGS = [Binding("escape,question_mark,enter,q", "dismiss", N_("close"), id="help.close")]
    DEFAULT_CSS = """
    HelpModal { align: center middle; }
    HelpModal > VerticalScroll {
        width: 72; max-width: 95%; height: auto; max-height: 90%;
        padding: 1 2; border: round $primary; background: $surface;
    }
    """

    def __init__(self, commands: Sequence[Command]) -> None:
        super().__init__()
        self._commands = commands

    def compose(self) -> ComposeResult:
        """One line a command."""
        with VerticalScroll():
            lines = [Content.styled(_("Keys of this screen"), "bold"), Content()]
            for command in self._commands:
                lines.append(Content.assemble((f"{command.key_text:<8}", "bold $primary"), _(command.help)))
            yield Static(Content("\n").join(lines))
