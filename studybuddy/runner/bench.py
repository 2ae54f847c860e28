"""One judging from start to end: the exercise, the program, and what is shared by all its children."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.runner import explain, messages
from studybuddy.runner.finding import Finding
from studybuddy.runner.notices import Notices
from studybuddy.runner.output import Output
from studybuddy.runner.protocol import Message
from studybuddy.runner.session import Cause, Ending, Session
from studybuddy.runner.stacks import learner_stack
from studybuddy.runner.training import watched_steps
from studybuddy.runner.warm.workers import Workers

START_S = 60.0
"""For the interpreter and the packages of the exercise: not the learner's time. A cold torch is slow."""
HELLO_S = 3.0
"""A forked child's sign of life takes a millisecond; a library's threads can make it hang for ever."""
LONGEST_SOURCE_KB = 1024
MALFORMED = (KeyError, TypeError, ValueError, OverflowError, RecursionError)
"""What reading a message may raise that bears the nonce and was still not written by the harness."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A program that compiled. `began`: monotonic time from which the learner's time counts."""

    began: float
    facts: dict[str, Any]
    broken: dict[str, str]


@dataclass(slots=True)
class Bench:
    """The judging of one submission."""

    exercise: Exercise
    source: str
    workers: Workers
    scratch: Path | None
    output: Output
    stop: threading.Event
    cpu_s: float = 0.0
    peak_mb: float = 0.0
    wall_s: float = 0.0
    facts: dict[str, Any] = field(default_factory=dict)
    xray: bool = False
    """Whether the program is looked into and not judged."""
    walled: bool = True
    """Whether a wall is raised around the program, where there is one to raise."""
    stood: bool | None = None
    """Whether it stood whole around each child; None before the first."""
    notices: Notices = field(default_factory=Notices)
    doctor: bool = False
    """Whether every judge is asked of every gradient, however long that takes."""
    sketch: bool = False
    """Whether the child keeps a sketch of each training step."""
    hasty: bool = False
    """Whether the first thing that is wrong ends the run: then only AC or not is of interest."""

    @contextmanager
    def session(self, request: dict[str, Any] | None = None) -> Iterator[Session]:
        """A child in a folder of its own that was given the program; what it used is added up.

        Args:
            request: what it is asked instead of running the program.

        Raises:
            RunnerError: it cannot be started.
        """
        with self._greeted(request or self._request()) as session:
            try:
                yield session
            finally:
                session.close()
                self.cpu_s += session.cpu_s
                self.peak_mb = max(self.peak_mb, session.peak_mb)
                self.notices.take(session.noticed)

    def _greeted(self, request: dict[str, Any]) -> Session:
        """A session whose child lives: of two that were forked, at least one has given a sign."""
        memory_mb, packages = self.exercise.limits.memory_mb, self.exercise.packages
        child = self.workers.child(packages, self.scratch)
        session = Session(child, self.output, self.stop, memory_mb)
        if child.warm and not session.greeted(HELLO_S):
            if not child.process.has_ended():  # it hangs; one that was killed says nothing about the next
                self.workers.distrust()
            session.close()
            session = Session(self.workers.child(packages, self.scratch), self.output, self.stop, memory_mb)
        session.ask(request)  # not before: what the program prints is for whoever waits for it
        return session

    def open(self, session: Session, wall_s: float) -> Opened | Finding:
        """What became of the program that a child was given. `wall_s`: the learner's time that is left."""
        ready = session.next(time.monotonic() + START_S)
        began = time.monotonic()
        if isinstance(ready, Ending):
            return self._not_started(ready)
        wall = ready.fields.get("wall") or {}
        self.stood = self.stood is not False and bool(wall.get("files") and wall.get("calls"))
        compiled = session.next(began + wall_s)
        if isinstance(compiled, Ending):
            return self.ended(compiled, session, self.out_of_time())
        if compiled.kind == "compiled":
            self.facts = compiled.fields
            return Opened(began, compiled.fields, ready.fields.get("broken") or {})
        return self.unexpected(compiled)

    def _request(self) -> dict[str, Any]:
        exercise, observation, signature = self.exercise, self.exercise.observation, self.exercise.signature
        return {
            "kind": exercise.kind.value,
            "walled": self.walled,
            "source": self.source,
            "xray": self.xray,
            "requires": list(exercise.requires),
            "names": list(observation.names if observation else ()),
            "gradients": list(observation.gradients if observation else ()),
            "steps": watched_steps(observation.checkpoints) if observation else [],
            "sketch": self.sketch,
            "entry": signature.entry if signature else "",
            "parameters": list(signature.parameters if signature else ()),
            "returns": signature.returns if signature else "",
            "cpu_s": max(0.1, exercise.limits.cpu_s - self.cpu_s),
            "memory_mb": exercise.limits.memory_mb,
        }

    def _not_started(self, ending: Ending) -> Finding:
        if ending.cause is Cause.STOPPED:
            return Finding(Verdict.STOP, messages.STOPPED)
        if ending.cause is Cause.TAMPERED:  # its forgeries came together with the word that it was ready
            return Finding(Verdict.NR, messages.TAMPERED)
        said = self.output.text().strip().splitlines()
        text = said[-1][:500] if said else f"{ending.cause.value} {ending.status}"
        return Finding(Verdict.IE, messages.BROKEN, "", {"text": text})

    def unexpected(self, message: Message) -> Finding:
        """A message that ends the run: a program that does not compile, or a harness that failed."""
        if message.kind == "syntax":
            return explain.of_syntax(message.fields)
        if message.kind == "broken":
            text = f"{message.fields.get('type')}: {message.fields.get('text')}"[:500]
            return Finding(Verdict.IE, messages.BROKEN, "", {"text": text})
        return Finding(Verdict.NR, messages.TAMPERED)

    def out_of_time(self, message: str = messages.TIME, **parameters: object) -> Finding:
        """What to say when the time is up."""
        seconds = {"seconds": self.exercise.limits.wall_s}
        return Finding(Verdict.TLE, message, messages.ENDLESS, seconds | parameters)

    def ended(self, ending: Ending, session: Session, out_of_time: Finding) -> Finding:
        """A child that ended without its result, with the place where it was."""
        used = self.cpu_s + session.cpu_s
        found = explain.of_ending(ending, self.exercise, out_of_time, used, self.output.text())
        stack = learner_stack(session.stacks, self.source)
        return replace(found, stack=stack or found.stack)

    def result(self, finding: Finding, **more: Any) -> JudgeResult:
        """The finding as what the app gets, with everything measured."""
        finding = self._with_blanks(finding)
        return JudgeResult(
            exercise=self.exercise.id,
            verdict=finding.verdict,
            message=finding.message,
            hint=finding.hint,
            parameters=finding.parameters,
            stdout=self.output.text(),
            stack=finding.stack,
            wall_s=self.wall_s,
            cpu_s=self.cpu_s,
            max_rss_mb=self.peak_mb,
            truncated=self.output.truncated,
            notices=self.notices.phrases(),
            exception=finding.exception,
            signal=finding.signal,
            output_bytes=self.output.size,
            walled=self.stood,
            **more,
        )

    def _with_blanks(self, finding: Finding) -> Finding:
        """Say first that places to fill in are left, where that is why the program does not work."""
        blanks = self.facts.get("blanks")
        if not blanks or finding.verdict not in (Verdict.RTE, Verdict.WA, Verdict.NR):
            return finding
        lines = ", ".join(str(line) for line in blanks[:10]) + ("…" if len(blanks) > 10 else "")
        parameters = finding.parameters | {"lines": lines}
        return replace(
            finding, message=messages.BLANKS_LEFT, hint=messages.FILL_BLANKS, parameters=parameters
        )
