"""When a card comes that takes minutes, such as a program from memory, though short ones fill the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TYPE_CHECKING

from studybuddy.store.queue import Waiting

if TYPE_CHECKING:
    from studybuddy.study.desk import Desk
    from studybuddy.study.pace import Pace

LONG_MS = 60_000
"""A card that is expected to take so long may find no room beside others."""
PATIENCE = 3
"""A long card that has been due for so many study days comes first, one a day."""
REST = 2
"""A card longer than the day's minutes takes no day of so many after one that such a card took."""


class LongCards:
    """Chooses the long card that comes before all others on a study day; at most one does.

    It is the one that has been due longest, so each has its turn, whatever the order of reviews.
    """

    def __init__(self, desk: Desk, day: date, pace: Pace, charged_ms: int, *, done: bool) -> None:
        """Look at a study day.

        Args:
            desk: the learner's.
            day: the study day.
            pace: what cards are expected to take.
            charged_ms: what the day's reviews have used.
            done: whether a long card was among them.
        """
        self._desk = desk
        self._day = day
        self._pace = pace
        self._charged_ms = charged_ms
        self._done = done
        self.first: str | None = None
        """The long card that comes first today."""
        self.over: str | None = None
        """The same, if it takes more than the day's minutes: then it comes alone."""

    def before(
        self, cards: Sequence[Waiting], long: Sequence[tuple[Waiting, int]], budget_ms: int
    ) -> Sequence[Waiting]:
        """The cards, with the long one first that has its turn.

        Args:
            cards: in the order in which they are asked.
            long: those of them that are long and may come, with what each takes.
            budget_ms: the day's minutes.
        """
        chosen = None if self._done else self._turn(long, len(cards), budget_ms)
        if chosen is None:
            return cards
        card, ms = chosen
        self.first = card.card
        self.over = card.card if ms > budget_ms else None
        return [card, *(other for other in cards if other.card != card.card)]

    def _turn(
        self, long: Sequence[tuple[Waiting, int]], cards: int, budget_ms: int
    ) -> tuple[Waiting, int] | None:
        def age(one: tuple[Waiting, int]) -> tuple[str, int]:
            return one[0].due_day, one[0].position

        over = [one for one in long if one[1] > budget_ms]
        if over and 2 * self._charged_ms <= budget_ms:
            nothing_else = len(over) == cards and not self._charged_ms
            if nothing_else or not self._took_a_day(budget_ms):
                return min(over, key=age)
        latest = (self._day - timedelta(days=PATIENCE)).isoformat()
        waited = [one for one in long if one[1] <= budget_ms and one[0].due_day <= latest]
        return min(waited, key=age) if waited else None

    def _took_a_day(self, budget_ms: int) -> bool:
        """Whether a card longer than the day's minutes was answered on one of the days before."""
        store = self._desk.store
        days = (self._day - timedelta(days=back) for back in range(1, REST + 1))
        answered = {card for day in days for card, _ in store.days.answers(day)}
        return any(self._pace.expected_ms(card) > budget_ms for card in store.queue.named(answered))
