"""What was recalled of a card from its first review on, and what would be: the curve of forgetting.

Between two reviews recall falls as FSRS-6 says; a review lifts it to one and leaves another stability. Days
are ordinals of study days, between which the curve is drawn as if forgetting were steady.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from studybuddy.memory.fsrs6 import AGAIN, GOOD, Fsrs6, Trace

PLANNED_REVIEWS = 5
"""Reviews of the plan for a card that has none yet."""


class Stretch(NamedTuple):
    """From a study day with reviews until the next one. `stability: days`, as the day left it."""

    start: int
    end: int
    stability: float


class Mark(NamedTuple):
    """A study day with reviews; `kept` unless one of them was Again."""

    day: int
    kept: bool


@dataclass(frozen=True, slots=True)
class RecallCurve:
    """Stretches without a gap between them, in the order of time."""

    model: Fsrs6
    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    today: int
    planned: bool = False
    """Whether none of it has happened: a plan for a card that is new."""
    clipped: bool = False
    """Whether there were reviews before its first day."""

    @property
    def first(self) -> int:
        """The day of the first review shown."""
        return self.stretches[0].start

    @property
    def end(self) -> int:
        """The last day there is anything to say of."""
        return self.stretches[-1].end

    def recall(self, day: float) -> float | None:
        """Probability of recall on a day, after its reviews; None outside the curve."""
        if not self.first <= day <= self.end:
            return None
        stretch = self.stretches[self._index(day)]
        return self.model.retrievability(stretch.stability, day - stretch.start)

    def band(self, start: float, end: float) -> tuple[float, float] | None:
        """The lowest and the highest recall between two days; None where they are outside the curve.

        However many reviews fall between them, the work is that of looking at each once.
        """
        start, end = max(start, self.first), min(end, self.end)
        if end < start:
            return None
        low, high = 1.0, 0.0
        for stretch in self.stretches[self._index(start) :]:
            if stretch.start > end:
                break
            since, until = max(start, stretch.start), min(end, stretch.end)
            high = max(high, self.model.retrievability(stretch.stability, since - stretch.start))
            low = min(low, self.model.retrievability(stretch.stability, until - stretch.start))
        return low, high

    def latest(self, most: int) -> RecallCurve:
        """The curve from the last `most` study days with reviews on; all of it where there are no more."""
        if len(self.marks) <= most:
            return self
        return replace(self, stretches=self.stretches[-most:], marks=self.marks[-most:], clipped=True)

    def _index(self, day: float) -> int:
        return max(0, bisect_right(self.stretches, day, key=lambda stretch: stretch.start) - 1)


def recall_curve(
    model: Fsrs6, reviews: Iterable[tuple[int, int]], today: int, end: int
) -> RecallCurve | None:
    """The curve of a card that was reviewed; None without a review.

    Args:
        model: the parameters by which all of it is computed.
        reviews: study day and rating 1 to 4 of each, in their order; no day counts as before the last.
        today: where the past ends; no earlier than the last review.
        end: up to where recall is foreseen if the card is not reviewed again; no earlier than tomorrow.
    """
    trace: Trace | None = None
    days: dict[int, tuple[float, bool]] = {}
    for day, rating in reviews:
        trace = model.review(trace, day, rating)
        _, kept = days.get(trace.last, (0.0, True))
        days[trace.last] = trace.stability, kept and rating != AGAIN
    if trace is None:
        return None
    today = max(today, trace.last)
    ends = [*list(days)[1:], max(end, today + 1)]
    return RecallCurve(
        model,
        tuple(Stretch(day, until, days[day][0]) for day, until in zip(days, ends, strict=True)),
        tuple(Mark(day, kept) for day, (_, kept) in days.items()),
        today,
    )


def planned_curve(
    model: Fsrs6, desired_retention: float, today: int, maximum_interval: int, reviews: int = PLANNED_REVIEWS
) -> RecallCurve:
    """What lies ahead of a new card whose answers are Good, the first one today and each when it is due."""
    trace: Trace | None = None
    day, stretches = today, []
    for _ in range(reviews):
        trace = model.review(trace, day, GOOD)
        wait = round(model.interval(trace.stability, desired_retention))
        end = day + min(max(1, wait), maximum_interval)
        stretches.append(Stretch(day, end, trace.stability))
        day = end
    marks = tuple(Mark(stretch.start, kept=True) for stretch in stretches)
    return RecallCurve(model, tuple(stretches), marks, today, planned=True)
