"""Where Chinese text differs from Latin text: no spaces between words, marks as wide as letters."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right

_RANGES = (
    (0x2E80, 0xA4CF),  # radicals, punctuation, kana, bopomofo, ideographs
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),  # full-width forms
    (0x16FE0, 0x18DFF),
    (0x1AFF0, 0x1B2FF),
    (0x1F200, 0x1F2FF),
    (0x20000, 0x3FFFF),
)
_STARTS = tuple(start for start, _ in _RANGES)

_SHARED_MARKS = frozenset("“”‘’…—·")
"""Marks of both scripts: Chinese beside Chinese, Latin beside Latin."""


def is_cjk(char: str) -> bool:
    """Whether a character is written in Chinese (or Japanese) text only, marks included."""
    place = bisect_right(_STARTS, ord(char)) - 1
    return place >= 0 and ord(char) <= _RANGES[place][1]


def is_mark(char: str) -> bool:
    """Whether a character is punctuation or a symbol (Unicode classes P and S)."""
    return unicodedata.category(char)[0] in "PS"


def joins(before: str, after: str) -> bool:
    """Whether a line that ends with `before` goes on with `after` without a space.

    It does between two Chinese characters, and beside a full-width mark, which brings its own space.
    """
    left, right = is_cjk(before), is_cjk(after)
    if left and right:
        return True
    if left:
        return is_mark(before) or after in _SHARED_MARKS
    return right and (is_mark(after) or before in _SHARED_MARKS)
