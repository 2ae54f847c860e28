"""The app: screens, language, errors. What a screen does is the screen's own affair."""

from __future__ import annotations

import gc
from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.app import App, SystemCommand
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from studybuddy.core.errors import StudybuddyError
from studybuddy.i18n import LANGUAGES, _, language, use_language, word
from studybuddy.tui.commands import GLOBAL, Command
from studybuddy.tui.screens.base import WIDE_CELLS, StudyScreen
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.study_thread import StudyThread
from studybuddy.tui.themes import DARK, LIGHT

if TYPE_CHECKING:
    from studybuddy.study.day import DayPlan


COLLECT_AFTER_S = 1.0


def collect_again() -> None:
    """Turn on the garbage collector, which waits while the program starts."""
    gc.freeze()
    gc.enable()


class StudybuddyApp(App[None]):
    """One quiet place for the whole day. Today is the screen below all others."""

    TITLE = "studybuddy"
    CSS_PATH = "screens/today.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in GLOBAL]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_CELLS, "-wide")]
    PAUSE_GC_ON_SCROLL = True

    def __init__(self, study: StudyThread, plan: DayPlan) -> None:
        """Take an open study and the plan of the day, which is then on the first picture."""
        super().__init__()
        self.study = study
        self._first_plan = plan
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        self.theme = DARK.name

    def get_default_screen(self) -> Screen[None]:
        """Today: it is there from the first picture on, and the last to be left."""
        return TodayScreen(self._first_plan)

    def on_ready(self) -> None:
        """Let the collector begin, once the first picture is drawn; what is loaded by then stays."""
        self.set_timer(COLLECT_AFTER_S, collect_again)

    def on_unmount(self) -> None:
        """Let go of the data."""
        self.study.close()

    def show_error(self, error: BaseException) -> None:
        """The one place that turns an error into something to read."""
        from studybuddy.tui.modals.error import ErrorModal

        text = word(error) if isinstance(error, StudybuddyError) else f"{type(error).__name__}: {error}"
        self.push_screen(ErrorModal(text))

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.show_error(event.worker.error)

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen in front; the one below reads again what may have changed."""
        leaving = self.screen
        popped = super().pop_screen()
        if isinstance(leaving, StudyScreen) and isinstance(self.screen, StudyScreen):
            self.screen.perform(self.screen.refresh_plan(), group="front")
        return popped

    async def action_back(self) -> None:
        """Leave the screen in front; Today is the last."""
        if len(self.screen_stack) > 1:
            await self.pop_screen()

    def action_language(self) -> None:
        """Switch to the other language, on every screen at once."""
        self.run_worker(self._switch_language(), group="language", exclusive=True, exit_on_error=False)

    async def _switch_language(self) -> None:
        other = LANGUAGES[1 - LANGUAGES.index(language())]
        await self.study.ask(lambda study: setattr(study.desk, "language", other))
        use_language(other)
        for screen in self.screen_stack:
            if isinstance(screen, StudyScreen | ModalScreen) and hasattr(screen, "retranslate"):
                await screen.retranslate()

    def action_help(self) -> None:
        """Show the keys of the screen in front."""
        from studybuddy.tui.modals.help import HelpModal

        if isinstance(self.screen, StudyScreen):
            self.push_screen(HelpModal(_commands_of(self.screen)))

    def action_help_quit(self) -> None:
        """Show the keys, that to quit among them: ctrl+c with nothing to copy or to stop."""
        self.action_help()

    def action_command_palette(self) -> None:
        """Find a command by its words."""
        from studybuddy.tui.modals.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: the commands of the screen in front, and of the app."""
        commands = {command.action: command for command in _commands_of(screen) if command.findable}
        for command in commands.values():
            if screen.check_action(command.action.removeprefix("app."), ()):
                yield SystemCommand(
                    _(command.help),
                    f"{_(command.label)} ({command.key_text})",
                    partial(self.run_action, command.action, screen),
                )


def _commands_of(screen: Screen[Any]) -> list[Command]:
    here = screen.COMMANDS_HERE if isinstance(screen, StudyScreen) else ()
    return [*here, *GLOBAL]
