"""The commands of the memory model, for every screen that bears a `FitPanel`."""

from __future__ import annotations

from textual import on

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.undoing import undo
from studybuddy.tui.commands import UNDO, Command
from studybuddy.tui.screens.base import StudyScreen
from studybuddy.tui.widgets.fit_panel import FitPanel
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.status_line import StatusLine

FIT_COMMANDS = (
    Command("fit.fit", "f", "fit", N_("fit"), N_("Fit the memory model to your own reviews")),
    Command("fit.stop", "s,escape", "fit_stop", N_("stop"), N_("Stop the fit; nothing is changed")),
    Command(
        "fit.reschedule",
        "R,shift+r",
        "reschedule",
        N_("reschedule"),
        N_("See what due days would move by the memory model in force, and move them"),
    ),
    Command(
        "fit.parameters",
        "p",
        "fit_parameters",
        N_("parameters"),
        N_("What the 21 parameters of the memory model are and stand for"),
    ),
    UNDO._replace(footer=True),
)


class FitKeys(StudyScreen):
    """A screen with a `FitPanel`. Its commands are `FIT_COMMANDS`, which come before the way back."""

    @property
    def fit_panel(self) -> FitPanel | None:
        """The panel, None while the screen shows something else."""
        return next(iter(self.query(FitPanel)), None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now: while a fit is going on, Escape stops it."""
        panel = self.fit_panel
        going = panel is not None and panel.going
        if action == "fit_stop":
            return going
        if action in ("back", "undo"):
            return not going
        if action in ("fit", "reschedule", "fit_parameters"):
            return panel is not None and not going
        return True

    @on(FitPanel.Changed)
    def _other_keys(self) -> None:
        self.refresh_bindings()
        for line in self.query(KeyLine):
            line.refresh()

    def action_fit(self) -> None:
        """Fit the memory model."""
        if self.fit_panel is not None:
            self.fit_panel.scroll_visible(animate=False)
            self.fit_panel.fit()

    def action_fit_stop(self) -> None:
        """Stop the fit."""
        if self.fit_panel is not None:
            self.fit_panel.stop()

    def action_fit_parameters(self) -> None:
        """Show the parameters in force."""
        self.perform(self._parameters(), group="window")

    async def _parameters(self) -> None:
        from studybuddy.tui.modals.parameters import ParametersModal

        standing = await self.ask(lambda study: study.own_fit.standing())
        await self.inquire(ParametersModal(standing.parameters))

    def action_reschedule(self) -> None:
        """Show what would move, and move it if the learner agrees."""
        self.perform(self._reschedule(), group="window")

    def action_undo(self) -> None:
        """Take the last thing back, and say what it was."""
        self.perform(self._undo())

    async def _undo(self) -> None:
        undone = await self.ask(undo)
        await self.refresh_plan()
        if self.fit_panel is not None:
            await self.fit_panel.read()
        self.query_one(StatusLine).show(undone)

    async def _reschedule(self) -> None:
        from studybuddy.tui.rescheduling import offer_rescheduling

        line = self.query_one(StatusLine)
        line.show(Phrase(N_("looking at the cards …")))
        done = await offer_rescheduling(self, before=lambda: line.show(None))
        line.show(done, "good")
