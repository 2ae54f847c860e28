"""Cards that ask an exercise again: all of it, or one open place in its reference."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studybuddy.core.card_content import CardKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.blanks import open_place
from studybuddy.course.report import shorten
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.core.exercise import Exercise
    from studybuddy.course.table import Table

Exercises = Mapping[str, "Exercise | None"]
"""The exercises of a lesson by full id; None for one that could not be read."""
_FOREIGN = ("section", "checklist", "accept", "tolerance", "absolute", "unit", "case")
"""Keys that mean nothing on such a card: the exercise says where it belongs and what is right."""
_FENCE = re.compile(r"`{3,}")


@dataclass(frozen=True, slots=True)
class CodeFaces:
    """What the exercise adds to a card; ids are full."""

    exercise: str
    blank: str
    section: str
    asked: str
    """Code below the question: the signature, or the lines around the open place."""
    answer: str
    """Code above the back: the reference, or the line that belongs in the place."""

    def front(self, words: str) -> str:
        """The question with what is given."""
        return f"{words}\n\n{_fenced(self.asked)}" if self.asked else words

    def back(self, words: str) -> str:
        """The answer, then what the author has to say of it."""
        return f"{_fenced(self.answer)}\n\n{words}".strip() if self.answer else words


def read_code_card(row: Table, lesson: str, exercises: Exercises) -> CodeFaces:
    """What the keys `exercise` and `blank` of a card lead to; says where they lead nowhere."""
    name, blank = row.text("exercise"), row.text("blank", "")
    if row.value("kind") != CardKind.CODE:
        row.error("card-exercise", N_("a card with `exercise` is of the kind code"), "kind")
    for key in _FOREIGN:
        if row.value(key) is not None:
            row.error("card-exercise", Phrase.of(N_("a card with `exercise` takes no `{key}`"), key=key), key)
    found = exercises.get(f"{lesson}/{name}")
    if found is None:
        if name and f"{lesson}/{name}" not in exercises:
            row.error(
                "unknown-id", Phrase.of(N_("there is no exercise {name!r}"), name=shorten(name)), "exercise"
            )
        return CodeFaces(f"{lesson}/{name}", blank, "", "", "")
    if not blank:
        asked = found.signature.text if found.signature else ""
        return CodeFaces(found.id, "", found.section, asked, found.reference)
    place = open_place(found.starter, found.reference, blank)
    if place is None:
        if found.starter and found.reference:
            words = N_(
                "{blank!r} is no open place: starter.py needs one line `{blank} = ...`, "
                "reference.py one that assigns it"
            )
            message = Phrase.of(words, blank=shorten(blank))
            row.error("card-blank", message, "blank")
        return CodeFaces(found.id, blank, found.section, "", "")
    return CodeFaces(found.id, blank, found.section, place.excerpt, place.answer)


def _fenced(code: str) -> str:
    fence = "`" * max((len(run) + 1 for run in _FENCE.findall(code)), default=3)
    return f"{fence}python\n{code.strip(chr(10))}\n{fence}"
