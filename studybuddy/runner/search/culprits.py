"""Which earlier calls make a call wrong that is right alone: a small one, or as few as halving finds."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.core.exercise import Signature
from studybuddy.runner.bench import Bench
from studybuddy.runner.search.answers import Pair, breaks
from studybuddy.runner.search.fresh import call_fresh
from studybuddy.runner.search.generators import Input
from studybuddy.runner.search.shrinking import smaller_inputs

SMALL_S = 0.3
HALVING_S = 0.5
SHRINKING_S = 0.3
FEW = 4
"""So many of the smallest inputs are tried in pairs; so many calls before are worth showing."""


@dataclass(frozen=True, slots=True)
class Culprits:
    """Calls after which the answer of `pair` is wrong, and what that call printed."""

    before: tuple[Input, ...]
    pair: Pair
    stdout: str


def culprits(bench: Bench, signature: Signature, history: Sequence[Pair], broken: Pair) -> Culprits | None:
    """The earlier calls that are to blame.

    Args:
        bench: the learner's program.
        signature: how it is called.
        history: right answers before, in their order.
        broken: the call that went wrong after them.

    Returns:
        None where none of them could be made out.
    """
    search = _Blame(bench, signature.returns)
    found = search.small(history, broken) or search.halved([pair.input for pair in history], broken)
    if found is None or len(found.before) != 1:
        return found
    limit = time.monotonic() + SHRINKING_S
    domains = bench.exercise.domains
    while smaller := next(
        (
            again
            for first in smaller_inputs(found.before[0], signature.parameters, domains)
            if time.monotonic() < limit and (again := search.after([first], found.pair))
        ),
        None,
    ):
        found = smaller
    return found


@dataclass(frozen=True, slots=True)
class _Blame:
    bench: Bench
    returns: str

    def after(self, calls: Sequence[Input], pair: Pair) -> Culprits | None:
        """Whether a call is wrong after others."""
        single = call_fresh(self.bench, [*calls, pair.input])
        if single.answer is None or not breaks(single.answer, pair.theirs, self.returns):
            return None
        return Culprits(tuple(calls), Pair(pair.input, single.answer, pair.theirs), single.stdout)

    def small(self, history: Sequence[Pair], broken: Pair) -> Culprits | None:
        """Two of the smallest inputs, or one of them and the one that went wrong."""
        limit = time.monotonic() + SMALL_S
        known = {json.dumps(pair.input): pair for pair in history}
        few = [known[text] for text in sorted(known, key=lambda text: (len(text), text))[:FEW]]
        for second in (*few, broken):
            for first in (*few, *history[-1:]):
                if time.monotonic() > limit:
                    return None
                if found := self.after([first.input], second):
                    return found
        return None

    def halved(self, calls: list[Input], broken: Pair) -> Culprits | None:
        """The half of the calls after which it still goes wrong, again and again."""
        limit = time.monotonic() + HALVING_S
        found: Culprits | None = None
        while len(calls) > 1 and time.monotonic() < limit:
            middle = len(calls) // 2
            half = self.after(calls[middle:], broken) or self.after(calls[:middle], broken)
            if half is None:
                break
            found, calls = half, list(half.before)
        return found if len(calls) <= FEW else None
