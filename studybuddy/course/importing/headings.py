"""What a heading of a section says: its number, its words, and which of the seven sections it opens."""

from __future__ import annotations

import re
from typing import NamedTuple

from studybuddy.course.importing.model import SECTIONS, PartKind
from studybuddy.course.importing.numerals import read_number

_WORDS = (
    (PartKind.DERIVATION, r"手推|推导|deriv|latex"),
    (PartKind.INTERVIEW, r"面试|问答|interview|q\s?&\s?a\b"),
    (PartKind.ENGINEERING, r"工程|封装|pytorch|framework|engineering"),
    (PartKind.ALGORITHM, r"算法|leetcode|力扣|algorithm"),
    (PartKind.SUMMARY, r"总结|清单|小结|checklist|summary"),
    (PartKind.CODE, r"代码|实现|编程|implementation|numpy|\bcod(?:e|ing)\b"),
    (PartKind.THEORY, r"理论|知识|概念|原理|theory|concept"),
)
"""In this order: a title such as 深度理论 (LaTeX 手推练习) has words of two sections."""
_KINDS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _WORDS)

_NUMERAL = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_NUMBERED = re.compile(
    rf"(?:第\s*(?P<a>{_NUMERAL})\s*(?:部分|节|章|讲)|(?:part|section)\s+(?P<b>\d{{1,2}})\b"
    rf"|[（(]\s*(?P<c>{_NUMERAL})\s*[)）]|(?P<d>{_NUMERAL})(?=[\s、．.:：)）]|\Z))"
    r"\s*[、．.:：)）]?\s*",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"(?:\W|\d){0,4}(?:导师结语|导师寄语|结语|寄语|closing|mentor)", re.IGNORECASE)
_ANCHOR = re.compile(r"\s*\{#([\w-]{1,64})\}\s*\Z")


class SectionHeading(NamedTuple):
    """A heading of level 2. `kind` is None where neither words nor number tell it."""

    number: int
    title: str
    kind: PartKind | None
    by_number: bool = False
    """The words say nothing: the kind is that of the number."""


def heading_words(text: str) -> tuple[str, str]:
    """The words of a heading without its marks, and the id behind them, empty where there is none."""
    words = text.strip().lstrip("#").strip()
    words = re.sub(r"(?:^|\s)#{1,6}\Z", "", words)
    anchor = _ANCHOR.search(words)
    if anchor is not None:
        words = words[: anchor.start()]
    if words.startswith("**") and words.endswith("**") and len(words) > 4:
        words = words[2:-2]
    return words.strip(), anchor[1] if anchor else ""


def is_closing(words: str) -> bool:
    """Whether a heading opens the closing words."""
    return _CLOSING.match(words) is not None


def kind_of(words: str) -> PartKind | None:
    """The section that some words speak of, None for words of none."""
    return next((kind for kind, pattern in _KINDS if pattern.search(words[:200])), None)


def is_numbered(words: str) -> bool:
    """Whether the words of a heading begin with a section's number."""
    return _NUMBERED.match(words) is not None


def read_section(text: str) -> SectionHeading:
    """What a heading of level 2 opens."""
    words, anchor = heading_words(text)
    numbered = _NUMBERED.match(words)
    number = 0
    if numbered is not None:
        number = read_number(next(filter(None, numbered.groups()))) or 0
        words = words[numbered.end() :].strip()
    kind = next((kind for kind in SECTIONS if kind == anchor), None) or kind_of(words)
    if kind is not None:
        return SectionHeading(number, words, kind)
    if 1 <= number <= len(SECTIONS):
        return SectionHeading(number, words, SECTIONS[number - 1], by_number=True)
    return SectionHeading(number, words, None)


def opens_section(text: str) -> bool:
    """Whether a heading, or a line that may be one, is surely a section's: it has a number or known words."""
    words, _ = heading_words(text)
    return is_closing(words) or is_numbered(words) or kind_of(words) is not None
