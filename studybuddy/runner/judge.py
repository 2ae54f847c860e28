"""Runs a learner's program and says what it is worth. The only door into this room.

Each program gets a Python process of its own with limits on wall time, CPU time, memory and output, and is
killed with all it started; on Linux the kernel keeps it from the learner's files, the network and other
programs (`harness/wall.py`). What it can never do is to be accepted without the right answers, for these
never enter its process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path

from studybuddy.core.exercise import Exercise, ExerciseKind
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.runner import messages
from studybuddy.runner.bench import LONGEST_SOURCE_KB, Bench
from studybuddy.runner.finding import Finding
from studybuddy.runner.functions import judge_function
from studybuddy.runner.losses import LossReader
from studybuddy.runner.output import KB, Output
from studybuddy.runner.scripts import judge_script
from studybuddy.runner.warm.workers import Workers


def judge(
    exercise: Exercise,
    source: str,
    *,
    on_output: Callable[[str], None] | None = None,
    stop: threading.Event | None = None,
    scratch: Path | None = None,
    workers: Workers | None = None,
    walled: bool = True,
    doctor: bool = False,
) -> JudgeResult:
    """Run `source` and judge it; returns when all its processes are dead and its folder is gone.

    Safe to call from several threads at once, each call from one thread until it returns.

    Args:
        exercise: what is asked, with its cases or its observation, and the limits.
        source: the learner's program.
        on_output: gets what the program prints as it comes, in the calling thread, about 30 times a second
            and 64 KB at most. The text is as printed: control codes and all.
        stop: when set, the program is killed and the verdict is STOP.
        scratch: where to make the run's folder; by default the system's temporary folder.
        walled: whether to raise a wall around the program; tests of the limits alone go without.
        workers: warm processes; without them some are started for this run and ended after it.
        doctor: whether every judge is asked of every gradient, torch too, also where all seems well.

    Raises:
        RunnerError: the program could not be started at all.
    """
    with ExitStack() as of_this_run:
        if workers is None:
            workers = of_this_run.enter_context(closing(Workers(ahead=False)))
        reader = _reader(exercise)
        bench = Bench(
            exercise=exercise,
            source=source,
            workers=workers,
            scratch=scratch,
            output=Output(exercise.limits.output_kb, live=on_output, follow=reader.feed if reader else None),
            stop=stop or threading.Event(),
            walled=walled,
            doctor=doctor,
        )
        result = _judged(bench, reader)
        workers.restock(exercise.packages)
        return result


def accepts(exercise: Exercise, source: str, workers: Workers) -> bool:
    """Whether `source` would be accepted; the first case or gradient that is wrong ends the run.

    Raises:
        RunnerError: the program could not be started at all.
    """
    reader = _reader(exercise)
    bench = Bench(
        exercise=exercise,
        source=source,
        workers=workers,
        scratch=None,
        output=Output(exercise.limits.output_kb, follow=reader.feed if reader else None),
        stop=threading.Event(),
        hasty=True,
    )
    return _judged(bench, reader).verdict is Verdict.AC


def _reader(exercise: Exercise) -> LossReader | None:
    observation = exercise.observation
    return LossReader(observation.loss_pattern) if observation and observation.loss_pattern else None


def _judged(bench: Bench, reader: LossReader | None) -> JudgeResult:
    exercise = bench.exercise
    if refused := refusal(bench):
        return bench.result(refused)
    if exercise.kind is ExerciseKind.FUNCTION:
        assert exercise.signature is not None, f"{exercise.id} has no signature"
        result = judge_function(bench, exercise.signature)
    else:
        result = judge_script(bench, reader)
    bench.output.hand_on(0.0, last=True)
    return result


def refusal(bench: Bench) -> Finding | None:
    """Why a program is not even started."""
    if bench.stop.is_set():
        return Finding(Verdict.STOP, messages.STOPPED)
    if len(bench.source) > LONGEST_SOURCE_KB * KB:
        return Finding(Verdict.CE, messages.TOO_LONG, "", {"kilobytes": LONGEST_SOURCE_KB})
    return None
