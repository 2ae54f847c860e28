"""The nearest right answer: what a learner would have to change, found by trying.

Their own tree is changed in one place, then in two, until a change makes it right. The first such change
names the slip. Kinds of change that learners' slips are most often come first.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.phrase import Phrase
from studybuddy.derivation.changes import Change, of_the_whole
from studybuddy.derivation.equality import equal
from studybuddy.derivation.expression import Expression, Span, walk
from studybuddy.derivation.insertions import insertions
from studybuddy.derivation.node_changes import changes
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.derivation.exercise import Exercise

MOST_TRIES = 1_500
LARGEST = 80
"""Parts of an answer that is still tried to mend."""
LONGEST_S, WAITED_S = 0.28, 0.42
"""Of this thread's own time, so that a busy machine gives the same hints, and by the clock at most."""


class Fix(NamedTuple):
    """A change that makes the answer right: what to do, where, and what comes of it.

    `single`: it is in one place.
    """

    advice: Phrase
    span: Span
    answer: Expression
    single: bool = True


def nearest(exercise: Exercise, answer: Expression) -> Fix | None:
    """The first change that makes an answer equal to the goal; None when none was found in time."""
    if sum(1 for _ in walk(answer)) > LARGEST:
        return None
    begun, waited = time.thread_time(), time.monotonic()
    seen = {answer}
    for change, single in islice(_nearby(exercise, answer), MOST_TRIES):
        if change.node in seen or exercise.form.restated(change.node) is not None:
            continue
        seen.add(change.node)
        if equal(exercise, change.node):
            return Fix(change.advice, change.span, change.node, single)
        if time.thread_time() - begun > LONGEST_S or time.monotonic() - waited > WAITED_S:
            return None
    return None


def one_step(exercise: Exercise, answer: Expression) -> Iterator[Change]:
    """All changes in one place."""
    return chain(changes(exercise, answer), insertions(exercise, answer))


def _nearby(exercise: Exercise, answer: Expression) -> Iterator[tuple[Change, bool]]:
    """All changes in one place, then in two."""
    yield from ((change, True) for change in one_step(exercise, answer))
    for first in (*changes(exercise, answer, whole=False), *of_the_whole(exercise, answer)):
        for second in changes(exercise, first.node):
            if second.advice != first.advice:
                words = N_("{first}; and {second}")
                advice = Phrase.of(words, first=first.advice, second=second.advice)
                yield Change(advice, first.span, second.node), False
            elif second.span != first.span:
                yield Change(first.advice, first.span, second.node), False
