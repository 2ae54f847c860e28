"""In which order the day's cards are asked. The day is the seed, so undo and a restart change nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from enum import StrEnum

from studybuddy.store.queue import Waiting


class ReviewOrder(StrEnum):
    """Orders of due cards: what rests on other concepts after them, the longest overdue first, and others."""

    PREREQUISITES = "prerequisites"
    DUE = "due"
    RETRIEVABILITY = "retrievability"
    INTERVAL = "interval"
    RANDOM = "random"


class NewOrder(StrEnum):
    """Orders of new cards."""

    COURSE = "course"
    RANDOM = "random"


class NewMix(StrEnum):
    """When new cards are asked: after the due ones, before them, or among them."""

    AFTER = "after"
    BEFORE = "before"
    MIXED = "mixed"


_READ_AS = {ReviewOrder.PREREQUISITES: "due"}


def read_as(order: ReviewOrder) -> str:
    """The order in which the store is to read due cards for an order of reviews."""
    return _READ_AS.get(order, order.value)


def arranged(
    cards: Sequence[Waiting], order: ReviewOrder, rank: Callable[[str], int], day: date
) -> Sequence[Waiting]:
    """Due cards in the order in which they are asked.

    Args:
        cards: as the store read them.
        order: what the learner wants.
        rank: the place of a card's concept, behind all that it rests on.
        day: the study day, which seeds chance.
    """
    if order is ReviewOrder.PREREQUISITES:
        return sorted(cards, key=lambda card: (rank(card.card), card.due_day, card.position))
    return shuffled(cards, day) if order is ReviewOrder.RANDOM else cards


def shuffled(cards: Sequence[Waiting], day: date) -> Sequence[Waiting]:
    """Cards in the order that chance gives them on a study day."""
    from studybuddy.memory.fuzz import draw

    seed = day.toordinal()
    return sorted(cards, key=lambda card: draw(card.card, seed))


def new_first(mix: NewMix, reviews: int, new: int, day: date) -> bool:
    """Whether a new card is asked before a due one.

    Args:
        mix: what the learner wants.
        reviews: due cards left today.
        new: new cards left today.
        day: the study day; with what is left it decides, so that the same question gets the same answer.
    """
    if mix is NewMix.MIXED and reviews:
        from studybuddy.memory.fuzz import draw

        return draw(f"mix/{reviews}/{new}", day.toordinal()) * (reviews + new) < new
    return mix is NewMix.BEFORE
