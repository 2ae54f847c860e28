"""The browser: every card there is, found by a query, and acted on many at once."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.browser import Change
from studybuddy.study.own_cards import Sides
from studybuddy.study.undoing import undo
from studybuddy.tui.browser_words import changed_phrase
from studybuddy.tui.commands import Command
from studybuddy.tui.modals.card_window import look_at_card
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.browser_keys import BROWSER_COMMANDS
from studybuddy.tui.screens.browser_table import BrowserTable
from studybuddy.tui.widgets.card_rows import CardRows
from studybuddy.tui.widgets.status_line import StatusLine


class BrowserScreen(BrowserTable):
    """What is done to cards: each time one thing to take back, of however many cards."""

    CSS_PATH = "browser.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = BROWSER_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*BROWSER_COMMANDS)

    def __init__(self, query: str = "") -> None:
        """Begin with a query."""
        super().__init__(query)
        self._begun: dict[str, Sides] = {}

    def action_suspend(self) -> None:
        """Stop asking cards, or ask them again."""
        self.perform(self._change(Change.SUSPEND))

    def action_bury(self) -> None:
        """Put cards aside until the next study day, or not."""
        self.perform(self._change(Change.BURY))

    def action_flag(self) -> None:
        """Set or lift flags."""
        self.perform(self._change(Change.FLAG))

    async def _change(self, change: Change) -> None:
        """Change what is selected, else the card in front."""
        rows = self._rows
        if rows.card is None:
            return
        cards = [card for card in rows.cards if card in rows.selected] or [rows.card]
        done = await self.ask(lambda study: study.browser.change(cards, change))
        await self._read_lines(rows.in_sight(), anew=True)
        self.query_one(StatusLine).show(changed_phrase(change, done), "good" if done.cards else "warn")

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
        now = Sides(content.front, content.back, " ".join(content.tags))
        if await self.inquire(EditCardModal(content.id, now, self._begun)) is not None:
            await self.refresh_plan()
            said = N_("the card has your words now, its schedule stays; {key} takes that back")
            self.query_one(StatusLine).show(Phrase.of(said, key="u"), "good")

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
