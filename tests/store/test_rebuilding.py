"""A rebuild in one pass leads to the rows that event after event leads to, whatever the log holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studybuddy.core.card import CardMemory, CardState
from studybuddy.core.event import Event, EventKind, NewEvent
from studybuddy.memory.scheduler import Scheduler
from studybuddy.store import rebuilding
from studybuddy.store.chain import COLUMNS, GENESIS, link
from studybuddy.store.projections import Projector
from studybuddy.store.rebuilding import PROJECTED
from studybuddy.store.rows import EVENT_COLUMNS, read_standing
from studybuddy.store.schema import PROJECTIONS
from studybuddy.store.store import Store

DAY = date(2026, 11, 23)
AT = 1_795_392_000_000
CARDS = ("a", "b", "c", "d")
Rows = list[tuple[str, int, str, str, str]]
"""Device, milliseconds since the row before, kind, subject and body of each."""

IMPOSSIBLE: list[dict[str, Any]] = [
    {"rating": 0},
    {"rating": 9},
    {"rating": -1},
    {"rating": "x"},
    {"rating": "3"},
    {"rating": 3.0},
    {"rating": True},
    {"rating": None},
    {"rating": [3]},
    {"due": None},
    {"due": ""},
    {"due": "soon"},
    {"due": "2026-02-31"},
    {"due": 20261125},
    {"due": "2026-11-25T08:00:00"},
    {"due": "0001-01-01"},
    {"due": "9999-12-31"},
    {"due": "0001-01-01T00:00:00+14:00"},
    {"due": "9999-12-31T23:59:59-12:00"},
]
"""What is wrong with a review that is none."""


def review(**changes: Any) -> dict[str, Any]:
    return {"v": 1, "rating": 3, "elapsed_ms": 4000, "due": "2026-12-01", "interval_days": 8} | changes


states = st.sampled_from(
    [{}, {"state": "review", "step": None}, {"state": "learning", "step": 1}, {"state": "x", "step": -5}]
)
dues = st.sampled_from(
    ["2026-12-01", "2027-03-05", "2026-11-23T08:10:00.000+08:00", "2026-11-24T04:00:00+08:00"]
)
took: st.SearchStrategy[Any] = st.sampled_from([0, 1, 4000, 10**12, -5, "long", None, 2.5, [], 1 << 70])
reviews = st.builds(
    lambda rating, due, state, elapsed, steps: review(
        rating=rating, due=due, elapsed_ms=elapsed, **state, **steps
    ),
    st.integers(1, 4),
    dues,
    states,
    took,
    st.sampled_from([{}, {"steps": 0}, {"steps": 1}]),
)
impossible = st.sampled_from(IMPOSSIBLE).map(lambda wrong: review(**wrong))
lists = st.one_of(
    st.lists(st.sampled_from([*CARDS, "", 5, None]), max_size=5),
    st.sampled_from(["abc", None, 7, {"a": 1}]),
)
introducing = st.fixed_dictionaries({"cards": lists}, optional={"rest": lists})
changes = st.fixed_dictionaries(
    {"cards": lists},
    optional={
        "suspended": st.sampled_from([0, 1, True, None, "x", 1 << 70]),
        "flag": st.sampled_from([0, 1, 7, []]),
        "buried": st.sampled_from(["2026-11-23", None, 5]),
    },
)
moves = st.fixed_dictionaries(
    {
        "base": st.sampled_from(["2026-11-23", "x", None]),
        "cards": lists,
        "was": st.lists(st.sampled_from([8, 102, None, "x"]), max_size=5),
        "due": st.lists(st.sampled_from([1, 30, -700_000, 10**9, None]), max_size=5),
    },
    optional={"set": st.booleans()},
)
bodies = st.one_of(
    st.tuples(st.just("review"), st.sampled_from(CARDS), reviews.map(json.dumps)),
    st.tuples(st.just("review"), st.sampled_from(CARDS), reviews.map(json.dumps)),
    st.tuples(st.just("review"), st.sampled_from([*CARDS, ""]), impossible.map(json.dumps)),
    st.tuples(
        st.just("interview"),
        st.sampled_from(CARDS),
        st.tuples(reviews, introducing).map(lambda both: json.dumps(both[0] | both[1])),
    ),
    st.tuples(
        st.sampled_from(["section", "tick", "attempt", "step", "card_new"]),
        st.just("s"),
        st.tuples(introducing, st.sampled_from([{}, {"losses": [float("nan")]}])).map(
            lambda both: json.dumps(both[0] | both[1])
        ),
    ),
    st.tuples(st.just("card_state"), st.sampled_from([*CARDS, "", ""]), changes.map(json.dumps)),
    st.tuples(st.just("reschedule"), st.just(""), moves.map(json.dumps)),
    st.tuples(st.just("forget"), st.sampled_from([*CARDS, ""]), introducing.map(json.dumps)),
    st.tuples(st.just("setting"), st.just("k"), st.sampled_from(['{"value":3}', "{}", '{"value":null}'])),
    st.tuples(
        st.just("void"), st.just(""), st.integers(1, 30).map(lambda seq: json.dumps({"dev": "x", "seq": seq}))
    ),
    st.tuples(
        st.sampled_from(["review", "section", "void", "card_state", "forget", "fit", "of tomorrow", ""]),
        st.sampled_from(CARDS),
        st.sampled_from(
            ["", "{", "[]", "3", "null", '{"rating": NaN}', '{"dev":5,"seq":"x"}', "{}", "[" * 5000]
        ),
    ),
)
logs = st.lists(st.tuples(st.sampled_from("xy"), st.integers(0, 40_000_000), bodies), max_size=25)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path, Scheduler(), writer="test")
    yield opened
    opened.close()


def fill(store: Store, rows: list[tuple[str, int, tuple[str, str, str]]], days: tuple[str, ...] = ()) -> None:
    """Make the log be these rows, with a chain that holds."""
    store._db.execute("DELETE FROM event")
    ends: dict[str, tuple[int, bytes]] = {}
    at = AT
    for number, (dev, later, (kind, subject, body)) in enumerate(rows):
        at += later
        seq, prev = ends.get(dev, (0, GENESIS))
        day = (
            days[number]
            if days
            else datetime.fromtimestamp(at / 1000, timezone(timedelta(hours=4))).date().isoformat()
        )
        values = (dev, seq + 1, at, at, 480, day, kind, subject, body)
        ends[dev] = seq + 1, link(prev, values)
        store._db.execute(
            f"INSERT INTO event ({COLUMNS}, prev, h) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*values, prev, ends[dev][1]),
        )


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    return {
        name: sorted(store._db.execute(f"SELECT * FROM {name}").fetchall(), key=repr) for name in PROJECTIONS
    }


@contextmanager
def taken_back(store: Store) -> Iterator[None]:
    store._db.execute("SAVEPOINT plain")
    try:
        yield
    finally:
        store._db.execute("ROLLBACK TO plain")
        store._db.execute("RELEASE plain")


def event_by_event(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """The same by the way every single event goes; taken back again."""
    with taken_back(store):
        for table in PROJECTIONS:
            if table != "voided":
                store._db.execute(f"DELETE FROM {table}")
        projector = Projector(store._db, Scheduler())
        for row in store._db.execute(
            f"SELECT {EVENT_COLUMNS} FROM event WHERE NOT EXISTS "
            "(SELECT 1 FROM voided v WHERE v.dev = event.dev AND v.seq = event.seq) ORDER BY at_ms, dev, seq"
        ).fetchall():
            event = read_standing(row)
            if event is not None and event.kind not in (EventKind.VOID, EventKind.FIT):
                projector.apply(event)
        found = tables(store)
        projector._recall_all()
        assert tables(store) == found, "a fit would recall what a replay leads to"
    return found


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=logs, kept=st.sampled_from([300_000, 1]))
def test_one_pass_and_event_by_event_are_the_same(
    store: Store, rows: list[tuple[str, int, tuple[str, str, str]]], kept: int
) -> None:
    fill(store, rows)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rebuilding, "MOST_KEPT", kept)
        assert store.rebuild() == len(rows)
    assert tables(store) == event_by_event(store)


def test_every_kind_that_is_projected_is_read(store: Store) -> None:
    """A kind that `apply` turns into rows and a rebuild passes over would be lost."""
    bodies = {
        "review": review(),
        "interview": review(),
        "void": {"dev": "z", "seq": 1},
        "reschedule": {"base": "2026-11-23", "cards": ["a"], "was": [None], "due": [3], "set": True},
        "setting": {"value": 3},
    }
    for kind in EventKind:
        fill(store, [("x", 1, ("review", "a", json.dumps(review())))])
        store.rebuild()
        before = tables(store)
        event = Event(
            "x", 2, AT + 9, AT, 480, DAY, kind, "a", bodies.get(kind, {"cards": ["new"], "flag": 1})
        )
        with taken_back(store):
            Projector(store._db, Scheduler()).apply(event)
            changed = tables(store) != before
        if changed and kind is not EventKind.VOID:
            assert kind in PROJECTED, kind


@pytest.mark.parametrize("wrong", IMPOSSIBLE, ids=repr)
@pytest.mark.parametrize("kind", ["review", "interview"])
def test_a_review_that_is_none_changes_nothing_and_is_counted(
    store: Store, wrong: dict[str, Any], kind: str
) -> None:
    good = ("x", 1, ("review", "a", json.dumps(review(state="review", step=None))))
    fill(store, [good, good])
    store.rebuild()
    before = tables(store)
    assert store.log.passed_over() == 0
    fill(store, [good, ("y", 1, (kind, "a", json.dumps(review(**wrong)))), good])
    assert store.rebuild() == 3
    assert tables(store) == before
    assert store.log.passed_over() == 1
    assert len(list(store.log.ratings())) == 2


@pytest.mark.parametrize(
    "body", ['{"rating": NaN, "due": "2026-12-01"}', "{", "[]", "", '"text"', "[" * 100_000]
)
def test_a_review_whose_body_is_none(store: Store, body: str) -> None:
    fill(store, [("x", 1, ("review", "a", body)), ("x", 1, ("review", "b", json.dumps(review())))])
    store.rebuild()
    assert store.queue.ids() == {"b"}
    assert store.log.passed_over() == 1
    assert [rated.card for rated in store.log.ratings()] == ["b"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "soon", "", "2026-02-31"])
def test_a_review_on_a_day_that_is_none(store: Store, day: str) -> None:
    fill(store, [("x", 1, ("review", "a", json.dumps(review())))], (day,))
    store.rebuild()
    assert store.queue.ids() == set()
    assert store.log.passed_over() == 1
    assert list(store.log.ratings()) == []


def test_a_review_of_no_card(store: Store) -> None:
    fill(store, [("x", 1, ("review", "", json.dumps(review())))])
    store.rebuild()
    assert store.queue.ids() == set()
    assert store.log.passed_over() == 1


def test_the_same_review_twice_from_a_merge_is_two_reviews(store: Store) -> None:
    same = ("review", "a", json.dumps(review()))
    fill(store, [("x", 1, same), ("y", 0, same)])
    store.rebuild()
    memory = store.queue.memory("a")
    assert memory is not None
    assert memory.reps == 2
    assert store.log.passed_over() == 0


def test_a_stability_no_number_can_hold(store: Store) -> None:
    """A thousand Easy on one day, under parameters that double and double."""
    from studybuddy.memory.fsrs6 import HIGHEST

    wild = Scheduler(parameters=[0.0 if n == 19 else high for n, high in enumerate(HIGHEST)])
    memory = CardMemory("a", CardState.NEW)
    event = Event("x", 1, AT, AT, 480, DAY, EventKind.REVIEW, "a", review(rating=4))
    for _ in range(1000):
        memory = wild.replay(memory, event)
    assert memory.reps == 1000
    assert memory.stability is not None
    assert memory.stability < float("inf")
    later = event._replace(day=date(9998, 1, 1), body=review(rating=1))
    assert wild.replay(memory, later).stability is not None


def test_two_machines_that_answered_the_same_card_apart_leave_it_askable(store: Store) -> None:
    """Good and Good: by the steps of old events the second would be a review that is due at an instant."""
    step = review(due="2026-11-23T08:10:00.000+08:00")
    fill(store, [("x", 1, ("review", "a", json.dumps(step))), ("y", 1, ("review", "a", json.dumps(step)))])
    store.rebuild()
    memory = store.queue.memory("a")
    assert memory is not None
    assert (memory.state, memory.step, memory.due_day) == (CardState.LEARNING, 0, None)
    assert memory.due_at is not None
    day = ("y", 1, ("review", "a", json.dumps(review(rating=1))))
    fill(store, [("x", 1, ("review", "a", json.dumps(review(rating=4)))), day])
    store.rebuild()
    memory = store.queue.memory("a")
    assert memory is not None
    assert (memory.state, memory.due_day) == (CardState.REVIEW, date(2026, 12, 1))


def test_a_program_whose_losses_end_in_nan_introduces_its_cards_all_the_same(store: Store) -> None:
    """To SQLite such a body is no JSON; what it set in motion is replayed and taken back as ever."""
    now = datetime(2026, 11, 23, 8, tzinfo=timezone(timedelta(hours=8)))
    body = {"losses": [1.0, float("nan"), float("inf")], "cards": ["a", "b"], "rest": ["b"]}
    store.append(NewEvent(EventKind.SECTION, "s", {"cards": ["a"]}), now, DAY)
    store.append(NewEvent(EventKind.ATTEMPT, "s/x", body), now, DAY)
    store.append(NewEvent(EventKind.CARD_STATE, "b", {"buried": None}), now, DAY)
    before = tables(store)
    store.rebuild()
    assert tables(store) == before
    store.undo(now, DAY)
    assert store.queue.flags("b")[2] == DAY
    undone = store.undo(now, DAY)
    assert undone is not None
    assert undone.kind is EventKind.SECTION
    assert store.queue.ids() == {"a", "b"}
    before = tables(store)
    store.rebuild()
    assert tables(store) == before
