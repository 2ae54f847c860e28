"""Cards that are forgotten again and again: when that is said, and what is decided about them.

A card is a leech from `Preset.leech_lapses` lapses on. What to do is proposed at that lapse and again every
half of so many later (Anki's manual, "leeches"); nothing is ever done by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.card_content import note_of
from studybuddy.core.event import EventKind
from studybuddy.core.query import AllOf, AnyOf, CardIs, Field, Has, Is, Not, Query
from studybuddy.store.rows import cards_of
from studybuddy.study.answer_log import Answer, answers_to
from studybuddy.study.desk import Desk

if TYPE_CHECKING:
    from studybuddy.core.card import CardMemory

LONGEST_ACCEPTED = 200


class Remedy(StrEnum):
    """What can be done about a leech. The names are stored; they never change."""

    REWRITE = "rewrite"
    SPLIT = "split"
    ACCEPT = "accept"
    LOOK = "look"
    SUSPEND = "suspend"
    LEAVE = "leave"


class Leech(NamedTuple):
    """A card that keeps being forgotten. `answers` are those that count for its memory, the oldest first."""

    card: str
    lapses: int
    answers: tuple[Answer, ...]


class Leeches:
    """Knows which cards are leeches and keeps what is decided about them, one undoable event each."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def marked(self, memory: CardMemory) -> bool:
        """Whether a card is a leech: a matter of its lapses alone, whatever was decided."""
        return leech_level(memory.lapses, self._threshold(memory.id)) > 0

    def cards(self) -> list[str]:
        """Every leech."""
        thresholds = [preset.leech_lapses for preset in self._desk.presets.all if preset.leech_lapses > 0]
        if not thresholds:
            return []
        found = self._desk.store.queue.forgotten(min(thresholds))
        return [card for card, lapses in found if leech_level(lapses, self._threshold(card)) > 0]

    def of(self, card: str) -> Leech | None:
        """A card as a leech, None where it is none."""
        memory = self._desk.store.queue.memory(card)
        if memory is None or not self.marked(memory):
            return None
        answers = answers_to(self._desk.store.log, card)[-memory.reps :] if memory.reps else []
        return Leech(card, memory.lapses, tuple(answers))

    def noticed(self, card: str) -> Leech | None:
        """A card that has just lapsed, if now is the time to say that it is a leech."""
        memory, threshold = self._desk.store.queue.memory(card), self._threshold(card)
        if memory is None or not is_time(memory.lapses, threshold):
            return None
        known = leech_level(self.decided_at(card), threshold)
        return self.of(card) if known < leech_level(memory.lapses, threshold) else None

    def decided_at(self, card: str) -> int:
        """How often the card had been forgotten when something was last decided about it; 0 if never."""
        log = self._desk.store.log
        forgettings = [
            *log.events(EventKind.FORGET, card),
            *(event for event in log.events(EventKind.FORGET, "") if card in cards_of("", event.body)),
        ]
        begun = max((event.at_ms for event in forgettings), default=-1)
        decided = [
            (event.at_ms, lapses)
            for kind in (EventKind.LEECH, EventKind.CARD_STATE, EventKind.CARD_EDIT)
            for event in log.events(kind, note_of(card) if kind is EventKind.CARD_EDIT else card)
            if event.body.get("card", card) == card
            and event.at_ms > begun
            and (lapses := _lapses_of(event.body)) > 0
        ]
        return max(decided)[1] if decided else 0

    # ---- deciding

    def decide(self, leech: Leech, remedy: Remedy) -> None:
        """Keep what was decided; suspending is done by the same event.

        Another way to word the card is kept with `OwnCards.edit`, whose event then bears `decision`.
        """
        body: dict[str, object] = {"leech": decision(leech, remedy)}
        if remedy is Remedy.SUSPEND:
            self._desk.record(EventKind.CARD_STATE, leech.card, {"suspended": 1, **body})
        else:
            self._desk.record(EventKind.LEECH, leech.card, body)

    def settle_split(self, leech: Leech, *, suspend: bool) -> None:
        """Keep that others were made of a card, and suspend it if the learner wants that."""
        body: dict[str, object] = {"leech": decision(leech, Remedy.SPLIT)}
        if suspend:
            self._desk.record(EventKind.CARD_STATE, leech.card, {"suspended": 1, **body})
        else:
            self._desk.record(EventKind.LEECH, leech.card, body)

    def accept(self, leech: Leech, typed: tuple[str, ...]) -> None:
        """Take what was typed as right from now on."""
        accepted = [answer[:LONGEST_ACCEPTED] for answer in typed]
        body: dict[str, object] = {"leech": decision(leech, Remedy.ACCEPT), "accept": accepted}
        self._desk.record(EventKind.LEECH, leech.card, body)

    def _threshold(self, card: str) -> int:
        return self._desk.preset_of(card).leech_lapses


def decision(leech: Leech, remedy: Remedy) -> dict[str, object]:
    """What an event keeps of a decision."""
    return {"decision": remedy.value, "lapses": leech.lapses}


def leech_level(lapses: int, threshold: int) -> int:
    """How many times it has been time to say so: 0 for a card that is no leech."""
    if threshold <= 0 or lapses < threshold:
        return 0
    return 1 + (lapses - threshold) // _half(threshold)


def is_time(lapses: int, threshold: int) -> bool:
    """Whether a lapse is one at which it is said."""
    return 0 < threshold <= lapses and (lapses - threshold) % _half(threshold) == 0


def _half(threshold: int) -> int:
    return max(1, -(-threshold // 2))


def _lapses_of(body: Mapping[str, object]) -> int:
    """The lapses that a decision was made at, 0 where the event holds none."""
    kept = body.get("leech")
    lapses = kept.get("lapses") if isinstance(kept, dict) else None
    return lapses if type(lapses) is int else 0


def with_leeches(query: Query, leeches: Callable[[], list[str]]) -> Query:
    """The query with `is:leech` as the cards it stands for: every preset has a threshold of its own."""
    match query:
        case Is(CardIs.LEECH):
            return Has(Field.ID, "", among=tuple(leeches()))
        case Not(node):
            return Not(with_leeches(node, leeches))
        case AllOf(nodes):
            return AllOf(tuple(with_leeches(node, leeches) for node in nodes))
        case AnyOf(nodes):
            return AnyOf(tuple(with_leeches(node, leeches) for node in nodes))
    return query
