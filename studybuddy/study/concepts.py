"""What the cards are about: concepts in an order in which each comes after those it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from studybuddy.course.indexed import IndexedConcept
    from studybuddy.study.catalogue import Catalogue


class Concepts:
    """Looks up concepts. Those that only cards name have no prerequisites, and their id is their title."""

    def __init__(self, known: Iterable[IndexedConcept], of_card: Mapping[str, str]) -> None:
        """Put concepts in order.

        Args:
            known: the course's concepts, in the order in which they should be learnt if nothing else decides.
            of_card: the concept of each card that has one, cards in course order.

        Raises:
            ValueError: they go round in a circle. The reader of the course lets no circle through.
        """
        self._known = {concept.id: concept for concept in known}
        self._of_card = of_card
        order = [*_ordered(self._direct()), *(c for c in self._cards if c not in self._known)]
        self._ranks = {concept: rank for rank, concept in enumerate(order)}

    @classmethod
    def of_course(cls, catalogue: Catalogue) -> Self:
        """The concepts of a course with its cards."""
        of_card = {card.id: card.concept for ls in catalogue.lessons for card in ls.cards if card.concept}
        return cls(catalogue.concepts, of_card)

    def of(self, card: str) -> str:
        """The concept of a card; empty for one without, such as one's own."""
        return self._of_card.get(card, "")

    def title(self, concept: str, language: str) -> str:
        """What a concept is called in a language, else in the other one, else its id."""
        found = self._known.get(concept)
        return concept if found is None else found.titles.get(language) or next(_values(found), concept)

    def names(self, concept: str) -> tuple[str, ...]:
        """Everything a concept is called: its titles, other names, and its id last."""
        found = self._known.get(concept)
        return (*(dict.fromkeys((*_values(found), *found.also)) if found is not None else ()), concept)

    def lesson(self, concept: str) -> str:
        """The lesson that brings a concept; empty where the course does not say."""
        found = self._known.get(concept)
        return found.lesson if found is not None else ""

    def rank(self, concept: str) -> int:
        """The place of a concept: behind all it rests on. What is no concept comes last."""
        return self._ranks.get(concept, len(self._ranks))

    def rank_of_card(self, card: str) -> int:
        """The place of a card's concept; a card without one comes after all that have one."""
        return self.rank(self._of_card.get(card, ""))

    def all(self) -> tuple[str, ...]:
        """Every concept, by rank."""
        return tuple(self._ranks)

    def prerequisites(self, concept: str) -> tuple[str, ...]:
        """What a concept directly rests on, by rank."""
        found = self._known.get(concept)
        direct = (name for name in found.requires if name in self._known) if found is not None else ()
        return tuple(sorted(direct, key=self.rank))

    def all_prerequisites(self, concept: str) -> tuple[str, ...]:
        """Everything a concept rests on, directly or not, by rank."""
        met: set[str] = set()
        waiting = [concept]
        while waiting:
            fresh = [name for name in self.prerequisites(waiting.pop()) if name not in met]
            met.update(fresh)
            waiting += fresh
        return tuple(sorted(met, key=self.rank))

    def cards(self, concept: str) -> tuple[str, ...]:
        """The cards of a concept, in course order."""
        return self._cards.get(concept, ())

    @cached_property
    def _cards(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        for card, concept in self._of_card.items():
            if concept:
                found.setdefault(concept, []).append(card)
        return {concept: tuple(cards) for concept, cards in found.items()}

    def _direct(self) -> dict[str, list[str]]:
        """The prerequisites that there are, of each concept."""
        return {
            name: [required for required in dict.fromkeys(concept.requires) if required in self._known]
            for name, concept in self._known.items()
        }


def _ordered(direct: Mapping[str, list[str]]) -> list[str]:
    """Every concept after those it rests on; where the choice is free, the earlier one in the file first."""
    places = {concept: place for place, concept in enumerate(direct)}
    names = list(direct)
    waits = {concept: len(required) for concept, required in direct.items()}
    leads_to: dict[str, list[str]] = {concept: [] for concept in direct}
    for concept, required in direct.items():
        for name in required:
            leads_to[name].append(concept)
    ready = [places[concept] for concept, count in waits.items() if count == 0]
    heapify(ready)
    order: list[str] = []
    while ready:
        concept = names[heappop(ready)]
        order.append(concept)
        for following in leads_to[concept]:
            waits[following] -= 1
            if waits[following] == 0:
                heappush(ready, places[following])
    if len(order) < len(direct):
        held = next(concept for concept, count in waits.items() if count > 0)
        raise ValueError(f"these concepts go round in a circle: {held} waits for itself")
    return order


def _values(concept: IndexedConcept) -> Iterator[str]:
    return filter(None, iter(concept.titles.values()))
