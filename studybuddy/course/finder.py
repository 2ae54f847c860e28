"""Where the course lies on the disk."""

from __future__ import annotations

from pathlib import Path

import studybuddy
from studybuddy.core.errors import StudybuddyError
from studybuddy.course.ids import lesson_order
from studybuddy.course.looks import BANK


def content_root(package: Path | None = None) -> Path:
    """The folder with the lessons: `content` inside the package, in a checkout the one beside it.

    `package` is the folder of the package, for tests.

    Raises:
        StudybuddyError: there is neither.
    """
    package = package or Path(studybuddy.__file__).resolve().parent
    for folder in (package / "content", package.parent / "content"):
        if folder.is_dir():
            return folder
    raise StudybuddyError(
        "the lessons are missing: there is no folder {folder}; install studybuddy again",
        folder=package / "content",
    )


def problem_folder(number: int, package: Path | None = None) -> Path | None:
    """The folder of a known problem of LeetCode with the course's own tests; None where it has none."""
    try:
        folder = content_root(package) / BANK / str(number)
    except StudybuddyError:
        return None
    return folder if folder.is_dir() else None


def lesson_folders(root: Path) -> list[Path]:
    """The folders of the lessons below `root`, by season, week and day; other folders are no lessons."""
    folders = [
        (order, child)
        for child in root.iterdir()
        if (order := lesson_order(child.name)) and child.is_dir() and not child.is_symlink()
    ]
    return [folder for _, folder in sorted(folders)]
