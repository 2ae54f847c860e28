"""What the memory model says of the learner: how well it predicts, and the year it foresees."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from studybuddy.core.event import Rated
from studybuddy.study.desk import Desk
from studybuddy.study.parameters import fit_in_force, parameters_in_force

if TYPE_CHECKING:
    from studybuddy.memory.calibration import Calibration
    from studybuddy.memory.forecast import Deck, Forecast, Habits, Limits, Workload

TRUST = 20
"""A learner's own shares and times count fully against so many ratings of the usual ones."""
LONGEST_S = 600.0
"""Longer on one card was a break."""


class Foresight:
    """Calibration, forecast and workload curve. Loads NumPy when first asked."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @cached_property
    def _ratings(self) -> list[Rated]:
        return list(self._desk.store.log.ratings())

    @cached_property
    def _columns(self) -> tuple[list[int], list[int], list[int]]:
        numbers: dict[str, int] = {}
        cards = [numbers.setdefault(rated.card, len(numbers)) for rated in self._ratings]
        return cards, [rated.day for rated in self._ratings], [rated.rating for rated in self._ratings]

    @property
    def _parameters(self) -> tuple[float, ...]:
        return parameters_in_force(self._desk.store.log)[1]

    def calibration(self) -> Calibration | None:
        """Predictions of the parameters in force beside the baselines; None when there is too little.

        Reviews that a fit has seen are left out, unless those after it are too few to say anything.
        """
        from studybuddy.memory.calibration import calibration

        if (fit := fit_in_force(self._desk.store.log)) is None:
            return calibration(*self._columns, self._parameters)
        since = calibration(*self._columns, self._parameters, int(fit.body.get("reviews", 0)))
        if since is not None:
            return since
        found = calibration(*self._columns, self._parameters)
        return None if found is None else replace(found, seen=True)

    def mean_recall(self) -> tuple[float, float] | None:
        """Predicted and true share of recall over every review on a later day; None without any."""
        from studybuddy.memory.calibration import mean_recall

        return mean_recall(*self._columns, self._parameters)

    def year(self) -> Forecast:
        """The coming year as things stand: day 0 is today."""
        from studybuddy.memory.forecast import simulate

        retention = self._desk.preferences["desired_retention"]
        return simulate(self._deck(), self._parameters, retention, self._limits(), self._habits())

    def workload(self) -> tuple[Workload, ...]:
        """What other desired retentions would cost and leave."""
        from studybuddy.memory.forecast import workload

        return workload(self._deck(), self._parameters, self._limits(), self._habits())

    def _deck(self) -> Deck:
        import numpy as np

        from studybuddy.memory.forecast import Deck

        today = self._desk.day().toordinal()
        ordinals: dict[str, int] = {"": today}

        def since(day: str) -> int:
            if day not in ordinals:
                ordinals[day] = date.fromisoformat(day).toordinal()
            return ordinals[day] - today

        queue = self._desk.store.queue
        rows = [(s, d, since(last), since(due)) for s, d, last, due in queue.learnt()]
        columns = np.array(rows, dtype=np.float64).reshape(-1, 4).T
        return Deck(columns[0], columns[1], columns[2], columns[3], queue.new_count())

    def _limits(self) -> Limits:
        from studybuddy.memory.forecast import Limits

        preferences = self._desk.preferences
        return Limits(int(preferences["new_cards"]), float(preferences["minutes"]))

    def _habits(self) -> Habits:
        return habits(self._ratings)


def habits(ratings: Iterable[Rated]) -> Habits:
    """How the learner rates and how long it takes them; the usual habits as far as the log is short."""
    from studybuddy.memory.forecast import Habits

    usual = Habits()
    first, later = [TRUST * share for share in usual.first], [TRUST * share for share in usual.recalled]
    times = {
        "new": [TRUST * usual.new_s, TRUST],
        "recalled": [TRUST * usual.recalled_s, TRUST],
        "forgotten": [TRUST * usual.forgotten_s, TRUST],
    }
    days: dict[str, int] = {}
    for rated in ratings:
        before = days.get(rated.card)
        days[rated.card] = max(rated.day, before or 0)
        if before is None:
            first[rated.rating - 1] += 1
            kind = "new"
        elif rated.rating == 1:
            kind = "forgotten"
        else:
            kind = "recalled"
            if rated.day > before:
                later[rated.rating - 2] += 1
        if rated.elapsed_ms > 0:
            times[kind][0] += min(rated.elapsed_ms / 1000, LONGEST_S)
            times[kind][1] += 1
    seconds = {kind: total / count for kind, (total, count) in times.items()}
    return Habits(
        first=(first[0] / sum(first), first[1] / sum(first), first[2] / sum(first), first[3] / sum(first)),
        recalled=(later[0] / sum(later), later[1] / sum(later), later[2] / sum(later)),
        new_s=seconds["new"] + seconds["recalled"],
        recalled_s=seconds["recalled"],
        forgotten_s=seconds["forgotten"] + seconds["recalled"],
    )
