"""A program without tests ran, and that is all that is ever said of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.checklist import Needs, TickState
from studybuddy.core.event import EventKind
from studybuddy.core.verdict import Verdict
from studybuddy.course.indexed import IndexedItem
from studybuddy.study.attempt_words import verdict_words
from studybuddy.study.evidence import weigh
from studybuddy.study.outcome_words import verdict_sign, verdict_title
from studybuddy.study.progress import attempt
from studybuddy.study.wiring import Study
from tests.course.importing.sample import text_export

EXERCISE = "s3w10d2/code-1"


@pytest.fixture
def ran(study: Study, tmp_path: Path) -> Study:
    path = tmp_path / "lesson.txt"
    path.write_text(text_export().replace("S3W10D1", "S3W10D2"), encoding="utf-8")
    study.save_import(study.imports.plan([path]))
    study.trust.allow("s3w10d2")
    exercise = study.library.exercise(EXERCISE)
    result = study.lab.judge(exercise, "print(1)")
    assert (result.verdict, result.judged, result.accepted) == (Verdict.AC, False, False)
    study.lab.record(exercise, "print(1)", result)
    return study


def test_it_ran_and_was_not_judged(ran: Study) -> None:
    log = ran.desk.store.log
    body = next(log.events(EventKind.ATTEMPT, EXERCISE)).body
    assert (body["verdict"], body["judged"], "cards" in body) == ("AC", False, False)
    [told] = ran.lab.history(EXERCISE)
    assert (verdict_words(told), verdict_sign(told.verdict, judged=told.judged)) == ("ran, not judged", "·")
    best = attempt(EXERCISE, log)
    assert best is not None
    assert (best[0], best[1].message) == (True, "ran, not judged")
    for rule in ("algo", "code"):
        item = IndexedItem("s3w10d2/x", rule, "X", {}, [EXERCISE], needs=Needs()._asdict())
        found = weigh(item, log)
        assert found.state is TickState.PARTIAL
        assert found.phrase is not None
        assert found.phrase.message == "ran to its end; there are no tests"


def test_a_program_that_failed_says_so_all_the_same() -> None:
    assert verdict_title(Verdict.RTE, judged=False) == "RTE runtime error"
    assert verdict_sign(Verdict.RTE, judged=False) == "✗"
    assert verdict_title(Verdict.AC, judged=True) == "AC accepted"
