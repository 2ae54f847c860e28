"""What a lesson is called: `s3w10d1`, and `s3w10d1.2` for another one of the same day."""

from __future__ import annotations

import re

_LESSON = re.compile(r"s([0-9]{1,3})w([0-9]{1,3})d([0-9]{1,3})(?:\.([2-9]|[1-9][0-9]))?\Z")
MOST_OF_A_DAY = 99
"""Lessons that one day may have."""


def is_lesson_id(word: str) -> bool:
    """Whether a word names a lesson."""
    return lesson_order(word) is not None


def lesson_order(word: str) -> tuple[int, int, int, int] | None:
    """Season, week and day of a lesson's id, and which of that day's lessons; None for anything else."""
    match = _LESSON.match(word)
    return (int(match[1]), int(match[2]), int(match[3]), int(match[4] or 1)) if match else None


def names_of_day(lesson: str) -> list[str]:
    """The ids that a lesson may have beside its own where others are taken, in their order."""
    day = lesson.partition(".")[0]
    return [day, *(f"{day}.{number}" for number in range(2, MOST_OF_A_DAY + 1))]
