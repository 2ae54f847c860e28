"""Writing about a card that keeps being forgotten: in other words, or as several cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll

from studybuddy.i18n import N_
from studybuddy.study.leeches import Leech, Remedy, decision
from studybuddy.study.own_cards import LONGEST_SIDE, Sides, read_facts
from studybuddy.tui.modals.add_card import AddCardModal
from studybuddy.tui.modals.edit_card import EditCardModal
from studybuddy.tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study


class RewriteCardModal(EditCardModal):
    """The words of a leech; above them what is known of how it was forgotten."""

    HEAD = N_("This card in other words")
    DEFAULT_CSS = """
    RewriteCardModal #known { color: $text-muted; padding: 0 1; margin-bottom: 1; }
    """

    def __init__(self, leech: Leech, now: Sides, kept: dict[str, Sides], known: str) -> None:
        """Begin with the words of a leech.

        Args:
            leech: the card.
            now: how it reads.
            kept: what was begun for cards and not saved.
            known: its lapses and the answers that were typed, in lines.
        """
        super().__init__(leech.card, now, kept)
        self._leech = leech
        self._known = known

    async def on_mount(self) -> None:
        """Say what is known first."""
        await self.query_one(VerticalScroll).mount(PlainText(self._known, id="known"), before=0)
        await super().on_mount()

    def _record(self, study: Study, sides: Sides) -> str:
        card, leech = self._card, decision(self._leech, Remedy.REWRITE)
        facts = read_facts(sides) if self.KINDS else None
        study.own_cards.edit(card, sides.front, sides.back, (sides.tags,), facts=facts, leech=leech)
        return card


class PartCardModal(AddCardModal):
    """A card made of one part of a leech; nothing is kept of one that is not saved."""

    HEAD = N_("A card of one part")
    LONGEST_BEGUN = LONGEST_SIDE

    def __init__(self, part: Sides, source: str) -> None:
        """Begin with a part; `source`: the section that the leech comes from."""
        super().__init__(part.front, part.back, part.tags, source=source)

    @property
    def _first_side(self) -> str:
        return "front"

    async def _unfinished(self) -> Sides:
        return Sides()

    async def _keep(self, sides: Sides) -> None:
        """Another part was written in its place: there is nothing to go on with."""
