"""The search for an input that breaks a program which has passed every case.

Random inputs go to the learner's program, many in one process, and to the lesson's reference in another; what
is expected never enters the learner's. What fails is made smaller, and then tried in a fresh process: where
that answers rightly, the program keeps something between its calls.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from studybuddy.core.errors import RunnerError
from studybuddy.core.exercise import Signature
from studybuddy.core.verdict import Breach, Counterexample, Search, Verdict
from studybuddy.runner import explain, messages
from studybuddy.runner.bench import Bench
from studybuddy.runner.finding import Finding
from studybuddy.runner.inputs import SHORT, format_arguments
from studybuddy.runner.search.answers import Pair, breaks, comparison, shown
from studybuddy.runner.search.culprits import culprits
from studybuddy.runner.search.fresh import Single, call_fresh, is_stop
from studybuddy.runner.search.generators import inputs, seed_of
from studybuddy.runner.search.player import Player, aside
from studybuddy.runner.search.sweep import Suspect, Sweep
from studybuddy.runner.session import Cause

_NO_FAULT = (Verdict.TLE, Verdict.MLE, Verdict.IE)
"""Ends that a long row of calls can come to though each call alone is right."""


@dataclass(frozen=True, slots=True)
class Hunted:
    """What came of a search. `search` None: it could not be made; `finding` None: nothing broke."""

    search: Search | None
    finding: Finding | None = None
    counterexample: Counterexample | None = None


def hunt(bench: Bench, signature: Signature, passed: int) -> Hunted:
    """Look for an input that breaks the program. Touches nothing of the run but its `stop`.

    `passed`: how many cases there were, the learner's own among them.
    """
    began = time.monotonic()
    hunting = _Hunt(bench, signature, passed)
    try:
        hunted = hunting.run()
    except RunnerError:
        return Hunted(None)
    if hunted.search is None:
        return hunted
    search = Search(hunted.search.tried, hunted.search.planned, hunting.seed, time.monotonic() - began)
    return Hunted(search, hunted.finding, hunted.counterexample)


@dataclass(slots=True)
class _Hunt:
    bench: Bench
    signature: Signature
    passed: int
    seed: int = field(init=False)

    def __post_init__(self) -> None:
        self.seed = seed_of(self.bench.exercise.id, self.bench.source)

    def run(self) -> Hunted:
        exercise, bench = self.bench.exercise, self.bench
        learner, reference = aside(bench, bench.source), aside(bench, exercise.reference)
        with learner.session() as mine, reference.session() as theirs:
            players = Player(learner, mine), Player(reference, theirs)
            if not (players[1].open() and players[0].open()):
                return Hunted(None)
            sweep = Sweep(exercise, self.signature, *players)
            suspect = sweep.run(inputs(self.signature.parameters, exercise.domains, self.seed))
            smallest = None
            if suspect and suspect.mine is not None and suspect.theirs is not None:
                smallest = sweep.shrink(Pair(suspect.input, suspect.mine, suspect.theirs))
        if self.bench.stop.is_set():
            return Hunted(None, Finding(Verdict.STOP, messages.STOPPED))
        search = Search(sweep.tried, sweep.planned, self.seed)
        if suspect is None:
            return Hunted(search)
        hunted = self._of_answer(sweep, suspect, smallest) if smallest else self._of_end(suspect)
        return Hunted(search, *(hunted or ()))

    def _of_answer(
        self, sweep: Sweep, suspect: Suspect, smallest: Pair
    ) -> tuple[Finding, Counterexample] | None:
        """A wrong answer or an exception, made small: does a fresh process fail as well?"""
        assert suspect.mine is not None
        assert suspect.theirs is not None
        original = Pair(suspect.input, suspect.mine, suspect.theirs)
        for pair in (smallest, original):
            single = call_fresh(self.bench, [pair.input])
            if is_stop(single):
                return None
            if single.finding is not None:
                return self._ended(pair, single)
            if single.answer is not None and breaks(single.answer, pair.theirs, self.signature.returns):
                return self._answered(Pair(pair.input, single.answer, pair.theirs), single)
            if pair.input == original.input:
                break
        failure = suspect.mine.get("failure")
        if isinstance(failure, dict) and failure.get("memory"):
            return None
        return self._state(sweep, original, suspect.place)

    def _of_end(self, suspect: Suspect) -> tuple[Finding, Counterexample] | None:
        """A call that never came back. Time and memory count only against the input alone."""
        single = call_fresh(self.bench, [suspect.input])
        pair = Pair(suspect.input, {}, suspect.theirs or {})
        if is_stop(single):
            return None
        if single.finding is not None:
            return self._ended(pair, single)
        if suspect.ending is None or suspect.ending.cause not in (Cause.ENDED, Cause.CROWD, Cause.TAMPERED):
            return None
        own = aside(self.bench, self.bench.source)
        limits = own.exercise.limits
        finding = explain.of_ending(suspect.ending, own.exercise, own.out_of_time(), limits.cpu_s, "")
        if finding.verdict in _NO_FAULT:
            return None
        example = self._example(Breach.STATE, pair, "", before=(), calls_before=suspect.place)
        return Finding(finding.verdict, messages.STATE_LEFT, messages.RESET_STATE, self._said(pair)), example

    def _answered(self, pair: Pair, single: Single) -> tuple[Finding, Counterexample]:
        compared = comparison(pair.mine, pair.theirs, self.signature.returns)
        if compared is None:
            example = self._example(Breach.CRASH, pair, single.stdout)
            failure = pair.mine.get("failure")
            if not isinstance(failure, dict):
                return Finding(Verdict.NR, messages.TAMPERED), example
            found = explain.of_failure(failure, self.bench.exercise, {})
            said = found.parameters | self._said(pair)
            return Finding(found.verdict, messages.CRASHED_BY, found.hint, said, found.stack), example
        example = self._example(Breach.WRONG, pair, single.stdout, compared.reason, compared.parameters)
        return Finding(Verdict.WA, messages.BROKEN_BY, "", self._said(pair)), example

    def _ended(self, pair: Pair, single: Single) -> tuple[Finding, Counterexample] | None:
        found = single.finding
        if found is None or found.verdict is Verdict.IE:
            return None
        late = found.verdict is Verdict.TLE
        message = messages.TIME_IN_INPUT if late else messages.CRASHED_BY
        said = {"seconds": self.bench.exercise.limits.case_wall_s} | found.parameters | self._said(pair)
        example = self._example(Breach.TIMEOUT if late else Breach.CRASH, pair, single.stdout)
        return Finding(found.verdict, message, found.hint, said, found.stack), example

    def _state(self, sweep: Sweep, pair: Pair, place: int) -> tuple[Finding, Counterexample]:
        found = culprits(self.bench, self.signature, sweep.history, pair)
        if found is None:
            example = self._example(Breach.STATE, pair, "", calls_before=place)
        else:
            pair, before = found.pair, found.before
            example = self._example(Breach.STATE, pair, found.stdout, before=before, calls_before=len(before))
        return Finding(Verdict.WA, messages.STATE_LEFT, messages.RESET_STATE, self._said(pair)), example

    def _said(self, pair: Pair) -> dict[str, object]:
        text = format_arguments(pair.input, self.signature.parameters, SHORT)
        return {"count": self.passed, "input": text}

    def _example(
        self,
        kind: Breach,
        pair: Pair,
        stdout: str,
        reason: str = "",
        parameters: dict[str, Any] | None = None,
        **more: Any,
    ) -> Counterexample:
        return Counterexample(
            kind=kind,
            arguments=pair.input,
            types=self.signature.parameters,
            input=format_arguments(pair.input, self.signature.parameters),
            output=shown(pair.mine) if pair.mine else "",
            expected=shown(pair.theirs) if "value" in pair.theirs else "",
            reason=reason,
            parameters=parameters or {},
            stdout=stdout,
            **more,
        )
