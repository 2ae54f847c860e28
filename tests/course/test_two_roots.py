"""The course's lessons and the learner's own in one index."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from studybuddy.course.index import load_index
from studybuddy.course.indexed import IndexedLesson
from studybuddy.course.indexing import index_lesson
from studybuddy.course.lesson_names import lesson_order, names_of_day
from tests.course.sample import LESSON_TOML, PROSE_ZH, write_lesson


@pytest.fixture
def course(tmp_path: Path) -> Path:
    write_lesson(tmp_path / "content")
    return tmp_path / "content"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "home" / "course"


def write_as(root: Path, lesson: str) -> Path:
    """The sample lesson under another id."""
    code = lesson.upper()
    files = {
        "lesson.toml": LESSON_TOML.replace("S1W2D3", code),
        "lesson.zh.md": PROSE_ZH.replace("S1W2D3", code),
    }
    folder = write_lesson(root, {**files, "lesson.en.md": None}, lesson=lesson)
    (folder / "lesson.en.md").unlink(missing_ok=True)
    return folder


def test_names_of_a_day() -> None:
    assert lesson_order("s3w10d1") == (3, 10, 1, 1)
    assert lesson_order("s3w10d1.12") == (3, 10, 1, 12)
    for word in (
        "s3w10d1.",
        "s3w10d1.0",
        "s3w10d1.1",
        "s3w10d1.02",
        "s3w10d1.100",
        "s3w10d1.2.3",
        "s3w10d1.2\n",
    ):
        assert lesson_order(word) is None
    assert names_of_day("s3w10d1.7")[:3] == ["s3w10d1", "s3w10d1.2", "s3w10d1.3"]


def test_both_in_the_order_of_days(course: Path, own: Path, tmp_path: Path) -> None:
    for lesson in ("s1w2d3.10", "s1w2d3.2", "s1w1d1"):
        write_as(own, lesson)
    for _ in range(2):
        lessons = load_index(course, tmp_path / "cache", own).lessons
        assert [(lesson.id, lesson.imported) for lesson in lessons] == [
            ("s1w1d1", True),
            ("s1w2d3", False),
            ("s1w2d3.2", True),
            ("s1w2d3.10", True),
        ]
        assert [lesson.errors for lesson in lessons] == [[]] * 4
    assert lessons[2].titles["zh"] == "平方（Square）"
    assert lessons[2].cards[0].id == "s1w2d3.2/card/local"


def test_only_the_changed_lesson_is_read_again(
    course: Path, own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def reading(folder: Path) -> IndexedLesson:
        read.append(folder.name)
        return index_lesson(folder)

    monkeypatch.setattr("studybuddy.course.indexing.index_lesson", reading)
    folder = write_as(own, "s1w2d4")
    cache = tmp_path / "cache"
    first = load_index(course, cache, own)
    assert sorted(read) == ["s1w2d3", "s1w2d4"]
    read.clear()
    prose = folder / "lesson.zh.md"
    text = prose.read_text(encoding="utf-8")
    prose.write_text(text, encoding="utf-8")  # other times, the same bytes
    assert load_index(course, cache, own) == first
    assert read == []
    times = prose.stat()
    prose.write_text(text.replace("平方（Square）", "立方（Square）", 1), encoding="utf-8")
    os.utime(prose, ns=(times.st_atime_ns, times.st_mtime_ns))  # the same size and time of change
    assert load_index(course, cache, own).lessons[1].titles["zh"] == "立方（Square）"
    assert read == ["s1w2d4"]
    shutil.rmtree(folder)
    assert [lesson.id for lesson in load_index(course, cache, own).lessons] == ["s1w2d3"]
    assert read == ["s1w2d4"]


def test_what_is_no_lesson_says_so_and_the_rest_lives(course: Path, own: Path, tmp_path: Path) -> None:
    write_as(own, "s1w3d1")
    write_as(own, "s1w2d3")
    (own / "s1w3d2").write_text("a file", encoding="utf-8")
    (own / "s1w3d3").symlink_to(own / "s1w3d3")
    (own / "s1w3d4").symlink_to(own / "s1w3d1")
    (own / "notes").mkdir()
    (own / ".import-x").mkdir()
    broken = write_as(own, "s1w3d5")
    (broken / "lesson.zh.md").unlink()
    (broken / "lesson.zh.md").symlink_to(broken / "lesson.zh.md")
    shutil.rmtree(broken / "exercises")
    (broken / "exercises").symlink_to(broken)
    folder = write_as(own, "s1w3d6")
    (folder / "cards.toml").unlink()
    (folder / "cards.toml").mkdir()
    (own / "s1w3d7").mkdir()
    for _ in range(2):
        index = load_index(course, tmp_path / "cache", own)
        assert [lesson.id for lesson in index.lessons if not lesson.errors] == ["s1w2d3", "s1w3d1"]
        assert [lesson.id for lesson in index.lessons if lesson.errors] == ["s1w3d5", "s1w3d6", "s1w3d7"]
        assert not index.lessons[0].imported
        wrong = {Path(error.path).name: error.message for error in index.errors}
        assert set(wrong) == {"s1w2d3", "s1w3d2", "s1w3d3", "s1w3d4"}
        assert wrong["s1w2d3"].startswith("the course has this lesson itself")


@pytest.mark.parametrize("strange", ["file", "loop"])
def test_a_folder_of_lessons_that_is_none(course: Path, tmp_path: Path, strange: str) -> None:
    own = tmp_path / "course"
    if strange == "file":
        own.write_text("", encoding="utf-8")
    else:
        own.symlink_to(own)
    index = load_index(course, tmp_path / "cache", own)
    assert [lesson.id for lesson in index.lessons] == ["s1w2d3"]
    assert [error.path for error in index.errors] == [str(own)]
