"""A few calls in a process that has made no others."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.core.verdict import Verdict
from studybuddy.runner.bench import Bench
from studybuddy.runner.finding import Finding
from studybuddy.runner.messages import TIME_IN_INPUT
from studybuddy.runner.search.answers import Answer
from studybuddy.runner.search.generators import Input
from studybuddy.runner.search.player import Player, aside
from studybuddy.runner.session import Ending

MOST_BEFORE_S = 2.0
"""For the calls before the last one."""


@dataclass(frozen=True, slots=True)
class Single:
    """The last of the calls: its answer, or how the process ended instead; what it printed."""

    answer: Answer | None
    finding: Finding | None = None
    stdout: str = ""


def call_fresh(bench: Bench, calls: Sequence[Input]) -> Single:
    """Make the calls one after the other in a fresh process; the last is told apart as a case is."""
    own = aside(bench, bench.source)
    limits = bench.exercise.limits
    with own.session() as session:
        player = Player(own, session)
        if not player.open():
            return Single(None)
        if before := calls[:-1]:
            player.ask(before)
            row = player.collect(len(before), limits.case_wall_s, time.monotonic() + MOST_BEFORE_S)
            if len(row.answers) < len(before):
                return Single(None)
        session.settle_output()
        own.output.cut_segment()
        session.ask({"case": calls[-1]})
        message = session.next(time.monotonic() + limits.case_wall_s)
        session.settle_output()
        printed = own.output.cut_segment()
        if isinstance(message, Ending):
            out_of_time = own.out_of_time(TIME_IN_INPUT, seconds=limits.case_wall_s)
            return Single(None, own.ended(message, session, out_of_time), printed)
        if message.kind != "result":
            return Single(None, own.unexpected(message), printed)
        return Single(message.fields, None, printed)


def is_stop(single: Single) -> bool:
    """Whether the learner stopped the run."""
    return single.finding is not None and single.finding.verdict is Verdict.STOP
