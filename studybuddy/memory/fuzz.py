"""Spreading reviews over neighbouring days, the same way every time.

The draw is a function of the card and its number of reviews, so the interval on a button is the interval that
the learner then gets. Ranges as in Anki's `scheduler/states/fuzz`: base 1 day plus 15 % of the part of the
interval between 2.5 and 7 days, 10 % up to 20, 5 % beyond.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

SHORTEST = 2.5
"""Intervals below this many days are left as they are."""


def draw(card: str, reps: int) -> float:
    """A number in [0, 1) that belongs to the `reps`-th review of a card."""
    digest = blake2b(f"{card}\x00{reps}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) / 2**64


@lru_cache(maxsize=1024)
def bounds(interval: int, maximum: int) -> tuple[int, int]:
    """The shortest and longest interval, in days, that fuzz may make of `interval`."""
    if interval < SHORTEST:
        return interval, interval
    delta = 1.0 + (
        0.15 * (min(interval, 7.0) - 2.5)
        + 0.1 * max(0.0, min(interval, 20.0) - 7.0)
        + 0.05 * max(0.0, interval - 20.0)
    )
    low = max(2, round(interval - delta))
    high = min(maximum, round(interval + delta))
    return min(low, high), high


def window(interval: int, before: int, maximum: int) -> tuple[int, int]:
    """The bounds of an interval; one longer than the interval `before` stays longer.

    Both ends grow with the interval, so that one draw never makes the longer interval the shorter.
    """
    low, high = bounds(interval, maximum)
    return (min(max(low, before + 1), high), high) if interval > before else (low, high)


def fuzzed(low: int, high: int, position: float) -> int:
    """The interval at `position` in [0, 1) of a window."""
    return low + int(position * (1 + high - low))
