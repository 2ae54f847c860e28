from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from studybuddy.core.card import CardState, Rating
from studybuddy.core.clock import study_day
from studybuddy.core.event import Event, EventKind, NewEvent
from studybuddy.memory.scheduler import Scheduler
from studybuddy.store.chain import GENESIS, link
from studybuddy.store.due_moves import body_of, moves
from studybuddy.store.store import Store
from tests.store.test_log import CARDS, MORNING, answer, introduce, tables

TODAY = study_day(MORNING)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "data", Scheduler(), writer="test")
    introduce(opened, *CARDS)
    yield opened
    opened.close()


def append(
    store: Store, kind: EventKind, body: dict[str, Any], now: datetime = MORNING, card: str = ""
) -> None:
    store.append(NewEvent(kind, card, body), now, study_day(now))


def due(store: Store, card: str = CARDS[0]) -> date | None:
    memory = store.queue.memory(card)
    assert memory is not None
    return memory.due_day


def learn(store: Store, card: str = CARDS[0]) -> date:
    promised = answer(store, card, Rating.EASY, MORNING).due_day
    assert promised is not None
    return promised


def shift(store: Store, days: int, card: str = CARDS[0], *, named: bool = False) -> None:
    """Move a card to a number of days from today, from where it stands."""
    body = body_of([(card, due(store, card), TODAY + timedelta(days=days))], TODAY)
    append(store, EventKind.RESCHEDULE, body | ({"set": 1} if named else {}))


def rebuilt(store: Store) -> bool:
    before = tables(store)
    store.rebuild()
    return tables(store) == before


def test_a_move_and_its_undo(store: Store) -> None:
    promised = learn(store)
    shift(store, 30)
    shift(store, 50)
    assert due(store) == TODAY + timedelta(days=50)
    assert rebuilt(store)
    for expected in (TODAY + timedelta(days=30), promised):
        undone = store.undo(MORNING, TODAY)
        assert undone is not None
        assert undone.kind is EventKind.RESCHEDULE
        assert due(store) == expected
        assert rebuilt(store)


def test_a_card_reviewed_since_keeps_what_its_review_promised(store: Store) -> None:
    learn(store)
    body = body_of([(CARDS[0], due(store), TODAY + timedelta(days=1))], TODAY)
    append(store, EventKind.RESCHEDULE, body)
    promised = answer(store, CARDS[0], Rating.GOOD, MORNING + timedelta(days=1)).due_day
    seq = max(event.seq for event in store.log.events(EventKind.RESCHEDULE))
    void = {"dev": store.log.device(), "seq": seq}
    append(store, EventKind.VOID, void, MORNING + timedelta(days=2))
    assert due(store) == promised
    assert rebuilt(store)


def test_a_move_from_another_day_than_the_cards_is_none(store: Store) -> None:
    promised = learn(store)
    wrong = body_of([(CARDS[0], promised + timedelta(days=1), TODAY), (CARDS[1], TODAY, TODAY)], TODAY)
    append(store, EventKind.RESCHEDULE, wrong)
    assert due(store) == promised
    store.undo(MORNING, TODAY)
    assert due(store) == promised
    assert rebuilt(store)


def test_a_move_that_was_none_may_count_once_another_is_taken_back(store: Store) -> None:
    promised = learn(store)
    first = body_of([(CARDS[0], promised, TODAY + timedelta(days=40))], TODAY)
    append(store, EventKind.RESCHEDULE, first)
    append(store, EventKind.RESCHEDULE, body_of([(CARDS[0], promised, TODAY + timedelta(days=20))], TODAY))
    assert due(store) == TODAY + timedelta(days=40)
    seq = min(event.seq for event in store.log.events(EventKind.RESCHEDULE))
    append(store, EventKind.VOID, {"dev": store.log.device(), "seq": seq})
    assert due(store) == TODAY + timedelta(days=20)
    assert rebuilt(store)


def test_a_day_that_was_named_holds_and_ends_a_learning_step(store: Store) -> None:
    promised = learn(store)
    answer(store, CARDS[1], Rating.AGAIN, MORNING)
    named: list[tuple[str, date | None, date]] = [
        (CARDS[0], promised - timedelta(days=3), TODAY),
        (CARDS[1], None, TODAY + timedelta(days=5)),
        (CARDS[2], None, TODAY + timedelta(days=5)),
    ]
    before = store.queue.memory(CARDS[1])
    append(store, EventKind.RESCHEDULE, body_of(named, TODAY) | {"set": 1})
    assert due(store) == TODAY
    stepping = store.queue.memory(CARDS[1])
    assert stepping is not None
    assert (stepping.state, stepping.due_at) == (CardState.REVIEW, None)
    assert due(store, CARDS[2]) is None, "a new card has nothing to be due by"
    assert rebuilt(store)
    store.undo(MORNING, TODAY)
    assert store.queue.memory(CARDS[1]) == before
    assert due(store) == promised
    assert rebuilt(store)


def test_forgetting_makes_new_and_undo_brings_everything_back(store: Store) -> None:
    learn(store)
    answer(store, CARDS[1], Rating.AGAIN, MORNING)
    append(store, EventKind.CARD_STATE, {"flag": 1}, card=CARDS[0])
    before = tables(store)
    append(store, EventKind.FORGET, {"cards": [*CARDS, "s/card/unknown"]})
    for card in CARDS:
        memory = store.queue.memory(card)
        assert memory is not None
        assert memory == (card, CardState.NEW, None, None, None, None, None, None, 0, 0)
    assert store.queue.flags(CARDS[0])[1]
    assert store.days.totals(TODAY).started == 0
    assert rebuilt(store)
    answer(store, CARDS[0], Rating.GOOD, MORNING)
    assert store.days.totals(TODAY).started == 1
    assert rebuilt(store)
    store.undo(MORNING, TODAY)
    assert rebuilt(store)
    store.undo(MORNING, TODAY)
    after = tables(store)
    for name in ("card", "day"):
        assert after[name] == before[name]


def test_reviews_after_forgetting_are_told_apart(store: Store) -> None:
    learn(store)
    append(store, EventKind.FORGET, {}, card=CARDS[0])
    learn(store)
    learn(store, CARDS[1])
    assert [(rated.card, rated.begun) for rated in store.log.ratings()] == [
        (CARDS[0], 0),
        (CARDS[0], 1),
        (CARDS[1], 0),
    ]
    fresh, again = store.queue.memory(CARDS[1]), store.queue.memory(CARDS[0])
    assert fresh is not None
    assert again is not None
    assert again.stability == fresh.stability
    append(store, EventKind.FIT, {"parameters": None}, card="memory")
    assert store.queue.memory(CARDS[0]) == again, "another fit begins where the card did"
    append(store, EventKind.FORGET, {}, card=CARDS[0])
    append(store, EventKind.FIT, {"parameters": None}, card="memory")
    gone = store.queue.memory(CARDS[0])
    assert gone is not None
    assert gone.stability is None
    assert rebuilt(store)


DAMAGED: list[dict[str, Any]] = [
    {},
    {"base": None, "cards": [CARDS[0]], "was": [3], "due": [5]},
    {"base": "2026-99-99", "cards": [CARDS[0]], "was": [3], "due": [5]},
    {"base": 20261122, "cards": [CARDS[0]], "was": [3], "due": [5]},
    {"base": "2026-11-22", "cards": "s/card/a", "was": "3", "due": "5"},
    {"base": "2026-11-22", "cards": {"a": 1}, "was": {}, "due": None},
    {"base": "2026-11-22", "cards": [None, 3, [], {}], "was": [3] * 4, "due": [5] * 4},
    {"base": "2026-11-22", "cards": [CARDS[0]] * 5, "was": [3] * 5, "due": [10**30, "x", None, True, 1.5]},
    {"base": "2026-11-22", "cards": [CARDS[0]] * 3, "was": ["x", 10**30, False], "due": [5] * 3},
    {"base": "2026-11-22", "cards": [CARDS[0]], "was": [], "due": []},
]


@pytest.mark.parametrize("body", DAMAGED, ids=range(len(DAMAGED)))
@pytest.mark.parametrize("named", [{}, {"set": 1}])
def test_damaged_moves_move_nothing(store: Store, body: dict[str, Any], named: dict[str, Any]) -> None:
    promised = learn(store)
    append(store, EventKind.RESCHEDULE, body | named)
    assert due(store) in (promised, TODAY + timedelta(days=5) if named and body.get("was") else promised)
    assert rebuilt(store)
    store.undo(MORNING, TODAY)
    assert due(store) == promised
    assert rebuilt(store)


@pytest.mark.parametrize("cards", [None, "x", 3, {"a": 1}, [None, 3, [CARDS[0]]], ["nobody"]])
def test_damaged_names_are_no_cards(store: Store, cards: object) -> None:
    learn(store)
    before = tables(store)["card"]
    for kind in (EventKind.FORGET, EventKind.CARD_STATE, EventKind.CARD_TAG):
        append(store, kind, {"cards": cards})
    assert [row for row in tables(store)["card"] if row[0] != "nobody"] == before
    assert len(list(store.log.ratings())) == 1
    assert rebuilt(store)
    for _ in range(3):
        store.undo(MORNING, TODAY)
    assert tables(store)["card"] == before


def test_an_event_of_another_device_names_cards_that_are_not_here(store: Store) -> None:
    promised = learn(store)
    body = {
        "v": 1,
        "base": TODAY.isoformat(),
        "cards": ["elsewhere", CARDS[0]],
        "was": [1, (promised - TODAY).days],
        "due": [9, 9],
    }
    later = round(MORNING.timestamp() * 1000) + 60_000
    row = ("other", 1, later, later, 480, TODAY.isoformat(), "reschedule", "", json.dumps(body))
    with sqlite3.connect(store.path) as other:
        other.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, GENESIS, link(GENESIS, row))
        )
    other.close()
    store.rebuild()
    assert due(store) == TODAY + timedelta(days=9)
    assert store.queue.memory("elsewhere") is None
    append(store, EventKind.VOID, {"dev": "other", "seq": 1})
    assert due(store) == promised
    assert rebuilt(store)


def test_a_body_says_what_it_moves() -> None:
    given: list[tuple[str, date | None, date]] = [
        ("a", TODAY, TODAY + timedelta(days=400)),
        ("b", None, TODAY),
        ("c", TODAY - timedelta(days=9000), TODAY),
    ]
    event = Event("d", 1, 1, 1, 0, TODAY, EventKind.RESCHEDULE, "", body_of(given, TODAY))
    assert list(moves(event)) == [
        (card, "" if was is None else was.isoformat(), day.isoformat()) for card, was, day in given
    ]


class MovingMachine(RuleBasedStateMachine):
    """Reviews, moves, named days, forgetting and voids in any order: a rebuild leads to the same state."""

    @initialize()
    def open(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name), Scheduler(), writer="test")
        self.now = MORNING
        introduce(self.store, *CARDS)

    def _append(self, kind: EventKind, body: dict[str, Any]) -> None:
        append(self.store, kind, body, self.now)

    @rule(hours=st.integers(-40, 24 * 20))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(card=st.sampled_from(CARDS), rating=st.sampled_from((Rating.EASY, Rating.AGAIN, Rating.GOOD)))
    def review(self, card: str, rating: Rating) -> None:
        answer(self.store, card, rating, self.now)

    @rule(
        cards=st.lists(st.sampled_from((*CARDS, "x/unknown")), min_size=1, unique=True),
        days=st.integers(-5, 40),
        right=st.booleans(),
        named=st.booleans(),
    )
    def move(self, cards: list[str], days: int, right: bool, named: bool) -> None:
        today = study_day(self.now)
        moved = []
        for card in cards:
            memory = self.store.queue.memory(card)
            was = memory.due_day if memory is not None else None
            if was is not None and not right:
                was += timedelta(days=1)
            moved.append((card, was, today + timedelta(days=days)))
        self._append(EventKind.RESCHEDULE, body_of(moved, today) | ({"set": 1} if named else {}))

    @rule(cards=st.lists(st.sampled_from((*CARDS, "x/unknown")), min_size=1, unique=True))
    def forget(self, cards: list[str]) -> None:
        self._append(EventKind.FORGET, {"cards": cards})

    @rule(state=st.sampled_from([{"suspended": 1}, {"suspended": 0}, {"buried": None}]))
    def card_state(self, state: dict[str, object]) -> None:
        self._append(EventKind.CARD_STATE, {**state, "cards": list(CARDS[:2])})

    @rule()
    def undo(self) -> None:
        self.store.undo(self.now, study_day(self.now))

    @rule(pick=st.integers(0, 10**6))
    def void_any(self, pick: int) -> None:
        events = [event for event in self.store.log.all() if event.kind is not EventKind.VOID]
        event = events[pick % len(events)]
        self._append(EventKind.VOID, {"dev": event.dev, "seq": event.seq})

    @invariant()
    def a_rebuild_changes_nothing(self) -> None:
        before = tables(self.store)
        self.store.rebuild()
        assert tables(self.store) == before

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()


TestMoving = MovingMachine.TestCase
TestMoving.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


def test_taking_a_move_back_replays_no_history(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [f"s/card/{n}" for n in range(2000)]
    introduce(store, *many)
    for card in many[:40]:
        learn(store, card)
    before = tables(store)["card"]
    learnt = [(card, due(store, card), TODAY + timedelta(days=90)) for card in many[:40]]
    append(store, EventKind.RESCHEDULE, body_of(learnt, TODAY))

    def replay(*_arguments: object) -> None:
        raise AssertionError("a history was replayed")

    monkeypatch.setattr(store._model, "replay", replay)
    store.undo(MORNING, TODAY)
    assert tables(store)["card"] == before


def test_an_event_is_small(store: Store) -> None:
    moved: list[tuple[str, date | None, date]] = [
        (f"own/card/2026-11-22-{n}", TODAY, TODAY + timedelta(days=100)) for n in range(1000)
    ]
    assert len(json.dumps(body_of(moved, TODAY), separators=(",", ":"))) < 40 * len(moved)
