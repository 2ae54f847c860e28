"""What the browser does to many cards: each time one event, and one thing to take back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, ngettext
from studybuddy.study.browser import Change
from studybuddy.study.card_changes import Deed
from studybuddy.study.deed_words import Action, deed_phrase
from studybuddy.study.due_range import DueRange, read_due_range
from studybuddy.study.own_tags import some_tags
from studybuddy.tui.browser_words import changed_phrase
from studybuddy.tui.screens.browser_table import BrowserTable
from studybuddy.tui.widgets.status_line import StatusLine

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study

MANY = 50
"""Cards above which the learner is asked once more."""
SHOWN_TAGS = 12
_TAGS_HELP = N_("one tag, or some with spaces between")
_DUE_HELP = N_("2026-12-01, 3 for in three days, 3-7 spreads them over these days")


class BrowserDeeds(BrowserTable):
    """Asks what is needed, does it to what is selected or else in front, and says what came of it."""

    @property
    def meant(self) -> list[str]:
        """The cards that a key is about."""
        rows = self._rows
        if rows.card is None:
            return []
        return [card for card in rows.cards if card in rows.selected] or [rows.card]

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
        cards = self.meant
        if cards and await self._sure(cards):
            done = await self.ask(lambda study: study.browser.change(cards, change))
            await self._show(changed_phrase(change, done), changed=bool(done.cards))

    def action_unbury(self) -> None:
        """Ask cards put aside today again."""
        self.perform(
            self._do(Action.UNBURY, lambda study, cards: study.card_changes.state(cards, Change.BURY, False))
        )

    def action_forget(self) -> None:
        """Make cards new again."""
        self.perform(self._forget())

    async def _forget(self) -> None:
        from studybuddy.tui.modals.confirm import ConfirmModal

        cards = self.meant
        question = ngettext(
            "Make {n} card new again? Its answers stay in the history, what is known of it begins anew.",
            "Make {n} cards new again? Their answers stay in the history, what is known of them begins anew.",
            len(cards),
        )
        if not cards:
            return
        agreed: bool | None = await self.inquire(ConfirmModal(question))
        if agreed:
            await self._done(Action.FORGET, await self.ask(lambda study: study.card_changes.forget(cards)))

    def action_tag(self) -> None:
        """Put tags on cards."""
        self.perform(self._tag(Action.TAG))

    def action_untag(self) -> None:
        """Take tags off cards."""
        self.perform(self._tag(Action.UNTAG))

    async def _tag(self, action: Action) -> None:
        from studybuddy.tui.modals.line import LineModal

        if not (cards := self.meant):
            return
        hint = Phrase(_TAGS_HELP)
        asked = Phrase.of(N_("Tag {n} card with"), plural=N_("Tag {n} cards with"), n=len(cards))
        if action is Action.UNTAG:
            asked = Phrase.of(
                N_("Take tags off {n} card"), plural=N_("Take tags off {n} cards"), n=len(cards)
            )
            tags = await self.ask(lambda study: study.card_changes.tags(cards))
            if not tags:
                self.query_one(StatusLine).show(Phrase(N_("there is no tag to take off")), "warn")
                return
            more = " …" if len(tags) > SHOWN_TAGS else ""
            hint = Phrase.of(N_("there are: {tags}"), tags="  ".join(tags[:SHOWN_TAGS]) + more)
        text = await self.inquire(LineModal(asked, hint, some_tags))
        if text is None or not await self._sure(cards):
            return

        def do(study: Study) -> Deed:
            changes = study.card_changes
            return (changes.tag if action is Action.TAG else changes.untag)(cards, text)

        await self._done(action, await self.ask(do))

    def action_due(self) -> None:
        """Make cards due on a day."""
        self.perform(self._due())

    async def _due(self) -> None:
        from studybuddy.tui.modals.line import LineModal

        if not (cards := self.meant):
            return
        today = await self.ask(lambda study: study.desk.day())
        question = Phrase.of(N_("Ask {n} card on"), plural=N_("Ask {n} cards on"), n=len(cards))
        window = LineModal(question, Phrase(_DUE_HELP), lambda text: read_due_range(text, today))
        text = await self.inquire(window)
        if text is None or not await self._sure(cards):
            return

        def do(study: Study) -> tuple[Deed, DueRange]:
            when = read_due_range(text, study.desk.day())
            return study.card_changes.due(cards, when), when

        await self._done(Action.DUE, *await self.ask(do))

    async def _do(self, action: Action, do: Callable[[Study, list[str]], Deed]) -> None:
        cards = self.meant
        if cards and await self._sure(cards):
            await self._done(action, await self.ask(lambda study: do(study, cards)))

    async def _sure(self, cards: list[str]) -> bool:
        """Whether the learner means so many cards."""
        from studybuddy.tui.modals.confirm import ConfirmModal

        if len(cards) <= MANY:
            return True
        question = ngettext("This is about {n} card. Go on?", "This is about {n} cards. Go on?", len(cards))
        agreed: bool | None = await self.inquire(ConfirmModal(question))
        return agreed is True

    async def _done(self, action: Action, deed: Deed, when: DueRange | None = None) -> None:
        said = deed_phrase(action, deed, when)
        if deed.changed:
            said = Phrase.of(N_("{done} · u takes it back"), done=said)
        await self._show(said, changed=bool(deed.changed))

    async def _show(self, said: Phrase, *, changed: bool) -> None:
        await self._read_lines(self._rows.in_sight(), anew=True)
        self.query_one(StatusLine).show(said, "good" if changed else "warn")
