"""`answer-100k`: one rating with a hundred thousand cards in the queue."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from studybuddy.core.card import Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.event import EventKind
from studybuddy.store.schema import EVENT_DDL, PROJECTION_DDL
from studybuddy.study.launch import Launch
from studybuddy.study.review import Turn
from studybuddy.study.wiring import Study
from tests.benchmarks.data import FIRST_DAY
from tests.benchmarks.measure import Figure, pairs

CARDS = 100_000
ANSWERS = 300


def answer_100k() -> Figure:
    """Schedule, commit and fetch the next card, against insert, update and commit by hand."""
    with tempfile.TemporaryDirectory() as ours_folder, tempfile.TemporaryDirectory() as peer_folder:
        study = _study(Path(ours_folder))
        bare = _bare(Path(peer_folder))
        turns = _Session(study)
        rows = _rows()
        try:
            ours, peer = pairs(turns.answer, lambda: _by_hand(bare, rows), ANSWERS)
        finally:
            study.close()
            bare.close()
    return Figure("answer-100k", ours, peer, "s", 2.0)


class _Session:
    def __init__(self, study: Study) -> None:
        self._study = study
        self._turn: Turn | None = study.review.next()

    def answer(self) -> float:
        """One rating, from the key to the next card with its four intervals."""
        assert self._turn is not None
        started = time.perf_counter()
        self._study.review.answer(self._turn.card, Rating.GOOD, 3000)
        self._turn = self._study.review.next()
        return time.perf_counter() - started


def _study(folder: Path) -> Study:
    """A learner with every card in review and due."""
    study = Study(Launch(str(folder), "en"), writer="benchmark")
    study.desk.clock = FixedClock(FIRST_DAY)
    names = [f"bench/card/{n}" for n in range(CARDS)]
    for start in range(0, CARDS, 1000):
        study.desk.record(EventKind.SECTION, f"bench/{start}", {"cards": names[start : start + 1000]})
    due = (FIRST_DAY - timedelta(days=1)).date().isoformat()
    study.desk.store._db.execute(
        "UPDATE card SET state = 3, stability = 10.0, difficulty = 5.0, due_day = ?, last_day = ?, reps = 4, "
        "first_day = '2026-11-01'",
        (due, "2026-11-10"),
    )
    return study


def _bare(folder: Path) -> sqlite3.Connection:
    """The same tables, rows and PRAGMAs without the program."""
    connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
    connection.execute("PRAGMA journal_mode = wal")
    for pragma in ("synchronous = full", "foreign_keys = on", "trusted_schema = off", "cell_size_check = on"):
        connection.execute(f"PRAGMA {pragma}")
    connection.executescript(EVENT_DDL + PROJECTION_DDL)
    connection.execute("BEGIN")
    connection.executemany(
        "INSERT INTO card (id, state, stability, difficulty, due_day, last_day, reps, lapses, position) "
        "VALUES (?, 3, 10.0, 5.0, '2026-11-21', '2026-11-10', 4, 0, ?)",
        ((f"bench/card/{n}", n) for n in range(CARDS)),
    )
    connection.execute("COMMIT")
    return connection


def _rows() -> Iterator[int]:
    yield from range(CARDS)


def _by_hand(connection: sqlite3.Connection, rows: Iterator[int]) -> float:
    n = next(rows)
    body = (
        '{"v":1,"rating":3,"elapsed_ms":3000,"due":"2026-12-05","interval_days":13,"desired_retention":0.9}'
    )
    event = ("dev", n + 1, n, n, 480, "2026-11-22", "review", f"bench/card/{n}", body, bytes(20), bytes(20))
    started = time.perf_counter()
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", event)
    connection.execute(
        "UPDATE card SET stability = ?, difficulty = ?, due_day = ?, last_day = ?, reps = reps + 1 "
        "WHERE id = ?",
        (14.2, 5.1, "2026-12-05", "2026-11-22", f"bench/card/{n}"),
    )
    connection.execute("COMMIT")
    return time.perf_counter() - started
