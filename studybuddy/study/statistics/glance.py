"""What can be said at once, however many reviews there are: it is asked of days, not of reviews."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from studybuddy.study.desk import Desk
from studybuddy.study.statistics.ahead import DueDay, ahead
from studybuddy.study.statistics.efforts import Effort, efforts
from studybuddy.study.statistics.heat_map import HeatMap, heat_map, longest_streak

LITTLE = 300
"""Below so many reviews the figures say little."""
USUAL_S = 20.0
"""What a review takes as long as the log says nothing."""
QUICKEST_S = 4.0


@dataclass(frozen=True, slots=True)
class Glance:
    """The first page. `desired`: the retention that the learner wants."""

    today: date
    streak: int
    longest: int
    heat: HeatMap
    efforts: dict[str, Effort]
    ahead: tuple[DueDay, ...]
    desired: float

    @property
    def all(self) -> Effort:
        """Everything there was so far."""
        return self.efforts["all"]

    @property
    def rated(self) -> int:
        """Reviews and graded interview answers so far."""
        return self.all.reviews + self.all.interviews

    @property
    def little(self) -> bool:
        """Whether there is too little for the figures to say much."""
        return self.rated < LITTLE


def glance(desk: Desk) -> Glance:
    """The first page as of now."""
    today = desk.day()
    days = desk.store.days.all()
    reviews, elapsed = desk.store.days.reviewing()
    seconds = max(QUICKEST_S, elapsed / reviews / 1000) if reviews > 0 and elapsed > 0 else USUAL_S
    return Glance(
        today=today,
        streak=desk.store.days.streak(today),
        longest=longest_streak(days),
        heat=heat_map(days, today),
        efforts=efforts(days, today),
        ahead=ahead(desk.store.queue.due_days(), today, seconds),
        desired=float(desk.preferences["desired_retention"]),
    )
