"""Where a card belongs: its lesson and its tags, the learner's own words for it included."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from studybuddy.core.card import OWN_CARDS
from studybuddy.core.card_content import note_of
from studybuddy.core.event import EventKind
from studybuddy.store.card_text import plain

if TYPE_CHECKING:
    from studybuddy.core.event import Event
    from studybuddy.study.desk import Desk


class CardPlaces:
    """Looks one card up: the course's in memory, the learner's words for it in the log, by its index."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def _of_course(self) -> dict[str, tuple[str, ...]]:
        """Tags of the course's cards, where they have any."""
        lessons = self._desk.catalogue.lessons
        return {card.id: tuple(card.tags) for lesson in lessons for card in lesson.cards if card.tags}

    def lesson(self, card: str) -> str:
        """The id of the lesson that a card is of, or that it was written at; empty where there is none."""
        if not card.startswith(OWN_CARDS):
            return card.split("/", 1)[0]
        made = self._desk.store.log.latest(EventKind.CARD_NEW, note_of(card))
        return "" if made is None else str(made.body.get("source", "")).split("/", 1)[0]

    def tags(self, card: str) -> tuple[str, ...]:
        """The tags of a card as they are searched: the learner's newest, else those of the course."""
        log = self._desk.store.log
        edit = log.latest(EventKind.CARD_EDIT, note_of(card))
        if (tags := _tags(edit)) is None:
            edit = None
            if card.startswith(OWN_CARDS):
                tags = _tags(log.latest(EventKind.CARD_NEW, note_of(card)))
        tags = self._of_course.get(card, ()) if tags is None else tags
        return tuple(map(plain, self._desk.own_tags.of(card, tags, edit)))


def _tags(event: Event | None) -> tuple[str, ...] | None:
    """The tags an event gave a card; None where it gave none."""
    tags = None if event is None else event.body.get("tags")
    return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else None
