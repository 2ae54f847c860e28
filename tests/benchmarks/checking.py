"""`check`, `check-wrong`: how long an answer takes to be judged. Absolute."""

from __future__ import annotations

import statistics
import time

from studybuddy.derivation.check import check
from tests.benchmarks.measure import Figure
from tests.derivation.answers import Answer, answers, exercise


def _judged(answer: Answer, *, rounds: int) -> float:
    """The best of some rounds, so that what else the machine does is not counted."""
    made = exercise(answer.step)
    assert made.truths
    taken = []
    for _ in range(rounds):
        started = time.perf_counter()
        check(made, answer.typed)
        taken.append(time.perf_counter() - started)
    return min(taken)


def check_right() -> Figure:
    """The median of the right answers."""
    taken = [_judged(answer, rounds=3) for answer in answers("right")]
    return Figure("check", statistics.median(taken), None, "s", 0.01, note=f"slowest {max(taken):.3f} s")


def check_wrong() -> Figure:
    """The slowest of the wrong answers, with its hint."""
    taken = {answer: _judged(answer, rounds=2) for answer in answers("wrong")}
    slowest = max(taken, key=lambda answer: taken[answer])
    note = f"median {statistics.median(taken.values()):.3f} s; slowest: {slowest.typed}"
    return Figure("check-wrong", taken[slowest], None, "s", 0.6, note=note)
