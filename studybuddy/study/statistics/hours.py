"""When one studies, by the hour of the learner's own clock at the time, and what was recalled then."""

from __future__ import annotations

from typing import NamedTuple

from studybuddy.study.review_table import Columns

HOURS = 24


class Hour(NamedTuple):
    """An hour of the day: all answers, and of those that tell what was kept, how many were recalled."""

    reviews: int
    tested: int
    recalled: int

    @property
    def rate(self) -> float | None:
        """Share recalled, None where nothing was tested."""
        return self.recalled / self.tested if self.tested else None


def hours(columns: Columns) -> tuple[Hour, ...]:
    """The 24 hours from midnight on. A change of the clocks or of the zone moves nothing that was done."""
    import numpy as np

    hour = columns.minute // 60
    tested, recalled = columns.tested, columns.rating > 1
    counts = [
        np.bincount(hour[among], minlength=HOURS).tolist()
        for among in (slice(None), tested, tested & recalled)
    ]
    return tuple(Hour(*row) for row in zip(*counts, strict=True))
