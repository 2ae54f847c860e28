"""The browser: every card there is, found by a query, and acted on many at once."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.own_cards import Sides
from studybuddy.study.undoing import undo
from studybuddy.tui.commands import Command
from studybuddy.tui.modals.card_window import look_at_card
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.browser_deeds import BrowserDeeds
from studybuddy.tui.screens.browser_keys import BROWSER_COMMANDS
from studybuddy.tui.widgets.card_rows import CardRows
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.status_line import StatusLine


class BrowserScreen(BrowserDeeds):
    """What is done to the card in front, and taken back."""

    CSS_PATH = "browser.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = BROWSER_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*BROWSER_COMMANDS)

    def __init__(self, query: str = "") -> None:
        """Begin with a query."""
        super().__init__(query)
        self._begun: dict[str, Sides] = {}

    def action_undo(self) -> None:
        """Take the last thing back, and say what it was."""
        self.perform(self._undo())

    async def _undo(self) -> None:
        undone = await self.ask(undo)
        await self.refresh_plan()
        self.query_one(StatusLine).show(undone)

    def action_edit(self) -> None:
        """Word the card in front anew."""
        self.perform(self._edit())

    async def _edit(self) -> None:
        from studybuddy.tui.modals.edit_card import EditCardModal

        content = self._readable.content if self._readable is not None else None
        if content is None:
            return
        now = await self.ask(lambda study: study.own_cards.sides(content))
        if await self.inquire(EditCardModal(content.id, now, self._begun)) is not None:
            await self.refresh_plan()
            said = N_("the card has your words now, its schedule stays; {key} takes that back")
            self.query_one(StatusLine).show(Phrase.of(said, key="u"), "good")

    def action_leech(self) -> None:
        """Decide what to do about a card that keeps being forgotten."""
        if self._rows.card is not None:
            self.perform(self._treat(self._rows.card))

    async def _treat(self, card: str) -> None:
        from studybuddy.tui.leech_deeds import treat

        treated = await treat(self, card, self._begun, lambda _study: None)
        if treated is None:
            return
        if treated.query:
            self.query_one(LineInput).value = treated.query
        await self.refresh_plan()
        said = treated.said._replace(parameters=(*treated.said.parameters, ("key", "u")))
        self.query_one(StatusLine).show(said, "good")

    def action_lesson(self) -> None:
        """Open the section that the card in front came from."""
        if self._readable is not None and self._readable.section:
            from studybuddy.tui.screens.lesson import LessonScreen

            section = self._readable.section
            self.app.push_screen(LessonScreen(section.split("/", 1)[0], section))

    @on(CardRows.Chosen)
    def action_history(self) -> None:
        """Show how the card in front was answered."""
        self._look(answers=True)

    def action_why(self) -> None:
        """Show why the card in front is asked, or why not, and its curve of forgetting."""
        self._look(answers=False)

    def _look(self, *, answers: bool) -> None:
        if self._rows.card is not None:
            self.perform(look_at_card(self, self._rows.card, answers=answers))
