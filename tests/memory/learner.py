"""A learner whose forgetting is known, and a real one where there is a file."""

from __future__ import annotations

import csv
import os
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from studybuddy.memory.fsrs6 import DEFAULTS, Fsrs6, Trace

Reviews = tuple[list[int], list[int], list[int]]
"""Card, day and rating of each review, in the order of the log."""
OWN = tuple(
    {0: 0.5, 1: 2.0, 2: 5.0, 3: 20.0, 8: 1.2, 10: 0.5, 11: 1.0, 20: 0.35}.get(n, w)
    for n, w in enumerate(DEFAULTS)
)
"""Parameters far from the defaults."""


def invented(
    cards: int = 300, days: int = 120, parameters: tuple[float, ...] = OWN, seed: int = 1
) -> Reviews:
    """Reviews of a learner who forgets as `parameters` say and reviews at intervals of the defaults."""
    chance, forgets, plans = Random(seed), Fsrs6(parameters), Fsrs6()
    traces: dict[int, tuple[Trace, Trace, int]] = {}
    rows: list[tuple[int, int, int]] = []
    for day in range(days):
        for card in range(cards):
            if card not in traces:
                if card // 5 > day:
                    break
                rating, known, planned = chance.choice((1, 2, 3, 3, 3, 4)), None, None
            else:
                known, planned, due = traces[card]
                if due > day:
                    continue
                recalled = chance.random() < forgets.retrievability(known.stability, day - known.last)
                rating = chance.choice((2, 3, 3, 3, 4)) if recalled else 1
            rows.append((card, day, rating))
            known, planned = forgets.review(known, day, rating), plans.review(planned, day, rating)
            if rating == 1:
                rows.append((card, day, 3))
                known, planned = forgets.review(known, day, 3), plans.review(planned, day, 3)
            wait = max(1, round(plans.interval(planned.stability, 0.9)))
            traces[card] = known, planned, day + wait
    return [r[0] for r in rows], [700_000 + r[1] for r in rows], [r[2] for r in rows]


def real() -> Reviews | None:
    """The reviews of the file that STUDYBUDDY_REVIEWS names, in study days of UTC; None without it."""
    name = os.environ.get("STUDYBUDDY_REVIEWS")
    if not name:
        return None
    numbers: dict[str, int] = {}
    cards, days, ratings = [], [], []
    with Path(name).open(encoding="utf-8", newline="") as file:
        for row in sorted(csv.DictReader(file), key=lambda row: row["review_time"]):
            cards.append(numbers.setdefault(row["card_id"], len(numbers)))
            instant = datetime.fromisoformat(row["review_time"]) - timedelta(hours=4)
            days.append(instant.date().toordinal())
            ratings.append(int(row["review_rating"]))
    return cards, days, ratings
