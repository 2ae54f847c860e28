"""What every screen shares: commands as bindings, questions to the study, one way for errors."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.binding import BindingType
from textual.screen import Screen
from textual.worker import Worker, WorkerState

from studybuddy.tui.commands import Command

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

    def perform(self, work: Coroutine[Any, Any, None], group: str = "study") -> Worker[None]:
        """Run a coroutine beside the screen; its error ends in the error modal, not in a crash."""
        return self.run_worker(work, group=group, exit_on_error=False)

    @on(Worker.StateChanged)
    def _worker_failed(self, event: Worker.StateChanged) -> None:
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.app.show_error(event.worker.error)

    async def retranslate(self) -> None:
        """Draw every word again after a switch of language. Keeps what the learner typed."""
        await self.recompose()

    async def refresh_plan(self) -> None:
        """Show what changed elsewhere, when the screen comes to the front again."""
