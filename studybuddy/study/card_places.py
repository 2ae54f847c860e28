"""Where a card belongs: its lesson and its tags, the learner's own words for it included."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from studybuddy.core.card import OWN_CARDS
from studybuddy.core.card_content import note_of
from studybuddy.core.event import EventKind
from studybuddy.study.own_tags import searched

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
        log, note = self._desk.store.log, note_of(card)
        edit = log.latest(EventKind.CARD_EDIT, note)
        made = None
        if _tags(edit) is None and card.startswith(OWN_CARDS):
            made = _tags(log.latest(EventKind.CARD_NEW, note))
        return self._tags_by(card, edit, made)

    def tags_of_many(self, cards: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The tags of each of very many cards, from one look at the words of all."""
        log = self._desk.store.log
        edits = {event.subject: event for event in log.events(EventKind.CARD_EDIT)}
        made = {event.subject: _tags(event) for event in log.events(EventKind.CARD_NEW)}
        for card in cards:
            note = note_of(card)
            yield card, self._tags_by(card, edits.get(note), made.get(note))

    def _tags_by(self, card: str, edit: Event | None, made: tuple[str, ...] | None) -> tuple[str, ...]:
        tags = _tags(edit)
        since = None if tags is None else edit
        if tags is None:
            tags = made if made is not None else self._of_course.get(card, ())
        return tuple(map(searched, self._desk.own_tags.of(card, tags, since)))


def _tags(event: Event | None) -> tuple[str, ...] | None:
    """The tags an event gave a card; None where it gave none."""
    tags = None if event is None else event.body.get("tags")
    return tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else None
