"""Where a card goes from an answer: through its learning steps into review, and back after a lapse.

The rules are Anki's (its manual, "deck options"): Again begins anew; Hard repeats a step, the first at the
mean of the first two, or at one and a half of it where there is no second; Good goes on; Easy leaves. Without
steps a card is in review at once and the memory model names the interval.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from studybuddy.core.card import CardState, Rating
from studybuddy.core.preset import DAY_S, Preset

BEFORE_PRESETS = Preset(learning_steps=(60, 600), relearning_steps=(600,))
"""The steps of events that do not say where they led to."""


class Move(NamedTuple):
    """Where a card goes. `wait_s`: seconds until it is asked again, None where the model names days."""

    state: CardState
    step: int | None
    wait_s: float | None


_INTO_REVIEW = Move(CardState.REVIEW, None, None)


def move(state: CardState, step: int | None, rating: int, preset: Preset) -> Move:
    """Where an answer leads to.

    Args:
        state: of the card; a new one is at its first learning step.
        step: which one it is at, from 0; beyond the last, should the steps have become fewer, anything but
            Again leaves.
        rating: 1 to 4.
        preset: the steps.
    """
    if state is CardState.REVIEW:
        if rating != Rating.AGAIN or not preset.relearning_steps:
            return _INTO_REVIEW
        return Move(CardState.RELEARNING, 0, preset.relearning_steps[0])
    relearning = state is CardState.RELEARNING
    steps = preset.relearning_steps if relearning else preset.learning_steps
    within = CardState.RELEARNING if relearning else CardState.LEARNING
    at = (step or 0) if state is not CardState.NEW else 0
    if not steps:
        return _INTO_REVIEW
    if rating == Rating.AGAIN:
        return Move(within, 0, steps[0])
    if at >= len(steps) or rating == Rating.EASY:
        return _INTO_REVIEW
    if rating == Rating.HARD:
        return Move(within, at, _hard_s(steps, at))
    return Move(within, at + 1, steps[at + 1]) if at + 1 < len(steps) else _INTO_REVIEW


def _hard_s(steps: tuple[int, ...], at: int) -> float:
    if at:
        return steps[at]
    if len(steps) > 1:
        return (steps[0] + steps[1]) / 2
    return min(steps[0] * 1.5, steps[0] + DAY_S)


def due_after(now: datetime, wait_s: float, day_end: datetime | None) -> tuple[datetime, int]:
    """When a step is due, and in how many study days.

    A step that does not end within the study day waits for a study day, as in Anki: it is due when that day
    begins. One of ten minutes taken five minutes before the turn is due on the next day.

    Args:
        now: the instant of the answer.
        wait_s: seconds of the step.
        day_end: when the study day turns, in the learner's zone; None lets every step keep the clock.
    """
    try:
        due = now.astimezone(UTC) + timedelta(seconds=wait_s)
        if day_end is None or due < day_end:
            due = due.replace(microsecond=due.microsecond // 1000 * 1000)
            return due.astimezone(now.tzinfo), 0
        days = (due - day_end).days
        return day_end + timedelta(days=days), days + 1
    except OverflowError:
        return now, 0
