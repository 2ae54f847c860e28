from __future__ import annotations

from pathlib import Path

import pytest

import studybuddy
from studybuddy.core.errors import StudybuddyError
from studybuddy.course.finder import content_root, lesson_folders


def test_lessons_come_in_the_order_of_the_course(tmp_path: Path) -> None:
    for name in ("s3w10d2", "s3w2d1", "s3w10d1", "s1w20d7", "s10w1d1", "drafts", "s3w1", "s3w1d1x"):
        (tmp_path / name).mkdir()
    (tmp_path / "s2w1d1").write_text("a file")
    (tmp_path / "s2w1d2").symlink_to(tmp_path / "s3w10d1")
    names = [folder.name for folder in lesson_folders(tmp_path)]
    assert names == ["s1w20d7", "s3w2d1", "s3w10d1", "s3w10d2", "s10w1d1"]


def test_installed_lessons_come_before_those_of_a_checkout(tmp_path: Path) -> None:
    package = tmp_path / "studybuddy"
    package.mkdir()
    with pytest.raises(StudybuddyError, match=r"the lessons are missing: there is no folder .*content"):
        content_root(package)
    (tmp_path / "content").mkdir()
    assert content_root(package) == tmp_path / "content"
    (package / "content").mkdir()
    assert content_root(package) == package / "content"


def test_this_checkout_has_lessons() -> None:
    root = content_root()
    assert root.is_dir()
    assert root.parent in (Path(studybuddy.__file__).parent, Path(studybuddy.__file__).parents[1])
