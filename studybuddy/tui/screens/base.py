"""What every screen shares: commands as bindings, questions to the study, one way for errors."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen
from textual.worker import Worker, WorkerState

from studybuddy.tui.commands import GLOBAL, Command

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study
    from studybuddy.tui.app import StudybuddyApp

T = TypeVar("T")

WIDE_CELLS = 100
"""Cells of a terminal from which on a screen has the class `-wide`; below it has `-narrow`."""


def bindings(*commands: Command) -> list[BindingType]:
    """The bindings of a screen's commands."""
    return [command.binding() for command in commands]


class StudyScreen(Screen[None]):
    """A screen of the app. Subclasses list their commands and set `BINDINGS = bindings(*COMMANDS_HERE)`."""

    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = ()
    AUTO_FOCUS = ""
    asking = False
    """Whether a modal is on its way or open, and something here waits for its answer."""
    if TYPE_CHECKING:

        @property
        def app(self) -> StudybuddyApp:  # type: ignore[override]  # App is invariant in its result
            """The one app there is."""

    def on_mount(self) -> None:
        """Be of the right shape in the first picture already; after that the breakpoints see to it."""
        wide = self.app.size.width >= WIDE_CELLS
        self.update_classes({"-wide": wide, "-narrow": not wide}, animate=False)

    async def ask(self, question: Callable[[Study], T]) -> T:
        """Ask the study on its own thread."""
        return await self.app.study.ask(question)

    def commands(self) -> list[Command]:
        """What can be asked for now, the screen's own first, with the keys that the learner gave it."""
        return [
            command.with_keys(self.app.keys)
            for command in (*self.COMMANDS_HERE, *GLOBAL)
            if self.check_action(command.action.removeprefix("app."), ()) is not False
        ]

    @property
    def typing(self) -> bool:
        """Whether letters go into a text field now."""
        return self.focused is not None and self.focused.check_consume_key("x", "x")

    def perform(self, work: Coroutine[Any, Any, None], group: str = "study") -> Worker[None]:
        """Run a coroutine beside the screen; its error ends in the error modal, not in a crash."""
        return self.run_worker(work, group=group, exit_on_error=False)

    async def inquire(self, modal: ModalScreen[T]) -> T | None:
        """Show a modal and wait for its answer, in a worker.

        None at once where one is open already, or the learner has left by a key typed ahead.
        """
        if self.asking or not self.is_current:
            return None
        self.asking = True
        try:
            return await self.app.push_screen_wait(modal)
        finally:
            self.asking = False

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.app.show_error(event.worker.error)

    async def retranslate(self) -> None:
        """Draw every word again after a switch of language. Keeps what the learner typed."""
        await self.recompose()

    async def refresh_plan(self) -> None:
        """Show what changed elsewhere, when the screen comes to the front again."""
