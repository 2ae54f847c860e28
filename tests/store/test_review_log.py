from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from studybuddy.core.clock import study_day
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.memory.scheduler import Scheduler
from studybuddy.store.review_log import LONGEST_INTERVAL, LONGEST_MS, START, Piece
from studybuddy.store.store import Store
from studybuddy.study.review_table import ReviewTable

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path, Scheduler(), writer="test")
    yield opened
    opened.close()


def put(store: Store, card: str, body: dict[str, object], at: datetime = NOW, kind: str = "review") -> None:
    with store._transaction():
        store.log.append(NewEvent(EventKind(kind), card, body), at, study_day(at))


def good(**others: object) -> dict[str, object]:
    return {"rating": 3, "elapsed_ms": 5000, "interval_days": 4, "due": "2026-11-26", **others}


def everything(store: Store, limit: int = 1000) -> Piece:
    return store.reviews.after(START, limit)


@pytest.mark.parametrize(
    "rating", [0, 5, -1, 2.5, "3", None, True, [3], {}, float("nan"), float("inf"), 10**30]
)
def test_an_impossible_rating_is_left_out(store: Store, rating: object) -> None:
    put(store, "a", good())
    put(store, "b", good(rating=rating))
    put(store, "c", good())
    assert list(everything(store).card) == ["a", "c"]
    assert len(list(store.log.ratings())) == 2


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("elapsed_ms", "long", 0),
        ("elapsed_ms", -5, 0),
        ("elapsed_ms", 10**15, LONGEST_MS),
        ("elapsed_ms", 1.5, 0),
        ("elapsed_ms", None, 0),
        ("interval_days", "x", 0),
        ("interval_days", -3, 0),
        ("interval_days", 10**12, LONGEST_INTERVAL),
    ],
)
def test_other_damage_counts_as_nothing(store: Store, field: str, value: object, read: int) -> None:
    put(store, "a", good(**{field: value}))
    piece = everything(store)
    assert {"elapsed_ms": piece.elapsed_ms, "interval_days": piece.interval}[field][0] == read


@pytest.mark.parametrize("due", ["soon", None, 7, "2026-02-30", "9999-12-31", "2026-11-22T08:00:00", {}])
def test_a_review_without_a_due_day_is_left_out_here_and_in_a_replay(store: Store, due: object) -> None:
    put(store, "a", good(due=due))
    put(store, "b", good(due="2026-11-22T08:10:00+08:00", interval_days=0))
    assert list(everything(store).card) == ["b"]
    assert [rated.card for rated in store.log.ratings()] == ["b"]


def test_rows_that_are_no_json_or_no_day_are_left_out(store: Store) -> None:
    for card in "abcd":
        put(store, card, good())
    with store._transaction():
        store._db.execute("UPDATE event SET body = '{\"rating\": NaN}' WHERE card = 'b'")
        store._db.execute("UPDATE event SET day = 'tomorrow' WHERE card = 'c'")
        store._db.execute("UPDATE event SET tz_min = 9223372036854775807 WHERE card = 'd'")
    found = everything(store)
    assert list(found.card) == ["a", "d"]
    assert all(0 <= minute < 1440 for minute in found.minute)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 1000])
def test_pieces_make_the_whole(store: Store, limit: int) -> None:
    for n in range(7):
        put(store, f"card{n % 3}", good(rating=n % 4 + 1), NOW + timedelta(minutes=n))
    table = ReviewTable(store.reviews)
    while not table.read_on(limit):
        pass
    columns = table.columns()
    assert columns.rating.tolist() == [1, 2, 3, 4, 1, 2, 3]
    assert [columns.names[n] for n in columns.card] == [f"card{n % 3}" for n in range(7)]
    put(store, "card9", good(rating=4), NOW + timedelta(hours=1))
    assert table.read().rating.tolist()[-1] == 4
    assert len(table) == 8


def test_what_is_taken_back_goes_and_everything_is_read_anew(store: Store) -> None:
    put(store, "a", good())
    put(store, "b", good(rating=1))
    table = ReviewTable(store.reviews)
    assert len(table.read()) == 2
    store.undo(NOW, study_day(NOW))
    assert table.read().rating.tolist() == [3]


def test_a_card_made_new_begins_again(store: Store) -> None:
    put(store, "a", good(interval_days=30))
    put(store, "b", good(interval_days=30))
    put(store, "", {"cards": ["a", 7]}, NOW + timedelta(days=1), kind="forget")
    put(store, "a", good(), NOW + timedelta(days=2))
    put(store, "b", good(), NOW + timedelta(days=2))
    for limit in (1, 2, 100):
        table = ReviewTable(store.reviews)
        while not table.read_on(limit):
            pass
        columns = table.columns()
        assert list(columns.names) == ["a", "b", "a"]
        assert columns.card.tolist() == [0, 1, 2, 1]
        assert columns.tested.tolist() == [False, False, False, True]


@pytest.mark.parametrize(
    ("zone", "at", "hour", "day"),
    [
        ("Asia/Shanghai", (2026, 11, 22, 3, 59, 0), 3, date(2026, 11, 21)),
        ("Asia/Shanghai", (2026, 11, 22, 4, 0, 0), 4, date(2026, 11, 22)),
        ("Pacific/Kiritimati", (2026, 11, 22, 0, 30, 0), 0, date(2026, 11, 21)),
        ("Etc/GMT+12", (2026, 11, 22, 23, 30, 0), 23, date(2026, 11, 22)),
        ("Asia/Kathmandu", (2026, 11, 22, 7, 15, 0), 7, date(2026, 11, 22)),
        ("Europe/Berlin", (2026, 3, 29, 3, 30, 0), 3, date(2026, 3, 28)),
        ("Europe/Berlin", (2026, 10, 25, 2, 30, 0), 2, date(2026, 10, 24)),
        ("Europe/Berlin", (2026, 10, 25, 2, 30, 1), 2, date(2026, 10, 24)),
    ],
)
def test_hour_and_day_are_those_of_the_learners_clock_then(
    tmp_path: Path, zone: str, at: tuple[int, int, int, int, int, int], hour: int, day: date
) -> None:
    opened = Store(tmp_path, Scheduler(), writer="test")
    year, month, of_month, clock, minute, fold = at
    then = datetime(year, month, of_month, clock, minute, tzinfo=ZoneInfo(zone), fold=fold)
    put(opened, "a", good(), then)
    found = opened.reviews.after(START, 10)
    assert (found.minute[0] // 60, found.day[0]) == (hour, day.toordinal())
    opened.close()


def test_before_1970_the_clock_still_tells_the_hour(store: Store) -> None:
    put(store, "a", good(), datetime(1960, 5, 1, 21, 10, tzinfo=UTC))
    assert everything(store).minute[0] == 21 * 60 + 10
