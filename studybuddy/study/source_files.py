"""Files that a lesson may be imported from: the path a learner types or drops, and what lies at it."""

from __future__ import annotations

import os
import shlex
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from studybuddy.core.errors import UsageError
from studybuddy.course.importing.opening import is_lesson_folder
from studybuddy.course.lesson_names import is_lesson_id
from studybuddy.text import cell_width, clean_line

SUFFIXES = frozenset((".ipynb", ".md", ".markdown", ".txt"))
"""Files that are offered; others may be typed."""
MOST_LOOKED_AT = 5_000
"""Entries of a folder that are looked at."""
MOST_OFFERED = 200


class Offer(NamedTuple):
    """A file that may be imported, or a folder on the way to one."""

    name: str
    typed: str
    """What one would type for it; a folder's ends in a slash."""
    folder: bool = False
    size: int = 0
    modified: float = 0.0
    """Seconds since 1970, as the file system has it."""


def typed_path(text: str) -> Path:
    """The path that was meant: as typed, with `~`, in quotes, with escaped spaces, or as `file://`."""
    return _of_home(_unwrapped(text))


def offers(text: str) -> list[Offer]:
    """What the last name of a typed path may become: files that can be imported, newest first, then folders.

    A file system that does not answer keeps this waiting: not for the thread that draws.
    """
    head, last = _parted(_unwrapped(text))
    files: list[Offer] = []
    folders: list[Offer] = []
    for entry in _entries(_of_home(head or ".")):
        if not _begins(entry.name, last) or not entry.name.isprintable():
            continue
        offer = _offer(entry, head)
        if offer is not None:
            (folders if offer.folder else files).append(offer)
    files.sort(key=lambda offer: (-offer.modified, offer.name))
    folders.sort(key=lambda offer: offer.name)
    return [*files, *folders][:MOST_OFFERED]


def completed(text: str, offered: list[Offer]) -> str:
    """A typed path with as much added as all that is offered agree on."""
    if not offered:
        return text
    if len(offered) == 1:
        return offered[0].typed
    head, last = _parted(_unwrapped(text))
    common = _common([offer.name for offer in offered])
    return head + common if len(common) > len(last) else text


def _common(names: list[str]) -> str:
    """The beginning that all names share."""
    least, most = min(names), max(names)
    alike = next(
        (n for n, (one, other) in enumerate(zip(least, most, strict=False)) if one != other), len(least)
    )
    return least[:alike]


def meant(text: str, offered: list[Offer]) -> str:
    """What a typed text is to open: what it names itself, else the first that is offered for it."""
    path = typed_path(text)
    try:
        named = bool(text.strip()) and (path.is_file() or is_lesson_folder(path))
    except (OSError, ValueError):
        named = False
    return text if named or not offered else offered[0].typed


def opens_as_folder(text: str) -> bool:
    """Whether a typed path is a folder to look into, and no lesson itself."""
    path = typed_path(text)
    try:
        return path.is_dir() and not is_lesson_folder(path)
    except (OSError, ValueError):
        return False


def lesson_code(text: str) -> str:
    """A lesson's code as it was typed.

    Raises:
        UsageError: no lesson can be called that.
    """
    code = text.strip().lower()
    if not is_lesson_id(code):
        raise UsageError("no lesson can be called {code}; write S3W10D1", code=text.strip()[:40] or "?")
    return code


def short_path(path: Path, cells: int) -> str:
    """A path to be shown: `~` for the learner's home, its end where not all of it fits."""
    text = str(path)
    with suppress(ValueError, RuntimeError):
        text = f"~/{path.relative_to(Path.home())}" if path != Path.home() else "~"
    text = clean_line(text)
    if cell_width(text) <= cells:
        return text
    first = len(text)
    while first > 0 and cell_width(text[first - 1 :]) < cells:
        first -= 1
    return "…" + text[first:]


def _unwrapped(text: str) -> str:
    """A path without what a terminal or a file manager puts around one that is dropped."""
    text = text.strip()
    if text.lower().startswith("file:"):
        try:
            parts = urlsplit(text)
        except ValueError:
            return text
        if parts.netloc in ("", "localhost"):
            return unquote(parts.path)
    if text[:1] in ("'", '"') or ("\\" in text and os.sep == "/" and not _exists(text)):
        try:
            words = shlex.split(text)
        except ValueError:  # no closing quotation mark yet
            return text[1:] if text[:1] in ("'", '"') else text
        if len(words) == 1:
            return words[0]
    return text


def _of_home(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:  # nobody has that name
        return Path(text)


def _exists(text: str) -> bool:
    try:
        return _of_home(text).exists()
    except (OSError, ValueError):
        return False


def _parted(path: str) -> tuple[str, str]:
    """The folder as typed, with its slash, and the name that is being typed."""
    if path == "~":
        return "~/", ""
    head, slash, last = path.rpartition("/")
    return head + slash, last


def _begins(name: str, typed: str) -> bool:
    if name.startswith(".") and not typed.startswith("."):
        return False
    return name.casefold().startswith(typed.casefold())


def _entries(folder: Path) -> list[os.DirEntry[str]]:
    found: list[os.DirEntry[str]] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                found.append(entry)
                if len(found) == MOST_LOOKED_AT:
                    break
    except (OSError, ValueError):
        return found
    return found


def _offer(entry: os.DirEntry[str], head: str) -> Offer | None:
    try:
        if entry.is_dir():
            return Offer(entry.name, f"{head}{entry.name}/", folder=True)
        if Path(entry.name).suffix.lower() not in SUFFIXES or not entry.is_file():
            return None
        facts = entry.stat()
    except OSError:
        return None
    return Offer(entry.name, head + entry.name, size=facts.st_size, modified=facts.st_mtime)
