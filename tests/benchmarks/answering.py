"""`answer-100k`, `answer-commit`, `first-queue-100k`, `answer-growth`: one rating among very many due cards.

An answer is timed from the key to the next card with its four intervals and the counts, everything on disk.
The peers are
Anki (`STUDYBUDDY_BENCH_ANKI` names a Python that has the `anki` package; it runs `anki_answer.py`), WAL and
FULL on both sides, and the least that a database can do: insert, update and commit by hand.
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

from studybuddy.core.card import Rating
from studybuddy.store.schema import EVENT_DDL, PROJECTION_DDL
from tests.benchmarks.many import all_due, opened
from tests.benchmarks.measure import Figure, pairs

CARDS = 100_000
MANY = 1_000_000
ANSWERS = 300
BATCH, BATCHES = 50, 12
PEER = Path(__file__).with_name("anki_answer.py")
NO_PEER = "STUDYBUDDY_BENCH_ANKI names no Python that has anki"
Batch: TypeAlias = Callable[[int], list[float]]
"""Gives so many answers, and says how long each took."""


@contextmanager
def _ours(cards: int) -> Iterator[tuple[Batch, float]]:
    """Our side, and the seconds to its first queue: open data, first card, its intervals, the counts."""
    with tempfile.TemporaryDirectory() as name:
        folder = all_due(Path(name), cards)
        study = opened(folder)
        study.desk.prefer("reviews", 9999)
        study.desk.prefer("minutes", 960)
        started = time.perf_counter()
        turn = study.review.next()
        assert turn is not None
        _seen = turn.outcomes, study.review.counts()
        first = time.perf_counter() - started

        def answered(count: int) -> list[float]:
            nonlocal turn
            taken = []
            for _ in range(count):
                assert turn is not None
                begun = time.perf_counter()
                study.review.answer(turn.card, Rating.GOOD, 3000)
                turn = study.review.next()
                assert turn is not None
                _seen = turn.outcomes, study.review.counts()
                taken.append(time.perf_counter() - begun)
            return taken

        yield answered, first
        study.close()


@contextmanager
def _anki(python: str) -> Iterator[tuple[Batch, float]]:
    """Anki's side, and the seconds to its first queue."""
    with tempfile.TemporaryDirectory() as name:
        command = [python, str(PEER), str(Path(name) / "peer.anki2"), str(CARDS)]
        peer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert peer.stdin is not None
        assert peer.stdout is not None
        stdin, stdout = peer.stdin, peer.stdout
        first: float = json.loads(stdout.readline())

        def answered(count: int) -> list[float]:
            stdin.write(f"{count}\n")
            stdin.flush()
            taken: list[float] = json.loads(stdout.readline())
            return taken

        yield answered, first
        stdin.close()
        peer.wait(timeout=60)


def _p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _both(ours: Batch, peer: Batch) -> tuple[list[float], list[float]]:
    """Answers of both, in turn by batches, the first batch of each left out."""
    ours(BATCH), peer(BATCH)
    mine, other = [], []
    for _ in range(BATCHES):
        mine += ours(BATCH)
        other += peer(BATCH)
    return mine, other


def answer_100k() -> Figure:
    """Answer and next card beside Anki: the worse ratio of the middle and the 95th percentile."""
    python = os.environ.get("STUDYBUDDY_BENCH_ANKI")
    if not python:
        return Figure("answer-100k", None, None, "s", 1.0, why=NO_PEER)
    with _ours(CARDS) as (ours, _), _anki(python) as (peer, _):
        mine, other = _both(ours, peer)
    middle = statistics.median(mine), statistics.median(other)
    tail = _p95(mine), _p95(other)
    worse = max(middle, tail, key=lambda pair: pair[0] / pair[1])
    note = f"p50 {_ms(*middle)}, p95 {_ms(*tail)}"
    return Figure("answer-100k", *worse, "s", 1.0, note=note)


def _ms(ours: float, peer: float) -> str:
    return f"{ours * 1e3:.2f} / {peer * 1e3:.2f} ms"


def answer_commit() -> Figure:
    """Answer, next card, intervals and counts beside insert, update and commit by hand."""
    with tempfile.TemporaryDirectory() as name, _ours(CARDS) as (ours, _):
        bare, rows = _bare(Path(name)), iter(range(CARDS))
        try:
            mine, peer = pairs(lambda: ours(1)[0], lambda: _by_hand(bare, rows), ANSWERS)
        finally:
            bare.close()
    return Figure("answer-commit", mine, peer, "s", 1.6)


def first_queue_100k() -> Figure:
    """From opened data to the first card, its intervals and the counts; the middle of three."""
    python = os.environ.get("STUDYBUDDY_BENCH_ANKI")
    if not python:
        return Figure("first-queue-100k", None, None, "s", 0.5, why=NO_PEER)
    mine, other = [], []
    for _ in range(3):
        with _ours(CARDS) as (_, ours), _anki(python) as (_, peer):
            mine.append(ours)
            other.append(peer)
    return Figure("first-queue-100k", statistics.median(mine), statistics.median(other), "s", 0.5)


def answer_growth() -> Figure:
    """An answer among a million due cards beside one among a hundred thousand."""
    with _ours(MANY) as (ours, _), _ours(CARDS) as (fewer, _):
        mine, other = _both(ours, fewer)
    return Figure("answer-growth", statistics.median(mine), statistics.median(other), "s", 1.3)


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
