"""Overdue cards worked off a part a day: when that is done, and what is forgotten meanwhile.

A day has room for so many cards. What is reviewed comes back as FSRS-6 expects it: recalled with its chance
after the interval of a Good, forgotten after that of an Again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from studybuddy.memory.fsrs6 import AGAIN, GOOD, Fsrs6, Trace

MOST_DAYS = 365
"""What takes longer is not foretold."""
FIRST_RETURN = 2
"""Days after which a new card comes back: the first interval of a Good under the usual parameters."""
DONE = 0.5
"""Less than half a card is none."""


class Overdue(NamedTuple):
    """A card that waits. `stability, elapsed: days`, `difficulty: 1..10`, `wanted`: its desired retention."""

    stability: float
    difficulty: float
    elapsed: int
    wanted: float


class Room(NamedTuple):
    """How many cards a day can hold, and how many of them were done today before."""

    cards: float
    done_today: float = 0.0


class Course(NamedTuple):
    """How it goes. `days`: study days until nothing waits, today included; None for more than a year.

    `forgotten`: how many cards more are forgotten at their review than if all were reviewed today.
    """

    days: int | None
    forgotten: float


def worked_off(
    cards: Sequence[Overdue], total: int, room: Room, coming: Iterable[tuple[int, float]], model: Fsrs6
) -> Course:
    """Work a backlog off.

    Args:
        cards: what waits, in the order in which it is reviewed; of very many a sample.
        total: how many wait.
        room: what a day holds.
        coming: days from today and how many other cards fall due on them.
        model: the learner's memory.
    """
    if not cards or total <= 0:
        return Course(1, 0.0)
    weight = total / len(cards)
    due = [0.0] * MOST_DAYS
    for day, count in coming:
        if 0 <= day < MOST_DAYS:
            due[day] += count
    returns = _returns(cards, model)
    waiting = backlog = float(total)
    served, forgotten = 0, 0.0
    for day in range(MOST_DAYS):
        waiting += due[day]
        done = min(waiting, max(0.0, room.cards - (0 if day else room.done_today)))
        backlog -= done * backlog / waiting
        upto = len(cards) - int(backlog / weight)
        forgotten += weight * sum(_lost(card, day, model) for card in cards[served:upto])
        served, waiting = upto, waiting - done
        if waiting < DONE:
            return Course(day + 1, forgotten)
        for interval, share in returns:
            if day + interval < MOST_DAYS:
                due[day + interval] += done * share
    return Course(None, forgotten + weight * sum(_lost(card, MOST_DAYS, model) for card in cards[served:]))


def _lost(card: Overdue, days: int, model: Fsrs6) -> float:
    """By how much the chance of recall falls in days of waiting."""
    now = model.retrievability(card.stability, card.elapsed)
    return now - model.retrievability(card.stability, card.elapsed + days)


def _returns(cards: Sequence[Overdue], model: Fsrs6) -> list[tuple[int, float]]:
    """After how many days which share of what is reviewed comes back."""
    shares: Counter[int] = Counter()
    for card in cards:
        trace, day = Trace(card.stability, card.difficulty, 0), card.elapsed
        chance = model.retrievability(card.stability, day)
        for rating, share in ((GOOD, chance), (AGAIN, 1 - chance)):
            interval = model.interval(model.review(trace, day, rating).stability, card.wanted)
            shares[max(1, min(MOST_DAYS, round(interval)))] += share / len(cards)  # type: ignore[assignment]
    return sorted(shares.items())
