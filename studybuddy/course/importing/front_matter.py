"""The front matter of a Markdown file: `id`, `lang`, `tags`, `prereqs` between two lines of dashes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.findings import Code
from studybuddy.course.importing.titles import FORMS, LessonCode, read_code
from studybuddy.course.report import shorten
from studybuddy.course.table import LANGUAGES
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studybuddy.course.importing.findings import Findings

MOST_LINES = 60
_KEY = re.compile(r"(?P<key>[A-Za-z_][\w-]{0,40})\s*:\s*(?P<value>.*)\Z")
_ITEM = re.compile(r"\s+-\s+(?P<value>.*)\Z|-\s+(?P<other>.*)\Z")


@dataclass(slots=True)
class FrontMatter:
    """What stands before the first line of the lesson; `lines` is how many lines it takes."""

    lines: int = 0
    code: LessonCode | None = None
    title: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()


def read_front_matter(lines: Sequence[str], findings: Findings) -> FrontMatter:
    """The front matter of a file; empty where it has none."""
    rows = _rows(lines)
    if rows is None:
        return FrontMatter()
    values, places, count = rows
    matter = FrontMatter(count)
    matter.title = next(iter(values.get("title", ())), "")
    matter.tags, matter.requires = tuple(values.get("tags", ())), tuple(values.get("prereqs", ()))
    language = next(iter(values.get("lang", values.get("language", ()))), "").lower()[:2]
    matter.language = language if language in LANGUAGES else ""
    word = next(iter(values.get("id", values.get("code", ()))), "")
    if word:
        found = read_code(word)
        if found is None or found[1].strip():
            message = Phrase.of(N_("{word!r} is no lesson; write {forms}"), word=shorten(word), forms=FORMS)
            findings.error(Code.TITLE_FORM, places.get("id", places.get("code", 0)), message)
        else:
            matter.code = found[0]
    return matter


def _rows(lines: Sequence[str]) -> tuple[dict[str, list[str]], dict[str, int], int] | None:
    """Values and lines of the keys, and how many lines there are; None for a file that begins otherwise."""
    if not lines or lines[0].rstrip() != "---":
        return None
    values: dict[str, list[str]] = {}
    places: dict[str, int] = {}
    key = ""
    for number, line in enumerate(lines[1:MOST_LINES], 1):
        if line.rstrip() in ("---", "..."):
            return (values, places, number + 1) if values else None
        found, item = _KEY.match(line), _ITEM.match(line)
        if found is not None:
            key = found["key"].lower()
            places[key] = number
            values[key] = _values(found["value"])
        elif item is not None and key:
            values[key] += _values(item["value"] or item["other"] or "")
        elif line.strip() and not line.lstrip().startswith("#"):
            return None
    return None


def _values(text: str) -> list[str]:
    text = text.strip()
    parts = text[1:-1].split(",") if text.startswith("[") and text.endswith("]") else [text]
    return [word for part in parts if (word := part.strip().strip("\"'").strip())]
