"""Which day of its window a review falls on: a quiet one, no easy day, and not beside a sibling.

Every day to come has a weight: one over the square of the minutes that wait there, one over its distance, the
share that its weekday may have, and a factor that keeps it from days on which a sibling is due. A draw that
belongs to the card and the review picks by those weights. Weights know nothing of the rating and windows grow
with the interval, so that the draw never lets a better rating come back earlier. What the rules are after:
Anki's load balancer (its documentation; minutes instead of cards are ours).
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from studybuddy.memory.fuzz import SHORTEST, fuzzed

HORIZON = 97
"""Days ahead on which the load counts: where fuzz can take an interval of 90 days. Beyond, all weigh 1."""
FLOOR_MS = 20_000
"""Added to the load of a day: an empty day is no better than a day with a card or two less."""
MINIMUM, REDUCED, NORMAL = 0.0001, 0.5, 1.0
"""Shares of a weekday."""
ALL_NORMAL = (NORMAL,) * 7
SIBLING_SAME_DAY = 0.000001
SIBLING_STEP = 0.2
"""What each day between two siblings adds to the weight, up to five days."""


class Balance(NamedTuple):
    """What waits on the days to come, as it stood at one moment.

    `day`: ordinal of the study day that the days are counted from, `load`: expected milliseconds of the
    reviews due on a day, by its ordinal; None where the load is not to count. `weekdays`: the share of each,
    Monday first. `siblings`: days on which cards are due that would give this one away.
    """

    day: int
    load: Mapping[int, int] | None
    weekdays: tuple[float, ...] = ALL_NORMAL
    siblings: tuple[date, ...] = ()

    def chosen(self, low: int, high: int, position: float, maximum: int) -> int:
        """The interval in days at `position` in [0, 1) of the window `low` to `high`."""
        low, high = self._around_easy_days(low, high, maximum)
        if low == high:
            return low
        if not self.siblings and self.weekdays == ALL_NORMAL and (low > HORIZON or self.load is None):
            return fuzzed(low, high, position)
        weights = self._weights(low, high)
        left = position * sum(weights)
        for interval, weight in enumerate(weights, low):
            left -= weight
            if left < 0:
                return interval
        return high

    def _around_easy_days(self, low: int, high: int, maximum: int) -> tuple[int, int]:
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
        return self.weekdays[(self.day + interval - 1) % 7]

    def _weights(self, low: int, high: int) -> list[float]:
        weekdays, first = self.weekdays, (self.day - 1) % 7
        weights = [weekdays[(first + interval) % 7] for interval in range(low, high + 1)]
        if self.load is not None and low <= HORIZON:
            load, day = self.load, self.day
            far = [load.get(day + interval, 0) for interval in range(HORIZON - 9, HORIZON + 1)]
            scale = sum(far) / len(far) + FLOOR_MS
            for n, interval in enumerate(range(low, min(high, HORIZON) + 1)):
                minutes = (load.get(day + interval, 0) + FLOOR_MS) / scale
                weights[n] *= HORIZON / (interval * minutes * minutes)
        for sibling in self.siblings:
            apart = sibling.toordinal() - self.day
            for n, interval in enumerate(range(low, high + 1)):
                distance = abs(interval - apart)
                if distance < 5:
                    weights[n] *= SIBLING_STEP * distance if distance else SIBLING_SAME_DAY
        return weights
