"""A database of an older version is brought up to date without a replay, and counts right from then on."""

from __future__ import annotations

import gzip
import sqlite3
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from studybuddy.core.card import CardState, Rating
from studybuddy.core.clock import study_day
from studybuddy.core.errors import StoreError
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.core.preset import Preset
from studybuddy.memory.scheduler import Scheduler, due_text
from studybuddy.store.connection import DATABASE_NAME
from studybuddy.store.schema import PROJECTIONS, SCHEMA_VERSION, UNKNOWN_MS
from studybuddy.store.store import Store

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=timezone(timedelta(hours=8)))
TOOK = {
    "s3w10d1/card/dw": 4000 + 2500 + 6000,
    "s3w10d1/card/db": 90_000 + 1000,
    "s3w10d1/card/dx": 600_000 + 20_000,
    "own/card/2026-11-10-1": 8000,
    "s3w10d1/card/code-training-loop-grad-w2": 120_000,
    "s3w10d1/q1": 61_000,
}
"""What the reviews of the file took; one of them, of 15 s, was taken back."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder as version 1 left it."""
    data = gzip.decompress(Path(__file__).with_name("version-1.db.gz").read_bytes())
    (tmp_path / DATABASE_NAME).write_bytes(data)
    return tmp_path


def tables(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    connection = sqlite3.connect(folder / DATABASE_NAME)
    found = {name: sorted(connection.execute(f"SELECT * FROM {name}")) for name in PROJECTIONS}
    connection.close()
    return found


def ask(folder: Path, question: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(folder / DATABASE_NAME)
    rows = connection.execute(question).fetchall()
    connection.close()
    return rows


def counted_anew(folder: Path) -> list[tuple[object, ...]]:
    """The load, card by card, by plain counting."""
    due: dict[str, tuple[int, int]] = {}
    for day, took, reps in ask(
        folder, "SELECT due_day, took_ms, reps FROM card WHERE state = 3 AND suspended = 0"
    ):
        assert isinstance(took, int)
        assert isinstance(reps, int)
        cards, ms = due.get(str(day), (0, 0))
        due[str(day)] = cards + 1, ms + (max(took // reps, 2000) if took else UNKNOWN_MS)
    return sorted((day, *sums) for day, sums in due.items())


def test_version_1_is_brought_up_to_date_without_a_replay(folder: Path) -> None:
    before = ask(folder, "SELECT * FROM card ORDER BY id")
    store = Store(folder, None, writer="test")  # type: ignore[arg-type]  # a replay would need a model
    store.close()
    assert ask(folder, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert [row[:-1] for row in ask(folder, "SELECT * FROM card ORDER BY id")] == before
    assert dict(ask(folder, "SELECT id, took_ms FROM card WHERE took_ms > 0")) == TOOK  # type: ignore[arg-type]
    loads = ask(folder, "SELECT * FROM load ORDER BY due_day")
    assert loads == counted_anew(folder)
    assert sum(cards for _, cards, _ in loads) == 4  # type: ignore[misc]  # one of the five is suspended


def test_what_was_migrated_is_what_a_replay_leads_to(folder: Path) -> None:
    store = Store(folder, Scheduler(), writer="test")
    migrated = tables(folder)
    store.rebuild()
    store.close()
    assert tables(folder) == migrated


def test_the_load_follows_what_is_done_after_the_migration(folder: Path) -> None:
    store = Store(folder, Scheduler(), writer="test")
    day = study_day(NOW)
    for card, rating in (("s3w10d1/card/dw", Rating.GOOD), ("s3w10d1/card/zero-init", Rating.AGAIN)):
        memory = store.queue.memory(card)
        assert memory is not None
        outcome = Scheduler().outcome(memory, rating, NOW, day, Preset())
        body = {"rating": int(rating), "due": due_text(outcome.memory), "elapsed_ms": 5000}
        store.append(NewEvent(EventKind.REVIEW, card, body), NOW, day, outcome.memory)
        assert ask(folder, "SELECT * FROM load ORDER BY due_day") == counted_anew(folder)
    zero = store.queue.memory("s3w10d1/card/zero-init")
    assert zero is not None
    assert zero.state is CardState.LEARNING
    for _ in range(8):
        store.undo(NOW, day)
        assert ask(folder, "SELECT * FROM load ORDER BY due_day") == counted_anew(folder)
    store.close()


def test_a_migration_that_was_cut_off_is_finished_at_the_next_opening(folder: Path) -> None:
    Store(folder, Scheduler(), writer="test").close()
    connection = sqlite3.connect(folder / DATABASE_NAME)
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    after = tables(folder)
    Store(folder, Scheduler(), writer="test").close()
    assert ask(folder, "PRAGMA user_version") == [(SCHEMA_VERSION,)]
    assert tables(folder) == after


def test_who_only_reads_is_told_to_open_it_once(folder: Path) -> None:
    with pytest.raises(StoreError, match="older version"):
        Store(folder, Scheduler())
    assert ask(folder, "PRAGMA user_version") == [(1,)]


def test_triggers_run_where_the_schema_is_not_trusted(tmp_path: Path) -> None:
    store = Store(tmp_path, Scheduler(), writer="test")
    assert store._db.execute("PRAGMA trusted_schema").fetchone() == (0,)
    card = (
        "INSERT INTO card (id, state, reps, lapses, position, due_day, took_ms) VALUES (?, 3, ?, 0, 0, ?, ?)"
    )
    store._db.execute(card, ("a", 2, "2026-12-01", 50_001))
    store._db.execute(card, ("b", 0, "2026-12-01", 50_000))
    store._db.execute(card, ("c", 1000, "2026-12-02", 1))
    load = "SELECT * FROM load ORDER BY due_day"
    both = [("2026-12-01", 2, 25_000 + UNKNOWN_MS), ("2026-12-02", 1, 2000)]
    assert store._db.execute(load).fetchall() == both
    store._db.execute("UPDATE card SET suspended = 1 WHERE id = 'b'")
    assert store._db.execute(load).fetchall()[0] == ("2026-12-01", 1, 25_000)
    store._db.execute("UPDATE card SET due_day = '2026-12-02' WHERE id = 'a'")
    assert store._db.execute(load).fetchall() == [("2026-12-02", 2, 27_000)]
    store._db.execute("UPDATE card SET suspended = 0, due_day = NULL WHERE id = 'b'")
    store._db.execute("UPDATE card SET state = 4 WHERE id = 'c'")
    store._db.execute("DELETE FROM card WHERE id = 'a'")
    assert store._db.execute(load).fetchall() == []
    store.close()
