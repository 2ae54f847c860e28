"""What is wrong with the files of a lesson, in the learner's language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import say

if TYPE_CHECKING:
    from studybuddy.course.indexed import IndexedError


def worded(error: IndexedError) -> str:
    """File, line and what is wrong there."""
    return f"{error.path}:{error.line}: {say(_phrase(error.message, error.parameters))}"


def _phrase(message: str, parameters: dict[str, object]) -> Phrase:
    return Phrase(
        message,
        tuple(
            (name, _phrase(*value) if isinstance(value, list) else value)
            for name, value in parameters.items()
        ),
    )
