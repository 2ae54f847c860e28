"""Cards of one note: each gives the others away, so they are not to come on the same day."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studybuddy.store.queue import Queue
    from studybuddy.study.catalogue import Catalogue

MARK = "~"
"""Parts the id of a note from what tells its cards apart: `own/card/2026-11-22-3~1`."""


class Siblings:
    """Knows the siblings of a card: by the note that the course names, or by the ids of one's own cards."""

    def __init__(self, catalogue: Catalogue, queue: Queue, own: str) -> None:
        """Look siblings up.

        Args:
            catalogue: names the notes of the course's cards.
            queue: knows the cards of one's own.
            own: how their ids begin.
        """
        self._catalogue = catalogue
        self._queue = queue
        self._own = own

    def note(self, card: str) -> str:
        """What a card is made of; of a card that stands alone its own id."""
        return self._notes.get(card) or card.partition(MARK)[0]

    def of(self, card: str) -> list[str]:
        """The other cards of its note, in learning order."""
        note = self.note(card)
        made = self._members.get(note)
        if made is None:
            made = self._queue.made_of(note) if card.startswith(self._own) else []
        return [other for other in made if other != card]

    @cached_property
    def _notes(self) -> dict[str, str]:
        """The note of each card of the course that has one."""
        lessons = self._catalogue.lessons
        return {card.id: card.note for lesson in lessons for card in lesson.cards if card.note}

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        members: dict[str, list[str]] = {}
        for card, note in self._notes.items():
            members.setdefault(note, []).append(card)
        return members
