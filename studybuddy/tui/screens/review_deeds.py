"""What can be done with a card in a review beside answering it, and taking back whatever was done."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from studybuddy.core.event import EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.own_cards import Sides
from studybuddy.study.undoing import undone
from studybuddy.tui.screens.review_cards import add_card, edit_card
from studybuddy.tui.screens.review_doors import ReviewDoors
from studybuddy.tui.screens.review_keys import UNDO_TYPING
from studybuddy.tui.screens.review_questions import (
    TakenBack,
    about,
    decline,
    flag,
    put_aside,
    take_back,
)
from studybuddy.tui.screens.review_table import Phase
from studybuddy.tui.widgets.card_view import CardView


class ReviewDeeds(ReviewDoors):
    """Each deed is on disk before it is said, and one thing to take back."""

    def __init__(self) -> None:
        super().__init__()
        self._begun: dict[str, Sides] = {}

    def action_undo(self) -> None:
        """Take the newest thing back, and return to its card."""
        self.perform(self._undo())

    async def _undo(self) -> None:
        before, lying = self._phase, self._drawn
        if before is Phase.BUSY:
            return
        with self._busy():
            back = await self.ask(lambda study: take_back(study, self._session, lying))
        if isinstance(back, Phrase):
            self._enter(before)
            self._say(back, "warn")
            return
        if back.event.kind is EventKind.REVIEW:
            self._given = max(0, self._given - 1)
        self._return_to(back, before)
        self._say(await self.ask(lambda study: undone(study, back.event)))

    def action_more(self) -> None:
        """Go on beyond the day's limits."""
        if self._phase is Phase.OVER:
            self.perform(self._more(), group="more")

    async def _more(self) -> None:
        from studybuddy.tui.more_deeds import ask_for_more

        said = await ask_for_more(self, self._session.did)
        if said is not None:
            await self._next()
            self._say_with_undo(said)

    def _return_to(self, back: TakenBack, before: Phase) -> None:
        """The card that something was taken back of, as it lies if it still lies there."""
        if back.stays is not None:
            self._drawn = back.stays
            self.query_one(CardView).about(about(back.stays))
            self._enter(before)
            return
        self._show(back.found)
        if self._types and (typed := back.event.body.get("typed")):
            self.query_one(CardView).bring_back(str(typed))

    def action_bury(self) -> None:
        """Put the card aside until the next study day."""
        self.perform(self._put_aside(N_("not asked again today; {key} takes that back"), suspend=False))

    def action_suspend(self) -> None:
        """Stop asking the card."""
        self.perform(self._put_aside(N_("no longer asked; {key} takes that back"), suspend=True))

    async def _put_aside(self, said: str, *, suspend: bool) -> None:
        drawn = self._drawn
        if drawn is None or self._phase is Phase.BUSY:
            return
        with self._busy():
            await self.ask(lambda study: put_aside(study, self._session, drawn.card, suspend=suspend))
        await self._next()
        self._say_undoable(said)

    def action_decline(self) -> None:
        """Leave out the repair path that brought the card, for today."""
        self.perform(self._decline())

    async def _decline(self) -> None:
        drawn = self._drawn
        if drawn is None or not drawn.weak or self._phase is Phase.BUSY:
            return
        with self._busy():
            title = await self.ask(lambda study: decline(study, self._session, drawn.weak))
        await self._next()
        self._say_undoable(N_("no repair of {concept} today; {key} takes that back"), concept=title)

    def action_flag(self) -> None:
        """Set or lift the flag."""
        self.perform(self._flag())

    async def _flag(self) -> None:
        if (drawn := self._drawn) is not None:
            flagged = await self.ask(lambda study: flag(study, self._session, drawn.card))
            if self._drawn is drawn:
                self._drawn = drawn._replace(flagged=flagged)
                self.query_one(CardView).about(about(self._drawn))
            said = (
                N_("flagged; {key} takes that back")
                if flagged
                else N_("no flag any more; {key} takes that back")
            )
            self._say_undoable(said)

    def action_add(self) -> None:
        """Write a card of one's own."""
        self.perform(self._write(add_card(self, self._session, self._drawn)))

    def action_edit(self) -> None:
        """Word the present card anew."""
        if self._drawn is not None:
            self.perform(self._write(edit_card(self, self._session, self._drawn, self._begun)))

    async def _write(self, writing: Coroutine[Any, Any, Phrase | None]) -> None:
        if said := await writing:
            await self.refresh_plan()
            if self._drawn is not None:
                await self.retranslate()
            if self._drawn is not None and not self._drawn.readable:  # its gap was taken out
                await self._next()
            self._say_undoable(said.message)

    def _say_undoable(self, said: str, **parameters: object) -> None:
        """Say what was done and, as `{key}`, the key that takes it back."""
        self._say_with_undo(Phrase(said, tuple(parameters.items())))

    def _say_with_undo(self, said: Phrase) -> None:
        """Say a phrase that has `{key}` in it: the key that takes it back."""
        key = UNDO_TYPING if self._types else "u"
        self._say(said._replace(parameters=(*said.parameters, ("key", key))))
