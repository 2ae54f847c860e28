from __future__ import annotations

import sqlite3
from datetime import date, timedelta

import pytest

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind, NewEvent
from studybuddy.memory.fit_process import Solution
from studybuddy.memory.fsrs6 import DEFAULTS
from studybuddy.study.own_fit import OwnFit, Ruling
from studybuddy.study.parameters import SUBJECT, parameters_in_force
from studybuddy.study.undoing import undo
from studybuddy.study.wiring import Study
from tests.memory.learner import OWN, Reviews, invented
from tests.study.conftest import DAY_ONE, set_clock


def put(study: Study, found: Reviews) -> None:
    """Write reviews into the log, a second apart."""
    store, first = study.desk.store, min(found[1])
    with store._transaction():
        for n, (card, day, rating) in enumerate(zip(*found, strict=True)):
            when = DAY_ONE + timedelta(days=day - first, seconds=n)
            body = {"rating": rating, "elapsed_ms": 5000, "interval_days": 3, "due": "2027-01-01"}
            store.log.append(NewEvent(EventKind.REVIEW, f"own/{card}", body), when, when.date())
        store._projector.rebuild()
    set_clock(study, DAY_ONE + timedelta(days=max(found[1]) - first + 1))


def cards(study: Study) -> list[tuple[object, ...]]:
    with sqlite3.connect(study.desk.store.path) as connection:
        rows = connection.execute("SELECT * FROM card ORDER BY id").fetchall()
    connection.close()
    return rows


def without_memory(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [(*row[:3], *row[5:]) for row in rows]


@pytest.fixture
def learnt(study: Study) -> Study:
    put(study, invented(150, 60))
    return study


def kept(study: Study) -> None:
    own_fit = study.own_fit
    solution = Solution(OWN, 900, 700, 0.5, 0.4)
    assert own_fit.keep(own_fit.task(), solution).ruling is Ruling.KEPT


def test_a_fit_is_kept_and_goes_into_the_next_review(learnt: Study) -> None:
    report = learnt.own_fit.run()
    assert report.ruling is Ruling.KEPT
    assert report.before is not None
    assert report.after is not None
    assert report.after < report.before
    assert learnt.desk.scheduler.parameters == report.parameters != DEFAULTS
    learnt.review.answer("own/1", Rating.GOOD, 3000)
    event = learnt.desk.store.log.latest(EventKind.REVIEW, "own/1")
    assert event is not None
    assert event.body["parameters"] == parameters_in_force(learnt.desk.store.log)[0] != "default"
    again = learnt.own_fit.run()
    assert again.ruling is Ruling.TOO_FEW_NEW
    assert again.parameters == report.parameters


def test_a_fit_moves_memories_and_no_due_date_and_a_replay_agrees(learnt: Study) -> None:
    before = cards(learnt)
    kept(learnt)
    after = cards(learnt)
    assert without_memory(after) == without_memory(before)
    assert after != before
    learnt.desk.store.rebuild()
    assert cards(learnt) == after
    learnt.review.answer("own/3", Rating.AGAIN, 3000)
    answered = cards(learnt)
    learnt.desk.store.rebuild()
    assert cards(learnt) == answered


def test_undo_gives_every_memory_back(learnt: Study) -> None:
    before = cards(learnt)
    kept(learnt)
    assert "fit" in undo(learnt).message
    assert cards(learnt) == before
    assert learnt.desk.scheduler.parameters == DEFAULTS
    learnt.desk.store.rebuild()
    assert cards(learnt) == before


def test_a_second_fit_taken_back_leaves_the_first(learnt: Study) -> None:
    kept(learnt)
    first = cards(learnt)
    learnt.own_fit.keep(learnt.own_fit.task(), Solution((*OWN[:20], 0.2), 950, 100, 0.5, 0.4))
    assert learnt.desk.scheduler.parameters[20] == 0.2
    undo(learnt)
    assert learnt.desk.scheduler.parameters == OWN
    assert cards(learnt) == first


def test_what_is_not_better_is_not_kept(learnt: Study) -> None:
    task = learnt.own_fit.task()
    for solution, ruling in (
        (Solution(OWN, 900, 700, 0.4, 0.4), Ruling.NOT_BETTER),
        (Solution(OWN, 900, 700, 0.4, 0.5), Ruling.NOT_BETTER),
        (Solution(OWN, 900, 10, None, None), Ruling.TOO_FEW),
        (None, Ruling.STOPPED),
    ):
        report = learnt.own_fit.keep(task, solution)
        assert report.ruling is ruling
        assert report.parameters == DEFAULTS
    assert list(learnt.desk.store.log.events(EventKind.FIT)) == []


def test_few_reviews_are_said_and_nothing_is_started(study: Study) -> None:
    report = study.own_fit.run()
    assert (report.ruling, report.reviews, report.parameters) == (Ruling.TOO_FEW, 0, DEFAULTS)
    put(study, tuple(column[:299] for column in invented(150, 60)))  # type: ignore[arg-type]
    assert study.own_fit.run().ruling is Ruling.TOO_FEW


def test_a_stop_changes_nothing(learnt: Study) -> None:
    assert learnt.own_fit.run(stopped=lambda: True).ruling is Ruling.STOPPED
    assert learnt.desk.scheduler.parameters == DEFAULTS


@pytest.mark.parametrize("wrong", [None, [], [0.0] * 21, [9e9] * 21, ["x"] * 21, "abc", {"a": 1}])
def test_parameters_out_of_range_in_the_log_are_the_defaults(study: Study, wrong: object) -> None:
    study.desk.record(EventKind.FIT, SUBJECT, {"parameters": wrong, "name": "fit-x"})
    study.desk.forget_scheduler()
    assert parameters_in_force(study.desk.store.log) == ("default", DEFAULTS)
    study.review.answer("own/1", Rating.GOOD)


def test_impossible_ratings_are_left_out(study: Study) -> None:
    for rating in (0, 5, -1, 2.5, "3", None, True, 3):
        body = {"rating": rating, "elapsed_ms": "long", "due": "2027-01-01", "interval_days": 1}
        with study.desk.store._transaction():
            study.desk.store.log.append(
                NewEvent(EventKind.REVIEW, "own/1", body), DAY_ONE, date(2026, 11, 22)
            )
    assert [rated.rating for rated in study.desk.store.log.ratings()] == [3]
    assert list(OwnFit(study.desk).task().ratings) == [3]


def test_the_year_knows_what_is_suspended(learnt: Study) -> None:
    whole = learnt.foresight.year()
    for n in range(100):
        learnt.review.suspend(f"own/{n}")
    part = learnt.foresight.year()
    assert part.learnt == whole.learnt - 100
    assert len(learnt.foresight.workload()) == 9


def test_calibration_says_when_the_fit_has_seen_the_reviews(learnt: Study) -> None:
    found = learnt.foresight.calibration()
    assert found is not None
    assert not found.seen
    kept(learnt)
    fitted = learnt.foresight.calibration()
    assert fitted is not None
    assert fitted.seen
