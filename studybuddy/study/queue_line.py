"""Cards in the order in which they are asked, from which any can be taken at the same cost."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import NamedTuple


class Planned(NamedTuple):
    """A card of the day's plan. `ms`: what it is expected to take; `preset`: the name of its preset.

    `fits`: False for a card that stands in its place and is not asked, for the minutes do not hold it.
    """

    card: str
    ms: int
    preset: str = ""
    fits: bool = True


class QueueLine:
    """A line of planned cards. Taking one out costs the same with any number of them."""

    def __init__(self, cards: Iterable[Planned] = ()) -> None:
        self._cards: list[Planned | None] = list(cards)
        self._places = {
            planned.card: place for place, planned in enumerate(self._cards) if planned and planned.fits
        }
        self._head = 0
        self.ms = sum(planned.ms for planned in self._cards if planned and planned.fits)
        """What those left are expected to take."""

    def __len__(self) -> int:
        """How many are left."""
        return len(self._places)

    def __contains__(self, card: object) -> bool:
        """Whether a card is left."""
        return card in self._places

    def __iter__(self) -> Iterator[str]:
        """Those left, in their order."""
        while self._head < len(self._cards) and not self._is_left(self._head):
            self._head += 1
        for place in range(self._head, len(self._cards)):
            planned = self._cards[place]
            if planned is not None and planned.card in self._places:
                yield planned.card

    def take(self, card: str) -> Planned | None:
        """Take a card out; None if it is not in the line."""
        place = self._places.pop(card, None)
        if place is None:
            return None
        planned, self._cards[place] = self._cards[place], None
        assert planned is not None
        self.ms -= planned.ms
        return planned

    def refit(self, room_ms: int, keep: Container[str]) -> list[Planned]:
        """Leave out what fits no longer, in the line's order, and take in what now fits instead.

        Args:
            room_ms: what those left may take, less than it was.
            keep: cards that stay whatever they take.

        Returns:
            What was left out or taken in. What was left out before the first of them did not fit when there
            was more room, so only the end of the line is looked at.
        """
        place, total = len(self._cards), self.ms
        while place > self._head and total > room_ms:
            place -= 1
            planned = self._cards[place]
            if planned is not None and planned.card in self._places:
                total -= planned.ms
        changed: list[Planned] = []
        for later in range(place, len(self._cards)):
            if (planned := self._cards[later]) is None:
                continue
            fits = total + planned.ms <= room_ms or (planned.fits and planned.card in keep)
            total += planned.ms if fits else 0
            if fits != (planned.card in self._places):
                changed.append(planned)
                if fits:
                    self._places[planned.card] = later
                else:
                    del self._places[planned.card]
        self.ms = total
        return changed

    def _is_left(self, place: int) -> bool:
        planned = self._cards[place]
        return planned is not None and planned.card in self._places
