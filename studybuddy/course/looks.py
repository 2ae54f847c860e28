"""How folders of lessons look from outside: names, sizes and times, without a file being opened.

The start of the app waits for this, so it imports next to nothing.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NamedTuple

from studybuddy.course.lesson_names import lesson_order

if TYPE_CHECKING:
    from pathlib import Path

SHARED = ("concepts.toml", "drills.toml")
"""Files beside the lessons on which what is read of them depends."""
BANK = "problems"
"""The folder beside the lessons with the course's own tests of known problems; lessons depend on it too."""
COURSE = ""
"""The part of the index that is about no lesson: concepts, errors beside the lessons, and their order."""
WORKSHOP = ".import-"
"""How the folders begin in which an import is made ready."""
_SKIPPED = "__pycache__"


class Root(NamedTuple):
    """A folder of lessons; its texts change when a file in it may have."""

    path: str
    shared: str
    lessons: dict[str, str]
    """How each lesson looks, by the path of its folder."""
    strange: list[str]
    """Names of lessons that are no folders."""
    unreadable: str
    """Why the folder cannot be read; empty where it can, or is not there."""


class Part(NamedTuple):
    """What the index keeps of a lesson: how its files looked, what their bytes were, what was read."""

    look: str
    state: str
    row: list[Any]


def look_at_root(root: str) -> Root:
    """How a folder of lessons looks now."""
    path = os.path.abspath(root)  # noqa: PTH100
    try:
        with os.scandir(path) as found:
            children = sorted(found, key=lambda child: child.name)
    except FileNotFoundError:
        return Root(path, "", {}, [], "")
    except (OSError, ValueError) as error:
        return Root(path, "", {}, [], str(getattr(error, "strerror", None) or error))
    shared = [_of_file(child) for child in children if child.name in SHARED]
    shared += [look_at(child.path) for child in children if child.name == BANK]
    lessons = {child.path: child for child in children if lesson_order(child.name) is not None}
    folders = {place: look_at(place) for place, child in lessons.items() if _is_folder(child)}
    strange = [child.name for place, child in lessons.items() if place not in folders]
    return Root(path, "\n".join(shared), folders, strange, "")


def half_done(root: Path) -> bool:
    """Whether an import into a folder of lessons was begun and not ended."""
    try:
        with os.scandir(root) as children:
            return any(child.name.startswith(WORKSHOP) for child in children)
    except OSError:
        return False


def look_at(folder: str) -> str:
    """Path, size and times of every file below a folder; links are not followed into folders."""
    lines: list[str] = []
    folders = [folder]
    while folders:
        below = folders.pop()
        try:
            with os.scandir(below) as children:
                found = sorted(children, key=lambda child: child.name)
        except OSError:
            lines.append(f"unreadable {below[len(folder) :]}")
            continue
        for child in found:
            if not _is_folder(child):
                lines.append(f"{below[len(folder) :]}/{_of_file(child)}")
            elif child.name != _SKIPPED:
                folders.append(child.path)
    return "\n".join(lines)


def _is_folder(child: os.DirEntry[str]) -> bool:
    try:
        return child.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _of_file(child: os.DirEntry[str]) -> str:
    """Times of two kinds: a file may be given its old time of change back, but not that of its entry."""
    try:
        status = child.stat()
    except OSError:
        return f"{child.name} unreadable"
    return f"{child.name} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
