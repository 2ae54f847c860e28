"""Ids that a file gives its questions itself: each may be there once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.course.importing.findings import Code, Findings
from studybuddy.course.importing.model import Question, Think
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studybuddy.course.importing.model import Part


def check_ids(parts: Sequence[Part], findings: Findings) -> None:
    """Say which ids are there twice."""
    taken: set[str] = set()
    for part in parts:
        for item in part.items:
            if isinstance(item, Think | Question) and item.id:
                if item.id in taken:
                    message = Phrase.of(N_("the id {word!r} is there twice"), word=item.id)
                    findings.error_at(Code.ID_TWICE, item.place, message)
                taken.add(item.id)
