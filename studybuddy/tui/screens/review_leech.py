"""Cards that keep being forgotten, as a review meets them: said once, in passing, and never in the way."""

from __future__ import annotations

from studybuddy.core.card import CardState, Rating
from studybuddy.study.leech_words import noticed_phrase
from studybuddy.tui.leech_deeds import treat
from studybuddy.tui.screens.review_deeds import ReviewDeeds
from studybuddy.tui.screens.review_keys import LEECH_TYPING
from studybuddy.tui.screens.review_questions import Drawn, TakenBack
from studybuddy.tui.screens.review_table import Phase

LEECH_KEY = "l"


class ReviewLeeches(ReviewDeeds):
    """Remembers which card has just become a leech, until something is decided or it is taken back."""

    def __init__(self) -> None:
        super().__init__()
        self._leech = ""

    @property
    def _leech_in_question(self) -> str:
        """The card that the key is about: the one just forgotten, else the one on the table if it is one."""
        drawn = self._drawn
        return self._leech or (drawn.card if drawn is not None and drawn.leech else "")

    async def _notice(self, answered: Drawn, rating: Rating) -> None:
        """Say that a card which was just forgotten is a leech, if it is time to."""
        if rating is not Rating.AGAIN or answered.state is not CardState.REVIEW:
            return
        leech = await self.ask(lambda study: study.leeches.noticed(answered.card))
        if leech is not None:
            self._leech = leech.card
            key = LEECH_TYPING if self._types else LEECH_KEY
            self._say(noticed_phrase(leech, key), "warn")
            self._refresh_keys()

    def _return_to(self, back: TakenBack, before: Phase) -> None:
        if back.event.subject == self._leech:
            self._leech = ""
        super()._return_to(back, before)

    def action_leech(self) -> None:
        """Decide what to do about a card that keeps being forgotten."""
        if (card := self._leech_in_question) and self._phase is not Phase.BUSY:
            self.perform(self._treat(card), group="leech")

    async def _treat(self, card: str) -> None:
        treated = await treat(self, card, self._begun, self._session.did)
        if treated is None:
            return
        self._leech = ""
        drawn = self._drawn
        if drawn is not None and drawn.card == card:
            await self._next(card if not await self._suspended(card) else None)
        else:
            await self.refresh_plan()
        self._say_with_undo(treated.said)
        if treated.query:
            from studybuddy.tui.screens.browser import BrowserScreen

            self.app.push_screen(BrowserScreen(treated.query))

    async def _suspended(self, card: str) -> bool:
        return await self.ask(lambda study: study.desk.store.queue.flags(card)[0])
