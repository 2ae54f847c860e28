"""The learner's lessons as bytes, to be kept in a backup and put back from it."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from studybuddy.core.errors import StoreDamagedError
from studybuddy.core.free_name import free_name
from studybuddy.course.lesson_names import is_lesson_id
from studybuddy.course.looks import WORKSHOP
from studybuddy.course.shelf.writing import settle_folder, understood

MOST_BYTES, MOST_OF_ALL, MOST_FILES = 5_000_000, 200_000_000, 20_000
_PARTS = 30


class Copied(NamedTuple):
    """The files of the lessons by their paths on the shelf."""

    files: dict[str, bytes]
    left_out: tuple[str, ...] = ()
    """What is a link, too large, or cannot be read."""

    @property
    def lessons(self) -> list[str]:
        """Whose files they are."""
        return lessons_of(self.files)


class PutBack(NamedTuple):
    """What a backup changed on the shelf."""

    lessons: tuple[str, ...] = ()
    """Those that are there now and were not, or were other."""
    kept: Path | None = None
    """Where those lie that were other."""


def lessons_of(files: Mapping[str, bytes]) -> list[str]:
    """Whose files they are."""
    return sorted({name.partition("/")[0] for name in files})


def copied(shelf: Path) -> Copied:
    """Everything in the folders of the lessons."""
    files: dict[str, bytes] = {}
    left_out: list[str] = []
    total = 0
    for path in _shelved(shelf):
        name = path.relative_to(shelf).as_posix()
        data = _bytes(path)
        if data is None or not _fit(name) or total + len(data) > MOST_OF_ALL or len(files) >= MOST_FILES:
            left_out.append(name)
            continue
        total += len(data)
        files[name] = data
    return Copied(files, tuple(left_out))


def put_back(shelf: Path, files: Mapping[str, bytes], stamp: str) -> PutBack:
    """Let the lessons of a backup take their places. Those it does not know stay; what is other is kept.

    Args:
        shelf: the folder of lessons.
        files: as `copied` gave them.
        stamp: names the folder, beside the shelf, of those that had to give way.

    Raises:
        StoreDamagedError: these are no files of lessons.
        StoreError: they could not be written; then all is as it was.
    """
    if any(not _fit(name) for name in files):
        raise StoreDamagedError("the backup holds files that belong to no lesson; nothing was restored")
    here = copied(shelf).files
    other = [lesson for lesson in lessons_of(files) if _of(here, lesson) != _of(files, lesson)]
    if not other:
        return PutBack()
    kept = free_name(shelf.with_name(f"{shelf.name}.replaced-{stamp}"))
    part: Path | None = None
    try:
        shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = Path(tempfile.mkdtemp(prefix=WORKSHOP, dir=shelf))
        for lesson in other:
            for name, data in _of(files, lesson).items():
                _write(part / name, data)
        _change_places(shelf, part, kept, other)
    except OSError as error:
        raise understood(error, shelf) from error
    finally:
        if part is not None:
            shutil.rmtree(part, ignore_errors=True)
    return PutBack(tuple(other), kept if kept.exists() else None)


def _change_places(shelf: Path, part: Path, kept: Path, lessons: list[str]) -> None:
    """New folders for old ones, all of them or none."""
    done: list[str] = []
    try:
        for lesson in lessons:
            done.append(lesson)
            if os.path.lexists(shelf / lesson):
                kept.mkdir(mode=0o700, exist_ok=True)
                (shelf / lesson).rename(kept / lesson)
            (part / lesson).rename(shelf / lesson)
        settle_folder(shelf)
    except OSError:
        for lesson in reversed(done):
            if not (part / lesson).exists():
                (shelf / lesson).rename(part / lesson)
            if os.path.lexists(kept / lesson):
                (kept / lesson).rename(shelf / lesson)
        raise


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _of(files: Mapping[str, bytes], lesson: str) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.startswith(f"{lesson}/")}


def _fit(name: str) -> bool:
    """Whether a path is that of a file in a lesson's folder, and leads nowhere else on any system."""
    lesson, *parts = name.split("/")
    plain = name.isprintable() and "\\" not in name and ":" not in name
    inside = all(part.strip(". ") and part != "__pycache__" for part in parts)
    return plain and inside and is_lesson_id(lesson) and 0 < len(parts) < _PARTS


def _shelved(shelf: Path) -> Iterator[Path]:
    try:
        names = sorted(child.name for child in shelf.iterdir() if is_lesson_id(child.name))
    except OSError:
        return
    for name in names:
        if (shelf / name).is_symlink() or not (shelf / name).is_dir():
            yield shelf / name
        else:
            yield from _files(shelf / name)


def _files(folder: Path) -> Iterator[Path]:
    try:
        children = sorted(folder.iterdir())
    except OSError:
        yield folder
        return
    for child in children:
        if child.name == "__pycache__":
            continue
        if child.is_dir() and not child.is_symlink():
            yield from _files(child)
        else:
            yield child


def _bytes(path: Path) -> bytes | None:
    if path.is_symlink() or not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        return None
    return data if len(data) <= MOST_BYTES else None
