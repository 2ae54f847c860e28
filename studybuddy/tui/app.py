"""The app: screens, language, errors. What a screen does is the screen's own affair."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.app import App, SystemCommand
from textual.binding import BindingType
from textual.screen import Screen

from studybuddy.core.errors import StudybuddyError
from studybuddy.i18n import LANGUAGES, _, language, use_language, word
from studybuddy.tui.commands import GLOBAL, Command
from studybuddy.tui.screens.base import StudyScreen
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.study_thread import StudyThread
from studybuddy.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from studybuddy.study.day import DayPlan


class StudybuddyApp(App[None]):
    """One quiet place for the whole day."""

    TITLE = "studybuddy"
    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in GLOBAL]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (100, "-wide")]
    PAUSE_GC_ON_SCROLL = True

    def __init__(self, study: StudyThread, plan: DayPlan) -> None:
        """Take an open study and the plan of the day, which is then on the first picture."""
        super().__init__()
        self.study = study
        self._first_plan = plan

    def on_mount(self) -> None:
        """Dress the app and show Today."""
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name
        self.push_screen(TodayScreen(self._first_plan))

    def on_unmount(self) -> None:
        """Let go of the data."""
        self.study.close()

    def show_error(self, error: BaseException) -> None:
        """The one place that turns an error into something to read."""
        from studybuddy.tui.modals.error import ErrorModal

        text = word(error) if isinstance(error, StudybuddyError) else f"{type(error).__name__}: {error}"
        self.push_screen(ErrorModal(text))

    def commands_here(self) -> list[Command]:
        """The commands that apply on the screen in front."""
        here = self.screen.COMMANDS_HERE if isinstance(self.screen, StudyScreen) else ()
        return [*here, *GLOBAL]

    async def action_back(self) -> None:
        """Leave the screen in front; Today is the last."""
        if len(self.screen_stack) > 2:
            await self.pop_screen()
            if isinstance(self.screen, StudyScreen):
                await self.screen.refresh_plan()

    async def action_language(self) -> None:
        """Switch to the other language, on every screen at once."""
        other = LANGUAGES[1 - LANGUAGES.index(language())]
        use_language(other)

        await self.study.ask(lambda study: setattr(study.desk, "language", other))
        for screen in self.screen_stack:
            if isinstance(screen, StudyScreen):
                await screen.retranslate()

    def action_help(self) -> None:
        """Show the keys of the screen in front."""
        from studybuddy.tui.modals.help import HelpModal

        if isinstance(self.screen, StudyScreen):
            self.push_screen(HelpModal(self.commands_here()))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the commands of the screen in front, and of the app."""
        for command in self.commands_here():
            if command.id == "app.palette":
                continue
            yield SystemCommand(
                _(command.help), f"{_(command.label)} ({command.key_text})", lambda c=command: self._run(c)
            )

    async def _run(self, command: Command) -> None:
        await self.run_action(command.action, self.screen)
