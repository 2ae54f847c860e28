"""Queues to be looked at: cards of one's own, new, learnt and due."""

from __future__ import annotations

from datetime import date, timedelta

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.study.wiring import Study
from tests.study.conftest import set_clock


def own_id(number: int) -> str:
    """Cards 0 and 1, 2 and 3 ... are made of one note each."""
    return f"own/card/n{number // 2:03}" + ("~1" if number % 2 else "")


def fill(study: Study, cards: int, *, due: int = 0) -> list[str]:
    """Cards of one's own, the first `due` of them learnt and due."""
    names = [f"own/card/{number:05}" for number in range(cards)]
    study.desk.record(EventKind.SECTION, "own/all", {"cards": names})
    make_due(study, names[:due])
    return names


def make_due(study: Study, names: list[str], *, took_ms: int = 40_000, day: date | None = None) -> None:
    yesterday = (day or study.desk.day()) - timedelta(days=1)
    study.desk.store._db.executemany(
        "UPDATE card SET state = 3, stability = 8.0, difficulty = 5.0, due_day = ?, last_day = ?, reps = 4, "
        "first_day = '2026-10-01', took_ms = ? WHERE id = ?",
        ((yesterday.isoformat(), "2026-11-10", took_ms, name) for name in names),
    )
    study.desk.store.changes += 1


def learnt(study: Study, names: list[str], *, ms: int = 10_000) -> None:
    """Cards begun and answered a month ago, by now all due; the log knows it, so that undo keeps it."""
    now = study.desk.now()
    set_clock(study, now - timedelta(days=30))
    study.desk.record(EventKind.SECTION, "own/learnt", {"cards": names})
    for name in names:
        study.review.answer(name, Rating.EASY, ms)
    set_clock(study, now)


def answer_all(study: Study, rating: Rating = Rating.GOOD, ms: int = 5000, most: int = 1000) -> list[str]:
    """Answers until nothing is asked; the cards in their order."""
    given: list[str] = []
    while (turn := study.review.next()) is not None and len(given) < most:
        study.review.answer(turn.card, rating, ms)
        given.append(turn.card)
    return given


def own_five(number: int) -> str:
    """The id of a card that stands alone."""
    return f"own/card/{number:05}"


def not_due(study: Study, *names: str) -> None:
    """Learnt cards are due in a month."""
    later = (study.desk.day() + timedelta(days=30)).isoformat()
    for name in names:
        study.desk.store._db.execute("UPDATE card SET due_day = ? WHERE id = ?", (later, name))
    study.desk.store.changes += 1
