"""Cards in the order in which they are asked, from which any can be taken at the same cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple


class Planned(NamedTuple):
    """A card of the day's plan. `ms`: what it is expected to take; `preset`: the name of its preset."""

    card: str
    ms: int
    preset: str = ""


class QueueLine:
    """A line of planned cards. Taking one out costs the same with any number of them."""

    def __init__(self, cards: Iterable[Planned] = ()) -> None:
        self._cards: list[Planned | None] = list(cards)
        self._places = {planned.card: place for place, planned in enumerate(self._cards) if planned}
        self._head = 0
        self.ms = sum(planned.ms for planned in self._cards if planned)
        """What those left are expected to take."""

    def __len__(self) -> int:
        """How many are left."""
        return len(self._places)

    def __contains__(self, card: object) -> bool:
        """Whether a card is left."""
        return card in self._places

    def __iter__(self) -> Iterator[str]:
        """Those left, in their order."""
        while self._head < len(self._cards) and self._cards[self._head] is None:
            self._head += 1
        for place in range(self._head, len(self._cards)):
            if (planned := self._cards[place]) is not None:
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

    def shorten(self) -> Planned | None:
        """Take the last card out; None if none is left."""
        while self._cards and self._cards[-1] is None:
            self._cards.pop()
        last = self._cards[-1] if self._cards else None
        return None if last is None else self.take(last.card)
