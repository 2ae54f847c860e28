"""The words of a lesson folder by language, with the line each stands on, to find numbers in."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from studybuddy.course.table import LANGUAGES

_FENCE = re.compile(r"^(?:> ?)*(```|~~~)")
_CODE = re.compile(r"`[^`\n]*`")
_WORDS = ("lesson.toml", "cards.toml", "interview.toml")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Passage:
    """Some words of a file. `line` is that of their first one, 1 where nobody knows it."""

    path: Path
    line: int
    text: str
    """On one line, with single spaces."""


def passages(folder: Path, language: str) -> list[Passage]:
    """Everything a lesson says in a language: prose without its fences, cards, tasks, hints, experiments."""
    prose = folder / f"lesson.{language}.md"
    found = list(_prose(prose)) if prose.is_file() else []
    for path in _tables(folder):
        raw = path.read_text("utf-8")
        try:
            data = tomllib.loads(raw)
        except (ValueError, RecursionError):
            continue
        found += [Passage(path, _line_of(raw, text), one_line(text)) for text in _said(data, language)]
    return found


def one_line(text: str) -> str:
    """Words with single spaces."""
    return _SPACES.sub(" ", text).strip()


def without_code(text: str) -> str:
    """A text without what stands between backticks."""
    return _CODE.sub("`", text)


def _tables(folder: Path) -> list[Path]:
    inner = sorted((folder / "exercises").glob("*/*.toml")) if (folder / "exercises").is_dir() else []
    named = {"exercise.toml", "experiments.toml"}
    return [
        *(folder / name for name in _WORDS if (folder / name).is_file()),
        *(path for path in inner if path.name in named),
    ]


def _prose(path: Path) -> Iterator[Passage]:
    """Paragraphs of a Markdown file; fenced code is data, not words."""
    fenced = False
    begun, words = 1, list[str]()
    for number, line in enumerate((*path.read_text("utf-8").splitlines(), ""), 1):
        if _FENCE.match(line):
            fenced = not fenced
            continue
        if not fenced and line.strip(" >"):
            begun = begun if words else number
            words.append(line)
        elif words:
            yield Passage(path, begun, one_line("\n".join(words)))
            words.clear()


def _said(value: Any, language: str, *, inside: bool = False) -> Iterator[str]:
    """Strings under the key of a language."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == language or (inside and key not in LANGUAGES):
                yield from _said(inner, language, inside=True)
            elif key not in LANGUAGES:
                yield from _said(inner, language)
    elif isinstance(value, list):
        for inner in value:
            yield from _said(inner, language, inside=inside)
    elif isinstance(value, str) and inside:
        yield value


def _line_of(raw: str, text: str) -> int:
    """Where a string of a TOML file stands, as far as that can be told from its first words."""
    first = text.strip().split("\n", 1)[0]
    for written in (first, first.replace("\\", "\\\\").replace('"', '\\"')):
        at = raw.find(written)
        if at >= 0:
            return raw.count("\n", 0, at) + 1
    return 1
