"""The picker of drills: derivations on their own, beside the lessons."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from studybuddy.i18n import N_, _
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.commands import BACK, Command
from studybuddy.tui.derivation_state import StepState
from studybuddy.tui.screens.base import StudyScreen, bindings
from studybuddy.tui.screens.row_screen import DOWN, UP, RowScreen
from studybuddy.tui.widgets.drills_pane import DrillsPane, drill_plans
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.title_line import TitleLine


class DrillsScreen(RowScreen):
    """All drills and how far each is; Enter opens the one in front."""

    CSS_PATH = "drills.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = (
        Command("drills.open", "enter", "open", N_("open"), N_("Work on the drill in front")),
        BACK,
        DOWN,
        UP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMMANDS_HERE)

    def __init__(self, desk: Callable[[str], StudyScreen]) -> None:
        """List the drills; `desk` makes the screen in which one of them is worked on, by its id."""
        super().__init__()
        self._desk = desk

    def compose(self) -> ComposeResult:
        """The title, the drills, the keys."""
        yield TitleLine()
        with Container(id="drills"):
            yield DrillsPane()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read how the drills stand."""
        super().on_mount()
        self.perform(self.refresh_plan())

    async def refresh_plan(self) -> None:
        """Read how the drills stand now; the cursor begins at the first that is not done."""
        drills = await self.ask(drill_plans)
        pane = self.query_one(DrillsPane)
        pane.show(drills)
        done = (StepState.UNAIDED, StepState.AIDED)
        first = next((drill.id for drill in drills if drill.state not in done), None)
        self.put_cursor(self.cursor or (Entry(EntryKind.DRILL, first) if first else None))
        title = self.query_one(TitleLine)
        title.left = _("Drills")
        finished = sum(drill.state in done for drill in drills)
        title.right = _("{done} of {total} done", done=finished, total=len(drills))
        self.query_one(KeyLine).refresh()

    async def retranslate(self) -> None:
        """Read the titles in the other language."""
        await self.refresh_plan()

    def open(self, entry: Entry) -> None:
        """Work on a drill."""
        self.app.push_screen(self._desk(entry.id))
