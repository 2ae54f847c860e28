"""Every review as columns of numbers: read once, a piece at a time, and from then on only what is new.

A million reviews take some thirty megabytes and are read in a few seconds; whoever has a screen to draw asks
for a piece, lets others ask, and asks for the next.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from studybuddy.store.review_log import START, Piece, Place, ReviewLog

PIECE = 5_000
"""Reviews that are read at once while somebody waits at the keys."""
_TYPES = {
    "card": "i",
    "day": "i",
    "minute": "h",
    "rating": "b",
    "elapsed_ms": "i",
    "interval": "i",
    "interview": "b",
}


@dataclass(frozen=True)
class Columns:
    """Reviews in the order of the log, as arrays (N,) of whole numbers.

    `card`: index into `names`, where a card that was made new again stands once more, `day`: ordinal of the
    study day, `minute`: of the day on the learner's own clock, `rating`: 1 to 4, `interval`: days it led to,
    `interview`: 1 for a graded interview answer.
    """

    names: Sequence[str]
    card: Any
    day: Any
    minute: Any
    rating: Any
    elapsed_ms: Any
    interval: Any
    interview: Any

    def __len__(self) -> int:
        return len(self.card)

    @cached_property
    def before(self) -> tuple[Any, Any]:
        """Interval and day that the card's last review left, (N,) each; -1 for the first of a card."""
        import numpy as np

        by_card = np.argsort(self.card, kind="stable")
        interval, day = np.full(len(self), -1), np.full(len(self), -1)
        later = by_card[1:][np.diff(self.card[by_card]) == 0]
        earlier = by_card[:-1][np.diff(self.card[by_card]) == 0]
        interval[later], day[later] = self.interval[earlier], self.day[earlier]
        return interval, day

    @property
    def tested(self) -> Any:
        """Reviews that tell what was kept: the first of a day, of a card in review; (N,) of bool."""
        interval, day = self.before
        return (interval >= 1) & (self.day > day)


class ReviewTable:
    """Keeps the columns in step with the log. Use it from the thread of the store."""

    def __init__(self, log: ReviewLog) -> None:
        self._log = log
        self._begin()

    def _begin(self) -> None:
        self._numbers: dict[str, int] = {}
        self._names: list[str] = []
        self._columns = {name: array(code) for name, code in _TYPES.items()}
        self._place: Place = START
        self._taken_back = self._log.taken_back()

    def __len__(self) -> int:
        return len(self._columns["card"])

    def read_on(self, limit: int = PIECE) -> bool:
        """Read a piece more; True when everything is read. Begins anew where something was taken back."""
        if self._log.taken_back() != self._taken_back:
            self._begin()
        piece = self._log.after(self._place, limit)
        self._append(piece)
        self._place = self._log.end() if piece.end is None else piece.end
        return piece.end is None

    def read(self) -> Columns:
        """Everything there is, read to the end."""
        while not self.read_on(100 * PIECE):
            pass
        return self.columns()

    def columns(self) -> Columns:
        """What was read so far, as arrays of its own."""
        import numpy as np

        arrays = {name: np.array(values) for name, values in self._columns.items()}
        return Columns(names=tuple(self._names), **arrays)

    def _append(self, piece: Piece) -> None:
        columns = self._columns
        start = 0
        for place, card in (*piece.anew, (len(piece.card), None)):
            columns["card"].extend(self._number(piece.card[start:place]))
            start = place
            if card is not None:
                self._numbers.pop(card, None)
        for name in ("day", "minute", "rating", "elapsed_ms", "interval", "interview"):
            columns[name].extend(getattr(piece, name))

    def _number(self, cards: Sequence[str]) -> list[int]:
        """The numbers of cards; one that comes for the first time, or was made new again, gets the next."""
        numbers, names = self._numbers, self._names
        for card in cards:
            if card not in numbers:
                numbers[card] = len(names)
                names.append(card)
        return [numbers[card] for card in cards]
