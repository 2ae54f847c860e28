"""Tags of the learner's own beside those of the course: put on many cards by one event, taken off by one.

An event names what is added and what is removed, compared as a search compares tags. The newest wording of a
card that gave it tags begins anew, and only what came after it counts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from studybuddy.core.errors import UsageError
from studybuddy.core.event import Event, EventKind
from studybuddy.i18n import N_
from studybuddy.store.log import EventLog
from studybuddy.store.rows import cards_of

MOST_TAGS = 20
"""Tags of a card."""
LONGEST_TAG = 60

Place = tuple[int, str, int]
"""Where an event stands in a replay."""


class _Change(NamedTuple):
    place: Place
    add: tuple[str, ...]
    remove: frozenset[str]


class OwnTags:
    """Reads the log once, and again when something was added to it."""

    def __init__(self, log: EventLog) -> None:
        self._log = log
        self._read_at = -1
        self._by_card: dict[str, list[_Change]] = {}

    def of(self, card: str, tags: tuple[str, ...], edit: Event | None = None) -> tuple[str, ...]:
        """The tags of a card.

        Args:
            card: its id.
            tags: those it has by its newest wording.
            edit: the event of that wording, if it gave tags; what was done before it is over.
        """
        changes = self._changes().get(card)
        if not changes:
            return tags
        since = place_of(edit) if edit is not None else None
        found = dict.fromkeys(tags)
        for change in changes:
            if since is None or change.place > since:
                found = {tag: None for tag in found if searched(tag) not in change.remove}
                known = set(map(searched, found))
                found |= dict.fromkeys(tag for tag in change.add if searched(tag) not in known)
        return tuple(found)[:MOST_TAGS]

    def _changes(self) -> dict[str, list[_Change]]:
        newest = self._log.last_instant_ms()
        if newest != self._read_at:
            by_card: dict[str, list[_Change]] = {}
            for event in self._log.events(EventKind.CARD_TAG):
                added, removed = tags_in(event, "add"), tags_in(event, "remove")
                change = _Change(place_of(event), added, frozenset(map(searched, removed)))
                for card in cards_of(event.subject, event.body):
                    by_card.setdefault(card, []).append(change)
            self._by_card, self._read_at = by_card, newest
        return self._by_card


@lru_cache(maxsize=1024)
def searched(tag: str) -> str:
    """A tag as it is looked for and compared."""
    from studybuddy.store.card_text import plain

    return plain(tag)


def place_of(event: Event) -> Place:
    """Where an event stands in a replay."""
    return event.at_ms, event.dev, event.seq


def tags_in(event: Event, key: str) -> tuple[str, ...]:
    """The tags that an event names; what is none is left out."""
    named = event.body.get(key)
    return tuple(tag for tag in named if isinstance(tag, str) and tag) if isinstance(named, list) else ()


def read_tags(text: str) -> tuple[str, ...]:
    """Tags as they are typed, apart by spaces or commas, with or without a `#`."""
    typed = text.replace(",", " ").replace("，", " ").replace("、", " ").split()
    words = (word.lstrip("#")[:LONGEST_TAG] for word in typed)
    return tuple(dict.fromkeys(word for word in words if word))[:MOST_TAGS]


def some_tags(text: str) -> tuple[str, ...]:
    """Tags as they are typed.

    Raises:
        UsageError: there is none.
    """
    if not (tags := read_tags(text)):
        raise UsageError(N_("write a tag, or some with spaces between"))
    return tags
