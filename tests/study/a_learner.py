"""A learner whose forgetting is known studies day after day, as the app has it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from studybuddy.core.card import CardState, Rating
from studybuddy.core.event import EventKind
from studybuddy.memory.fsrs6 import DEFAULTS, Fsrs6, Trace
from studybuddy.study.parameters import SUBJECT
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

FORGETFUL = tuple(
    {0: 0.4, 1: 1.1, 2: 1.8, 3: 6.0, 4: 6.9, 8: 1.6, 9: 0.2, 10: 0.7, 11: 1.3, 20: 0.2}.get(n, w)
    for n, w in enumerate(DEFAULTS)
)
"""Parameters of somebody who forgets sooner than most."""
RECALLED = (Rating.HARD, *[Rating.GOOD] * 7, Rating.EASY)
TOOK_MS = ((8_000, 12_000, 20_000, 60_000), (8, 6, 4, 1))
"""How long cards take, and how many of them there are."""


@dataclass
class Year:
    """What came of it; lists have an entry a study day."""

    ms: list[int] = field(default_factory=list)
    """Time of reviews; learning and relearning are not counted."""
    reviews: list[int] = field(default_factory=list)
    recalled: list[int] = field(default_factory=list)
    days: list[date] = field(default_factory=list)
    expected: float = 0.0
    """Sum of the learner's true chances."""
    waiting: int = 0
    """Reviews that were due and not asked, on all days together."""

    def retention(self, since: int = 0) -> tuple[float, float]:
        """Share recalled from a day on, and its standard error."""
        count = sum(self.reviews[since:])
        share = sum(self.recalled[since:]) / count
        return share, (share * (1 - share) / count) ** 0.5


class Learner:
    """Answers as their memory has it: `truth` are the 21 parameters."""

    def __init__(self, study: Study, truth: tuple[float, ...], seed: int = 1) -> None:
        self._study = study
        self._truth = Fsrs6(truth)
        self._chance = Random(seed)
        self._traces: dict[str, Trace] = {}
        self._took: dict[str, int] = {}
        self.year = Year()

    def lives(self, first: datetime, days: int) -> Year:
        """Study on some days in a row, everything that is asked."""
        for number in range(days):
            self._day(first + timedelta(days=number))
        return self.year

    def _day(self, now: datetime) -> None:
        review, year = self._study.review, self.year
        set_clock(self._study, now)
        day = self._study.desk.day()
        for entries in (year.ms, year.reviews, year.recalled):
            entries.append(0)
        year.days.append(day)
        while (turn := review.next()) is not None:
            took = self._takes(turn.card)
            rating, chance = self._recall(turn.card, day.toordinal())
            if turn.memory.state is CardState.REVIEW:
                year.ms[-1] += took
                year.reviews[-1] += 1
                year.recalled[-1] += rating is not Rating.AGAIN
                year.expected += chance
            now += timedelta(milliseconds=took)
            set_clock(self._study, now)
            review.answer(turn.card, rating, took)
        year.waiting += review.counts().waiting

    def _takes(self, card: str) -> int:
        if card not in self._took:
            (self._took[card],) = self._chance.choices(*TOOK_MS)
        return self._took[card]

    def _recall(self, card: str, day: int) -> tuple[Rating, float]:
        """What the learner answers, and how likely it was that they knew; within a day they know."""
        trace, chance = self._traces.get(card), 1.0
        if trace is None:
            rating = self._chance.choices(tuple(Rating), (3, 2, 5, 2))[0]
        else:
            chance = self._truth.retrievability(trace.stability, day - trace.last)
            knows = self._chance.random() < chance
            rating = self._chance.choice(RECALLED) if knows else Rating.AGAIN
        self._traces[card] = self._truth.review(trace, day, rating)
        return rating, chance


def cards(study: Study, count: int) -> None:
    """New cards, all at once; the settings say how many begin a day."""
    names = [f"own/card/{number:05}" for number in range(count)]
    study.desk.record(EventKind.SECTION, "own/all", {"cards": names})


def fitted(study: Study, parameters: tuple[float, ...]) -> None:
    """Put parameters in force, as a fit does."""
    study.desk.record(EventKind.FIT, SUBJECT, {"name": "fit-true", "parameters": list(parameters)})
    study.desk.forget_scheduler()


def quick(study: Study) -> Study:
    """Without waiting for the disk."""
    study.desk.store._db.execute("PRAGMA synchronous = off")
    set_clock(study, DAY_ONE)
    return study
