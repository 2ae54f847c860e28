"""The app: screens, language, errors. What a screen does is the screen's own affair."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from studybuddy.core.errors import StudybuddyError
from studybuddy.i18n import use_language, word
from studybuddy.tui.adopting import adopt, switch_language
from studybuddy.tui.collecting import COLLECT_AFTER_S, collect_again
from studybuddy.tui.colours import without_colours
from studybuddy.tui.commands import GLOBAL
from studybuddy.tui.manner import Manner, manner
from studybuddy.tui.private import EndsQuietly
from studybuddy.tui.screens.base import WIDE_CELLS, StudyScreen
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.sign_width import AskingApp
from studybuddy.tui.study_thread import StudyThread
from studybuddy.tui.themes import BY_SETTING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.filter import LineFilter

    from studybuddy.study.day import DayPlan


class StudybuddyApp(EndsQuietly, AskingApp):
    """One quiet place for the whole day. Today is the screen below all others."""

    TITLE = "studybuddy"
    CSS_PATH = "screens/today.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [command.binding() for command in GLOBAL]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE_CELLS, "-wide")]
    PAUSE_GC_ON_SCROLL = True

    def __init__(self, study: StudyThread, plan: DayPlan, *, welcome: bool = False) -> None:
        """Take an open study, the plan for the first picture, and whether someone new is asked questions."""
        super().__init__()
        self.study = study
        self._first_plan = plan
        for theme in BY_SETTING.values():
            self.register_theme(theme)
        self.keys: dict[str, str] = {}
        """Keys that the learner gave to commands, by command id."""
        self.signs: list[LineFilter] = []
        """What writes signs in ASCII, if the learner wants that."""
        self.manner = study.now(manner)
        self.adopt(self.manner)
        self._welcome = welcome and self.manner.new_here

    def get_default_screen(self) -> Screen[None]:
        """Today: it is there from the first picture on, and the last to be left."""
        return TodayScreen(self._first_plan)

    def on_ready(self) -> None:
        """Let the collector begin, once the first picture is drawn; what is loaded by then stays."""
        self.set_timer(COLLECT_AFTER_S, collect_again)
        if self._welcome:
            from studybuddy.tui.welcoming import welcome

            self.run_worker(welcome(self), exit_on_error=False)

    def on_unmount(self) -> None:
        """Let go of the data."""
        self.study.close()

    def adopt(self, wanted: Manner) -> None:
        """Behave as the learner wants from now on."""
        adopt(self, wanted)

    def signs_are_wide(self) -> None:
        """Write signs in ASCII, unless the learner wants others."""
        self.adopt(self.manner)

    def show_error(self, error: BaseException) -> None:
        """The one place that turns an error into something to read."""
        from studybuddy.tui.modals.error import ErrorModal

        text = word(error) if isinstance(error, StudybuddyError) else f"{type(error).__name__}: {error}"
        self.push_screen(ErrorModal(text))

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.show_error(event.worker.error)

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What every line goes through on its way to the terminal."""
        return [*without_colours(self, super().get_line_filters()), *self.signs]

    def pop_screen(self) -> AwaitComplete:
        """Leave the screen in front; the one below reads again what may have changed."""
        leaving = self.screen
        popped = super().pop_screen()
        if isinstance(leaving, StudyScreen) and isinstance(self.screen, StudyScreen):
            self.screen.perform(self.screen.refresh_plan(), group="front")
        return popped

    async def action_back(self) -> None:
        """Leave the screen in front; Today is the last. Whoever runs this may be that screen: no waiting."""
        leaving = self.screen
        if not leaving.is_mounted:
            leaving.call_later(self.action_back)
        elif len(self.screen_stack) > 1 and not (isinstance(leaving, StudyScreen) and leaving.asking):
            self.pop_screen()

    def action_language(self) -> None:
        """Switch to the other language, on every screen at once."""
        self.run_worker(switch_language(self), group="language", exclusive=True, exit_on_error=False)

    async def speak(self, chosen: str) -> None:
        """Use a language of `LANGUAGES` from now on, on every screen."""
        await self.study.ask(lambda study: setattr(study.desk, "language", chosen))
        use_language(chosen)
        for screen in self.screen_stack:
            if isinstance(screen, StudyScreen | ModalScreen) and hasattr(screen, "retranslate"):
                await screen.retranslate()

    def action_help(self) -> None:
        """Show the keys of the screen in front."""
        from studybuddy.tui.modals.help import HelpModal

        if isinstance(self.screen, StudyScreen):
            self.push_screen(HelpModal(self.screen.commands(), typing=self.screen.typing))

    action_help_quit = action_help
    """What ctrl+c does with nothing to copy or to stop: the keys, that to quit among them."""

    def action_settings(self) -> None:
        """Open the settings."""
        from studybuddy.tui.screens.settings import SettingsScreen

        open_already = any(isinstance(screen, SettingsScreen) for screen in self.screen_stack)
        if isinstance(self.screen, StudyScreen) and not open_already:
            self.push_screen(SettingsScreen())

    def action_command_palette(self) -> None:
        """Find a command by its words."""
        from studybuddy.tui.modals.palette import Palette

        if not isinstance(self.screen, Palette):
            self.push_screen(Palette())
