"""The cards as they stand, made ready for figures: how many of each sort, and those that were learnt."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from studybuddy.store.card_figures import Standing
from studybuddy.study.statistics.known import Learnt
from studybuddy.study.statistics.retention import MATURE_DAYS

NEW, REVIEW = 1, 3


class CardCounts(NamedTuple):
    """Cards that wait to be learnt, are in a step, have a short or a long interval, or rest."""

    new: int = 0
    learning: int = 0
    young: int = 0
    mature: int = 0
    suspended: int = 0


def count_cards(cards: Sequence[Standing]) -> CardCounts:
    """How many cards there are of each sort."""
    counts = dict.fromkeys(CardCounts._fields, 0)
    for card in cards:
        if card.suspended:
            sort = "suspended"
        elif card.state == NEW:
            sort = "new"
        elif card.state != REVIEW:
            sort = "learning"
        else:
            sort = "mature" if _interval(card) >= MATURE_DAYS else "young"
        counts[sort] += 1
    return CardCounts(**counts)


def learnt(cards: Sequence[Standing], parameters: Sequence[float], today: int) -> Learnt:
    """The cards that were learnt and are not suspended.

    Args:
        cards: every card.
        parameters: the 21 of the memory model in force.
        today: ordinal of the study day.
    """
    import numpy as np

    from studybuddy.memory.batch import Columns

    kept = [card for card in cards if not card.suspended and card.stability > 0 and card.last_day]
    stability = np.array([card.stability for card in kept], dtype=np.float64)
    gaps = np.array([max(0, today - _ordinal(card.last_day)) for card in kept], dtype=np.float64)
    model = Columns(np, np.asarray(parameters, dtype=np.float64))
    return Learnt(
        names=[card.card for card in kept],
        stability=stability,
        difficulty=np.array([card.difficulty for card in kept], dtype=np.float64),
        chance=model.retrievability(stability, gaps),
        interval=np.array([_interval(card) for card in kept], dtype=np.int64),
    )


def _interval(card: Standing) -> int:
    """Days from the last review to the next, -1 for a card in a learning step."""
    if not card.due_day or not card.last_day:
        return -1
    return max(0, _ordinal(card.due_day) - _ordinal(card.last_day))


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()
