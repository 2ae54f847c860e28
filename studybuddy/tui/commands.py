"""Every command of the app, once: its key, its words in the footer, in the help and in the palette.

A screen lists its commands in `COMMANDS_HERE`; bindings, footer, help and palette are all made from that
list. Words are catalogue ids, translated when drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple, Protocol, runtime_checkable

from textual.binding import Binding

from studybuddy.i18n import N_


class Command(NamedTuple):
    """Something the learner can ask for.

    `action` is the screen's (or, with the prefix `app.`, the app's) action method.
    """

    id: str
    key: str
    action: str
    label: str
    help: str
    footer: bool = True
    priority: bool = False
    """Whether the key works also while an input has the focus."""
    shown_key: str = ""
    typing_key: str = ""
    """The key as written while a text field has the focus and would take `key` as a letter."""
    findable: bool = True
    """Whether the palette offers it; moving about is done with keys."""

    def binding(self) -> Binding:
        """The Textual binding; its description is the catalogue id."""
        return Binding(
            self.key,
            self.action,
            self.label,
            show=self.footer,
            priority=self.priority,
            id=self.id,
            tooltip=self.help,
        )

    @property
    def key_text(self) -> str:
        """The key as written in the footer."""
        return self.shown_key or _written(self.key.split(",")[0])

    @property
    def moves(self) -> bool:
        """Whether it only moves what is seen, like the arrow keys."""
        return self.action.partition("(")[0] in MOVES

    def with_keys(self, keys: Mapping[str, str]) -> Command:
        """The command with the keys that the learner gave it, by the command's id."""
        given = keys.get(self.id)
        return self if given is None else self._replace(key=given, shown_key="", typing_key="")

    def key_while(self, typing: bool) -> str:
        """The key that works now as written, empty if a text field takes it as a letter."""
        if not typing or self.priority:
            return self.key_text
        return self.typing_key or ("" if _is_letter(self.key.split(",")[0]) else self.key_text)


@runtime_checkable
class Commanded(Protocol):
    """A screen whose commands can be listed."""

    @property
    def typing(self) -> bool:
        """Whether letters go into a text field now."""

    def commands(self) -> list[Command]:
        """What can be asked for now, the screen's own first."""


MOVES = frozenset({"scroll", "scroll_run", "page", "edge", "cursor", "across"})
"""Actions that only move."""
_KEY_NAMES = {
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "question_mark": "?",
    "exclamation_mark": "!",
    "minus": "-",
    "plus": "+",
    "at": "@",
    "tab": "Tab",
    "shift+tab": "S-Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "home": "Home",
    "end": "End",
    "comma": ",",
    "slash": "/",
    "left": "Left",
    "right": "Right",
    "up": "Up",
    "down": "Down",
}


_SIGNS = {sign: name for name, sign in _KEY_NAMES.items() if len(sign) == 1}


def key_name(written: str) -> str:
    """The name of a key as the terminal's events bear it, from how a learner writes it: `?`, `^r`, `Esc`."""
    key = written.strip()
    if key in _SIGNS:
        return _SIGNS[key]
    if len(key) == 1:
        return key
    if key.startswith("^"):
        return "ctrl+" + key[1:].lower()
    return {"esc": "escape"}.get(key.lower(), key.lower())


def _is_letter(key: str) -> bool:
    return len(key) == 1 or key == "space" or key in _SIGNS.values()


def _written(key: str) -> str:
    if key.startswith("ctrl+"):
        return "^" + key.removeprefix("ctrl+")
    return key.upper() if key[1:].isdigit() else _KEY_NAMES.get(key, key)


HELP = Command(
    "app.help",
    "question_mark,f1",
    "app.help",
    N_("help"),
    N_("Show the keys of this screen"),
    shown_key="?",
    typing_key="F1",
)
LANGUAGE = Command(
    "app.language",
    "ctrl+l",
    "app.language",
    N_("中文"),
    N_("Switch between Chinese and English"),
    footer=False,
    priority=True,
)
SETTINGS = Command(
    "app.settings",
    "comma",
    "app.settings",
    N_("settings"),
    N_("Change language, colours, cards a day and more"),
    footer=False,
)
QUIT = Command(
    "app.quit",
    "ctrl+q",
    "app.quit",
    N_("quit"),
    N_("Leave studybuddy; everything is saved"),
    priority=True,
    footer=False,
)
PALETTE = Command(
    "app.palette",
    "ctrl+p",
    "app.command_palette",
    N_("find"),
    N_("Find any command by name"),
    footer=False,
    priority=True,
    findable=False,
    shown_key="^p",
)
BACK = Command("app.back", "escape,q", "app.back", N_("back"), N_("Go back to the screen before"))
QUESTIONS = Command(
    "app.questions",
    "v",
    "questions",
    N_("answers"),
    N_("Read all interview questions with their reference answers"),
)
UNDO = Command("app.undo", "u", "undo", N_("undo"), N_("Take the last thing back"), footer=False)

GLOBAL = (HELP, SETTINGS, LANGUAGE, PALETTE, QUIT)
"""Commands that every screen has."""
