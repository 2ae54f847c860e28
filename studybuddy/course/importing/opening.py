"""Paths that somebody names for import -> a file's bytes, or a lesson folder of our own."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from studybuddy.core.errors import UsageError
from studybuddy.course.ids import is_lesson_id
from studybuddy.course.importing.decoding import MAX_FILE_BYTES

if TYPE_CHECKING:
    from pathlib import Path


def is_lesson_folder(path: Path) -> bool:
    """Whether a path is a folder with a lesson in our own format."""
    try:
        return path.is_dir() and is_lesson_id(path.resolve().name) and (path / "lesson.toml").is_file()
    except (OSError, RuntimeError):
        return False


def read_bytes(path: Path) -> bytes:
    """The bytes of a file, or a few more than an import may have.

    Raises:
        UsageError: there is no file that can be read.
    """
    try:
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            raise UsageError(
                "{path} is a folder: name the file of a lesson, or a lesson's own folder", path=path
            )
        if not stat.S_ISREG(mode):
            raise UsageError("{path} is no ordinary file", path=path)
        with path.open("rb") as file:
            return file.read(MAX_FILE_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise UsageError("cannot read {file}: {reason}", file=path, reason=reason) from error
