"""A rating proposed from what the learner did with a program they wrote again from memory.

The rules and their reasons are in `docs/decisions/code-review-rating.md`. More tries, more hints and more
time never raise the rating; a program not accepted, or accepted after the reference was shown, is Again.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from statistics import median
from typing import NamedTuple

from studybuddy.core.card import Rating

HISTORY = 3
"""Earlier times that make a median worth comparing with."""
SLOW = 2.0
"""Times the own median from which on a solution was slow ..."""
FAST = 0.5
"""... and up to which it was clearly faster: as far from the median on the scale of logarithms."""


class Effort(NamedTuple):
    """What solving took. `elapsed_ms` 0: nobody looked at a clock."""

    accepted: bool
    gave_up: bool = False
    """Whether the reference was shown."""
    attempts: int = 0
    """Programs that were judged, the accepted one included."""
    hints: int = 0
    elapsed_ms: int = 0


class Ground(StrEnum):
    """Why a rating is proposed. The names are stored; they never change."""

    GAVE_UP = "gave-up"
    NOT_ACCEPTED = "not-accepted"
    SEVERAL_TRIES = "several-tries"
    HINTS = "hints"
    SLOW = "slow"
    FAST = "fast"
    FIRST_TRY = "first-try"


class Proposal(NamedTuple):
    """A rating and what it rests on; `median_ms` is None as long as there is no history to compare with."""

    rating: Rating
    grounds: tuple[Ground, ...]
    median_ms: int | None = None


def propose(effort: Effort, earlier_ms: Sequence[int] = ()) -> Proposal:
    """The rating that an effort speaks for.

    Args:
        effort: what was done.
        earlier_ms: how long each earlier accepted solution of the same card took; unknown times left out.
    """
    times = [time for time in earlier_ms if time > 0]
    own = round(median(times)) if len(times) >= HISTORY else None
    if effort.gave_up or not effort.accepted:
        ground = Ground.GAVE_UP if effort.gave_up else Ground.NOT_ACCEPTED
        return Proposal(Rating.AGAIN, (ground,), own)
    timed = own is not None and effort.elapsed_ms > 0
    marks = {
        Ground.SEVERAL_TRIES: effort.attempts > 1,
        Ground.HINTS: effort.hints > 0,
        Ground.SLOW: timed and own is not None and effort.elapsed_ms >= SLOW * own,
    }
    if grounds := tuple(ground for ground, found in marks.items() if found):
        return Proposal(Rating.HARD, grounds, own)
    if timed and own is not None and effort.elapsed_ms <= FAST * own:
        return Proposal(Rating.EASY, (Ground.FIRST_TRY, Ground.FAST), own)
    return Proposal(Rating.GOOD, (Ground.FIRST_TRY,), own)
