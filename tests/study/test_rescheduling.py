from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.card import CardState, Rating
from studybuddy.core.event import EventKind
from studybuddy.core.preset import Preset
from studybuddy.memory.fsrs6 import DEFAULTS, Fsrs6
from studybuddy.memory.fuzz import window
from studybuddy.memory.replanning import Scheduled, load_of, replanned
from studybuddy.study.rescheduling import DAYS, Done, Preview
from studybuddy.study.undoing import undo
from studybuddy.study.wiring import Study
from tests.memory.learner import OWN, invented
from tests.study.conftest import DAY_ONE, set_clock
from tests.study.test_own_fit import cards, kept, put

TODAY = 800_000


@pytest.fixture
def learnt(study: Study) -> Study:
    put(study, invented(150, 60))
    return study


def moved(study: Study) -> Preview:
    preview = study.rescheduling.preview()
    assert study.rescheduling.confirm(preview).done is Done.MOVED
    return preview


def due_days(study: Study) -> dict[str, date]:
    memories = study.desk.store.queue.memories().values()
    return {memory.id: memory.due_day for memory in memories if memory.due_day is not None}


def test_a_preview_says_what_confirming_then_does(learnt: Study) -> None:
    before = due_days(learnt)
    preview = learnt.rescheduling.preview()
    assert due_days(learnt) == before, "looking moves nothing"
    assert preview.looked == 150
    assert preview.moves
    assert len(preview.sooner) + len(preview.later) == len(preview.moves)
    assert preview == learnt.rescheduling.preview(), "the same question, the same answer"
    learnt.rescheduling.confirm(preview)
    after = due_days(learnt)
    assert {move.card: move.due for move in preview.moves} == {
        card: day for card, day in after.items() if before[card] != day
    }
    assert all(before[move.card] == move.was for move in preview.moves)
    due_now = sum(day <= preview.day for day in after.values()) - sum(
        day <= preview.day for day in before.values()
    )
    assert due_now == preview.due_now - preview.not_now
    events = list(learnt.desk.store.log.events(EventKind.RESCHEDULE))
    assert len(events) == 1
    assert learnt.rescheduling.preview().moves == (), "once is enough"
    assert learnt.rescheduling.confirm(learnt.rescheduling.preview()).done is Done.NOTHING


def test_every_card_lands_in_the_window_of_its_interval(learnt: Study) -> None:
    kept(learnt)
    preview = moved(learnt)
    model = Fsrs6(OWN)
    preset = learnt.desk.preset_of("own/1")
    for move in preview.moves:
        memory = learnt.desk.store.queue.memory(move.card)
        assert memory is not None
        assert memory.stability is not None
        assert memory.last_day is not None
        interval = max(1, round(model.interval(memory.stability, preset.desired_retention)))
        low, high = window(interval, 0, preset.maximum_interval)
        expected = [memory.last_day + timedelta(days=days) for days in (low, high)]
        assert max(expected[0], preview.day) <= move.due <= max(expected[1], preview.day), (
            "in its window, or today where that has passed"
        )


def test_undo_puts_every_card_back_and_a_replay_agrees(learnt: Study) -> None:
    kept(learnt)
    before = cards(learnt)
    moved(learnt)
    after = cards(learnt)
    assert after != before
    learnt.desk.store.rebuild()
    assert cards(learnt) == after
    assert "rescheduling" in undo(learnt).message
    assert cards(learnt) == before
    learnt.desk.store.rebuild()
    assert cards(learnt) == before


def test_cards_answered_since_keep_their_promise(learnt: Study) -> None:
    preview = moved(learnt)
    card = preview.moves[0].card
    promise = learnt.review.answer(card, Rating.EASY).memory.due_day
    event = next(learnt.desk.store.log.events(EventKind.RESCHEDULE))
    learnt.desk.record(EventKind.VOID, "", {"dev": event.dev, "seq": event.seq})
    days = due_days(learnt)
    assert days[card] == promise
    assert all(days[move.card] == move.was for move in preview.moves if move.card != card)
    after = cards(learnt)
    learnt.desk.store.rebuild()
    assert cards(learnt) == after


def test_steps_suspended_and_new_cards_are_left_out_and_counted(learnt: Study) -> None:
    learnt.review.suspend("own/1")
    learnt.review.answer("own/2", Rating.AGAIN)
    study_card = learnt.own_cards.add("never answered", "yet")
    preview = learnt.rescheduling.preview()
    assert (preview.looked, preview.stepping, preview.suspended) == (148, 1, 1)
    assert not {"own/1", "own/2", study_card} & {move.card for move in preview.moves}
    learnt.rescheduling.confirm(preview)
    memory = learnt.desk.store.queue.memory("own/2")
    assert memory is not None
    assert memory.state is CardState.RELEARNING


def test_another_retention_moves_cards_the_right_way(learnt: Study) -> None:
    moved(learnt)
    learnt.desk.prefer("desired_retention", 0.95)
    sooner = moved(learnt)
    assert sooner.sooner
    assert not sooner.later
    assert sum(sooner.after) >= sum(sooner.before)
    learnt.desk.prefer("desired_retention", 0.8)
    later = moved(learnt)
    assert later.later
    assert not later.sooner
    assert later.later[0].days >= later.later[-1].days > 0


def test_minutes_are_those_of_the_days(learnt: Study) -> None:
    preview = learnt.rescheduling.preview()
    assert len(preview.before) == len(preview.after) == DAYS
    day = due_days(learnt)["own/3"]
    there = (day - preview.day).days
    if 0 <= there < DAYS:
        assert preview.before[there] > 0
    learnt.rescheduling.confirm(preview)
    assert learnt.rescheduling.preview().before == pytest.approx(preview.after)


def test_what_happened_since_the_preview_makes_a_new_one(learnt: Study) -> None:
    preview = learnt.rescheduling.preview()
    learnt.review.answer("own/3", Rating.GOOD)
    done, fresh = learnt.rescheduling.confirm(preview)
    assert done is Done.CHANGED
    assert fresh != preview
    assert list(learnt.desk.store.log.events(EventKind.RESCHEDULE)) == []
    set_clock(learnt, learnt.desk.now() + timedelta(days=1))
    done, turned = learnt.rescheduling.confirm(fresh)
    assert done is Done.CHANGED
    assert turned.day == fresh.day + timedelta(days=1)
    assert learnt.rescheduling.confirm(turned).done is Done.MOVED


def test_a_clock_set_back_moves_nothing_into_the_past(learnt: Study) -> None:
    preview = learnt.rescheduling.preview()
    set_clock(learnt, DAY_ONE - timedelta(days=4000))
    done, back = learnt.rescheduling.confirm(preview)
    assert done is Done.CHANGED
    last = {memory.id: memory.last_day for memory in learnt.desk.store.queue.memories().values()}
    assert all(move.due > (last[move.card] or back.day) for move in back.moves)
    learnt.rescheduling.confirm(back)
    after = cards(learnt)
    learnt.desk.store.rebuild()
    assert cards(learnt) == after
    undo(learnt)
    assert set(due_days(learnt).values()) == {date(2027, 1, 1)}


def test_nobody_has_nothing_to_move(study: Study) -> None:
    preview = study.rescheduling.preview()
    assert (preview.looked, preview.moves, sum(preview.before)) == (0, (), 0)
    assert study.rescheduling.confirm(preview).done is Done.NOTHING


def scheduled(count: int, stability: float = 30.0) -> list[Scheduled]:
    return [Scheduled(f"own/{n}", stability, TODAY - 5, TODAY + 200, 3, 10_000) for n in range(count)]


def test_cards_that_move_are_spread_over_their_window() -> None:
    found = replanned(scheduled(500), lambda card: Preset(), DEFAULTS, TODAY)
    assert len(found) == 500
    counts = Counter(due for _card, due in found)
    low, high = window(30, 0, 36_500)
    assert set(counts) == set(range(TODAY - 5 + low, TODAY - 5 + high + 1))
    assert max(counts.values()) <= 1.3 * 500 / len(counts)


def test_easy_days_stay_easy_and_without_balance_the_draw_decides() -> None:
    saturday_off = (1.0, 1.0, 1.0, 1.0, 1.0, 0.0001, 1.0)
    found = replanned(scheduled(300), lambda card: Preset(), DEFAULTS, TODAY, saturday_off)
    assert sum(date.fromordinal(due).weekday() == 5 for _card, due in found) <= 9, "a few at most"
    drawn = replanned(scheduled(300), lambda card: Preset(), DEFAULTS, TODAY, balanced=False)
    alone = [
        replanned([card], lambda card: Preset(), DEFAULTS, TODAY, balanced=False)[0]
        for card in scheduled(300)
    ]
    assert drawn == alone


def test_a_card_that_went_round_an_easy_day_stays(study: Study) -> None:
    """Again on a Saturday is a day; with Sunday free that is Monday, and nothing is to be mended."""
    study.desk.prefer("learning_steps", "")
    study.desk.prefer("easy_days", "sun=minimum")
    saturday = DAY_ONE + timedelta(days=6)
    set_clock(study, saturday)
    for number in range(5):
        after = study.review.answer(f"s3w10d1/card/{number}", Rating.AGAIN).memory
        assert after.due_day == saturday.date() + timedelta(days=2)
    for days in (0, 1):
        set_clock(study, saturday + timedelta(days=days))
        assert study.rescheduling.preview().moves == ()


def test_a_card_within_its_window_stays() -> None:
    low, high = window(30, 0, 36_500)
    stay = [card._replace(due=TODAY - 5 + days) for card, days in zip(scheduled(2), (low, high), strict=True)]
    go = [
        card._replace(due=TODAY - 5 + days)
        for card, days in zip(scheduled(2), (low - 1, high + 1), strict=True)
    ]
    found = replanned([*stay, *go], lambda card: Preset(), DEFAULTS, TODAY)
    assert [card for card, _due in found] == go


@given(
    st.lists(
        st.tuples(
            st.floats(1e-3, 40_000), st.integers(-5000, 5000), st.integers(-5000, 50_000), st.integers(1, 500)
        ),
        max_size=30,
    ),
    st.floats(0.7, 0.97),
    st.sampled_from([1, 2, 10, 365, 36_500]),
)
def test_any_cards_are_planned(
    rows: list[tuple[float, int, int, int]], retention: float, longest: int
) -> None:
    cards = [
        Scheduled(f"c{n}", stability, TODAY + last, TODAY + due, reps, 1000)
        for n, (stability, last, due, reps) in enumerate(rows)
    ]
    preset = Preset(desired_retention=retention, maximum_interval=longest)
    found = replanned(cards, lambda card: preset, DEFAULTS, TODAY)
    for card, due in found:
        assert due >= TODAY
        assert due <= max(TODAY, card.last + longest + 1)
        assert due != card.due or card.due < TODAY
    assert sum(load_of(cards, TODAY).values()) == 1000 * len(cards)
