"""The coming year by simulation: reviews and minutes of each day, and what is remembered at its end.

A simulated learner forgets as FSRS-6 says. All cards due on a day are answered at once, as arrays; a card
forgotten or new is answered Good once more on the same day, as in its learning steps.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from studybuddy.memory.batch import STABILITY_MAX, Columns
from studybuddy.memory.fsrs6 import DEFAULTS

YEAR = 365
RETENTIONS = (0.75, 0.775, 0.8, 0.825, 0.85, 0.875, 0.9, 0.925, 0.95)
"""Where the workload curve is computed."""
MAXIMUM_INTERVAL = 36_500


@dataclass(frozen=True, slots=True)
class Habits:
    """How a learner rates and how long it takes them. Shares add up to 1.

    `first`: of the four ratings at a first review; `recalled`: of Hard, Good and Easy where it was recalled.
    """

    first: tuple[float, float, float, float] = (0.24, 0.08, 0.6, 0.08)
    recalled: tuple[float, float, float] = (0.1, 0.8, 0.1)
    new_s: float = 40.0
    recalled_s: float = 15.0
    forgotten_s: float = 35.0


@dataclass(frozen=True, slots=True)
class Limits:
    """What a day allows. A review that does not fit in the minutes waits; a new card that does not, too."""

    new_cards: int = 15
    minutes: float = 1440.0


@dataclass(frozen=True, slots=True)
class Deck:
    """Cards as they stand: arrays (n,) of learnt cards, and how many are new.

    `last`, `due`: days from today, `last` never above 0. `stability: days`, `difficulty: 1..10`.
    """

    stability: Any
    difficulty: Any
    last: Any
    due: Any
    new: int = 0


class DayLoad(NamedTuple):
    """A day of the forecast."""

    reviews: int
    new: int
    minutes: float


@dataclass(frozen=True, slots=True)
class Forecast:
    """`days` from today on; `remembered`: cards one would recall after them, `waiting`: left undone."""

    days: tuple[DayLoad, ...]
    remembered: float
    learnt: int
    waiting: int

    @property
    def minutes_a_day(self) -> float:
        """Mean minutes a day."""
        return sum(day.minutes for day in self.days) / max(1, len(self.days))

    @property
    def reviews_a_day(self) -> float:
        """Mean reviews a day, new cards left out."""
        return sum(day.reviews for day in self.days) / max(1, len(self.days))


class _Simulation:
    """The cards of a simulated learner. Rows from `known` on are still new."""

    def __init__(
        self, deck: Deck, parameters: Sequence[float], retention: float, habits: Habits, seed: int
    ) -> None:
        import numpy as np

        self.np, self.random = np, np.random.default_rng(seed)
        self.columns = Columns(np, np.asarray(parameters, dtype=np.float64))
        self.retention, self.habits = retention, habits
        self.known, total = len(deck.stability), len(deck.stability) + deck.new
        room = np.zeros(deck.new)
        self.stability = np.concatenate([np.clip(deck.stability, 1e-3, STABILITY_MAX), room])
        self.difficulty = np.concatenate([np.clip(deck.difficulty, 1.0, 10.0), room])
        self.last = np.concatenate([np.minimum(deck.last, 0), room]).astype(np.int64)
        self.due = np.full(total, 1 << 40)
        self.due[: self.known] = deck.due

    def review(self, cards: Any, day: int) -> Any:
        """Answer cards; returns which were recalled."""
        np, size = self.np, len(cards)
        gaps = (day - self.last[cards]).astype(np.float64)
        stability, difficulty = self.stability[cards], self.difficulty[cards]
        chance = self.columns.retrievability(stability, gaps)
        recalled = self.random.random(size) < chance
        grade = 2 + np.searchsorted(
            np.cumsum(self.habits.recalled)[:2], self.random.random(size), side="right"
        )
        ratings = np.where(recalled, grade, 1)
        factors = self.columns.factors(gaps, ratings)
        after = self.columns.next(stability, difficulty, chance, factors, STABILITY_MAX)
        self._settle(cards, day, *after, again=~recalled)
        return recalled

    def begin(self, count: int, day: int) -> None:
        """Learn new cards."""
        np = self.np
        cards = np.arange(self.known, self.known + count)
        self.known += count
        drawn = self.random.random(count)
        ratings = 1 + np.searchsorted(np.cumsum(self.habits.first)[:3], drawn, side="right")
        self._settle(cards, day, *self.columns.first(ratings), again=ratings < 4)

    def _settle(self, cards: Any, day: int, stability: Any, difficulty: Any, again: Any) -> None:
        """Keep a day's outcome: those `again` are answered Good once more, then the interval is drawn."""
        np = self.np
        good = np.full(len(cards), 3)
        factors = self.columns.factors(np.zeros(len(cards)), good)
        more = self.columns.next(stability, difficulty, np.ones(len(cards)), factors, STABILITY_MAX)
        self.stability[cards] = stability = np.where(again, more[0], stability)
        self.difficulty[cards] = np.where(again, more[1], difficulty)
        self.last[cards] = day
        interval = np.rint(self.columns.interval(stability, self.retention)).clip(1, MAXIMUM_INTERVAL)
        self.due[cards] = day + self._fuzzed(interval)

    def _fuzzed(self, interval: Any) -> Any:
        """Intervals spread as `fuzz` does it."""
        np = self.np
        spread = 1.0
        for start, end, share in ((2.5, 7.0, 0.15), (7.0, 20.0, 0.1), (20.0, np.inf, 0.05)):
            spread = spread + share * (np.minimum(interval, end) - start).clip(0)
        low = np.maximum(2, np.rint(interval - spread))
        high = np.minimum(np.rint(interval + spread), MAXIMUM_INTERVAL)
        drawn = low + np.floor(self.random.random(len(interval)) * (1 + high - low))
        return np.where(interval < 2.5, interval, drawn).astype(np.int64)

    def remembered(self, day: int) -> float:
        """Cards that would be recalled on a day, as an expectation."""
        known = slice(0, self.known)
        gaps = self.np.maximum(0, day - self.last[known])
        return float(self.columns.retrievability(self.stability[known], gaps).sum())


def simulate(
    deck: Deck,
    parameters: Sequence[float] = DEFAULTS,
    retention: float = 0.9,
    limits: Limits | None = None,
    habits: Habits | None = None,
    *,
    days: int = YEAR,
    seed: int = 0,
) -> Forecast:
    """The coming days of a learner.

    Args:
        deck: the cards as they stand.
        parameters: the 21 of the model.
        retention: desired retention from now on; what is already due on a day stays there.
        limits: what a day allows.
        habits: ratings and times.
        days: how far to look.
        seed: of the chance; the same seed gives the same year.
    """
    limits, habits = limits or Limits(), habits or Habits()
    run = _Simulation(deck, parameters, retention, habits, seed)
    loads = []
    for day in range(days):
        left = limits.minutes * 60
        cards = run.np.flatnonzero(run.due <= day)
        cards = cards[run.np.argsort(run.due[cards], kind="stable")]
        cost = 0.0
        reviews = 0
        if len(cards):
            gaps = day - run.last[cards]
            chance = run.columns.retrievability(run.stability[cards], gaps)
            expected = habits.forgotten_s + chance * (habits.recalled_s - habits.forgotten_s)
            cards = cards[run.np.cumsum(expected) <= max(left, expected[0])]
            recalled = run.review(cards, day)
            reviews, good = len(cards), int(recalled.sum())
            cost = good * habits.recalled_s + (reviews - good) * habits.forgotten_s
        fits = int(max(0.0, left - cost) // max(habits.new_s, 1e-9))
        new = min(limits.new_cards, len(run.due) - run.known, fits)
        if new > 0:
            run.begin(new, day)
        loads.append(DayLoad(reviews, max(new, 0), (cost + max(new, 0) * habits.new_s) / 60))
    waiting = int((run.due[: run.known] < days).sum())
    return Forecast(tuple(loads), run.remembered(days), run.known, waiting)


class Workload(NamedTuple):
    """A point of the workload curve: what a desired retention costs in a year and what it leaves."""

    retention: float
    reviews_a_day: float
    minutes_a_day: float
    remembered: float
    learnt: int


def workload(
    deck: Deck,
    parameters: Sequence[float] = DEFAULTS,
    limits: Limits | None = None,
    habits: Habits | None = None,
    *,
    retentions: Sequence[float] = RETENTIONS,
    days: int = YEAR,
    seed: int = 0,
) -> tuple[Workload, ...]:
    """The year at each of several retentions, as if all cards had always been scheduled for it."""
    found = []
    for retention in retentions:
        year = simulate(
            rescheduled(deck, parameters, retention),
            parameters,
            retention,
            limits,
            habits,
            days=days,
            seed=seed,
        )
        found.append(
            Workload(retention, year.reviews_a_day, year.minutes_a_day, year.remembered, year.learnt)
        )
    return tuple(found)


def rescheduled(deck: Deck, parameters: Sequence[float], retention: float) -> Deck:
    """The deck with every card due when its recall falls to `retention`; what is overdue is due today."""
    import numpy as np

    columns = Columns(np, np.asarray(parameters, dtype=np.float64))
    stability = np.clip(np.asarray(deck.stability, dtype=np.float64), 1e-3, STABILITY_MAX)
    interval = np.rint(columns.interval(stability, retention)).clip(1, MAXIMUM_INTERVAL)
    return replace(deck, due=np.maximum(0, np.asarray(deck.last) + interval))
