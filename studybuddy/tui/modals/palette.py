"""Find any command of the screen by its words, in either language, and from anywhere those of Today."""

from __future__ import annotations

from collections.abc import Coroutine
from functools import partial

from textual.app import App
from textual.command import CommandInput, CommandPalette, DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.screen import ModalScreen, Screen

from studybuddy.i18n import _, translation
from studybuddy.tui.commands import Command, Commanded
from studybuddy.tui.initials import initials
from studybuddy.tui.private import WordedPalette

LONGEST_QUERY = 100
LEAST_INITIALS = 2
LABEL_SCORE, TEXT_SCORE = 0.02, 0.01


class ScreenCommands(Provider):
    """The commands of the screen in front, in the order of its footer; a modal above is passed over."""

    def _commands(self) -> list[tuple[Command, partial[Coroutine[None, None, None]]]]:
        for screen in reversed(self.app.screen_stack):
            anything: object = screen
            if isinstance(anything, Commanded):
                found = {c.action: c for c in reversed(anything.commands()) if c.findable}
                return [(c, partial(_run, self.app, c, screen)) for c in reversed(found.values())]
        return []

    def _elsewhere(self) -> list[Command]:
        """The commands of Today that the screen in front does not have: a search leads there."""
        today: object = self.app.screen_stack[0]
        here = {command.action for command, _run_it in self._commands()}
        if not isinstance(today, Commanded):
            return []
        return [c for c in today.commands() if c.findable and c.action not in here]

    async def discover(self) -> Hits:
        """Every command, while nothing is typed."""
        for command, run in self._commands():
            yield DiscoveryHit(self._line(command, command.key_text), run, text=command.id)

    async def search(self, query: str) -> Hits:
        """The commands in whose words, of either language, or in whose initials the query is found."""
        matcher = self.matcher(query)
        here = [(c, self._line(c, c.key_text), run, 1.0) for c, run in self._commands()]
        there = [
            (c, self._line(c, _("Today")), partial(_run_on_today, self.app, c), 0.5)
            for c in self._elsewhere()
        ]
        for command, line, run, weight in (*here, *there):
            score = max(matcher.match(words) for words in _all_words(command)) or _by_initials(command, query)
            if score > 0:
                yield Hit(weight * score, line, run, text=command.id)

    def _line(self, command: Command, beside: str) -> Content:
        """A command and its key or place, which is quieter where that can be read in the line that is lit."""
        quiet = "" if self.app.native_ansi_color else "$text-muted"
        return Content.assemble(_(command.help), "  ", (beside, quiet))


async def _run(app: App[object], command: Command, screen: Screen[object]) -> None:
    """Run a command of a screen; what stands above the screen is left first, without an answer."""
    while isinstance(app.screen, ModalScreen):
        await app.screen.dismiss()
    await app.run_action(command.action, screen)


async def _run_on_today(app: App[object], command: Command) -> None:
    """Leave every screen but Today, each of which keeps what was typed, and run a command of Today's."""
    while isinstance(app.screen, ModalScreen):
        await app.screen.dismiss()
    while len(app.screen_stack) > 1:
        await app.pop_screen()
    await app.run_action(command.action, app.screen)


def _all_words(command: Command) -> list[str]:
    return [
        f"{translation(command.label, language)} {translation(command.help, language)}"
        for language in ("en", "zh")
    ]


def _by_initials(command: Command, query: str) -> float:
    """How well a query is the beginning letters of Chinese words of a command: below any match of words."""
    typed = query.replace(" ", "").lower()
    if len(typed) < LEAST_INITIALS or not typed.isalpha() or not typed.isascii():
        return 0.0
    label, text = (initials(translation(words, "zh")) for words in (command.label, command.help))
    return LABEL_SCORE if typed in label else TEXT_SCORE if typed in text else 0.0


class Palette(WordedPalette, CommandPalette):
    """Textual's palette with its few words in the learner's language, and without its emoji."""

    DEFAULT_CSS = """
    Palette SearchIcon { display: none; }
    """

    def __init__(self) -> None:
        super().__init__([ScreenCommands], placeholder=_("Find a command"), id="--command-palette")

    def on_mount(self) -> None:
        """Nobody looks for more than a few words."""
        self.query_one(CommandInput).max_length = LONGEST_QUERY

    def nothing_found(self) -> str:
        """The words for no match."""
        return _("nothing found")
