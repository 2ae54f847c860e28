"""How well cards are recalled today, by the learner's own parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.card import CardMemory
from studybuddy.memory.fsrs6 import Fsrs6
from studybuddy.study.parameters import parameters_in_force

if TYPE_CHECKING:
    from studybuddy.study.desk import Desk


class Remembered:
    """Asks the memory model; made for one look at many cards."""

    def __init__(self, desk: Desk) -> None:
        self._model = Fsrs6(parameters_in_force(desk.store.log)[1])
        self._day = desk.day()

    def chance(self, memory: CardMemory) -> float | None:
        """The probability that a card is recalled today, None for one that was never answered."""
        if memory.stability is None or memory.last_day is None:
            return None
        return self._model.retrievability(memory.stability, (self._day - memory.last_day).days)
