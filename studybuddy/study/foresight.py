"""What the memory model says of the learner: how well it predicts, and the year it foresees.

What the store has to tell is gathered first, on its thread; the sums over it (`Prospect`, `Judgement`) need
no store and may be done in any thread.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from studybuddy.study.desk import Desk
from studybuddy.study.parameters import fit_in_force, parameters_in_force
from studybuddy.study.review_table import Columns

if TYPE_CHECKING:
    from studybuddy.memory.calibration import Calibration
    from studybuddy.memory.forecast import Deck, Forecast, Habits, Limits, Workload

TRUST = 20
"""A learner's own shares and times count fully against so many ratings of the usual ones."""
LONGEST_S = 600.0
"""Longer on one card was a break."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """Everything that the coming year depends on."""

    deck: Deck
    parameters: tuple[float, ...]
    retention: float
    """Desired retention as set."""
    limits: Limits
    habits: Habits

    def year(self) -> Forecast:
        """The coming year as things stand: day 0 is today."""
        from studybuddy.memory.forecast import simulate

        return simulate(self.deck, self.parameters, self.retention, self.limits, self.habits)

    @property
    def retentions(self) -> tuple[float, ...]:
        """Where the workload curve is computed: at the usual retentions, and at the learner's own."""
        from studybuddy.memory.forecast import RETENTIONS

        return tuple(sorted({*RETENTIONS, self.retention}))

    def at(self, retention: float) -> Workload:
        """What another desired retention would cost and leave."""
        from studybuddy.memory.forecast import workload

        (point,) = workload(self.deck, self.parameters, self.limits, self.habits, retentions=(retention,))
        return point


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the predictions of the parameters in force are judged by. `known`: reviews that a fit has seen."""

    columns: Columns
    parameters: tuple[float, ...]
    known: int | None

    @property
    def _reviews(self) -> tuple[Any, Any, Any]:
        columns = self.columns
        return columns.card.astype("int64"), columns.day.astype("int64"), columns.rating.astype("int64")

    def calibration(self) -> Calibration | None:
        """Predictions of the parameters in force beside the baselines; None when there is too little.

        Reviews that a fit has seen are left out, unless those after it are too few to say anything.
        """
        from studybuddy.memory.calibration import calibration

        if self.known is None:
            return calibration(*self._reviews, self.parameters)
        since = calibration(*self._reviews, self.parameters, self.known)
        if since is not None:
            return since
        found = calibration(*self._reviews, self.parameters)
        return None if found is None else replace(found, seen=True)

    def mean_recall(self) -> tuple[float, float] | None:
        """Predicted and true share of recall over every review on a later day; None without any."""
        from studybuddy.memory.calibration import mean_recall

        return mean_recall(*self._reviews, self.parameters)


class Foresight:
    """Calibration, forecast and workload curve. Loads NumPy when first asked."""

    def __init__(self, desk: Desk, columns: Columns) -> None:
        """Look at a desk and at every review of its log."""
        self._desk = desk
        self._columns = columns

    def judgement(self) -> Judgement:
        """What calibration needs."""
        log = self._desk.store.log
        fit = fit_in_force(log)
        known = None if fit is None else int(fit.body.get("reviews", 0))
        return Judgement(self._columns, parameters_in_force(log)[1], known)

    def prospect(self) -> Prospect:
        """What the forecast needs."""
        return Prospect(
            deck=self._deck(),
            parameters=parameters_in_force(self._desk.store.log)[1],
            retention=float(self._desk.preferences["desired_retention"]),
            limits=self._limits(),
            habits=habits(self._columns),
        )

    def calibration(self) -> Calibration | None:
        """See `Judgement.calibration`."""
        return self.judgement().calibration()

    def mean_recall(self) -> tuple[float, float] | None:
        """See `Judgement.mean_recall`."""
        return self.judgement().mean_recall()

    def year(self) -> Forecast:
        """See `Prospect.year`."""
        return self.prospect().year()

    def workload(self) -> tuple[Workload, ...]:
        """What other desired retentions would cost and leave."""
        prospect = self.prospect()
        return tuple(prospect.at(retention) for retention in prospect.retentions)

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


def habits(columns: Columns) -> Habits:
    """How the learner rates and how long it takes them; the usual habits as far as the log is short."""
    import numpy as np

    from studybuddy.memory.forecast import Habits

    usual = Habits()
    _interval, last = columns.before
    first, again = last < 0, columns.rating == 1
    later = ~first & ~again & (columns.day > last)
    firsts = TRUST * np.array(usual.first) + np.bincount(columns.rating[first], minlength=5)[1:]
    recalls = TRUST * np.array(usual.recalled) + np.bincount(columns.rating[later], minlength=5)[2:]
    seconds = np.minimum(columns.elapsed_ms / 1000, LONGEST_S)

    def mean(usual_s: float, among: Any) -> float:
        timed = seconds[among & (seconds > 0)]
        return float((TRUST * usual_s + timed.sum()) / (TRUST + len(timed)))

    new_s = mean(usual.new_s, first)
    recalled_s = mean(usual.recalled_s, ~first & ~again)
    forgotten_s = mean(usual.forgotten_s, ~first & again)
    return Habits(
        first=tuple((firsts / firsts.sum()).tolist()),
        recalled=tuple((recalls / recalls.sum()).tolist()),
        new_s=new_s + recalled_s,
        recalled_s=recalled_s,
        forgotten_s=forgotten_s + recalled_s,
    )
