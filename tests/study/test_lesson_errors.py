from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from studybuddy.course.index import load_index
from studybuddy.i18n import use_language
from studybuddy.study.lesson_errors import worded
from tests.course.sample import changed, write_lesson


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    use_language("en")


def test_errors_are_worded_in_the_language_in_use_from_the_cache_too(tmp_path: Path) -> None:
    root = tmp_path / "content"
    changes = {
        **changed("lesson.zh.md", "{#think-sign}", "{#square}"),
        **changed("exercises/depth/exercise.toml", 'returns = "int"', 'returns = "number"'),
    }
    write_lesson(root, changes)
    fresh = load_index(root, tmp_path / "cache").lessons[0].errors
    kept = load_index(root, tmp_path / "cache").lessons[0].errors
    assert kept == fresh
    use_language("en")
    english = [worded(error) for error in kept]
    assert any(line.endswith(": the id square is taken by a derivation") for line in english), english
    use_language("zh")
    chinese = [worded(error) for error in kept]
    assert any(line.endswith(": id square 已被占用：一个推导") for line in chinese), chinese
    assert [line.split(": ")[0] for line in english] == [line.split(": ")[0] for line in chinese]
