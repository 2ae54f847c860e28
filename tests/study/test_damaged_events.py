"""Events that no studybuddy of this version could have written are passed over; nothing stops for them."""

from __future__ import annotations

import json

import pytest

from studybuddy.core.event import EventKind
from studybuddy.core.verdict import Verdict
from studybuddy.study.attempts import read_attempts
from studybuddy.study.wiring import Study

EXERCISE = "s3w10d1/max-depth"
BODIES = [{}, {"verdict": None}, {"verdict": 5}, {"verdict": "??"}, {"verdict": ["AC"]}, {"verdict": {}}]


@pytest.mark.parametrize("body", BODIES, ids=json.dumps)
def test_an_attempt_without_a_verdict(study: Study, body: dict[str, object]) -> None:
    study.desk.record(EventKind.ATTEMPT, EXERCISE, {"verdict": "AC", "passed": 3, "total": 3})
    study.desk.record(EventKind.ATTEMPT, EXERCISE, body)
    assert [attempt.verdict for attempt in read_attempts(study.desk, EXERCISE)] == [Verdict.AC]
    assert study.lab.best_verdict(EXERCISE) is Verdict.AC
    assert study.lab.passed(EXERCISE)
    assert len(study.lab.attempts(EXERCISE)) == 1
    assert study.day.plan().lesson is not None
    assert study.review.counts()
    study.desk.store.rebuild()
    assert study.day.plan().lesson is not None
    assert study.desk.store.check() == []
