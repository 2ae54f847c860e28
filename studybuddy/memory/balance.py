"""Which day of its window a review falls on: a quiet one, no easy day, and not beside a sibling.

Every day to come has a weight: the fuller it is by the minutes that wait there, measured by the share that
its weekday is to have, and the farther, the less; a day on which a sibling is due has next to none. A draw
that belongs to the card and the review picks by the weights. They know nothing of the rating, and windows
grow with the interval, so that the draw never lets a better rating come back earlier. What Anki's load
balancer does by cards (its documentation), done by minutes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from studybuddy.memory.fuzz import SHORTEST, fuzzed

HORIZON = 97
"""Days ahead on which the load counts: where fuzz can take an interval of 90 days. Beyond, all weigh 1."""
FARTHEST = 1000
"""Days ahead on which weekdays and siblings count."""
FAR = 10
"""Days before the horizon whose mean load is the measure, so that weights go over into 1 there."""
POWER = 4
"""How much a fuller day is shunned: twice the minutes, a sixteenth of the weight. Anki's is 2, by cards."""
FLOOR_MS = 20_000
"""Added to the load of a day: one card more or less on an empty day is no reason."""
MINIMUM, REDUCED, NORMAL = 0.0001, 0.5, 1.0
"""Shares of a weekday."""
ALL_NORMAL = (NORMAL,) * 7
SIBLINGS_APART = 5
"""From so many days on a sibling is no matter; nearer, each day counts a fifth ..."""
SIBLING_SAME_DAY = 0.000001
"""... and the same day is the last resort."""


def quietness(ms: int, interval: int) -> float:
    """The weight of a day by what waits there and how far it is; those of a window have a common measure."""
    quiet = FLOOR_MS / (max(ms, 0) + FLOOR_MS)
    return float(quiet**POWER / interval)


def quiet_days(day: int, load: Mapping[int, int]) -> list[float]:
    """The quietness of each day from `day` on up to the horizon; `day` itself has none."""
    return [0.0, *(quietness(load.get(day + interval, 0), interval) for interval in range(1, HORIZON + 1))]


class Balance:
    """What waits on the days to come, as it stood at one moment."""

    __slots__ = ("_quiet", "_usual", "day", "load", "siblings", "weekdays")

    def __init__(
        self,
        day: int,
        load: Mapping[int, int] | None,
        weekdays: tuple[float, ...] = ALL_NORMAL,
        siblings: tuple[date, ...] = (),
        quiet: Sequence[float] | None = None,
    ) -> None:
        """Take a look.

        Args:
            day: ordinal of the study day that the days are counted from.
            load: expected milliseconds of the reviews due on a day, by its ordinal; None where they are not
                to count.
            weekdays: the share of each, Monday first.
            siblings: days on which cards are due that would give this one away.
            quiet: `quiet_days` of the same load, where they are at hand.
        """
        self.day = day
        self.load = load
        self.weekdays = weekdays
        self.siblings = siblings
        self._quiet = quiet
        self._usual: float | None = None

    def chosen(self, low: int, high: int, position: float, maximum: int) -> int:
        """The interval in days at `position` in [0, 1) of the window `low` to `high`."""
        low, high = self.around_easy_days(low, high, maximum)
        if low == high:
            return low
        plain = not self.siblings and self.weekdays == ALL_NORMAL
        if (plain and (low > HORIZON or self.load is None)) or low > FARTHEST:
            return fuzzed(low, high, position)
        if not plain or high > HORIZON or self.load is None:
            weights: Sequence[float] = self._weights(low, high)
        elif self._quiet is not None:
            weights = self._quiet[low : high + 1]
        else:
            weights = [quietness(self.load.get(self.day + n, 0), n) for n in range(low, high + 1)]
        left = position * sum(weights)
        for interval, weight in enumerate(weights, low):
            left -= weight
            if left < 0:
                return interval
        return high

    def around_easy_days(self, low: int, high: int, maximum: int) -> tuple[int, int]:
        """The window, wider where it is too short to leave days that are to stay free.

        An interval of one or two days has no window of its own. From a window of such days alone the way out
        is the next day that is none.
        """
        if MINIMUM not in self.weekdays or not any(share > MINIMUM for share in self.weekdays):
            return low, high
        if high < SHORTEST and self._share(high) == MINIMUM:
            low = 1
        if all(self._share(interval) == MINIMUM for interval in range(low, min(high, low + 7) + 1)):
            while high < maximum and self._share(high) == MINIMUM:
                high += 1
        return low, high

    def _share(self, interval: int) -> float:
        return self.weekdays[(self.day + interval - 1) % 7] if interval <= FARTHEST else NORMAL

    def _weights(self, low: int, high: int) -> list[float]:
        weights = [self._share(interval) for interval in range(low, high + 1)]
        if self.load is not None and low <= HORIZON:
            usual = self._usual_ms(self.load)
            for n, interval in enumerate(range(low, min(high, HORIZON) + 1)):
                share = weights[n]
                full = (max(self.load.get(self.day + interval, 0), 0) + FLOOR_MS) / (share * usual)
                weights[n] = share * HORIZON / (interval * full**POWER)
        for sibling in self.siblings:
            apart = sibling.toordinal() - self.day
            for n, interval in enumerate(range(low, high + 1)):
                distance = abs(interval - apart)
                if distance < SIBLINGS_APART and interval <= FARTHEST:
                    weights[n] *= distance / SIBLINGS_APART or SIBLING_SAME_DAY
        return weights

    def _usual_ms(self, load: Mapping[int, int]) -> float:
        """What a day near the horizon holds."""
        if self._usual is None:
            far = (max(load.get(self.day + interval, 0), 0) for interval in range(HORIZON - FAR, HORIZON))
            self._usual = sum(far) / FAR + FLOOR_MS
        return self._usual
