"""A card worded anew: the learner's own, or the course's as they would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.card import OWN_CARDS
from studybuddy.i18n import N_
from studybuddy.study.own_cards import LONGEST_SIDE, Sides, read_facts
from studybuddy.tui.modals.add_card import AddCardModal

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study


class EditCardModal(AddCardModal):
    """Answers with the id of the card when its new words are saved, None if they were not.

    The schedule of the card stays. What was typed and not saved is in `kept`, by card.
    """

    HEAD = N_("This card in your words")
    LONGEST_BEGUN = LONGEST_SIDE

    def __init__(self, card: str, now: Sides, kept: dict[str, Sides]) -> None:
        """Begin with the words of a card.

        Args:
            card: its id.
            now: how it reads.
            kept: what was begun for cards and not saved.
        """
        self.KINDS = card.startswith(OWN_CARDS)
        begun = kept.get(card, now)
        super().__init__(begun.front, begun.back, begun.tags, facts=begun)
        self._card = card
        self._kept = kept

    @property
    def _first_side(self) -> str:
        return "front"

    def _record(self, study: Study, sides: Sides) -> str:
        facts = read_facts(sides) if self.KINDS else None
        study.own_cards.edit(self._card, sides.front, sides.back, (sides.tags,), facts=facts)
        return self._card

    async def _unfinished(self) -> Sides:
        return Sides()

    async def _keep(self, sides: Sides) -> None:
        if sides == Sides():
            self._kept.pop(self._card, None)
        else:
            self._kept[self._card] = sides
