"""The keys that do something now, from the command registry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studybuddy.i18n import N_, _
from studybuddy.text import cell_width, pad, wrap_text
from studybuddy.tui.commands import GLOBAL, Command
from studybuddy.tui.modals.window import Window

WIDTH = 76
FRAME = 7
"""Cells of the window that border, padding and scrollbar take."""
LEAST_ROOM = 12
_EVERYWHERE = frozenset(command.id for command in GLOBAL)


class HelpModal(Window[None]):
    """A line a key: what the screen does, how to move in it, and what works everywhere."""

    AUTO_FOCUS = "VerticalScroll"
    BINDINGS = [
        Binding("escape,question_mark,f1,enter,q", "dismiss", N_("close"), id="help.close"),
        Binding("j", "scroll(1)", N_("down"), id="help.down"),
        Binding("k", "scroll(-1)", N_("up"), id="help.up"),
    ]
    DEFAULT_CSS = """
    HelpModal { align: center middle; }
    HelpModal > VerticalScroll {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 2; border: round $primary; background: $surface; scrollbar-size-vertical: 1;
        border-title-style: bold; border-title-color: $foreground; border-subtitle-color: $text-muted;
    }
    """

    def __init__(self, commands: Sequence[Command], *, typing: bool = False) -> None:
        """Take the commands that apply now, with their keys; `typing`: letters go into a text field."""
        super().__init__()
        self._commands = commands
        self._typing = typing

    def compose(self) -> ComposeResult:
        """The groups, the one on moving about as a block of its own."""
        everywhere = [command for command in self._commands if command.id in _EVERYWHERE]
        here = [command for command in self._commands if command.id not in _EVERYWHERE]
        groups = [
            ("", self._rows(command for command in here if not command.moves)),
            (_("Moving about"), self._rows(command for command in here if command.moves)),
            (_("Everywhere"), self._rows(everywhere)),
        ]
        column = max((cell_width(keys) for _name, rows in groups for keys, _text in rows), default=0) + 3
        lines: list[Content] = []
        for name, rows in groups:
            if rows and name:
                lines += [Content(), Content.styled(name, "bold")]
            for keys, text in rows:
                lines += self._row(keys, text, column)
        with VerticalScroll() as frame:
            frame.border_title = Content(_("Keys"))
            frame.border_subtitle = Content(_("Esc closes this"))
            yield Static(Content("\n").join(lines))

    def _row(self, keys: str, text: str, column: int) -> list[Content]:
        """The keys and what they do, which goes on below its own beginning where it is long."""
        room = max(LEAST_ROOM, min(WIDTH, self.app.size.width) - FRAME - column)
        pieces = wrap_text(text, room)
        return [
            Content.assemble((pad("" if number else keys, column), "bold $primary"), piece)
            for number, piece in enumerate(pieces)
        ]

    def _rows(self, commands: Iterable[Command]) -> list[tuple[str, str]]:
        """A row for each thing that can be done; keys that do the same share one, no key has two."""
        rows: dict[str, list[str]] = {}
        taken: set[str] = set()
        for command in commands:
            keys = [key for key in command.key_while(self._typing).split() if key not in taken]
            taken.update(keys)
            if keys:
                rows.setdefault(_(command.help), []).extend(keys)
        return [(" ".join(keys), text) for text, keys in rows.items()]

    def action_scroll(self, lines: int) -> None:
        """Move by lines where not everything fits."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    async def retranslate(self) -> None:
        """Word everything again."""
        await self.recompose()
