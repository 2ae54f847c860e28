"""What a button promises the answer keeps, whatever happens in between; the load is followed in memory."""

from __future__ import annotations

from datetime import timedelta

import pytest

from studybuddy.core.card import CardState, Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.event import EventKind
from studybuddy.memory.balance import quiet_days
from studybuddy.study.launch import Launch
from studybuddy.study.review import Review
from studybuddy.study.terms import Terms
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

CARDS = [f"own/card/{n:03}" for n in range(60)]


@pytest.fixture
def learnt(study: Study) -> Study:
    """Sixty cards of one's own, learnt on two days and due on many."""
    study.desk.record(EventKind.SECTION, "s3w10d1/theory", {"cards": CARDS})
    for gap in (0, 9):
        set_clock(study, DAY_ONE + timedelta(days=gap))
        for n, card in enumerate(CARDS):
            study.review.answer(card, Rating.EASY, 5000 + 1000 * n)
    set_clock(study, DAY_ONE + timedelta(days=40))
    return study


def read_anew(study: Study) -> dict[int, int]:
    day = study.desk.day()
    return study.desk.store.load.between(day + timedelta(days=1), day + timedelta(days=100))


def followed(study: Study) -> dict[int, int]:
    day, load = study.desk.day(), study.desk.load
    assert list(load.quiet(day)) == quiet_days(day.toordinal(), load.ahead(day))
    return {day: ms for day, ms in load.ahead(day).items() if ms}


def test_the_load_in_memory_is_the_table(learnt: Study) -> None:
    load = learnt.desk.load
    handed_out = load.ahead(learnt.desk.day())
    before = dict(handed_out)
    for n, card in enumerate(CARDS[:20]):
        rating = (Rating.AGAIN, Rating.HARD, Rating.GOOD, Rating.EASY)[n % 4]
        learnt.review.answer(card, rating, 20_000)
        assert followed(learnt) == read_anew(learnt)
    assert handed_out == before, "what a card was shown with does not change"
    learnt.review.suspend(CARDS[30])
    assert followed(learnt) == read_anew(learnt)
    learnt.review.undo()
    learnt.review.undo()
    assert followed(learnt) == read_anew(learnt)
    learnt.care.rebuild()
    assert followed(learnt) == read_anew(learnt)
    set_clock(learnt, DAY_ONE + timedelta(days=41))
    assert followed(learnt) == read_anew(learnt)


def test_an_answer_reads_only_the_days_it_touched(learnt: Study, monkeypatch: pytest.MonkeyPatch) -> None:
    learnt.desk.load.ahead(learnt.desk.day())
    monkeypatch.setattr(learnt.desk.store.load, "between", None)
    for card in CARDS[:5]:
        learnt.review.answer(card, Rating.GOOD)
    assert learnt.desk.load.ahead(learnt.desk.day())


@pytest.mark.parametrize("rating", list(Rating))
def test_a_promise_is_kept_though_the_load_changed_meanwhile(learnt: Study, rating: Rating) -> None:
    turn = learnt.review.turn_of(CARDS[7])
    promised = turn.outcomes[rating]
    learnt.review.suspend(CARDS[8])
    learnt.desk.prefer("desired_retention", 0.8)
    learnt.desk.prefer("easy_days", "sat=minimum sun=minimum")
    assert learnt.review.answer(CARDS[7], rating) == promised


def test_a_card_answered_elsewhere_is_looked_at_anew(learnt: Study) -> None:
    turn = learnt.review.turn_of(CARDS[7])
    seen = turn.outcomes[Rating.GOOD]
    Review(learnt.desk).answer(CARDS[7], Rating.AGAIN)
    after = learnt.review.answer(CARDS[7], Rating.GOOD)
    assert after != seen
    assert after.memory.reps == seen.memory.reps + 1


def test_the_preview_of_another_process_is_the_same(learnt: Study) -> None:
    learnt.review.answer(CARDS[3], Rating.GOOD)
    turn = learnt.review.turn_of(CARDS[7])
    promised = turn.outcomes
    again = Study(Launch(str(learnt.desk.places.data), "zh"))
    again.desk.clock = FixedClock(DAY_ONE + timedelta(days=40))
    assert again.review.turn_of(CARDS[7]).outcomes == promised
    again.close()


def test_without_balance_and_easy_days_it_is_fuzz_alone(learnt: Study) -> None:
    memory = learnt.review.turn_of(CARDS[7]).memory
    assert Terms(learnt.desk, memory).balance is not None
    learnt.desk.prefer("balance", False)
    assert Terms(learnt.desk, memory).balance is None
    learnt.desk.prefer("easy_days", "sun=reduced")
    only_days = Terms(learnt.desk, memory).balance
    assert only_days is not None
    assert only_days.load is None
    assert only_days.weekdays == (1.0,) * 6 + (0.5,)


def test_the_event_keeps_where_the_answer_led_to(learnt: Study) -> None:
    learnt.review.answer(CARDS[0], Rating.AGAIN)
    event = learnt.desk.store.log.latest(EventKind.REVIEW, CARDS[0])
    assert event is not None
    assert (event.body["state"], event.body["step"]) == ("relearning", 0)
    learnt.desk.prefer("relearning_steps", "")
    learnt.care.rebuild()
    memory = learnt.desk.store.queue.memory(CARDS[0])
    assert memory is not None
    assert (memory.state, memory.step) == (CardState.RELEARNING, 0)


def test_a_step_over_the_end_of_the_study_day_waits_for_the_next(study: Study) -> None:
    study.desk.record(EventKind.SECTION, "s3w10d1/theory", {"cards": CARDS[:1]})
    late = DAY_ONE.replace(hour=3, minute=57) + timedelta(days=1)
    set_clock(study, late)
    outcomes = study.review.turn_of(CARDS[0]).outcomes
    again, good = outcomes[Rating.AGAIN], outcomes[Rating.GOOD]
    assert again.memory.due_at == late + timedelta(minutes=1)
    assert good.memory.due_at == late.replace(hour=4, minute=0)
    assert (again.interval_days, good.interval_days) == (0, 1)
    study.review.answer(CARDS[0], Rating.GOOD)
    assert study.review.next() is None, "learning ahead ends with the study day"
    assert study.review.counts().learning == 0
    set_clock(study, late.replace(hour=4, minute=0))
    turn = study.review.next()
    assert turn is not None
    assert turn.card == CARDS[0]
    assert study.review.counts().learning == 1
