"""Learning steps as they are typed: `1m 10m`, in seconds once they are read."""

from __future__ import annotations

import re
from unicodedata import normalize

from studybuddy.core.errors import UsageError

UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
"""Seconds of each unit, the smallest first."""
_NAMES = {"秒": "s", "分钟": "m", "分": "m", "小时": "h", "时": "h", "天": "d", "日": "d"}
MOST_STEPS = 10
LONGEST_STEP = 30 * UNITS["d"]
LONGEST_TEXT = 200
_STEP = re.compile(rf"([0-9]{{1,9}})(?![0-9])\s*({'|'.join((*UNITS, *_NAMES))})?(?![^\s0-9→])[\s→]*")
_APART = str.maketrans(",;、", "   ")


def read_steps(key: str, value: object) -> tuple[int, ...]:
    """Steps in seconds; none is allowed.

    Args:
        key: the setting, as an error is to name it.
        value: text, where a number without a unit counts minutes; or a sequence of such texts, or of seconds.

    Raises:
        UsageError: it is no list of steps; the error says what one looks like.
    """
    steps = _of_sequence(key, value) if isinstance(value, list | tuple) else _of_text(key, value)
    if len(steps) > MOST_STEPS:
        raise UsageError("{key}: at most {limit} steps", key=key, limit=MOST_STEPS)
    if not all(1 <= step <= LONGEST_STEP for step in steps):
        raise UsageError("{key}: a step lasts from 1 second to 30 days", key=key)
    return steps


def steps_text(steps: tuple[int, ...]) -> str:
    """The same as one would type it, each step in the largest unit that measures it: `90s 10m 1d`."""
    return " ".join(f"{count}{unit}" for count, unit in map(measured, steps))


def measured(step: int) -> tuple[int, str]:
    """A step as a number of the largest unit that measures it."""
    unit = next(unit for unit, seconds in reversed(UNITS.items()) if step % seconds == 0)
    return step // UNITS[unit], unit


def _of_sequence(key: str, value: list[object] | tuple[object, ...]) -> tuple[int, ...]:
    found: list[int] = []
    for part in value[: MOST_STEPS + 1]:
        found += [part] if type(part) is int else _of_text(key, part)
    return tuple(found)


def _of_text(key: str, value: object) -> tuple[int, ...]:
    if not isinstance(value, str) or len(value) > LONGEST_TEXT:
        raise UsageError("{key} must be steps such as 1m 10m; units are s, m, h and d", key=key)
    text = normalize("NFKC", value).lower().translate(_APART).strip()
    found, at = [], 0
    while at < len(text):
        if (step := _STEP.match(text, at)) is None:
            word = text[at:].split()[0][:20]
            raise UsageError("{key}: {word} is no step; write such as 30s, 10m, 2h or 1d", key=key, word=word)
        unit = step[2] or "m"
        found.append(int(step[1]) * UNITS[_NAMES.get(unit, unit)])
        at = step.end()
    return tuple(found)
