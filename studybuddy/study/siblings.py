"""Cards of one note: each gives the others away, so they are not to come on the same day."""

from __future__ import annotations

from functools import cached_property

from studybuddy.study.catalogue import Catalogue

MOST = 30
"""Siblings that are looked at; a note with more is spread as far as it goes."""


class Siblings:
    """Knows the siblings of the course's cards."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def _notes(self) -> dict[str, list[str]]:
        """The cards of each note that has more than one, by every card of it."""
        notes: dict[str, list[str]] = {}
        for lesson in self._catalogue.lessons:
            for card in lesson.cards:
                if card.note:
                    notes.setdefault(card.note, []).append(card.id)
        return {card: cards for cards in notes.values() if len(cards) > 1 for card in cards}

    def of(self, card: str) -> list[str]:
        """The other cards of its note, in learning order."""
        return [other for other in self._notes.get(card, ()) if other != card][:MOST]
