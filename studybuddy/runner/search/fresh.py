"""A few calls in a process that has made no others, each told apart as in a case."""

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


@dataclass(frozen=True, slots=True)
class Single:
    """The last of the calls: its answer, or how the process ended instead; what it printed."""

    answer: Answer | None
    finding: Finding | None = None
    stdout: str = ""


def call_fresh(bench: Bench, calls: Sequence[Input]) -> Single:
    """Make the calls one after the other in a fresh process."""
    own = aside(bench, bench.source)
    limits = bench.exercise.limits
    with own.session() as session:
        if not Player(own, session).open():
            return Single(None)
        answer: Answer | None = None
        for arguments in calls:
            session.settle_output()
            own.output.cut_segment()
            session.ask({"case": arguments})
            message = session.next(time.monotonic() + limits.case_wall_s)
            session.settle_output()
            if isinstance(message, Ending):
                out_of_time = own.out_of_time(TIME_IN_INPUT, seconds=limits.case_wall_s)
                finding = own.ended(message, session, out_of_time)
                return Single(None, finding, own.output.cut_segment())
            if message.kind != "result":
                return Single(None, own.unexpected(message), own.output.cut_segment())
            answer = message.fields
    return Single(answer, None, own.output.cut_segment())


def is_stop(single: Single) -> bool:
    """Whether the learner stopped the run."""
    return single.finding is not None and single.finding.verdict is Verdict.STOP
