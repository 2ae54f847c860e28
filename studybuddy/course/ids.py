"""Ids: lower-case words joined by dashes; outside its files every id begins with its lesson's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.course.lesson_names import is_lesson_id, lesson_order
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.table import Table

__all__ = ["MAX_ID_LENGTH", "is_lesson_id", "is_slug", "lesson_order", "read_id"]

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
MAX_ID_LENGTH = 64


def is_slug(word: str) -> bool:
    """Whether a word may serve as an id inside a lesson."""
    return len(word) <= MAX_ID_LENGTH and _SLUG.match(word) is not None


def read_id(table: Table, taken: set[str]) -> str:
    """The `id` of a table, once; empty after saying what is wrong with it."""
    from studybuddy.course.report import shorten

    word = table.text("id")
    if word and not is_slug(word):
        message = Phrase.of(
            N_("{word!r} is no id: use lower-case words joined by dashes"), word=shorten(word)
        )
        table.error("bad-id", message, "id")
        return ""
    if word in taken:
        table.error("id-twice", Phrase.of(N_("the id {word!r} is there twice"), word=word), "id")
        return ""
    taken.add(word)
    return word
