from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from studybuddy.core.card import CardState, Rating
from studybuddy.core.clock import FixedClock
from studybuddy.core.event import EventKind
from studybuddy.i18n import use_language
from studybuddy.memory.fsrs6 import DEFAULTS
from studybuddy.study.answer_log import answers_to
from studybuddy.study.undoing import undo
from studybuddy.study.why import Cause, Why, why
from studybuddy.study.why_words import reason_words, why_rows
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE

CARD = "s3w10d1/card/upstream-gradient"
THEORY = "s3w10d1/theory"


@pytest.fixture(autouse=True)
def english(study: Study) -> Iterator[None]:
    study.desk.language = "en"
    use_language("en")
    yield
    use_language("en")


def at(study: Study, **after: float) -> datetime:
    """Let the study be used some time after the first morning."""
    instant = DAY_ONE + timedelta(**after)
    study.desk.clock = FixedClock(instant)
    return instant


def learnt(study: Study, *, days: int) -> int:
    """Answers a card Easy today and comes back some days after it is due; returns its interval."""
    interval = study.review.answer(CARD, Rating.EASY, 3000).interval_days
    at(study, days=interval + days)
    return interval


def rows(found: Why) -> dict[str, str]:
    return {row.label: row.text for row in why_rows(found)}


def test_a_card_that_was_not_begun(study: Study) -> None:
    found = why(study, CARD)
    assert found.cause is Cause.UNSEEN
    assert found.memory.state is CardState.UNSEEN
    assert "not begun" in reason_words(found)
    assert found.curve is not None
    assert found.curve.planned
    assert rows(found)["Last answer"] == "none yet"
    assert "90% is asked for" in rows(found)["Recall"]
    assert "Memory" not in rows(found)
    assert found.section == THEORY


def test_a_new_card_on_the_table_and_in_the_list(study: Study) -> None:
    study.reading.mark_read(THEORY)
    first = study.review.next()
    assert first is not None
    limit = study.review.counts().new
    said = reason_words(why(study, first.card, asked=True))
    assert said == f"new: number 1 of the {limit} that may begin today"
    study.review.answer(first.card, Rating.GOOD)
    found = why(study, CARD if first.card != CARD else "s3w10d1/card/local-gradient")
    assert found.cause is Cause.NEW
    assert reason_words(found) == f"new: waits for its turn; 1 began today, {limit - 1} more may"


def test_more_new_cards_than_allowed_are_counted_on(study: Study) -> None:
    study.desk.prefer("new_cards", 0)
    study.reading.mark_read(THEORY)
    assert "number 1 of the 1" in reason_words(why(study, CARD, asked=True))


def test_learning_steps_with_their_time(study: Study) -> None:
    study.review.answer(CARD, Rating.GOOD)
    assert reason_words(why(study, CARD)) == "in its learning steps: asked again at 08:10"
    ahead = why(study, CARD, asked=True)
    assert ahead.cause is Cause.STEP_AHEAD
    assert "nothing else is left" in reason_words(ahead)
    assert rows(ahead)["Last answer"] == "Good today at 08:00 → 10 min, a learning step"
    at(study, minutes=11)
    assert reason_words(why(study, CARD, asked=True)) == "its learning step came due at 08:10"


def test_a_review_that_is_late_due_early_or_to_come(study: Study) -> None:
    interval = learnt(study, days=3)
    late = why(study, CARD, asked=True)
    assert late.cause is Cause.DUE
    assert reason_words(late).startswith("due since ")
    assert reason_words(late).endswith(", 3 days")
    words = rows(late)
    assert (
        words["Last answer"]
        == f"Easy on Sun 22 Nov, {interval + 3} days ago → {interval} days, for 90% recall"
    )
    assert late.recall is not None
    assert words["Recall"] == f"{late.recall:.0%} expected now; 90% is asked for"
    assert late.recall < 0.9
    assert "recall falls to 90% 8.3 days after the last answer" in words["Memory"]
    assert words["So far"] == "1 answer · never forgotten"
    at(study, days=interval)
    assert reason_words(why(study, CARD)) == "due today"
    at(study, days=1)
    assert why(study, CARD).cause is Cause.LATER
    assert "not due before" in reason_words(why(study, CARD))
    early = why(study, CARD, asked=True)
    assert early.cause is Cause.EARLY
    assert "you asked for it" in reason_words(early)


def test_what_is_expected_is_what_the_model_says(study: Study) -> None:
    learnt(study, days=40)
    study.review.answer(CARD, Rating.AGAIN)
    study.review.answer(CARD, Rating.GOOD)
    at(study, days=90)
    found = why(study, CARD, asked=True)
    assert found.recall == pytest.approx(study.desk.scheduler.retrievability(found.memory, study.desk.day()))
    assert found.curve is not None
    assert found.curve.stretches[-1].stability == found.memory.stability
    assert found.curve.recall(found.curve.today) == pytest.approx(found.recall)
    assert [mark.kept for mark in found.curve.marks] == [True, False]
    promised = study.review.turn_of(CARD).outcomes
    assert {r: o.interval_days for r, o in found.outcomes.items()} == {
        r: o.interval_days for r, o in promised.items()
    }
    assert rows(found)["So far"] == "3 answers · forgotten 1 time"


def test_asking_why_moves_no_promise(study: Study) -> None:
    study.reading.mark_read(THEORY)
    turn = study.review.next()
    assert turn is not None
    promised = turn.outcomes
    at(study, minutes=3)
    why(study, turn.card, asked=True)
    assert study.review.answer(turn.card, Rating.EASY).interval_days == promised[Rating.EASY].interval_days


def test_suspended_put_aside_and_lifted_again(study: Study) -> None:
    learnt(study, days=0)
    study.review.suspend(CARD)
    assert reason_words(why(study, CARD)) == "suspended: not asked until that is lifted"
    undo(study)
    study.review.bury(CARD)
    assert why(study, CARD).cause is Cause.BURIED
    undo(study)
    assert why(study, CARD).cause is Cause.DUE


def test_a_card_that_is_gone_keeps_its_past(study: Study) -> None:
    gone = "s0w0d0/card/gone"
    study.review.answer(gone, Rating.EASY)
    at(study, days=30)
    found = why(study, gone)
    assert found.cause is Cause.GONE
    assert found.question == gone
    assert found.outcomes == {}
    assert found.curve is not None
    assert found.curve.end > found.curve.today
    assert "gone from the course" in reason_words(found)
    assert why(study, "s0w0d0/card/never").curve is None


def test_the_concept_is_named_with_what_it_rests_on(study: Study) -> None:
    concepts = study.desk.concepts
    card = next(c for c in study.desk.catalogue.card_ids if concepts.prerequisites(concepts.of(c)))
    found = why(study, card)
    titles = [concepts.title(one, "en") for one in concepts.prerequisites(concepts.of(card))]
    assert list(found.prerequisites) == titles
    assert rows(found)["Concept"] == f"{found.concept}; rests on {', '.join(titles)}"
    own = study.own_cards.add("front", "back")
    assert "Concept" not in rows(why(study, own))


def test_a_card_of_the_repair_path_says_which_concept_slipped(study: Study) -> None:
    concepts = study.desk.concepts
    weak = next(
        c for c in concepts.all() if concepts.cards(c) and any(map(concepts.cards, concepts.prerequisites(c)))
    )
    slipping = concepts.cards(weak)[0]
    for wait in (0, 1):
        at(study, days=wait)
        study.review.answer(slipping, Rating.EASY)
        study.review.answer(slipping, Rating.AGAIN)
        study.review.answer(slipping, Rating.EASY)
    for ground in concepts.prerequisites(weak):
        for card in concepts.cards(ground):
            study.review.answer(card, Rating.EASY)
            study.review.answer(card, Rating.AGAIN)
            study.review.answer(card, Rating.EASY)
    at(study, days=2)
    study.review.answer(slipping, Rating.AGAIN)
    path = study.desk.repair.cards()
    assert path
    found = why(study, path[0].card, asked=True)
    assert found.cause in (Cause.REPAIR, Cause.DUE)
    if found.cause is Cause.REPAIR:
        assert reason_words(found).startswith("Repair path: ")
        assert concepts.title(path[0].weak, "en") in reason_words(found)


def test_siblings_that_wait_are_counted(study: Study) -> None:
    card = next(card for card in study.desk.catalogue.card_ids if study.desk.siblings.of(card))
    siblings = study.desk.siblings.of(card)
    assert "Siblings" not in rows(why(study, card))
    interval = max(study.review.answer(one, Rating.EASY).interval_days for one in (card, *siblings))
    at(study, days=interval)
    assert rows(why(study, card, asked=True))["Siblings"].startswith(f"{len(siblings)} wait")
    study.review.answer(card, Rating.GOOD)
    held = why(study, siblings[0])
    assert held.cause is Cause.SIBLING
    assert "gives it away" in reason_words(held)
    study.desk.prefer("bury_siblings", False)
    assert why(study, siblings[0]).cause is Cause.DUE
    assert "Siblings" not in rows(why(study, siblings[0]))


def test_a_day_that_is_full_is_said(study: Study) -> None:
    cards = [study.own_cards.add(f"front {n}", "back") for n in range(3)]
    study.desk.prefer("reviews", 1)
    wait = max(study.review.answer(card, Rating.EASY).interval_days for card in cards)
    at(study, days=wait)
    causes = [why(study, card).cause for card in cards]
    assert sorted(causes) == [Cause.DUE, Cause.FULL, Cause.FULL]
    full = cards[causes.index(Cause.FULL)]
    assert "today is full" in reason_words(why(study, full))
    assert why(study, full, asked=True).cause is Cause.DUE


def test_the_buttons_stay_in_sight_beside_a_long_past(study: Study) -> None:
    learnt(study, days=400)
    study.review.answer(CARD, Rating.AGAIN)
    study.review.answer(CARD, Rating.GOOD)
    at(study, days=420)
    found = why(study, CARD)
    assert found.curve is not None
    past, ahead = found.curve.today - found.curve.first, found.curve.end - found.curve.today
    assert ahead >= past // 5


def test_a_fit_is_named_and_followed(study: Study) -> None:
    learnt(study, days=5)
    before = why(study, CARD)
    parameters = [*DEFAULTS[:3], DEFAULTS[3] * 2, *DEFAULTS[4:]]
    study.desk.record(EventKind.FIT, "memory", {"parameters": parameters, "name": "mine", "reviews": 400})
    study.desk.forget_scheduler()
    after = why(study, CARD)
    assert before.recall is not None
    assert after.recall is not None
    assert after.recall > before.recall
    assert "your own parameters of" in rows(after)["Studied by"]
    assert rows(before)["Studied by"] == "the default preset · default parameters of the memory model"
    assert after.curve is not None
    assert after.curve.stretches[-1].stability == after.memory.stability


def test_a_code_card_promises_no_steps(study: Study) -> None:
    card = next(iter(study.desk.catalogue.code_cards))
    assert all(outcome.interval_days >= 1 for outcome in why(study, card).outcomes.values())


@pytest.mark.parametrize("back", [timedelta(hours=2), timedelta(days=4000)])
def test_a_clock_set_back(study: Study, back: timedelta) -> None:
    study.review.answer(CARD, Rating.EASY)
    study.desk.clock = FixedClock(DAY_ONE - back)
    found = why(study, CARD, asked=True)
    assert found.recall == 1.0
    assert reason_words(found)
    assert why_rows(found)
    assert found.curve is not None
    assert found.curve.today >= found.curve.first


def test_a_clock_a_hundred_years_ahead(study: Study) -> None:
    study.review.answer(CARD, Rating.EASY)
    at(study, days=36_525)
    found = why(study, CARD, asked=True)
    assert reason_words(found).startswith("due since ")
    assert "2026" in rows(found)["Last answer"]
    assert found.recall is not None
    assert 0 < found.recall < 0.9


def test_two_thousand_answers(study: Study) -> None:
    rows_of = []
    with sqlite3.connect(study.desk.store.path) as other:
        for n in range(2000):
            day = (DAY_ONE + timedelta(days=n)).date()
            body = {
                "v": 1,
                "rating": 1 + n % 4,
                "due": (day + timedelta(days=1)).isoformat(),
                "interval_days": 1,
            }
            ms = int((DAY_ONE + timedelta(days=n)).timestamp() * 1000)
            rows_of.append(("other", n + 1, ms, ms, 480, day.isoformat(), "review", CARD, json.dumps(body)))
        other.executemany("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, x'00', x'00')", rows_of)
    other.close()
    with study.desk.store._transaction():
        study.desk.store._projector.rebuild()
    at(study, days=2001)
    found = why(study, CARD)
    assert found.memory.reps == 2000 == len(found.answers)
    assert found.curve is not None
    assert found.curve.clipped
    assert len(found.curve.marks) == 30
    assert found.curve.stretches[-1].stability == found.memory.stability


def test_damaged_answers_are_passed_over(study: Study) -> None:
    learnt(study, days=1)
    good = {"v": 1, "rating": 3, "due": "2027-01-01", "interval_days": "x", "elapsed_ms": -5, "typed": 7}
    bad = [{"rating": 9, "due": "2027-01-01"}, {"rating": True}, {"rating": 3, "due": "soon"}, {}, good]
    with sqlite3.connect(study.desk.store.path) as other:
        for n, body in enumerate(bad):
            ms = 10**15 + n
            row = ("other", n + 1, ms, 10**17, 9999, "2026-12-24", "review", CARD, json.dumps(body))
            other.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, x'00', x'00')", row)
    other.close()
    with study.desk.store._transaction():
        study.desk.store._projector.rebuild()
    answers = answers_to(study.desk.store.log, CARD)
    assert [answer.rating for answer in answers] == [Rating.EASY, Rating.GOOD]
    assert (answers[-1].interval_days, answers[-1].elapsed_ms, answers[-1].typed) == (0, 0, "")
    found = why(study, CARD)
    assert len(found.answers) == found.memory.reps == 2
    assert rows(found)["Last answer"]


def test_it_is_said_in_chinese_too(study: Study) -> None:
    learnt(study, days=3)
    use_language("zh")
    study.desk.language = "zh"
    found = why(study, CARD, asked=True)
    said = " ".join([reason_words(found), *(f"{row.label}{row.text}" for row in why_rows(found))])
    assert not any(word in said for word in ("due", "expected", "answer", "ago", "until", "default"))
