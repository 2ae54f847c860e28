"""Runs a training script and looks at the shapes of its arrays, line by line. Judges nothing."""

from __future__ import annotations

import re
import threading
import time
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from studybuddy.core.errors import UsageError
from studybuddy.core.exercise import Exercise, ExerciseKind
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import Verdict
from studybuddy.core.xray import Part, Step, Value, XrayTrace
from studybuddy.i18n import N_
from studybuddy.runner import explain, messages
from studybuddy.runner.bench import LONGEST_SOURCE_KB, MALFORMED, Bench
from studybuddy.runner.finding import Finding
from studybuddy.runner.output import KB, Output
from studybuddy.runner.protocol import Message
from studybuddy.runner.session import Cause, Ending, Session
from studybuddy.runner.shape_notes import notes
from studybuddy.runner.warm.workers import Workers

LONGEST_S = 3.0
"""Wall time of a program that is looked into."""
GRACE_S = 0.7
"""How long it may go on once its loop has been seen: what follows the loop may still come, or a failure."""
LONGEST_SOURCE = 400
MOST_STEPS = 2001
MOST_DIMENSIONS = 64
UNFIT = N_("the program is too large or too deeply nested for the x-ray")
FUNCTIONS = N_("the x-ray looks into programs that run from top to bottom; {exercise} asks for a function")
_LINE_ENDS = re.compile(r"\r\n|\r|\n")


@dataclass(slots=True)
class _Seen:
    """What came of a program so far."""

    lines: list[str]
    steps: dict[int, Step] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)
    full: bool = False
    complete: bool = False
    ended: bool = False
    looped: bool = False
    problem: Finding | None = None


def xray(
    exercise: Exercise,
    source: str,
    *,
    stop: threading.Event | None = None,
    scratch: Path | None = None,
    workers: Workers | None = None,
) -> XrayTrace:
    """Run a script for a moment and tell its steps; returns when all its processes are dead.

    Args:
        exercise: a SCRIPT exercise, for its packages and limits.
        source: the learner's program.
        stop: when set, the program is killed; what was seen by then is returned.
        scratch: where to make the run's folder; by default the system's temporary folder.
        workers: warm processes; without them some are started for this run and ended after it.

    Raises:
        UsageError: the exercise asks for a function.
        RunnerError: the program could not be started at all.
    """
    if exercise.kind is ExerciseKind.FUNCTION:
        raise UsageError(FUNCTIONS, exercise=exercise.id)
    if workers is None:
        with closing(Workers(ahead=False)) as of_this_run:
            return xray(exercise, source, stop=stop, scratch=scratch, workers=of_this_run)
    seen = _Seen(_LINE_ENDS.split(source.removeprefix("\ufeff")))
    bench = Bench(
        exercise=replace(exercise, observation=None),
        source=source,
        workers=workers,
        scratch=scratch,
        output=Output(exercise.limits.output_kb),
        stop=stop or threading.Event(),
        xray=True,
    )
    if len(source) > LONGEST_SOURCE_KB * KB:
        seen.problem = Finding(Verdict.CE, messages.TOO_LONG, "", {"kilobytes": LONGEST_SOURCE_KB})
    else:
        with bench.session() as session:
            _follow(bench, session, seen)
        workers.restock(exercise.packages)
    return _trace(exercise, source, seen)


def _follow(bench: Bench, session: Session, seen: _Seen) -> None:
    opened = bench.open(session, LONGEST_S)
    if isinstance(opened, Finding):
        seen.problem = opened
        return
    deadline = time.monotonic() + LONGEST_S
    while not seen.ended and seen.problem is None:
        message = session.next(deadline)
        if isinstance(message, Ending):
            seen.ended = True
            if message.cause is not Cause.TIME or not seen.steps:
                seen.problem = bench.ended(message, session, bench.out_of_time(seconds=LONGEST_S))
        elif message.kind in ("xray_still", "xray_full"):
            deadline = min(deadline, time.monotonic() + GRACE_S)
            seen.looped = True
            seen.full = seen.full or message.kind == "xray_full"
        else:
            _take(message, seen, bench, opened.broken)


def _take(message: Message, seen: _Seen, bench: Bench, broken: dict[str, str]) -> None:
    try:
        if message.kind == "xray_step":
            step = _step(message.fields, seen.lines)
            if len(seen.steps) < MOST_STEPS:
                seen.steps[step.number] = step
        elif message.kind == "xray_sizes":
            seen.sizes = {str(name): int(size) for name, size in message.fields["sizes"].items()}
        elif message.kind == "xray_unfit":
            seen.problem = Finding(Verdict.CE, UNFIT)
        elif message.kind == "finished":
            seen.complete = seen.ended = True
        elif message.kind == "failed":
            seen.problem = explain.of_failure(message.fields, bench.exercise, broken)
        else:
            seen.problem = bench.unexpected(message)
    except MALFORMED:
        seen.problem = Finding(Verdict.NR, messages.TAMPERED)


def _trace(exercise: Exercise, source: str, seen: _Seen) -> XrayTrace:
    problem = seen.problem
    if problem is not None and problem.verdict is Verdict.STOP and seen.steps:
        problem = None
    parameters = tuple(problem.parameters.items()) if problem is not None else ()
    return XrayTrace(
        exercise=exercise.id,
        source=source,
        steps=tuple(replace(step, notes=notes(step)) for _, step in sorted(seen.steps.items())),
        sizes=tuple(seen.sizes.items()),
        complete=seen.complete,
        problem=Phrase(problem.message, parameters) if problem is not None else None,
        hint=Phrase(problem.hint, parameters) if problem is not None and problem.hint else None,
        full=seen.full,
        cut_short=problem is None and not seen.complete and not seen.looped,
    )


def _step(fields: dict[str, Any], lines: list[str]) -> Step:
    first, last = (int(line) for line in fields["lines"])
    failed = fields["failed"]
    return Step(
        number=int(fields["number"]),
        kind=str(fields["sort"]),
        first=first,
        last=last,
        source="\n".join(lines[first - 1 : last])[:LONGEST_SOURCE],
        function=str(fields["function"]),
        call=int(fields["call"]),
        turns=tuple((int(line), int(count)) for line, count in fields["passes"]),
        parts=tuple(_part(part, lines) for part in fields["parts"]),
        bound=tuple((str(name), _value(value)) for name, value in fields["bound"]),
        failed=failed is not None,
        failing=int(failed) if failed is not None and failed >= 0 else None,
    )


def _part(fields: dict[str, Any], lines: list[str]) -> Part:
    value = fields["is"]
    return Part(
        id=int(fields["id"]),
        source=_cut(lines, *(int(number) for number in fields["at"])),
        does=str(fields["does"]),
        to=tuple(int(part) for part in fields["to"]),
        value=_value(value) if value is not None else None,
    )


def _value(fields: dict[str, Any]) -> Value:
    if "s" in fields:
        shape = tuple(int(size) for size in fields["s"][:MOST_DIMENSIONS])
        return Value(shape=shape, dtype=str(fields["d"]), torch=bool(fields.get("t")))
    if "x" in fields:
        return Value(text=str(fields["x"]))
    return Value(text=str(fields.get("o", "")), plain=True)


def _cut(lines: list[str], first: int, column: int, last: int, end: int) -> str:
    """A piece of the source on one line; columns are counted in bytes of UTF-8."""
    rows = [line.encode("utf-8", "surrogatepass") for line in lines[first - 1 : last][:20]]
    if not rows:
        return ""
    rows[-1] = rows[-1][:end] if len(rows) == last - first + 1 else rows[-1]
    rows[0] = rows[0][column:]
    return " ".join(b" ".join(rows).decode("utf-8", "replace").split())[:LONGEST_SOURCE]
