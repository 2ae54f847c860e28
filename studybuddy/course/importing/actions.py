"""The section that a call to action sends the learner to."""

from __future__ import annotations

import re

from studybuddy.course.importing.numerals import read_number

_SECTION = re.compile(
    r"第\s*(\d{1,2}|[一二三四五六七八九十]{1,3})\s*(?:部分|节|章)|(?:section|part)\s+(\d{1,2})\b",
    re.IGNORECASE,
)


def section_named(text: str) -> int:
    """The number of the first section that a text names, 0 for none."""
    found = _SECTION.search(text[:2000])
    return (read_number(found[1] or found[2]) or 0) if found else 0
