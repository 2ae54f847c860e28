"""Data folders of very many cards and reviews, made through the log as the app makes them."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from studybuddy.core.clock import FixedClock
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from tests.benchmarks.data import FIRST_DAY

LEARNT = date(2026, 11, 10)
DUE = date(2026, 11, 21)
GAPS = (0, 1, 3, 9, 21, 40, 61, 90, 130, 180)
"""Days between the reviews of a card in `reviewed`."""
RATINGS = (3, 3, 3, 1, 3, 4, 3, 2, 3, 3)


def opened(folder: Path, day: date | None = None) -> Study:
    """The study of a folder, at eight in the morning of a day (default: the first)."""
    study = Study(Launch(str(folder), "en"), writer="benchmark")
    now = FIRST_DAY if day is None else FIRST_DAY + (day - FIRST_DAY.date())
    study.desk.clock = FixedClock(now)
    return study


def all_due(folder: Path, cards: int) -> Path:
    """A folder in which every card is the learner's own, was learnt and is due."""
    study = opened(folder)
    store = study.desk.store
    with store._transaction():
        for number in range(cards):
            card = f"own/card/{number:07}"
            sides = {"front": f"question {number}", "back": f"answer {number}", "tags": [], "source": ""}
            new = NewEvent(EventKind.CARD_NEW, card, sides | {"cards": [card]})
            store._projector.apply(store.log.append(new, FIRST_DAY, LEARNT))
        store._db.execute(
            "UPDATE card SET state = 3, stability = 10.0, difficulty = 5.0, due_day = ?, last_day = ?, "
            "reps = 4, first_day = ?",
            (DUE.isoformat(), LEARNT.isoformat(), LEARNT.isoformat()),
        )
    study.close()
    return folder


def reviewed(folder: Path, events: int) -> Path:
    """A folder with a log of `events` reviews, ten of each card; the log alone is made."""
    study = opened(folder)
    store, instant = study.desk.store, FIRST_DAY
    cards = events // len(GAPS)
    with store._transaction():
        days = 0
        for gap, rating in zip(GAPS, RATINGS, strict=True):
            days += gap
            day, now = FIRST_DAY.date() + timedelta(days=days), instant + timedelta(days=days)
            due = (day + timedelta(days=gap + 1)).isoformat()
            for number in range(cards):
                body = {
                    "rating": rating,
                    "elapsed_ms": 4000,
                    "due": due,
                    "interval_days": gap + 1,
                    "desired_retention": 0.9,
                    "model": "fsrs-6",
                    "parameters": "default",
                }
                store.log.append(NewEvent(EventKind.REVIEW, f"own/card/{number:07}", body), now, day)
    study.close()
    return folder
