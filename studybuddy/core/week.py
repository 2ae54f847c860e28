"""Easy days: how much each weekday is to carry of what may be moved."""

from __future__ import annotations

from enum import StrEnum
from typing import TypeAlias
from unicodedata import normalize

from studybuddy.core.errors import UsageError


class DayLoad(StrEnum):
    """How much a weekday is to carry. The names are stored; they never change."""

    NORMAL = "normal"
    REDUCED = "reduced"
    MINIMUM = "minimum"


Week: TypeAlias = tuple[DayLoad, ...]
"""Seven, Monday first, as `date.weekday` counts."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NORMAL_WEEK: Week = (DayLoad.NORMAL,) * 7
LONGEST_TEXT = 300
_FULL = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_DAY_PREFIXES = ("周", "星期", "礼拜")
_DAY_SIGNS = ("一", "二", "三", "四", "五", "六", "日天")
_WEEKEND = ("weekend", "周末")
_LOADS = {
    DayLoad.NORMAL: ("正常", "普通"),
    DayLoad.REDUCED: ("减少", "减量", "较少"),
    DayLoad.MINIMUM: ("最少", "最低"),
}
_APART = str.maketrans(",;、", "   ")


def read_week(key: str, value: object) -> Week:
    """A week as it is typed: `sat=reduced sun=minimum`, or seven words.

    Days that are not named are normal; so is every day of an empty text.

    Args:
        key: the setting, as an error is to name it.
        value: text, or a sequence of seven words.

    Raises:
        UsageError: it is no week; the error says what one looks like.
    """
    if isinstance(value, list | tuple) and len(value) == 7:
        value = " ".join(str(load)[:20] for load in value)
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise _no_week(key)
    text = normalize("NFKC", value).lower().translate(_APART).replace(":", "=")
    words = text.replace(" =", "=").replace("= ", "=").split()
    if len(words) == 7 and all(_load(word) for word in words):
        return tuple(_load(word) or DayLoad.NORMAL for word in words)
    if len(words) == 1 and _load(words[0]) is DayLoad.NORMAL:
        return NORMAL_WEEK
    return _named(key, words)


def week_text(week: Week) -> str:
    """The same as one would type it: the days that are not normal, `normal` where all are."""
    named = [f"{day}={load}" for day, load in zip(WEEKDAYS, week, strict=True) if load != DayLoad.NORMAL]
    return " ".join(named) or DayLoad.NORMAL.value


def _named(key: str, words: list[str]) -> Week:
    week = list(NORMAL_WEEK)
    named: list[int] = []
    for word in words:
        day, sign, amount = word.partition("=")
        days, load = _days(day), _load(amount)
        if not days or (sign and load is None):
            raise UsageError(
                "{key}: {word} cannot be read; write such as sat=reduced sun=minimum", key=key, word=word[:20]
            )
        named += days
        if load is not None:
            for index in named:
                week[index] = load
            named = []
    if named:
        raise _no_week(key)
    return tuple(week)


def _no_week(key: str) -> UsageError:
    return UsageError(
        "{key} must name days as normal, reduced or minimum: sat=reduced sun=minimum; others are normal",
        key=key,
    )


def _load(word: str) -> DayLoad | None:
    for load, names in _LOADS.items():
        if word in names or (len(word) >= 3 and load.value.startswith(word)):
            return load
    return None


def _days(word: str) -> list[int]:
    if word in _WEEKEND:
        return [5, 6]
    for prefix in _DAY_PREFIXES:
        sign = word.removeprefix(prefix)
        if sign != word and len(sign) == 1:
            return [index for index, signs in enumerate(_DAY_SIGNS) if sign in signs]
    return [index for index, name in enumerate(_FULL) if len(word) >= 3 and name.startswith(word)]
