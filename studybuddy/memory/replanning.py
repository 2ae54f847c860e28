"""Due days computed anew from what is known of each card now: after a fit, or for another desired retention.

A card whose day lies within the window of its new interval stays where it is: nothing is gained by moving it,
and the load stays as flat as it was. Any other goes to a day of that window, picked by the load and by the
draw of its last review, so that the same question always has the same answer. A window that has passed is
today.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from studybuddy.core.preset import Preset
from studybuddy.memory.balance import ALL_NORMAL, MINIMUM, Balance
from studybuddy.memory.fsrs6 import Fsrs6
from studybuddy.memory.fuzz import draw, window

LONGEST = 36_500


class Scheduled(NamedTuple):
    """A card in review. `last`, `due`: ordinals of study days, `ms`: how long an answer takes."""

    card: str
    stability: float
    last: int
    due: int
    reps: int
    ms: int


class Replanned(NamedTuple):
    """A card that is to be moved, and the ordinal of the day it goes to."""

    card: Scheduled
    due: int


def replanned(
    cards: Sequence[Scheduled],
    preset_of: Callable[[str], Preset],
    parameters: Sequence[float],
    today: int,
    weekdays: tuple[float, ...] = ALL_NORMAL,
    *,
    balanced: bool = True,
) -> list[Replanned]:
    """The cards that move, and where to.

    Args:
        cards: in the order in which they choose their days.
        preset_of: how a card is studied.
        parameters: the 21 of the model.
        today: ordinal of the study day.
        weekdays: share of the load that each weekday may have, Monday first.
        balanced: whether quiet days are sought; else the draw alone decides.
    """
    model = Fsrs6(parameters)
    moving, load = [], load_of(cards, today)
    for card in cards:
        preset = preset_of(card.card)
        exact = round(min(model.interval(card.stability, preset.desired_retention), LONGEST))
        interval = min(max(exact, 1), preset.maximum_interval)
        low, high = window(interval, 0, preset.maximum_interval)
        if MINIMUM in weekdays:
            low, high = Balance(card.last, None, weekdays).around_easy_days(
                low, high, preset.maximum_interval
            )
        low, high = card.last + low, card.last + high
        if not (low <= card.due <= high or (high <= today and card.due <= today)):
            moving.append((card, low, high))
            load[max(card.due, today)] -= card.ms
    balance = Balance(today, load if balanced else None, weekdays)
    found = []
    for card, low, high in moving:
        due = today
        if high > today:
            position = draw(card.card, card.reps - 1)
            low, high = max(low - today, 1), high - today
            due = today + balance.chosen(low, high, position, LONGEST)
        load[due] = load.get(due, 0) + card.ms
        if due != card.due:
            found.append(Replanned(card, due))
    return found


def load_of(cards: Iterable[Scheduled], today: int) -> dict[int, int]:
    """Milliseconds of the reviews due on each day, by its ordinal; what is overdue is due today."""
    load: dict[int, int] = {}
    for card in cards:
        day = max(card.due, today)
        load[day] = load.get(day, 0) + card.ms
    return load
