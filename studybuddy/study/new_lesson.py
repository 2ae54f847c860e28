"""A small complete lesson to begin a new one with."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from studybuddy.core.errors import UsageError
from studybuddy.course.finder import content_root
from studybuddy.course.ids import lesson_order
from studybuddy.i18n import N_

TEMPLATE = "template"
_CODE = re.compile(r"S1W1D1|s1w1d[12]")
"""What stands in the template for the lesson's own code, its id, and the id of the day after."""
_WRITTEN = re.compile(r"[Ss][0-9]{1,3}[Ww][0-9]{1,3}[Dd][0-9]{1,3}\Z")
_DAYS = 7


def new_lesson(code: str, parent: Path) -> Path:
    """Write the folder of a new lesson below `parent`, with one of each element, in both languages.

    Raises:
        UsageError: the code names no day, the folder is there already, or it cannot be written.
    """
    order = lesson_order(code.lower()) if _WRITTEN.match(code) else None
    if order is None:
        raise UsageError(
            N_("{code} is no code of a lesson: write season, week and day as S3W11D1"), code=code
        )
    folder = parent / code.lower()
    season, week, day = order[:3]
    after = f"s{season}w{week}d{day + 1}" if day < _DAYS else f"s{season}w{week + 1}d1"
    words = {"S1W1D1": code.upper(), "s1w1d1": folder.name, "s1w1d2": after}
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        raise UsageError(N_("{path} is there already; nothing was written"), path=folder) from None
    except OSError as error:
        raise _refused(folder, error) from error
    try:
        _copy(content_root() / TEMPLATE, folder, words)
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise _refused(folder, error) from error
    return folder


def _copy(template: Path, folder: Path, words: dict[str, str]) -> None:
    for path in sorted(template.rglob("*")):
        target = folder / path.relative_to(template)
        if path.is_dir():
            target.mkdir()
        elif path.suffix in (".md", ".toml", ".py"):
            text = _CODE.sub(lambda found: words[found[0]], path.read_text("utf-8"))
            target.write_text(text, "utf-8")


def _refused(path: Path, error: OSError) -> UsageError:
    words = N_("{path} cannot be written: {reason}; nothing was saved")
    return UsageError(words, path=path, reason=error.strerror or str(error))
