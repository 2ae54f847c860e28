"""What may be asked, as the store reads it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

from studybuddy.core.clock import study_day
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.memory.scheduler import Scheduler
from studybuddy.store.queue import ORDERS, OWN_BY_NAME
from studybuddy.store.store import Store

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=8)))
DAY = study_day(NOW)
CARDS = ("s/card/a", "s/card/b", "s/card/c")
_INSERT = (
    "INSERT INTO card (id, state, reps, lapses, position, due_day, due_ms, last_day, stability, took_ms) "
    "VALUES (?, ?, 3, 0, ?, ?, ?, ?, ?, 9000)"
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "data", Scheduler(), writer="test")
    yield opened
    opened.close()


def put(
    store: Store,
    card: str,
    *,
    state: int = 3,
    due: str | None = "2026-11-20",
    due_ms: int | None = None,
    last: str = "2026-11-10",
    stability: float = 5.0,
    position: int = 0,
) -> None:
    store._db.execute(_INSERT, (card, state, position, due, due_ms, last, stability))


def due(store: Store, order: str = "due", day: date = DAY) -> list[str]:
    return [card.card for card in store.queue.due(day, order)]


def put_aside(store: Store, cards: list[str], day: date = DAY) -> None:
    body: dict[str, object] = {"buried": day.isoformat()}
    subject = cards[0] if len(cards) == 1 else ""
    if not subject:
        body["cards"] = cards
    store.append(NewEvent(EventKind.CARD_STATE, subject, body), NOW, DAY)


def test_what_another_program_put_aside_is_not_counted(store: Store) -> None:
    """Spaces in its JSON, and bodies that are none."""
    for card in CARDS:
        put(store, card)
    store.append(NewEvent(EventKind.CARD_STATE, CARDS[0], {}), NOW, DAY)
    bodies = (
        (CARDS[1], '{ "v": 1, "buried" : "2026-11-22" }'),
        ("", '{"buried":"2026-11-22"'),
        ("", '{"buried":"2026-11-22","cards":"abc"}'),
        ("", '{"buried":"2026-11-22","cards":{"a":5}}'),
    )
    for number, (card, body) in enumerate(bodies):
        row = ("x", number, number, number, 0, "2026-11-22", "card_state", card, body, b"", b"")
        store._db.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
    assert store.queue.due_count(DAY) == 3
    store._db.execute("UPDATE card SET buried = '2026-11-22' WHERE id = ?", (CARDS[1],))
    assert store.queue.due_count(DAY) == len(due(store)) == 2


def test_due_cards_come_in_each_order(store: Store) -> None:
    put(store, "fresh", due="2026-11-22", last="2026-11-21", stability=1.0, position=4)
    put(store, "long", due="2026-11-21", last="2026-01-01", stability=900.0, position=3)
    put(store, "old", due="2026-11-01", last="2026-10-25", stability=7.0, position=2)
    put(store, "later", due="2026-11-23", position=1)
    assert due(store) == ["old", "long", "fresh"]
    assert due(store, "interval") == ["fresh", "old", "long"]
    assert due(store, "retrievability") == ["old", "fresh", "long"], "28/7, 1/1, 325/900 of their stability"
    assert sorted(due(store, "random")) == ["fresh", "long", "old"]
    assert due(store, "random") == due(store, "random")
    assert set(ORDERS) == {"due", "interval", "retrievability", "random", "position"}


def test_damaged_rows_end_no_order(store: Store) -> None:
    put(store, "broken", last="no day", stability=0.0)
    store._db.execute("UPDATE card SET stability = NULL, difficulty = NULL, last_day = NULL")
    put(store, "whole", stability=-1.0)
    for order in ORDERS:
        assert sorted(due(store, order)) == ["broken", "whole"]


def test_suspended_and_put_aside_cards_are_neither_read_nor_counted(store: Store) -> None:
    for number in range(8):
        put(store, f"own/{number}", position=number)
    put_aside(store, ["own/0"])
    put_aside(store, ["own/1", "own/2", "own/2", "own/never"])
    put_aside(store, ["own/3"], DAY - timedelta(days=1))
    store.append(NewEvent(EventKind.CARD_STATE, "own/4", {"suspended": 1}), NOW, DAY)
    put_aside(store, ["own/4"])
    put_aside(store, ["own/5"])
    store.append(NewEvent(EventKind.CARD_STATE, "own/5", {"buried": None}), NOW, DAY)
    asked = ["own/3", "own/5", "own/6", "own/7"]
    assert due(store) == asked
    assert store.queue.due_count(DAY) == len(asked)
    assert store.queue.due_among(["own/0", "own/3", "x"], DAY) == {"own/3"}
    assert not store.queue.asked(["own/0"], DAY)
    assert list(store.queue.asked(["own/0"], DAY + timedelta(days=1))) == ["own/0"]
    assert store.queue.due_count(DAY + timedelta(days=1)) == 7


def test_a_group_of_any_size_put_aside_is_not_counted(store: Store) -> None:
    cards = [f"own/{number}" for number in range(3000)]
    for card in cards:
        put(store, card)
    put_aside(store, cards[:2000])
    assert store.queue.due_count(DAY) == 1000 == len(due(store))


def test_steps_come_by_their_instant_and_new_cards_by_their_place(store: Store) -> None:
    put(store, "b", state=2, due=None, due_ms=2000)
    put(store, "a", state=4, due=None, due_ms=1000)
    put(store, "n2", state=1, due=None, position=2)
    put(store, "n1", state=1, due=None, position=1)
    assert [step.card for step in store.queue.steps(DAY)] == ["a", "b"]
    assert [card.card for card in store.queue.fresh(DAY)] == ["n1", "n2"]
    assert sorted(card.card for card in store.queue.fresh(DAY, "random")) == ["n1", "n2"]
    assert store.queue.fresh_count(DAY) == store.queue.new_count() == 2


@pytest.mark.parametrize("own", [1, OWN_BY_NAME + 5])
def test_cards_gone_from_the_course_are_neither_read_nor_counted(store: Store, own: int) -> None:
    for card in (*CARDS, *(f"own/{number}" for number in range(own))):
        put(store, card)
    store.queue.keep_to([CARDS[2], "s/card/never-begun"], "own/")
    assert len(due(store)) == store.queue.due_count(DAY) == own + 1
    assert CARDS[0] not in due(store)
    assert store.queue.due_days() == [("2026-11-20", own + 1)]
    assert store.queue.due_among(CARDS, DAY) == {CARDS[2]}
    store.queue.keep_to(CARDS, "own/")
    assert len(due(store)) == store.queue.due_count(DAY) == own + 3


def test_an_archive_of_any_size_costs_no_more_than_the_course(store: Store) -> None:
    """Counted in steps of SQLite's machine, which do not depend on the speed of this one."""
    for card in (*CARDS, "own/1"):
        put(store, card)

    def steps() -> int:
        counted = [0]

        def count() -> int:
            counted[0] += 1
            return 0

        store._db.set_progress_handler(count, 10)
        store.queue.keep_to(CARDS[1:], "own/")
        assert store.queue.due_count(DAY) == 3
        assert next(store.queue.due(DAY)).card in (*CARDS, "own/1")
        assert list(store.queue.fresh(DAY)) == []
        store._db.set_progress_handler(None, 0)
        return counted[0]

    put(store, "gone/one")
    few = steps()
    for number in range(10_000):
        put(store, f"gone/{number}", state=number % 4 + 1)
    assert steps() < 2 * few


def test_what_is_made_of_one_note_is_found_by_its_ids(store: Store) -> None:
    made = ["own/card/2026-11-22-3", "own/card/2026-11-22-3~1", "own/card/2026-11-22-3~reverse"]
    for card in (*made, "own/card/2026-11-22-30", "own/card/2026-11-22-30~1", "own/card/2026-11-22-"):
        put(store, card)
    assert sorted(store.queue.made_of("own/card/2026-11-22-3")) == made
    assert store.queue.made_of("own/none") == []


def test_a_card_that_rests_is_read_from_the_next_study_day_on(store: Store) -> None:
    body = {"cards": list(CARDS), "rest": [CARDS[0]]}
    store.append(NewEvent(EventKind.ATTEMPT, "s/program", dict(body)), NOW, DAY)
    assert [card.card for card in store.queue.fresh(DAY)] == list(CARDS[1:])
    tomorrow = DAY + timedelta(days=1)
    assert [card.card for card in store.queue.fresh(tomorrow)] == list(CARDS)
    store.append(NewEvent(EventKind.ATTEMPT, "s/program", dict(body)), NOW + timedelta(days=1), tomorrow)
    assert store.queue.fresh_count(tomorrow) == 3, "it rests once"


def test_the_days_answers_are_found_from_the_newest_on(store: Store) -> None:
    def answer(card: str, elapsed_ms: int, day: date = DAY) -> None:
        body = {"rating": 3, "elapsed_ms": elapsed_ms, "due": "2026-12-01", "interval_days": 9}
        store.append(NewEvent(EventKind.REVIEW, card, body), NOW, day)

    answer("a", 1, DAY - timedelta(days=1))
    answer("a", 2)
    store.append(NewEvent(EventKind.THINK, "x", {"answer": ""}), NOW, DAY)
    answer("b", 3)
    answer("c", 4)
    store.undo(NOW, DAY)
    assert store.days.answers(DAY) == [("b", 3), ("a", 2)]
    assert store.days.answers(DAY + timedelta(days=1)) == []
    assert store.days.reviewing(before=DAY) == (1, 1)
    assert store.days.last_reviewing(DAY) == DAY - timedelta(days=1)
    assert store.days.last_reviewing(DAY - timedelta(days=1)) is None


def test_the_load_and_a_count_of_the_cards_agree(store: Store) -> None:
    for number in range(40):
        put(
            store,
            f"own/{number}",
            state=number % 4 + 1,
            due=f"2026-11-{10 + number % 20}" if number % 4 == 2 else None,
        )
    with sqlite3.connect(store.path) as other:
        rows = other.execute(
            "SELECT count(*) FROM card WHERE state = 3 AND due_day <= '2026-11-22'"
        ).fetchone()
    other.close()
    assert store.queue.due_count(DAY) == rows[0] > 0
