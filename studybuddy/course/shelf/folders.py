"""Lesson folders as texts: those on the learner's shelf, and those that are brought in from elsewhere."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path

from studybuddy.core.errors import UsageError
from studybuddy.course.shelf.record import RECORD_NAME
from studybuddy.course.source import MAX_FILE_BYTES

SUFFIXES = (".toml", ".md", ".py")
MOST_FILES = 2_000
MOST_BYTES = 50_000_000
_CODE = re.compile(r"""^(code[ \t]*=[ \t]*)(?:"[^"\n]*"|'[^'\n]*')""", re.MULTILINE)
_TITLE = re.compile(r"^#[ \t]+[Ss]\d+[Ww]\d+[Dd]\d+(?:\.\d+)?(?=\s*[：:])", re.MULTILINE)


def texts_below(folder: Path) -> dict[str, str | None]:
    """The files of a lesson by their paths, None for what is no text; links are not followed.

    Raises:
        UsageError: there are more of them than a lesson has.
    """
    found: dict[str, str | None] = {}
    total = 0
    for path in files_below(folder):
        name = path.relative_to(folder).as_posix()
        text, size = _text(path)
        total += size
        found[name] = text
        if len(found) > MOST_FILES or total > MOST_BYTES:
            raise UsageError("{path} holds more than a lesson does", path=folder)
    found.pop(RECORD_NAME, None)
    return found


def own_texts(folder: Path, code: str = "") -> dict[str, str]:
    """The files that make up a lesson in our own format, under another code if one is given.

    Raises:
        UsageError: there are more of them than a lesson has.
    """
    texts = texts_below(folder)
    files = {name: text for name, text in texts.items() if text is not None and _of_lesson(name)}
    return recoded(files, code) if code else files


def recoded(files: dict[str, str], code: str) -> dict[str, str]:
    """The files of a lesson under another code: it stands in lesson.toml and in the titles."""
    changed = dict(files)
    for name, text in files.items():
        if name == "lesson.toml":
            changed[name] = _CODE.sub(lambda found: f'{found[1]}"{code}"', text, count=1)
        elif "/" not in name and name.endswith(".md"):
            changed[name] = _TITLE.sub(f"# {code}", text, count=1)
    return changed


def digest_of_folder(files: dict[str, str]) -> str:
    """One digest for the names of a folder's files and what is told of each: its text, or a digest of it."""
    digest = blake2b(digest_size=16)
    for name, text in sorted(files.items()):
        digest.update(f"{name}\0{text}\0".encode("utf-8", "replace"))
    return digest.hexdigest()


def files_below(folder: Path, *, caches: bool = False) -> Iterator[Path]:
    """Every file and link below, in order; pipes, devices and, unless they are wanted, caches left out."""
    try:
        with os.scandir(folder) as children:
            found = sorted(children, key=lambda child: child.name)
    except OSError:
        return
    for child in found:
        if child.name == "__pycache__" and not caches:
            continue
        if child.is_dir(follow_symlinks=False):
            yield from files_below(Path(child.path), caches=caches)
        elif child.is_symlink() or child.is_file():
            yield Path(child.path)


def _of_lesson(name: str) -> bool:
    return name.endswith(SUFFIXES) and not any(part.startswith(".") for part in name.split("/"))


def _text(path: Path) -> tuple[str | None, int]:
    """What a file holds, and how many bytes that is; None for a link, a device, or what is not UTF-8."""
    if path.is_symlink() or not path.is_file():
        return None, 0
    try:
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
        text = data.decode() if len(data) <= MAX_FILE_BYTES else None
    except (OSError, UnicodeDecodeError):
        return None, 0
    return None if text is None else text.replace("\r\n", "\n").replace("\r", "\n"), len(data)
