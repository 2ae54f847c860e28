"""Starts the process of a fit, listens to it and ends it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from types import TracebackType
from typing import Any, Self

from studybuddy.core.errors import RunnerError
from studybuddy.i18n import N_
from studybuddy.memory.fsrs6 import HIGHEST, LOWEST, usable

PROGRAM = Path(__file__).parent / "fit_program.py"
SECONDS = 60.0
"""How long a fit may take before it ends with the best so far."""
GRACE_S = 20.0
"""A process that has not answered so long after its time is ended."""
_KEPT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "TMPDIR")
_POLL_S = 0.1


@dataclass(frozen=True, slots=True)
class FitTask:
    """The reviews of a log, in its order, and what a fit has to be better than.

    `cards`: whole number of each review's card, `days`: ordinal of its study day, `ratings`: 1 to 4;
    `known`: how many of the reviews were already seen by the fit of `parameters`.
    """

    cards: Sequence[int]
    days: Sequence[int]
    ratings: Sequence[int]
    parameters: Sequence[float]
    known: int = 0


@dataclass(frozen=True, slots=True)
class Solution:
    """What a fit came to. `before`, `after`: mean log loss over `tested` reviews, None if too few."""

    parameters: tuple[float, ...]
    compared: int
    tested: int
    before: float | None
    after: float | None

    @property
    def better(self) -> bool:
        """Whether it predicts what it had not seen better than the parameters in force."""
        return self.before is not None and self.after is not None and self.after < self.before


class FitProcess:
    """The process, started on entering, so that it loads torch while the log is read; ended on leaving."""

    def __enter__(self) -> Self:
        environment = {name: value for name in _KEPT if (value := os.environ.get(name)) is not None}
        try:
            self._process = subprocess.Popen(  # noqa: S603 -- our own program
                [sys.executable, "-I", str(PROGRAM)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**environment, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"},
            )
        except OSError as error:
            raise RunnerError(N_("the fit could not be started: {reason}"), reason=error.strerror) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:  # what was not yet written to it
                    continue
        self._process.wait()

    def solve(
        self,
        task: FitTask,
        seconds: float = SECONDS,
        *,
        told: Callable[[float], None] | None = None,
        stopped: Callable[[], bool] | None = None,
    ) -> Solution | None:
        """Fit; None when it was stopped.

        Args:
            task: what to fit.
            seconds: time after which the best so far is taken.
            told: hears the share that is done.
            stopped: asked ten times a second whether to give up.

        Raises:
            RunnerError: the process failed or did not answer.
        """
        body = {
            "cards": list(task.cards),
            "days": list(task.days),
            "ratings": list(task.ratings),
            "parameters": list(task.parameters),
            "known": task.known,
            "seconds": seconds,
        }
        lines: Queue[str | None] = Queue()
        Thread(target=self._talk, args=(json.dumps(body), lines), daemon=True).start()
        end = time.monotonic() + seconds + GRACE_S
        while time.monotonic() < end:
            if stopped is not None and stopped():
                return None
            try:
                line = lines.get(timeout=_POLL_S)
            except Empty:
                continue
            if line is None:
                raise RunnerError(N_("the fit ended without a result"))
            answer = _read(line)
            if "done" not in answer:
                return _solution(answer)
            if told is not None:
                told(float(answer["done"]))
        raise RunnerError(N_("the fit did not end in {seconds:.0f} s and was stopped"), seconds=seconds)

    def _talk(self, body: str, lines: Queue[str | None]) -> None:
        """Send the task and hear every line; runs in a thread of its own, as pipes block."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        try:
            stdin.write(body.encode())
            stdin.close()
            for line in stdout:
                lines.put(line.decode(errors="replace"))
        except (OSError, ValueError):  # the process is gone, or the pipe was closed on leaving
            pass
        lines.put(None)


def _read(line: str) -> dict[str, Any]:
    try:
        answer = json.loads(line)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        raise RunnerError(N_("the fit ended without a result"))
    if "missing" in answer:
        raise RunnerError(N_("a fit needs torch, which cannot be used here: pip install torch"))
    if "error" in answer:
        raise RunnerError(N_("the fit failed: {reason}"), reason=str(answer["error"]))
    return answer


def _solution(answer: dict[str, Any]) -> Solution:
    """The result, with its parameters within their bounds also after rounding."""
    found = answer["parameters"]
    clipped = [min(max(value, low), high) for value, low, high in zip(found, LOWEST, HIGHEST, strict=True)]
    parameters = usable(clipped)
    if parameters is None:
        raise RunnerError(N_("the fit failed: {reason}"), reason="NaN")
    return Solution(parameters, answer["compared"], answer["tested"], answer["before"], answer["after"])
