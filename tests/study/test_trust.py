"""Imported code is text until the learner allows it, and again after any change of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studybuddy.core.errors import UntrustedError, UsageError
from studybuddy.core.event import EventKind
from studybuddy.core.exercise import Exercise
from studybuddy.study.experiments import Experiments
from studybuddy.study.lab import Lab
from studybuddy.study.trust import trusted_lesson
from studybuddy.study.wiring import Study
from tests.course.importing.sample import text_export
from tests.course.sample import changed, write_lesson

LESSON = "s3w10d2"


@pytest.fixture
def imported(study: Study, tmp_path: Path) -> Study:
    path = tmp_path / "lesson.txt"
    path.write_text(text_export().replace("S3W10D1", LESSON.upper()), encoding="utf-8")
    study.save_import(study.imports.plan([path]))
    return study


def trusted(study: Study) -> list[bool]:
    study.library.forget()
    return [exercise.trusted for exercise in study.library.lesson(LESSON).exercises]


def test_nothing_of_it_runs(imported: Study) -> None:
    """No way to run a program leads past the question, and nothing is started to find that out."""
    assert trusted(imported) == [False, False, True]
    script = imported.library.exercise(f"{LESSON}/code-1")
    lab, experiments = imported.lab, Experiments(imported.desk, imported.library)
    ways: list[Callable[[Exercise, Any], object]] = [lab.judge, lab.twin, lab.xray, experiments.make]
    for way in ways:
        with pytest.raises(UntrustedError) as caught:
            way(script, "print(1)")
        assert (caught.value.exit_code, LESSON.upper() in str(caught.value)) == (4, True)
    with pytest.raises(UntrustedError):
        imported.recall._lab.judge(script, "")


def test_every_door_of_the_runner_insists() -> None:
    """Whoever calls the runner from the study asks first; the proof of content is the author's own tool."""
    import studybuddy.study as room

    for path in Path(room.__path__[0]).glob("*.py"):
        source = path.read_text(encoding="utf-8")
        if ("import judge" in source and "runner.judge" in source) or "import run_twin" in source:
            assert "insist_on_trust" in source, path.name


def test_allowed_until_a_file_changes(imported: Study) -> None:
    state = imported.trust.allow(LESSON)
    assert (state.trusted, state.reason, len(state.files)) == (True, None, 9)
    assert trusted(imported) == [True, True, True]
    folder = imported.desk.places.lessons / LESSON
    (folder / "lesson.zh.md").write_text(
        (folder / "lesson.zh.md").read_text() + "\n更多。\n", encoding="utf-8"
    )
    assert imported.trust.state(LESSON).trusted, "prose is no code"
    program = folder / "exercises" / "code-1" / "starter.py"
    before = program.read_text()
    program.write_text(before + "import os\n", encoding="utf-8")
    state = imported.trust.state(LESSON)
    assert (state.trusted, state.changed) == (False, ("exercises/code-1/starter.py",))
    assert state.reason is not None
    assert "changed" in state.reason.message
    assert trusted(imported) == [False, False, True]
    program.write_text(before, encoding="utf-8")
    assert trusted(imported) == [True, True, True], "the same bytes are the same code"
    (folder / "exercises" / "code-1" / "extra.py").write_text("x = 1\n", encoding="utf-8")
    assert not imported.trust.state(LESSON).trusted, "a file that came"
    (folder / "exercises" / "code-1" / "extra.py").unlink()
    shutil.rmtree(folder / "exercises" / "engineering-1")
    assert not imported.trust.state(LESSON).trusted, "files that went"
    assert imported.trust.allow(LESSON).trusted
    assert not imported.trust.forbid(LESSON).trusted
    assert [event.body["trusted"] for event in imported.desk.store.log.events(EventKind.TRUST)] == [
        True,
        True,
        False,
    ]


def test_a_link_is_followed_as_the_reader_follows_it(imported: Study, tmp_path: Path) -> None:
    outside = tmp_path / "outside.py"
    program = imported.desk.places.lessons / LESSON / "exercises" / "code-1" / "starter.py"
    outside.write_text("x = 1\n", encoding="utf-8")
    program.unlink()
    program.symlink_to(outside)
    assert imported.trust.allow(LESSON).trusted
    outside.write_text("x = 2\n", encoding="utf-8")
    assert not imported.trust.state(LESSON).trusted


def test_what_changes_while_it_is_read_is_not_trusted(imported: Study) -> None:
    from studybuddy.course.reader import ReadResult, read_lesson

    imported.trust.allow(LESSON)

    def reading(folder: Path) -> ReadResult:
        result = read_lesson(folder, "zh")
        (folder / "exercises" / "code-1" / "starter.py").write_text("evil = 1\n", encoding="utf-8")
        return result

    lesson = trusted_lesson(imported.desk, LESSON, reading).lesson
    assert lesson is not None
    assert [exercise.trusted for exercise in lesson.exercises] == [False, False, True]


def test_a_lesson_cannot_say_that_it_is_the_courses(study: Study, tmp_path: Path) -> None:
    """Tests of one's own beside the number of a known problem are still one's own code."""
    folder = write_lesson(
        tmp_path, changed("exercises/depth/exercise.toml", "optional", "problem = 104\noptional")
    )
    study.save_import(study.imports.plan([folder]))
    exercises = study.library.lesson("s1w2d3").exercises
    assert 104 in [exercise.problem for exercise in exercises]
    assert not any(exercise.trusted for exercise in exercises)


def test_the_courses_own(study: Study) -> None:
    state = study.trust.allow("s3w10d1")
    assert (state.trusted, state.imported, state.files) == (True, False, ())
    assert not list(study.desk.store.log.events(EventKind.TRUST))
    with pytest.raises(UsageError):
        study.trust.forbid("s3w10d1")
    assert all(exercise.trusted for exercise in study.library.lesson("s3w10d1").exercises)


def test_garbage_in_the_log_allows_nothing(imported: Study) -> None:
    for body in ({}, {"trusted": True}, {"trusted": True, "files": [1]}, {"trusted": 1, "files": {}}):
        imported.desk.record(EventKind.TRUST, LESSON, dict(body))
        assert not imported.trust.state(LESSON).trusted
    assert isinstance(imported.library.exercise(f"{LESSON}/lc-104"), Exercise)
    assert isinstance(imported.lab, Lab)
