"""The rating that a typed answer speaks for; the learner decides.

Right at once is Good, or Easy in half of one's own usual time; right at a second try or slowly is Hard;
wrong is Again. A slip that the judge calls close is Hard. What could not be read, or not judged, speaks
for nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from studybuddy.core.card import Rating
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.memory.proposal import Effort, propose
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.study.outcome_words import RATING_WORDS
from studybuddy.study.recall_words import time_words


class Answer(NamedTuple):
    """A judged answer and what it took."""

    judged: Judged
    tries: int = 1
    """Answers that were judged and changed, the last one included; unreadable ones are none."""
    elapsed_ms: int = 0
    hints: int = 0


def propose_rating(answer: Answer, earlier_ms: Sequence[int] = ()) -> tuple[Rating, Phrase] | None:
    """A rating and why, None where the answer speaks for none.

    Args:
        answer: what was typed.
        earlier_ms: how long each earlier answer to the same card took.
    """
    mark = answer.judged.mark
    if mark in (Mark.UNREADABLE, Mark.UNKNOWN):
        return None
    effort = Effort(
        mark is Mark.RIGHT, attempts=answer.tries, hints=answer.hints, elapsed_ms=answer.elapsed_ms
    )
    proposal = propose(effort, earlier_ms)
    rating = Rating.HARD if mark is Mark.CLOSE else proposal.rating
    parts = [
        _said(mark, answer.tries),
        *_hints(answer.hints),
        *time_words(answer.elapsed_ms, proposal.median_ms),
    ]
    joined = parts[0]
    for part in parts[1:]:
        joined = Phrase.of("{one} · {other}", one=joined, other=part)
    return rating, Phrase.of("{reason} → {rating}", reason=joined, rating=Phrase(RATING_WORDS[rating]))


def _hints(hints: int) -> list[Phrase]:
    return [Phrase.of(N_("{n} hint"), plural=N_("{n} hints"), n=hints)] if hints else []


def _said(mark: Mark, tries: int) -> Phrase:
    if mark is Mark.RIGHT:
        return Phrase(N_("right at once")) if tries < 2 else Phrase.of(N_("right after {n} tries"), n=tries)
    return Phrase(N_("nearly right")) if mark is Mark.CLOSE else Phrase(N_("wrong"))
