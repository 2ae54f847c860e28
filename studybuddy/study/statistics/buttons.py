"""Which buttons are pressed, for cards being learnt, young and mature ones."""

from __future__ import annotations

from typing import Any

from studybuddy.study.review_table import Columns
from studybuddy.study.statistics.retention import MATURE_DAYS

Buttons = tuple[int, int, int, int]
"""How often Again, Hard, Good and Easy were pressed."""
STAGES = ("learning", "young", "mature")


def buttons(columns: Columns) -> dict[str, Buttons]:
    """Answers of each of `STAGES`, by what the card was before; grades of interviews are no buttons."""
    interval, _day = columns.before
    pressed = columns.interview == 0
    among = {
        "learning": pressed & (interval < 1),
        "young": pressed & (interval >= 1) & (interval < MATURE_DAYS),
        "mature": pressed & (interval >= MATURE_DAYS),
    }
    return {stage: _counts(columns.rating[among[stage]]) for stage in STAGES}


def _counts(ratings: Any) -> Buttons:
    import numpy as np

    _none, again, hard, good, easy = np.bincount(ratings, minlength=5).tolist()
    return again, hard, good, easy
