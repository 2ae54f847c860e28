"""The course at a glance: what there is, by id, without its words. It is all that the start of the app needs.

The index is kept in a cache file, lesson by lesson. A lesson is taken from there as long as its files look
the same (size, times) or, failing that, hold the same bytes; only a lesson that was changed is read again.
The start of the app waits for this module, so it imports next to nothing; reading a lesson loads the reader.
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
from studybuddy.course.looks import COURSE, Part, Root, look_at, look_at_root

if TYPE_CHECKING:
    from pathlib import Path

CACHE_NAME = "course-index.json"
FORMAT = 10
"""To be raised whenever an entry changes its fields."""

Parts = dict[str, Part]
"""By the path of the lesson's folder; the course's own by `COURSE`."""


def load_index(root: Path, cache_dir: Path | None, imported: Path | None = None) -> CourseIndex:
    """The index of the lessons below `root`, and of the learner's own below `imported`.

    A cache in `cache_dir` that cannot be read or written is no error: the lessons are read then.
    """
    folders = [root] if imported is None else [root, imported]
    roots = [look_at_root(os.fspath(folder)) for folder in folders]
    path = os.path.join(cache_dir, CACHE_NAME) if cache_dir is not None else ""  # noqa: PTH118
    kept = _load(path) if path else {}
    index = _assembled(roots, kept)
    if index is None:
        from studybuddy.course.indexing import read_parts

        parts = read_parts(roots, looks_of(roots), kept)
        index = _read(parts)
        if path:
            _save(path, parts)
    return index


def state_of(folder: Path) -> str:
    """A short text that changes when any file of a lesson or course does, or this program."""
    from hashlib import blake2b

    look = f"{_program()} {os.path.abspath(folder)}\n{look_at(os.fspath(folder))}"  # noqa: PTH100
    return blake2b(look.encode("utf-8", "replace")).hexdigest()[:32]


def looks_of(roots: list[Root]) -> dict[str, str]:
    """How everything looks that has a part in the cache."""
    shared = "\n".join(root.shared for root in roots)
    beside = [f"{root.path}\n{root.unreadable}\n{root.strange}" for root in roots]
    lessons = {path: f"{shared}\n{look}" for root in roots for path, look in root.lessons.items()}
    return {COURSE: "\n".join([shared, *beside, *lessons]), **lessons}


def _assembled(roots: list[Root], parts: Parts) -> CourseIndex | None:
    """The index out of its parts; None if one is missing or looks different by now."""
    looks = looks_of(roots)
    if looks.keys() != parts.keys() or any(parts[path].look != look for path, look in looks.items()):
        return None
    try:
        return _read(parts)
    except (TypeError, LookupError, AttributeError):
        return None


def _read(parts: Parts) -> CourseIndex:
    concepts, errors, order = parts[COURSE].row
    return CourseIndex(
        [_lesson(parts[path].row) for path in order],
        [IndexedConcept(*row) for row in concepts],
        [IndexedError(*row) for row in errors],
    )


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


def _program() -> str:
    return f"{FORMAT} {__version__}"


def _load(path: str) -> Parts:
    """The parts in the cache; none unless it was written whole, by this very program."""
    from zlib import crc32

    try:
        with open(path, "rb") as file:  # noqa: PTH123
            data = file.read()
        body = data[_HEAD_BYTES:-1]
        if data[:_HEAD_BYTES] != _head(crc32(body)):
            return {}
        content = json.loads(body)
        if content["program"] != _program():
            return {}
        return {name: Part(*part) for name, part in content["parts"].items()}
    except (OSError, ValueError, TypeError, LookupError, AttributeError, RecursionError):
        return {}


def _head(checksum: int) -> bytes:
    return b'{"crc":"%08x","index":' % checksum


_HEAD_BYTES = len(_head(0))


def _save(path: str, parts: Parts) -> None:
    """Write the cache in one stroke, readable for its owner alone; give up in silence."""
    from contextlib import suppress
    from zlib import crc32

    temporary = f"{path}.{os.getpid()}"
    with suppress(OSError, ValueError):
        body = json.dumps({"program": _program(), "parts": parts}, separators=(",", ":")).encode()
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
