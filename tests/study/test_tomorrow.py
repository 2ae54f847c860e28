from __future__ import annotations

from datetime import timedelta

from studybuddy.core.card import Rating
from studybuddy.core.event import EventKind
from studybuddy.study.wiring import Study
from tests.study.conftest import DAY_ONE, set_clock

LESSON = "s3w10d1"


def _attempt(study: Study, exercise: str, verdict: str) -> None:
    study.desk.record(EventKind.ATTEMPT, f"{LESSON}/{exercise}", {"verdict": verdict, "edited": True})


def test_tomorrow_holds_what_is_due_then_and_the_first_lesson_not_complete(study: Study) -> None:
    assert study.day.tomorrow() == (0, 0, "S3W10D1")
    study.reading.mark_read(f"{LESSON}/theory")
    turn = study.review.next()
    assert turn is not None
    outcome = study.review.answer(turn.card, Rating.EASY)
    waiting = study.review.counts().new
    tomorrow = study.day.tomorrow()
    assert tomorrow.due == 0
    assert tomorrow.new >= waiting
    set_clock(study, DAY_ONE + timedelta(days=outcome.interval_days - 1))
    assert study.day.tomorrow().due == 1


def test_a_course_that_is_done_brings_no_lesson(study: Study) -> None:
    study.reading.complete(LESSON)
    assert study.day.tomorrow().lesson == ""
    lesson = study.day.plan().lesson
    assert lesson is not None
    assert lesson.complete


def test_the_next_exercise_is_the_first_required_one_not_accepted(study: Study) -> None:
    assert study.day.next_exercise(LESSON) == f"{LESSON}/training-loop"
    assert study.day.next_exercise(LESSON, f"{LESSON}/algorithm") == f"{LESSON}/max-depth"
    assert study.day.next_exercise(LESSON, f"{LESSON}/theory") is None
    _attempt(study, "training-loop", "WA")
    assert study.day.next_exercise(LESSON) == f"{LESSON}/training-loop"
    _attempt(study, "training-loop", "AC")
    assert study.day.next_exercise(LESSON) != f"{LESSON}/training-loop"
    for exercise in study.desk.catalogue.lesson(LESSON).exercises:
        _attempt(study, exercise.id.rsplit("/", 1)[-1], "AC")
    assert study.day.next_exercise(LESSON) == f"{LESSON}/training-loop"


def test_a_section_is_started_once_there_is_anything_of_it(study: Study) -> None:
    def started() -> set[str]:
        lesson = study.day.plan().lesson
        assert lesson is not None
        return {section.kind for section in lesson.sections if section.started}

    assert started() == set()
    study.reading.mark_read(f"{LESSON}/theory")
    _attempt(study, "training-loop", "WA")
    study.checklist.tick(f"{LESSON}/algo")
    assert started() == {"theory", "code", "summary"}
