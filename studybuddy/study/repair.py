"""The repair path: what a concept rests on comes back when the concept slips.

A concept slips when cards of it in review are forgotten twice within a week. Each concept it rests on that is
weak itself then sends one card into the day, before its turn. The answer is scheduled as what it is: a review
after the days that have passed. The learner may decline for the day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.card import CardState
from studybuddy.core.event import EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from datetime import date

    from studybuddy.study.desk import Desk
    from studybuddy.study.remembered import Remembered


WEEK = 7
"""Study days, today included."""
LAPSES = 2
"""Lapses within a week that make a concept slip."""
MOST_A_DAY = 5
MOST_TOLD = 2
"""Concepts that are named on Today."""
MOST_CARDS = 1000
"""Cards of a concept that are looked at, in course order."""


class RepairCard(NamedTuple):
    """A card that comes today because something that rests on it slipped."""

    card: str
    weak: str
    """The concept that slipped."""
    because: str
    """The concept of the card, on which the other rests."""
    lapses: int
    """How often it slipped within the week."""


class Unread(NamedTuple):
    """A concept that slipped rests on one whose section was never read; `section` is its title."""

    weak: str
    because: str
    lesson: str
    section: str


class _Known(NamedTuple):
    """The answer, and what it was made from: the end of the log, the store's count of changes and the day."""

    cards: tuple[RepairCard, ...]
    end_ms: int
    changes: int
    day: date


class Repair:
    """Finds the cards of the repair path. They are kept until a card slips or is changed."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: _Known | None = None

    def cards(self) -> tuple[RepairCard, ...]:
        """The cards to ask today besides those that are due, what others rest on first.

        No card that was answered today, no more than `MOST_A_DAY` a day, one of each concept. A card that is
        due anyway may be among them.
        """
        desk, known, day = self._desk, self._known, self._desk.day()
        changes = desk.store.changes
        if known is not None and (known.changes, known.day) == (changes, day):
            return known.cards
        end = desk.store.log.last_instant_ms()
        done = None if known is None or known.day != day else desk.store.slips.answered_since(known.end_ms)
        if known is None or done is None:
            cards = tuple(_Path(desk).cards())
        else:
            cards = tuple(found for found in known.cards if found.card not in done)
        self._known = _Known(cards, end, changes, day)
        return cards

    def of(self, card: str) -> RepairCard | None:
        """Why a card comes today, None where it is not for repair."""
        if not self._desk.concepts.of(card):
            return None
        return next((found for found in self.cards() if found.card == card), None)

    def decline(self, weak: str) -> None:
        """Leave out, for this study day, what a concept that slipped would bring."""
        self._desk.record(EventKind.REPAIR, weak, {"declined": True})

    def phrase(self, found: RepairCard, *, turned: bool = False) -> Phrase:
        """Why a card comes, for the learner.

        What the card itself is about is named only when it is turned: the name of a concept is the answer of
        some of its cards.
        """
        weak, first = self.title(found.weak), self.title(found.because)
        if not turned:
            words = N_("Repair path: {weak} slipped {n} times this week; first what it rests on")
            return Phrase.of(words, weak=weak, n=found.lapses)
        words = N_("Repair path: {weak} slipped {n} times this week; first {first}")
        return Phrase.of(words, weak=weak, n=found.lapses, first=first)

    def summary(self) -> list[Phrase]:
        """What slipped and what a review begins with; empty where nothing did."""
        cards = self.cards()
        slipped = {found.weak: found.lapses for found in cards}
        words = N_("Repair path: {weak} slipped {n} times this week.")
        said = [Phrase.of(words, weak=self.title(weak), n=lapses) for weak, lapses in slipped.items()]
        if cards:
            first = " · ".join(self.title(found.because) for found in cards)
            said = [
                *said[:MOST_TOLD],
                Phrase.of(N_("Review begins with what it rests on: {first}"), first=first),
            ]
        words = N_("{weak} slips and rests on {first}, not read yet: {lesson}, {section}")
        return said + [
            Phrase.of(
                words,
                weak=self.title(one.weak),
                first=self.title(one.because),
                lesson=one.lesson,
                section=one.section,
            )
            for one in list(_Path(self._desk).unread())[:1]
        ]

    def title(self, concept: str) -> str:
        """What a concept is called in the language in use."""
        return self._desk.concepts.title(concept, self._desk.language)


def repair_cards(desk: Desk) -> list[RepairCard]:
    """The cards of the repair path of a desk's study day."""
    return list(desk.repair.cards())


class _Path:
    """One look at the log."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._concepts = desk.concepts
        self._day = desk.day()
        self._slips = desk.store.slips.recent(self._day, desk.now(), WEEK)

    def cards(self) -> Iterator[RepairCard]:
        """The cards, those of lower concepts first."""
        left = MOST_A_DAY - len({slip.card for slip in self._slips if slip.repair and slip.day == self._day})
        found: dict[str, RepairCard] = {}
        for weak, lapses in self._slipped():
            for concept in self._bearing(weak):
                if concept in found or self._served(weak, concept):
                    continue
                if left > len(found) and (card := self._card_of(concept)):
                    found[concept] = RepairCard(card, weak, concept, lapses)
        yield from sorted(found.values(), key=lambda one: self._concepts.rank(one.because))

    def unread(self) -> Iterator[Unread]:
        """What slipped concepts rest on and no section has brought yet, the first to be read first."""
        found = {
            concept: weak
            for weak, _ in reversed(self._slipped())
            for concept in self._bearing(weak)
            if not self._desk.store.slips.standings(self._concepts.cards(concept)[:MOST_CARDS])
        }
        catalogue, language = self._desk.catalogue, self._desk.language
        for concept in sorted(found, key=self._concepts.rank):
            first = self._concepts.cards(concept)[0]
            lesson = catalogue.lesson_of(first)
            sections = {card.id: card.section for card in lesson.cards}
            for section in lesson.sections:
                if section.id == sections.get(first):
                    title = section.titles.get(language) or section.id
                    yield Unread(found[concept], concept, lesson.code, title)

    def _slipped(self) -> list[tuple[str, int]]:
        """The concepts that slipped and were not declined today, the one that slipped most first."""
        often = [(concept, n) for concept, n in self._lapses.items() if n >= LAPSES]
        found = [(concept, n) for concept, n in often if not self._declined(concept)]
        return sorted(found, key=lambda one: (-one[1], self._concepts.rank(one[0])))

    def _declined(self, concept: str) -> bool:
        event = self._desk.store.log.latest(EventKind.REPAIR, concept)
        return event is not None and event.day == self._day

    @cached_property
    def _lapses(self) -> Counter[str]:
        counted = Counter(self._concepts.of(slip.card) for slip in self._slips if slip.lapse)
        del counted[""]
        return counted

    def _bearing(self, weak: str) -> list[str]:
        """What a concept directly rests on; in the place of a concept without cards what that rests on."""
        found: dict[str, None] = {}
        waiting = list(self._concepts.prerequisites(weak))
        met = set(waiting)
        while waiting:
            concept = waiting.pop(0)
            if self._concepts.cards(concept):
                found[concept] = None
                continue
            below = [name for name in self._concepts.prerequisites(concept) if name not in met]
            met.update(below)
            waiting += below
        return list(found)

    def _served(self, weak: str, concept: str) -> bool:
        """Whether a card of a concept was asked for repair today, or recalled so since the last lapse."""
        last = max(s.at_ms for s in self._slips if s.lapse and self._concepts.of(s.card) == weak)
        return any(
            self._concepts.of(slip.card) == concept
            and (slip.day == self._day or (slip.repair == weak and slip.rating > 1 and slip.at_ms > last))
            for slip in self._slips
            if slip.repair
        )

    def _card_of(self, concept: str) -> str | None:
        """The card of a weak concept that is recalled least; None where the concept is strong."""
        desk, day = self._desk, self._day
        cards = self._concepts.cards(concept)[:MOST_CARDS]
        standings = desk.store.slips.standings(cards)
        recall = {card: self._remembered.chance(one.memory) for card, one in standings.items()}
        begun = [chance for chance in recall.values() if chance is not None]
        recalled = any(
            one.memory.state in (CardState.REVIEW, CardState.RELEARNING) for one in standings.values()
        )
        wanted = desk.preset_of(cards[0]).desired_retention
        if recalled and not self._lapses[concept] and sum(begun) / len(begun) >= wanted:
            return None
        free = [
            one.memory
            for one in standings.values()
            if not one.suspended
            and one.buried != day
            and (one.memory.last_day is None or one.memory.last_day < day)
        ]
        learnt = [memory for memory in free if memory.state is CardState.REVIEW]
        fresh = [memory for memory in free if memory.state is CardState.NEW and not recalled]
        return (
            min(learnt or fresh, key=lambda memory: recall[memory.id] or 0.0).id if learnt or fresh else None
        )

    @cached_property
    def _remembered(self) -> Remembered:
        from studybuddy.study.remembered import Remembered

        return Remembered(self._desk)
