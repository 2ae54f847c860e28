from __future__ import annotations

import json
import sqlite3
import stat
from collections.abc import Iterator
from datetime import date, datetime, timedelta, timezone
from hashlib import blake2b
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from studybuddy.core.card import CardMemory, CardState, Rating
from studybuddy.core.clock import study_day
from studybuddy.core.errors import StoreDamagedError, StoreReadOnlyError
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.core.preset import Preset
from studybuddy.memory.scheduler import Scheduler, due_text
from studybuddy.store.chain import GENESIS, link
from studybuddy.store.schema import PROJECTIONS
from studybuddy.store.store import Store

ZONE = timezone(timedelta(hours=8))
MORNING = datetime(2026, 11, 22, 8, 0, tzinfo=ZONE)
CARDS = ("s/card/a", "s/card/b", "s/card/c")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "data", Scheduler(), writer="test")
    yield opened
    opened.close()


def introduce(store: Store, *cards: str, now: datetime = MORNING) -> None:
    store.append(NewEvent(EventKind.SECTION, "s/theory", {"cards": list(cards)}), now, study_day(now))


def answer(store: Store, card: str, rating: Rating, now: datetime) -> CardMemory:
    memory = store.queue.memory(card) or CardMemory(card, CardState.NEW)
    outcome = Scheduler().outcome(memory, rating, now, study_day(now), Preset())
    body = {
        "rating": int(rating),
        "elapsed_ms": 4000,
        "due": due_text(outcome.memory),
        "interval_days": outcome.interval_days,
    }
    store.append(NewEvent(EventKind.REVIEW, card, body), now, study_day(now), outcome.memory)
    return outcome.memory


def tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(store.path) as connection:
        found = {name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in PROJECTIONS}
    connection.close()
    return found


def test_what_was_answered_is_there_after_reopening(tmp_path: Path) -> None:
    first = Store(tmp_path, Scheduler(), writer="test")
    introduce(first, *CARDS)
    memory = answer(first, CARDS[0], Rating.EASY, MORNING)
    first.close()
    second = Store(tmp_path, Scheduler())
    assert second.queue.memory(CARDS[0]) == memory
    assert not second.writable
    with pytest.raises(StoreReadOnlyError):
        second.append(NewEvent(EventKind.TICK, "s/math", {}), MORNING, date(2026, 11, 22))
    second.close()


def test_undo_gives_the_card_back_as_it_was(store: Store) -> None:
    introduce(store, *CARDS)
    before = tables(store)
    answer(store, CARDS[0], Rating.HARD, MORNING)
    assert tables(store) != before
    undone = store.undo(MORNING, study_day(MORNING))
    assert undone is not None
    assert undone.kind is EventKind.REVIEW
    after = tables(store)
    assert len(after.pop("voided")) == 1
    before.pop("voided")
    assert after == before


def test_a_group_is_put_aside_by_one_event_and_taken_back_by_one(store: Store) -> None:
    introduce(store, *CARDS)
    answer(store, CARDS[0], Rating.EASY, MORNING)
    day = study_day(MORNING)
    store.append(NewEvent(EventKind.CARD_STATE, CARDS[1], {"suspended": 1}), MORNING, day)
    before = tables(store)
    group = {"suspended": 1, "flag": 1, "cards": [*CARDS, "s/card/unseen"]}
    store.append(NewEvent(EventKind.CARD_STATE, "", group), MORNING, day)
    assert [store.queue.flags(card)[:2] for card in CARDS] == [(True, True)] * 3
    assert "s/card/unseen" in store.queue.ids()
    assert not list(store.queue.due(day)) + list(store.queue.fresh(day))
    assert store.undo(MORNING, day) is not None
    after = tables(store)
    assert len(after.pop("voided")) == 1
    before.pop("voided")
    assert after == before


def test_a_group_of_reviewed_cards_is_taken_back_without_a_replay(store: Store) -> None:
    introduce(store, *CARDS)
    for card in CARDS:
        answer(store, card, Rating.EASY, MORNING)
    day = study_day(MORNING)
    store.append(NewEvent(EventKind.CARD_STATE, "", {"flag": 1, "cards": list(CARDS)}), MORNING, day)

    def forbidden(memory: CardMemory, event: object) -> CardMemory:
        raise AssertionError("a review was replayed")

    store._projector._model = SimpleNamespace(replay=forbidden)
    store.undo(MORNING, day)
    assert not any(store.queue.flags(card)[1] for card in CARDS)


def test_undo_ends_when_nothing_is_left(store: Store) -> None:
    introduce(store, *CARDS)
    undone = store.undo(MORNING, study_day(MORNING))
    assert undone is not None
    assert undone.kind is EventKind.SECTION
    assert store.queue.ids() == set()
    assert store.undo(MORNING, study_day(MORNING)) is None


def test_undoing_a_tick_takes_its_cards_back_unless_another_event_brought_them(store: Store) -> None:
    day = study_day(MORNING)
    introduce(store, "y")
    store.append(NewEvent(EventKind.TICK, "s/math", {"cards": ["x", "y"]}), MORNING, day)
    store.undo(MORNING, day)
    assert store.queue.ids() == {"y"}


def test_the_chain_notices_a_changed_row(store: Store) -> None:
    introduce(store, *CARDS)
    for n in range(3):
        answer(store, CARDS[n], Rating.GOOD, MORNING)
    assert store.check() == []
    with sqlite3.connect(store.path) as other:
        other.execute("UPDATE event SET body = replace(body, '\"rating\":3', '\"rating\":4') WHERE seq = 3")
    other.close()
    assert dict(store.check()[0].parameters)["seq"] == 3


@given(
    st.tuples(*[st.text()] * 4),
    st.tuples(*[st.integers(-(1 << 63), (1 << 63) - 1)] * 4),
)
def test_the_chain_is_over_plain_json(texts: tuple[str, ...], numbers: tuple[int, ...]) -> None:
    row = (texts[0], *numbers, *texts[1:], 'a\ud800\x00\u2028"')
    canonical = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    assert link(GENESIS, row) == blake2b(GENESIS + canonical, digest_size=20).digest()


def test_the_chain_notices_a_missing_row(store: Store) -> None:
    introduce(store, *CARDS)
    answer(store, CARDS[0], Rating.GOOD, MORNING)
    answer(store, CARDS[1], Rating.GOOD, MORNING)
    with sqlite3.connect(store.path) as other:
        other.execute("DELETE FROM event WHERE seq = 2")
    other.close()
    assert store.check()


def test_a_clock_set_back_keeps_the_order_and_is_noticed(store: Store) -> None:
    introduce(store, *CARDS)
    answer(store, CARDS[0], Rating.GOOD, MORNING - timedelta(hours=2))
    assert store.log.clock_behind_ms == 2 * 3600 * 1000
    events = list(store.log.all())
    assert [event.seq for event in events] == [1, 2]
    assert events[0].at_ms < events[1].at_ms
    answer(store, CARDS[1], Rating.GOOD, MORNING + timedelta(minutes=1))
    assert store.log.clock_behind_ms == 0


def test_files_are_the_owners_alone(store: Store) -> None:
    introduce(store, *CARDS)
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
    for name in ("studybuddy.db", "studybuddy.db-wal", "studybuddy.lock"):
        assert stat.S_IMODE((store.folder / name).stat().st_mode) == 0o600, name


def test_a_draft_with_a_broken_surrogate_is_kept_readable(store: Store) -> None:
    store.save_draft("s/x", "a\ud800b", MORNING)
    assert store.draft("s/x") == "a?b"


def test_a_body_with_hostile_text_survives(store: Store) -> None:
    text = "\x1b]52;c;AAAA\x07[/b]\ud800\x00名"
    store.append(NewEvent(EventKind.THINK, "s/think", {"answer": text}), MORNING, study_day(MORNING))
    (event,) = store.log.events(EventKind.THINK)
    assert event.body["answer"] == text
    assert store.check() == []


class LogMachine(RuleBasedStateMachine):
    """Whatever a learner does and takes back, a rebuild leads to the state that was reached step by step."""

    @initialize()
    def open(self) -> None:
        import tempfile

        self.folder = tempfile.TemporaryDirectory()
        self.store = Store(Path(self.folder.name), Scheduler(), writer="test")
        self.now = MORNING
        self.steps = 0

    @rule(hours=st.integers(-30, 24 * 40))
    def time_passes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(card=st.sampled_from(CARDS), rating=st.sampled_from(Rating))
    def review(self, card: str, rating: Rating) -> None:
        answer(self.store, card, rating, self.now)
        self.steps += 1

    @rule(cards=st.lists(st.sampled_from(CARDS), unique=True), kind=st.sampled_from(["section", "tick"]))
    def introduce(self, cards: list[str], kind: str) -> None:
        event = NewEvent(EventKind(kind), "s/theory", {"cards": cards})
        self.store.append(event, self.now, study_day(self.now))

    @rule(
        card=st.sampled_from(CARDS), state=st.sampled_from([{"suspended": 1}, {"suspended": 0}, {"flag": 1}])
    )
    def card_state(self, card: str, state: dict[str, object]) -> None:
        self.store.append(NewEvent(EventKind.CARD_STATE, card, dict(state)), self.now, study_day(self.now))

    @rule(
        cards=st.lists(st.sampled_from(CARDS), min_size=1, unique=True),
        state=st.sampled_from(
            [{"suspended": 1}, {"suspended": 0}, {"flag": 0}, {"buried": "2026-11-22"}, {"buried": None}]
        ),
    )
    def state_of_a_group(self, cards: list[str], state: dict[str, object]) -> None:
        event = NewEvent(EventKind.CARD_STATE, "", {**state, "cards": cards})
        self.store.append(event, self.now, study_day(self.now))
        self.steps += 1

    @rule(cards=st.lists(st.sampled_from(CARDS), min_size=1, unique=True))
    def introduce_to_rest(self, cards: list[str]) -> None:
        event = NewEvent(EventKind.SECTION, "s/theory", {"cards": cards, "rest": cards[1:]})
        self.store.append(event, self.now, study_day(self.now))

    @rule(value=st.one_of(st.none(), st.integers(), st.text(max_size=5)))
    def setting(self, value: object) -> None:
        self.store.append(NewEvent(EventKind.SETTING, "k", {"value": value}), self.now, study_day(self.now))

    @rule()
    def attempt(self) -> None:
        event = NewEvent(EventKind.ATTEMPT, "s/x", {"verdict": "AC", "cards": [CARDS[0]]})
        self.store.append(event, self.now, study_day(self.now))

    @precondition(lambda self: self.steps > 0)
    @rule()
    def undo(self) -> None:
        self.store.undo(self.now, study_day(self.now))

    @invariant()
    def a_rebuild_changes_nothing(self) -> None:
        before = tables(self.store)
        self.store.rebuild()
        assert tables(self.store) == before

    def teardown(self) -> None:
        assert self.store.check() == []
        self.store.close()
        self.folder.cleanup()


TestLog = LogMachine.TestCase
TestLog.settings = settings(max_examples=15, stateful_step_count=15, deadline=None)


def test_rebuild_reads_events_of_other_devices_in_time_order(store: Store) -> None:
    introduce(store, *CARDS)
    answer(store, CARDS[0], Rating.GOOD, MORNING)
    body = json.dumps({"v": 1, "rating": 1, "elapsed_ms": 1, "due": "2026-11-25", "interval_days": 3})
    later = 2_000_000_000_000
    row = ("other", 1, later, later, 480, "2026-11-23", "review", CARDS[0], body)
    with sqlite3.connect(store.path) as other:
        other.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, GENESIS, link(GENESIS, row))
        )
    other.close()
    assert store.check() == []
    assert store.rebuild() == 3
    memory = store.queue.memory(CARDS[0])
    assert memory is not None
    assert memory.due_day == date(2026, 11, 25)
    assert memory.reps == 2


def test_what_is_done_after_a_merge_is_replayed_after_it(store: Store) -> None:
    """The other clock is a day ahead; a review here, made in the knowledge of that one, is the later."""
    introduce(store, *CARDS)
    answer(store, CARDS[0], Rating.GOOD, MORNING)
    body = json.dumps({"v": 1, "rating": 1, "elapsed_ms": 1, "due": "2026-11-25", "interval_days": 3})
    ahead = round((MORNING + timedelta(days=1)).timestamp() * 1000)
    row = ("other", 1, ahead, ahead, 480, "2026-11-23", "review", CARDS[0], body)
    with sqlite3.connect(store.path) as other:
        other.execute(
            "INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (*row, GENESIS, link(GENESIS, row))
        )
    other.close()
    store.rebuild()
    answer(store, CARDS[0], Rating.EASY, MORNING + timedelta(hours=1))
    before = tables(store)
    store.rebuild()
    assert tables(store) == before
    assert [event.dev == "other" for event in store.log.all()] == [False, False, True, False]


def test_a_log_that_was_tampered_with_is_not_replayed(store: Store) -> None:
    introduce(store, *CARDS)
    answer(store, CARDS[0], Rating.GOOD, MORNING)
    with sqlite3.connect(store.path) as other:
        other.execute("UPDATE event SET day = '2020-01-01' WHERE seq = 2")
    other.close()
    before = tables(store)
    with pytest.raises(StoreDamagedError, match="chain"):
        store.rebuild()
    assert tables(store) == before
