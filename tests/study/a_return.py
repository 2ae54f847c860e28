"""A learner of a year who stays away for ten days: cards as FSRS leaves them, reviewed to the last before."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from studybuddy.core.event import EventKind
from studybuddy.memory.fsrs6 import AGAIN, GOOD, Fsrs6, Trace
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

AWAY = 10
CARDS = 2400
YEAR = 365
TODAY = DAY_ONE.date()
TOOK_MS = 20_000
"""Of each answer."""


class Past:
    """A card's year: `trace` after its last review, and the ordinal of the day on which it is due."""

    def __init__(self, name: str, begun: int, random: Random, model: Fsrs6) -> None:
        self.name = name
        self.reps = 0
        self.trace: Trace | None = None
        self.due = begun
        left = TODAY.toordinal() - AWAY
        while self.due < left:
            rating = GOOD
            if self.trace is not None:
                chance = model.retrievability(self.trace.stability, self.due - self.trace.last)
                rating = GOOD if random.random() < chance else AGAIN
            self.trace = model.review(self.trace, self.due, rating)
            self.reps += 1
            interval = model.interval(self.trace.stability, 0.9)
            self.due += max(1, round(interval * random.uniform(0.9, 1.1)))


def returned(study: Study) -> list[Past]:
    """Make the learner; today is the first day back."""
    random, model = Random(7), Fsrs6()
    first = TODAY.toordinal() - AWAY - YEAR
    pasts = [Past(f"own/card/y{n:04}", first + n * (YEAR - 15) // CARDS, random, model) for n in range(CARDS)]
    set_clock(study, DAY_ONE - timedelta(days=AWAY + YEAR))
    study.desk.record(EventKind.SECTION, "own/year", {"cards": [past.name for past in pasts]})
    set_clock(study, DAY_ONE)
    rows = [
        (
            *(past.trace.stability, past.trace.difficulty, date.fromordinal(past.due).isoformat()),
            *(date.fromordinal(past.trace.last).isoformat(), past.reps, past.reps * TOOK_MS, past.name),
        )
        for past in pasts
        if past.trace is not None
    ]
    database = study.desk.store._db
    database.executemany(
        "UPDATE card SET state = 3, stability = ?, difficulty = ?, due_day = ?, last_day = ?, reps = ?, "
        "took_ms = ?, first_day = '2025-12-01' WHERE id = ?",
        rows,
    )
    database.executemany(
        "INSERT INTO day (day, reviews, elapsed_ms) VALUES (?, 30, 600000)",
        (((TODAY - timedelta(days=AWAY + 1 + n)).isoformat(),) for n in range(60)),
    )
    study.desk.store.changes += 1
    return pasts
