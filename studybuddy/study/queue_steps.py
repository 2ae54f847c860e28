"""Cards in a learning step, by the instant at which they come again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator


class QueueSteps:
    """Learning cards in order of time. Looking at them costs nothing, a new one a place in a sorted list."""

    def __init__(self, steps: Iterable[tuple[int, str]] = ()) -> None:
        """Take what waits: instants in milliseconds since 1970, each with its card."""
        self._steps = sorted(steps)
        self._due = {card: due_ms for due_ms, card in self._steps}

    def put(self, card: str, due_ms: int) -> None:
        """A card comes again at an instant, and at no other."""
        self.take(card)
        insort(self._steps, (due_ms, card))
        self._due[card] = due_ms

    def take(self, card: str) -> bool:
        """Take a card out; returns whether it was there."""
        if (due_ms := self._due.pop(card, None)) is None:
            return False
        del self._steps[bisect_left(self._steps, (due_ms, card))]
        return True

    def until(self, due_ms: int) -> Iterator[str]:
        """The cards that come until an instant, that one included."""
        for at_ms, card in self._steps:
            if at_ms > due_ms:
                return
            yield card

    def count(self, due_ms: int) -> int:
        """How many come until an instant, that one included."""
        return bisect_right(self._steps, due_ms, key=lambda step: step[0])

    def first(self) -> int | None:
        """The instant of the earliest."""
        return self._steps[0][0] if self._steps else None

    def __contains__(self, card: object) -> bool:
        """Whether a card is in a learning step."""
        return card in self._due
