"""A learner who has studied for a year, made up: figures and pictures are drawn from it.

They forget as FSRS-6 says, study most mornings and some evenings, now and then not at all, and do other
work of the lesson too. The same seed makes the same year.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from random import Random
from typing import NamedTuple

from studybuddy.core.clock import study_day
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.memory.fsrs6 import Fsrs6, Trace
from studybuddy.study.wiring import Study

OWN_CARDS = 1100
NEW_A_DAY = 4
SECONDS = {"basic": 11, "cloze": 8, "type-in": 19, "numeric": 24, "formula": 33, "code": 260, "tree": 41}
HARD_TO_KEEP = 3
"""Every card whose number this divides is forgotten twice as fast as the model thinks."""


class _Known(NamedTuple):
    trace: Trace
    true: float
    interval: int


class Year:
    """Writes the events of a year that ends on the evening before `now`."""

    def __init__(self, study: Study, now: datetime, days: int = 365, seed: int = 1) -> None:
        self._study, self._now, self._days = study, now, days
        self._chance, self._model = Random(seed), Fsrs6()
        course = list(study.desk.catalogue.card_ids)
        own = [f"own/card/{n:04}" for n in range(OWN_CARDS)]
        self._new = [
            card for n in range(max(len(course), len(own))) for card in (*own[n:][:1], *course[n:][:1])
        ]
        self._kinds = {card.id: card.kind for ls in study.desk.catalogue.lessons for card in ls.cards}
        self._known: dict[str, _Known] = {}

    def write(self) -> None:
        """All of it in one transaction, then the projections."""
        store = self._study.desk.store
        with store._transaction():
            begin = self._now - timedelta(days=self._days)
            for card in [card for card in self._new if card.startswith("own/")]:
                sides = {"front": f"question {card}", "back": "answer", "tags": [], "source": ""}
                self._put(EventKind.CARD_NEW, card, sides | {"cards": [card]}, begin)
                begin += timedelta(days=self._days) / OWN_CARDS
            for n in range(self._days, 0, -1):
                self._day(self._now - timedelta(days=n))
            store._projector.rebuild()

    def _day(self, day: datetime) -> None:
        chance = self._chance
        if chance.random() < (0.12 if day.weekday() < 5 else 0.3):
            return
        at = day.replace(hour=chance.choice((7, 7, 8, 8, 8, 9, 12, 20, 21, 22)), minute=chance.randrange(60))
        ordinal = study_day(at).toordinal()
        due = [card for card, known in self._known.items() if known.trace.last + known.interval <= ordinal]
        begun = min(len(self._new), chance.randrange(2 * NEW_A_DAY))
        fresh, self._new = self._new[:begun], self._new[begun:]
        for card in (*due[:90], *fresh):
            at += timedelta(seconds=self._answer(card, at, ordinal))
        for kind, subject, often in (
            (EventKind.ATTEMPT, "s3w10d1/training-loop", 0.3),
            (EventKind.STEP, "s3w10d1/linear-backward/dw", 0.2),
        ):
            if chance.random() < often:
                at += timedelta(minutes=3)
                self._put(kind, subject, {"verdict": "AC", "outcome": "right"}, at)

    def _answer(self, card: str, at: datetime, ordinal: int) -> float:
        chance, model = self._chance, self._model
        before = self._known.get(card)
        if before is None:
            rating, true = chance.choice((1, 2, 3, 3, 3, 4)), 0.0
        else:
            recalled = chance.random() < model.retrievability(before.true, ordinal - before.trace.last)
            rating = chance.choice((2, 3, 3, 3, 3, 3, 4)) if recalled else 1
        trace = model.review(before.trace if before else None, ordinal, rating)
        seconds = SECONDS.get(self._kinds.get(card, "basic"), 10) * chance.uniform(0.5, 1.8)
        if rating == 1:
            self._put_review(card, rating, 0, seconds, at)
            rating, at = 3, at + timedelta(minutes=10)
            trace = model.review(trace, ordinal, rating)
        interval = max(1, round(model.interval(trace.stability, 0.9) * chance.uniform(0.9, 1.1)))
        self._put_review(card, rating, interval, seconds, at)
        weak = sum(map(ord, card)) % HARD_TO_KEEP == 0
        true = trace.stability / (2.0 if weak else 1.0)
        self._known[card] = _Known(trace, true, interval)
        return seconds

    def _put_review(self, card: str, rating: int, interval: int, seconds: float, at: datetime) -> None:
        due = study_day(at) + timedelta(days=interval) if interval else at + timedelta(minutes=10)
        body = {
            "rating": rating,
            "elapsed_ms": round(seconds * 1000),
            "due": due.isoformat(),
            "interval_days": interval,
            "desired_retention": 0.9,
            "model": "fsrs-6",
            "parameters": "default",
        }
        self._put(EventKind.REVIEW, card, body, at)

    def _put(self, kind: EventKind, subject: str, body: Mapping[str, object], at: datetime) -> None:
        self._study.desk.store.log.append(NewEvent(kind, subject, dict(body)), at, study_day(at))
