"""The lab: drafts, submissions and what the judge said of them."""

from __future__ import annotations

import ast
import threading
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import TYPE_CHECKING

from studybuddy.core.errors import RunnerError
from studybuddy.core.event import Event, EventKind
from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.core.wall import WallReport
from studybuddy.study.attempts import Attempt, HintCount, read_attempts, submissions
from studybuddy.study.curves import some_of
from studybuddy.study.desk import Desk
from studybuddy.study.library import Library
from studybuddy.study.step_help import lately
from studybuddy.study.trust import insist_on_trust
from studybuddy.study.wall import known_wall, prove_wall

if TYPE_CHECKING:
    from studybuddy.core.twin import TwinRun
    from studybuddy.core.xray import XrayTrace
    from studybuddy.runner.warm.workers import Workers
    from studybuddy.study.loss_watch import LossWatch

LONGEST_SOURCE = 256 * 1024
_REVEALED = "#reference"


class Lab:
    """Runs a learner's programs and keeps their work. `judge` may take long: give it a thread of its own."""

    def __init__(self, desk: Desk, library: Library) -> None:
        self._desk = desk
        self._library = library
        self.hints = HintCount(desk)
        """Hints taken, by exercise."""
        self._workers: Workers | None = None

    def warm_up(self, packages: Sequence[str]) -> None:
        """Have a process ready that knows `packages`, for an app in which a program may soon be run.

        If none can be started, the run itself will say so.
        """
        if self._workers is None:
            from studybuddy.runner.folders import sweep
            from studybuddy.runner.warm.workers import Workers

            self._workers = Workers()
            sweep()
        with suppress(RunnerError):
            self._workers.prepare(packages)

    def close(self) -> None:
        """End the processes that were kept ready."""
        if self._workers is not None:
            self._workers.close()

    def wall(self) -> WallReport:
        """What stands around a program here. May take as long as a run, the first time after a start.

        Raises:
            RunnerError: no program can be run at all.
        """
        cache = self._desk.places.cache
        return known_wall(cache) or prove_wall(cache, self._workers)

    def source(self, exercise: str) -> str:
        """The learner's draft, or the starter."""
        draft = self._desk.store.draft(exercise)
        return self._library.exercise(exercise).starter if draft is None else draft

    def save_draft(self, exercise: str, source: str) -> None:
        """Keep what is being typed."""
        self._desk.store.save_draft(exercise, source[:LONGEST_SOURCE], self._desk.now())

    def judge(
        self,
        exercise: Exercise,
        source: str,
        on_output: Callable[[str], None] | None = None,
        stop: threading.Event | None = None,
        *,
        doctor: bool = False,
    ) -> JudgeResult:
        """Run a program and judge it. Touches no data, so it may run beside everything else.

        With `doctor` every judge is asked of every gradient, torch too.
        """
        from studybuddy.runner.judge import judge

        insist_on_trust(exercise)
        cut = source[:LONGEST_SOURCE]
        return judge(exercise, cut, on_output=on_output, stop=stop, workers=self._workers, doctor=doctor)

    def twin(
        self,
        exercise: Exercise,
        source: str,
        on_output: Callable[[str], None] | None = None,
        stop: threading.Event | None = None,
    ) -> TwinRun:
        """Run a training loop beside its twin in torch, and say where they part. Touches no data."""
        from studybuddy.runner.twin import run_twin

        insist_on_trust(exercise)
        cut = source[:LONGEST_SOURCE]
        return run_twin(exercise, cut, on_output=on_output, stop=stop, workers=self._workers)

    def xray(self, exercise: Exercise, source: str, stop: threading.Event | None = None) -> XrayTrace:
        """Run a script for a moment and tell the shapes of its arrays. Touches no data, records nothing.

        Raises:
            UsageError: the exercise asks for a function.
        """
        from studybuddy.runner.xray import xray

        insist_on_trust(exercise)
        return xray(exercise, source[:LONGEST_SOURCE], stop=stop, workers=self._workers)

    def record(
        self, exercise: Exercise, source: str, result: JudgeResult, *, reference: bool = False
    ) -> Event:
        """Put a judged submission into the log, its source included."""
        revealed = self.reference_revealed(exercise.id)
        seen = self._seen_a_moment_ago(exercise.id)
        copied = reference or (seen and same_program(source, exercise.reference))
        passed = [case for case in result.cases if case.verdict is Verdict.AC and not case.own]
        public = {case.name for case in exercise.cases if case.public}
        body: dict[str, object] = {
            "verdict": result.verdict.value,
            "source": source[:LONGEST_SOURCE],
            "edited": not same_program(source, exercise.starter),
            "reference": copied,
            "passed": len(passed),
            "total": len(exercise.cases),
            "public_passed": bool(public) and public <= {case.name for case in passed},
            "ran_to_end": result.ran_to_end,
            "loss_fell": result.loss_fell,
            "losses": [list(loss) for loss in some_of(result.losses)],
            "wall_s": round(result.wall_s, 4),
            "hints": self.hints.taken(exercise.id),
            "revealed": revealed,
        }
        if seen:
            body["seen"] = True
        if not result.judged:
            body["judged"] = False
        if result.accepted and not copied:
            again = self._desk.catalogue.cards_of_exercise(exercise.id)
            body["cards"] = [*self._desk.cards_evidenced_by(exercise.id), *again]
            body["rest"] = again
        return self._desk.record(EventKind.ATTEMPT, exercise.id, body)

    def attempts(self, exercise: str, most: int = 5) -> list[tuple[Verdict, datetime]]:
        """The newest submissions, oldest first: what the judge said, and when in the learner's zone."""
        events = deque(submissions(self._desk.store.log, exercise), maxlen=most)
        zone = self._desk.now().tzinfo
        return [
            (Verdict(event.body["verdict"]), datetime.fromtimestamp(event.wall_ms / 1000, zone))
            for event in events
            if not event.body.get("reference")
        ]

    def history(self, exercise: str) -> list[Attempt]:
        """Every submission with its source, oldest first."""
        return read_attempts(self._desk, exercise)

    def watch_losses(self, exercise: Exercise) -> LossWatch | None:
        """Something to read the losses with while a script runs; None where none are expected."""
        from studybuddy.study.loss_watch import LossWatch

        return LossWatch(exercise.observation.loss_pattern) if exercise.observation else None

    def last_attempt(self, exercise: str) -> Event | None:
        """The newest submission."""
        return self._desk.store.log.latest(EventKind.ATTEMPT, exercise)

    def best_verdict(self, exercise: str) -> Verdict | None:
        """AC if any own submission was accepted, else the newest verdict, None before the first."""
        newest: Verdict | None = None
        for event in submissions(self._desk.store.log, exercise):
            newest = Verdict(event.body["verdict"])
            if newest is Verdict.AC and not event.body.get("reference"):
                return newest
        return newest

    def passed(self, exercise: str) -> bool:
        """Whether the learner has an accepted program of their own."""
        events = submissions(self._desk.store.log, exercise)
        return any(event.body["verdict"] == "AC" and not event.body.get("reference") for event in events)

    def reference_revealed(self, exercise: str) -> bool:
        """Whether the learner gave up and looked at the reference."""
        return self._desk.store.draft(exercise + _REVEALED) is not None

    def reveal_reference(self, exercise: str) -> str:
        """Show the reference, and remember when it was shown unless the learner had passed without it."""
        events = submissions(self._desk.store.log, exercise)
        own = (event.body for event in events if event.body["verdict"] == "AC")
        if not any(not body.get("reference") and not body.get("seen") for body in own):
            self._desk.store.save_draft(exercise + _REVEALED, str(self._now_ms()), self._desk.now())
        return self._library.exercise(exercise).reference

    def _seen_a_moment_ago(self, exercise: str) -> bool:
        """Whether the reference was shown so lately that a program may be copied from it."""
        shown = self._desk.store.draft(exercise + _REVEALED) or ""
        return shown.isdecimal() and lately(self._now_ms(), int(shown))

    def _now_ms(self) -> int:
        return int(self._desk.now().timestamp() * 1000)


def same_program(one: str, other: str) -> bool:
    """Whether two sources are the same program but for comments and layout."""
    try:
        return ast.dump(ast.parse(one)) == ast.dump(ast.parse(other))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return one.strip() == other.strip()
