"""The title of a lesson in all its spellings: which lesson it is, and what it is called."""

from __future__ import annotations

import re
from typing import NamedTuple

from studybuddy.course.importing.numerals import CHINESE, read_number

FORMS = "# S3W10D1：…, # W10D1 …, # Season 3 Week 10 Day 1: …, # 第三季第十周第一天：…"
"""How a title may be written, for messages."""

_NUMBER = rf"\d{{1,4}}|[{CHINESE}]{{1,3}}"
_CODES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:S\s*(?P<s>\d{1,4})\s*)?W\s*(?P<w>\d{1,4})\s*D\s*(?P<d>\d{1,4})(?![0-9A-Za-z])",
        r"(?:Season\s*(?P<s>\d{1,4})[\s,，·/-]*)?Week\s*(?P<w>\d{1,4})[\s,，·/-]*"
        r"Day\s*(?P<d>\d{1,4})(?![0-9A-Za-z])",
        rf"(?:第\s*(?P<s>{_NUMBER})\s*季\s*[,，·]?\s*)?第\s*(?P<w>{_NUMBER})\s*周\s*[,，·]?\s*"
        rf"第?\s*(?P<d>{_NUMBER})\s*[天日]",
    )
)
_SEPARATOR = re.compile(r"\s*(?:[：:|.、·]|-+|[—–]+)?\s*")
_TERM = re.compile(r"[（(]\s*([A-Za-z][^（）()]*?)\s*[)）]\s*\Z")


class LessonCode(NamedTuple):
    """Season, week and day; the season is 0 where it is not given."""

    season: int
    week: int
    day: int

    def written(self) -> str:
        """As the course writes it: S3W10D1."""
        return f"S{self.season}W{self.week}D{self.day}" if self.season else f"W{self.week}D{self.day}"


class Title(NamedTuple):
    """A lesson's title."""

    code: LessonCode
    name: str


def read_code(text: str) -> tuple[LessonCode, str] | None:
    """The code with which a text begins, and what follows it; None where it begins with none."""
    for pattern in _CODES:
        if (found := pattern.match(text)) is not None:
            numbers = [read_number(found[key] or "0") for key in "swd"]
            if None in numbers:
                return None
            season, week, day = (number or 0 for number in numbers)
            return LessonCode(season, week, day), text[found.end() :]
    return None


def read_title(heading: str) -> Title | None:
    """The title that a heading's words are, None for any other words."""
    words = heading.strip().strip("*").strip()
    found = read_code(words)
    if found is None:
        return None
    code, rest = found
    name = rest[mark.end() :] if (mark := _SEPARATOR.match(rest)) else rest
    return Title(code, name.strip().strip("*").strip())


def term_of(name: str) -> str:
    """The English term in brackets at the end of a title: `Backpropagation`."""
    found = _TERM.search(name[-200:])
    return found[1] if found else ""
