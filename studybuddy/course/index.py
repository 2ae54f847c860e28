"""The course at a glance: what there is, by id, without its words. It is all that the start of the app needs.

The index is kept in a cache file and made anew when any file of the course changes. The start of the app
waits for this module, so it imports next to nothing; making the index anew loads the reader.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from studybuddy import __version__
from studybuddy.course.indexed import (
    CourseIndex,
    IndexedCard,
    IndexedConcept,
    IndexedDerivation,
    IndexedError,
    IndexedExercise,
    IndexedItem,
    IndexedLesson,
    IndexedSection,
)

if TYPE_CHECKING:
    from pathlib import Path

CACHE_NAME = "course-index.json"
FORMAT = 8
"""To be raised whenever an entry changes its fields."""


def load_index(root: Path, cache_dir: Path | None) -> CourseIndex:
    """The index of the lessons below `root`, from the cache in `cache_dir` if that is up to date.

    A cache that cannot be read or written is no error: the index is made from the lessons then.
    """
    files = _fingerprint(os.fspath(root))
    path = os.path.join(cache_dir, CACHE_NAME) if cache_dir is not None else ""  # noqa: PTH118
    index = _load(path, files) if path else None
    if index is None:
        from studybuddy.course.indexing import index_course

        index = index_course(root)
        if path:
            _save(path, files, index)
    return index


def state_of(folder: Path) -> str:
    """A short text that changes when any file of a lesson or course does, or this program."""
    from hashlib import blake2b

    return blake2b("\n".join(_fingerprint(os.fspath(folder))).encode("utf-8", "replace")).hexdigest()[:32]


def _fingerprint(root: str) -> list[str]:
    """What the cache depends on: this program, and path, size and time of every file of the course."""
    entries = [f"{FORMAT} {__version__} {os.path.abspath(root)}"]  # noqa: PTH100
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as children:
                found = sorted(children, key=lambda child: child.name)
        except OSError:
            entries.append(f"unreadable {folder}")
            continue
        for child in found:
            try:
                if child.is_dir(follow_symlinks=False):
                    if child.name != "__pycache__":
                        folders.append(child.path)
                    continue
                status = child.stat()
            except OSError:
                entries.append(f"unreadable {child.path}")
            else:
                entries.append(f"{status.st_size} {status.st_mtime_ns} {child.path[len(root) :]}")
    return entries


def _load(path: str, files: list[str]) -> CourseIndex | None:
    """The index in the cache, None unless it was written whole for these very files."""
    from zlib import crc32

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            data = file.read()
        body = data[_HEAD_BYTES:-1]
        if data[:_HEAD_BYTES] != _head(crc32(body)):
            return None
        content = json.loads(body)
        if content["files"] != files:
            return None
        return CourseIndex(
            [_lesson(row) for row in content["lessons"]],
            [IndexedConcept(*row) for row in content["concepts"]],
            [IndexedError(*row) for row in content["errors"]],
        )
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return None


def _head(checksum: int) -> bytes:
    return b'{"crc":"%08x","index":' % checksum


_HEAD_BYTES = len(_head(0))


def _lesson(row: list[Any]) -> IndexedLesson:
    lesson = IndexedLesson(*row)
    return lesson._replace(
        sections=[IndexedSection(*entry) for entry in lesson.sections],
        checklist=[IndexedItem(*entry) for entry in lesson.checklist],
        cards=[IndexedCard(*entry) for entry in lesson.cards],
        exercises=[IndexedExercise(*entry) for entry in lesson.exercises],
        derivations=[IndexedDerivation(*entry) for entry in lesson.derivations],
        errors=[IndexedError(*entry) for entry in lesson.errors],
    )


def _save(path: str, files: list[str], index: CourseIndex) -> None:
    """Write the cache in one stroke, readable for its owner alone; give up in silence."""
    from contextlib import suppress
    from zlib import crc32

    temporary = f"{path}.{os.getpid()}"
    with suppress(OSError, ValueError):
        body = json.dumps({"files": files, **index._asdict()}, separators=(",", ":")).encode()
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)  # noqa: PTH103, PTH120
        with suppress(FileNotFoundError):
            os.unlink(temporary)  # noqa: PTH108
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(_head(crc32(body)) + body + b"}")
            os.replace(temporary, path)  # noqa: PTH105
        except OSError:
            os.unlink(temporary)  # noqa: PTH108
