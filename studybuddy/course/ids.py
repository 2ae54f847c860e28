"""Ids: lower-case words joined by dashes; outside its files every id begins with its lesson's."""

from __future__ import annotations

import re

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LESSON = re.compile(r"s([0-9]{1,3})w([0-9]{1,3})d([0-9]{1,3})\Z")

MAX_ID_LENGTH = 64


def is_slug(word: str) -> bool:
    """Whether a word may serve as an id inside a lesson."""
    return len(word) <= MAX_ID_LENGTH and _SLUG.match(word) is not None


def is_lesson_id(word: str) -> bool:
    """Whether a word names a lesson, as `s3w10d1`."""
    return lesson_order(word) is not None


def lesson_order(word: str) -> tuple[int, int, int] | None:
    """Season, week and day of a lesson's id; None for anything else."""
    match = _LESSON.match(word)
    return (int(match[1]), int(match[2]), int(match[3])) if match else None
