"""Whole numbers as lesson files write them: 10, １０, 十, 二十一."""

from __future__ import annotations

CHINESE = "零〇一二两三四五六七八九十"
_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4} | {
    digit: number for number, digit in enumerate("五六七八九", 5)
}


def read_number(word: str) -> int | None:
    """The number from 0 to 999 that a word stands for, None for anything else."""
    word = word.strip()
    if word.isdecimal():
        return int(word) if len(word) <= 3 else None
    tens, mark, ones = word.partition("十")
    if not mark:
        return _DIGITS.get(word)
    if (tens and tens not in _DIGITS) or (ones and ones not in _DIGITS):
        return None
    return _DIGITS.get(tens, 1) * 10 + _DIGITS.get(ones, 0)
