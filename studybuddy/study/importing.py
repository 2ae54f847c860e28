"""Bringing a lesson in from the notebook, Markdown or text export that a learner or teacher has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple

from studybuddy.core.errors import StudybuddyError
from studybuddy.course.finder import content_root, lesson_folders
from studybuddy.course.ids import lesson_order
from studybuddy.course.importing.model import Imported
from studybuddy.course.importing.opening import is_lesson_folder, read_bytes
from studybuddy.course.importing.reading import read_import


class Preview(NamedTuple):
    """What a file holds that may be imported; nothing is written yet."""

    path: Path
    imported: Imported
    hash: str = ""
    """A digest of the file's bytes."""
    files: Mapping[str, str] | None = None
    """The texts of a lesson folder of our own format; None for any other file."""


def preview(paths: Iterable[Path], season: int = 0) -> list[Preview]:
    """What the files and lesson folders at some paths hold. Writes nothing and runs nothing of theirs.

    Args:
        paths: files, or folders in our own format.
        season: for lessons that name week and day alone; by default the newest season of the course.

    Raises:
        UsageError: a path cannot be read, or is a folder of another kind.
    """
    season = season or newest_season()
    return [_read(path, season) for path in paths]


def _read(path: Path, season: int) -> Preview:
    if is_lesson_folder(path):
        from studybuddy.course.importing.own_folder import read_folder
        from studybuddy.course.shelf.folders import digest_of_folder, own_texts

        files = own_texts(path)
        return Preview(path, read_folder(path), digest_of_folder(files), files)
    data = read_bytes(path)
    return Preview(path, read_import(path.name, data, season=season), mark_of(data))


def mark_of(data: bytes) -> str:
    """The digest by which a file is known again."""
    return blake2b(data, digest_size=16).hexdigest()


def newest_season() -> int:
    """The season of the last lesson of the course, 1 where it has none."""
    try:
        orders = [lesson_order(folder.name) for folder in lesson_folders(content_root())]
    except (OSError, StudybuddyError):
        return 1
    return max((order[0] for order in orders if order), default=1)
