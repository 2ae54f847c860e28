"""The course itself reads without a finding."""

from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.lesson import SectionKind
from studybuddy.course.finder import content_root, lesson_folders
from studybuddy.course.index import load_index
from studybuddy.course.lint import lint
from studybuddy.course.reader import read_lesson


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("folder", lesson_folders(content_root()), ids=lambda folder: folder.name)
def test_lessons_read_in_both_languages(folder: Path, language: str) -> None:
    result = read_lesson(folder, language)
    assert [str(found) for found in result.diagnostics] == []
    assert result.lesson is not None
    assert result.lesson.language == language
    assert [section.kind for section in result.lesson.sections] == list(SectionKind)


def test_the_translations_agree() -> None:
    assert [str(found) for found in lint([content_root()])] == []


def test_the_first_lesson_is_whole() -> None:
    lesson = next(lesson for lesson in load_index(content_root(), None).lessons if lesson.id == "s3w10d1")
    assert [exercise.id.split("/")[1] for exercise in lesson.exercises] == [
        "training-loop",
        "autograd",
        "max-depth",
        "max-depth-bfs",
    ]
    steps = ["local", "local-general", "element", "dw", "dx", "db"]
    assert lesson.derivations[0].steps == [f"s3w10d1/linear-backward/{step}" for step in steps]
    assert [item.rule for item in lesson.checklist] == ["math", "code", "interview", "algo"]
    assert len(lesson.questions) == 6
    assert len(lesson.cards) == 62
