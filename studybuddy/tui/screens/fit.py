"""The memory model: what is in force, a fit, and what to do with it."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll

from studybuddy.i18n import _
from studybuddy.tui.commands import BACK, Command
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.fit_keys import FIT_COMMANDS, FitKeys
from studybuddy.tui.widgets.fit_panel import FitPanel
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine


class FitScreen(FitKeys):
    """One panel. Leaving stops a fit that is going on."""

    CSS_PATH = "fit.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = (*FIT_COMMANDS, BACK)
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMMANDS_HERE)

    def compose(self) -> ComposeResult:
        """The title, the panel, what happened last, the keys."""
        yield TitleLine()
        with VerticalScroll(id="memory", can_focus=False):
            yield FitPanel()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Word the title."""
        super().on_mount()
        self._word()

    async def refresh_plan(self) -> None:
        """Read again what is in force."""
        if self.fit_panel is not None:
            await self.fit_panel.read()

    async def retranslate(self) -> None:
        """Word everything in the other language; a fit goes on."""
        self._word()
        if self.fit_panel is not None:
            self.fit_panel.retranslate()

    def _word(self) -> None:
        self.query_one(TitleLine).left = _("Memory model")
        for part in (TitleLine, StatusLine, KeyLine):
            self.query_one(part).refresh()
