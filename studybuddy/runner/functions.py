"""Judges a function: calls it with the inputs of each case and compares what it returns.

The expected values stay here; the child learns one input at a time, and the next only when the output of the
last case has been taken in, so that each case has its own. Where a child costs next to nothing and the
program loads at once, every case has a child of its own, and nothing that one case leaves behind helps or
harms another. Elsewhere a case that crashes or runs out of time costs its child; the others go on in a fresh
one, within bounds. For a program that passes every case an input is then sought that breaks it.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import Any

from studybuddy.core.exercise import Case, Signature
from studybuddy.core.verdict import CaseResult, JudgeResult, Verdict
from studybuddy.runner import explain, messages
from studybuddy.runner.bench import MALFORMED, Bench
from studybuddy.runner.compare import Comparison, compare
from studybuddy.runner.finding import Finding, weightiest
from studybuddy.runner.inputs import format_arguments, format_value, shorten
from studybuddy.runner.misconceptions import shared_mistake
from studybuddy.runner.protocol import Message
from studybuddy.runner.search.hunt import Hunted, hunt
from studybuddy.runner.search.oracle import expected_of
from studybuddy.runner.session import Cause, Ending, Session

MOST_TIMEOUTS = 2
"""After so many cases out of time the rest is not run."""
MOST_CHILDREN = 6
MOST_S = 8.0
"""After so many seconds for all cases together the rest is not run, whatever the exercise allows."""
QUICK_LOAD_S = 0.05
"""A program that takes longer to load is not loaded anew for every case."""
FAREWELL_S = 1.0
_FINAL = (Cause.STOPPED, Cause.OUTPUT, Cause.CROWD, Cause.TAMPERED)


def judge_function(bench: Bench, signature: Signature) -> JudgeResult:
    """Run all cases of a function exercise.

    Raises:
        RunnerError: no child can be started.
    """
    run = FunctionRun(bench, signature)
    run.play()
    return run.verdict()


def _time_for_all(bench: Bench) -> float:
    return min(bench.exercise.limits.wall_s, MOST_S)


class FunctionRun:
    """The cases of one submission, as far as they were run."""

    def __init__(self, bench: Bench, signature: Signature) -> None:
        self._bench = bench
        self._signature = signature
        own = bench.exercise.own
        known = expected_of(bench, signature, own) if own else {}
        self._own = {case.name for case in own}
        self._unknown = [case for case in own if case.name not in known]
        self._cases = (*bench.exercise.cases, *known.values())
        self._results: list[CaseResult] = []
        self._comparisons: list[tuple[Case, Comparison]] = []
        self._findings: list[Finding] = []
        self._left_s = _time_for_all(bench)
        self._alone = bench.workers.forks
        self._ahead: tuple[ExitStack, Session] | None = None
        self._timeouts = 0
        self._broken: dict[str, str] = {}
        self._over = False

    def play(self) -> None:
        """Run the cases, in as many children as it takes."""
        children = 0
        try:
            while children < MOST_CHILDREN and not self._over and len(self._results) < len(self._cases):
                with self._child() as session:
                    children += not self._in_child(session)
        finally:
            self._bench.output.hushed = False
            if self._ahead is not None:
                self._ahead[0].close()
        self._bench.wall_s = _time_for_all(self._bench) - self._left_s

    def _started(self) -> tuple[ExitStack, Session]:
        """A child that is about to load the program."""
        with ExitStack() as place:
            session = place.enter_context(self._bench.session())
            return place.pop_all(), session

    @contextmanager
    def _child(self) -> Iterator[Session]:
        """The child that was started during the last case, or a new one."""
        (place, session), self._ahead = self._ahead or self._started(), None
        with place:
            yield session

    def _in_child(self, session: Session) -> bool:
        """Run cases in one child; whether it came to a good end with the one case it was for."""
        self._bench.output.hushed = bool(self._results)
        opened = self._bench.open(session, self._left_s)
        if isinstance(opened, Finding):
            self._end(opened)
            return False
        self._broken = opened.broken
        loaded = session.next(opened.began + self._left_s)
        taken = time.monotonic() - opened.began
        self._left_s -= taken
        self._alone = self._alone and taken <= QUICK_LOAD_S
        if refused := self._refusal(loaded, session):
            self._end(refused)
            return False
        session.settle_output()
        self._bench.output.hushed = False
        self._bench.output.cut_segment()
        fit, alone = True, self._alone
        if alone and len(self._results) + 1 < len(self._cases):
            self._ahead = self._started()  # it loads while this one answers
        while fit and len(self._results) < len(self._cases) and not self._over:
            fit = self._case(session, self._cases[len(self._results)])
            if alone:
                break
        if fit and not self._over:
            self._say_farewell(session)
        return alone and fit

    def _end(self, finding: Finding) -> None:
        self._findings.append(finding)
        self._over = True

    def _refusal(self, loaded: Message | Ending, session: Session) -> Finding | None:
        """Why a program that compiled cannot be called."""
        bench = self._bench
        if isinstance(loaded, Ending):
            return bench.ended(loaded, session, bench.out_of_time())
        if loaded.kind == "failed":
            return explain.of_failure(loaded.fields, bench.exercise, self._broken)
        if loaded.kind != "loaded":
            return bench.unexpected(loaded)
        if loaded.fields.get("entry") == "ok":
            return None
        hint = messages.BARE_FUNCTION if loaded.fields.get("entry") == "bare" else ""
        parameters: dict[str, object] = {"signature": explain.one_line(self._signature.text)}
        return Finding(Verdict.CE, messages.NO_ENTRY, hint, parameters)

    def _say_farewell(self, session: Session) -> None:
        """A pass needs the clean end of the protocol, not only right answers."""
        session.ask({"done": True})
        last = session.next(time.monotonic() + FAREWELL_S)
        if isinstance(last, Message) and last.kind == "end":
            session.leave()
            return
        if isinstance(last, Ending):
            self._end(self._bench.ended(last, session, Finding(Verdict.NR, messages.EXITED)))
        else:
            self._end(self._bench.unexpected(last))

    def _case(self, session: Session, case: Case) -> bool:
        """Run one case; whether its child is fit for the next."""
        allowed = min(self._bench.exercise.limits.case_wall_s, max(0.0, self._left_s))
        began = time.monotonic()
        session.ask({"case": list(case.arguments)})
        answer = session.next(began + allowed)
        wall = time.monotonic() - began
        self._left_s -= wall
        session.settle_output()
        if isinstance(answer, Message):
            finding, comparison = self._answered(answer, case)
        else:
            finding, comparison = self._unanswered(answer, session, case), None
        self._record(case, finding, comparison, wall)
        if self._bench.hasty and not (comparison and comparison.right):
            self._over = True
        if isinstance(answer, Ending):
            return False
        return finding.verdict not in (Verdict.MLE, Verdict.NR, Verdict.IE)

    def _answered(self, answer: Message, case: Case) -> tuple[Finding, Comparison | None]:
        if answer.kind != "result":
            self._over = True
            return self._bench.unexpected(answer), None
        failure = answer.fields.get("failure")
        if isinstance(failure, dict):
            return explain.of_failure(failure, self._bench.exercise, self._broken), None
        try:
            comparison = compare(answer.fields["value"], case.expected, self._signature.returns)
        except MALFORMED:
            self._over = True
            return Finding(Verdict.NR, messages.TAMPERED), None
        verdict = Verdict.AC if comparison.right else Verdict.WA
        return Finding(verdict, messages.WRONG_CASES), comparison

    def _unanswered(self, ending: Ending, session: Session, case: Case) -> Finding:
        limits = self._bench.exercise.limits
        if self._left_s <= 0:
            seconds = _time_for_all(self._bench)
            out_of_time = self._bench.out_of_time(messages.TIME_IN_ALL, case=case.name, seconds=seconds)
        else:
            seconds = limits.case_wall_s
            out_of_time = self._bench.out_of_time(messages.TIME_IN_CASE, case=case.name, seconds=seconds)
        finding = self._bench.ended(ending, session, out_of_time)
        self._timeouts += finding.verdict is Verdict.TLE
        cpu_left = limits.cpu_s - self._bench.cpu_s - session.cpu_s
        self._over = (
            ending.cause in _FINAL or self._timeouts >= MOST_TIMEOUTS or self._left_s <= 0 or cpu_left <= 0
        )
        return finding

    def _record(self, case: Case, finding: Finding, comparison: Comparison | None, wall: float) -> None:
        result = replace(
            self._not_run(case),
            verdict=finding.verdict,
            stdout=self._bench.output.cut_segment(),
            wall_s=wall,
        )
        if comparison:
            result = replace(
                result,
                output=comparison.text,
                reason=comparison.reason,
                parameters=comparison.parameters,
            )
            self._comparisons.append((case, comparison))
        else:
            result = replace(result, reason=finding.message, parameters=finding.parameters)
            self._findings.append(finding)
        self._results.append(result)

    def _not_run(self, case: Case) -> CaseResult:
        return CaseResult(
            name=case.name,
            verdict=None,
            input=format_arguments(case.arguments, self._signature.parameters),
            expected=shorten(format_value(case.expected, self._signature.returns)),
            own=case.name in self._own,
        )

    def _unanswered_by_reference(self, case: Case) -> CaseResult:
        return replace(self._not_run(case), expected="", reason=messages.NO_REFERENCE_ANSWER)

    def verdict(self) -> JudgeResult:
        """The verdict over all cases, and where they all passed over random inputs as well."""
        not_run = [self._not_run(case) for case in self._cases[len(self._results) :]]
        strange = [self._unanswered_by_reference(case) for case in self._unknown]
        on_answers = self._on_answers()
        finding = weightiest([*self._findings, *([on_answers] if on_answers else [])])
        hunted = self._hunt() if finding.verdict is Verdict.AC else None
        if hunted:
            finding = hunted.finding or self._unbroken(finding, hunted)
        return self._bench.result(
            finding,
            cases=(*self._results, *not_run, *strange),
            ran_to_end=not self._over and not not_run,
            last_case=self._results[-1].name if self._results else "",
            search=hunted.search if hunted else None,
            counterexample=hunted.counterexample if hunted else None,
        )

    def _hunt(self) -> Hunted | None:
        exercise = self._bench.exercise
        if not exercise.domains or not exercise.reference:
            return None
        return hunt(self._bench, self._signature, len(self._cases))

    @staticmethod
    def _unbroken(finding: Finding, hunted: Hunted) -> Finding:
        """An accepted program, with how much of the search there was."""
        search = hunted.search
        if search is None or not search.tried:
            return replace(finding, message=messages.NO_SEARCH)
        message = messages.PASSED_SEARCH if search.tried >= search.planned else messages.PASSED_PART
        parameters = finding.parameters | {"tried": search.tried, "planned": search.planned}
        return replace(finding, message=message, parameters=parameters)

    def _on_answers(self) -> Finding | None:
        wrong = [(case, comparison) for case, comparison in self._comparisons if not comparison.right]
        passed = len(self._comparisons) - len(wrong)
        parameters: dict[str, Any] = {"passed": passed, "count": len(self._cases)}
        if wrong:
            parameters["case"] = wrong[0][0].name
            mistake = shared_mistake(self._bench.exercise.misconceptions, wrong)
            if mistake:
                parameters["misconception"] = mistake
            hint = messages.MISCONCEPTION if mistake else ""
            return Finding(Verdict.WA, messages.WRONG_CASES, hint, parameters)
        if unused := self._bench.facts.get("unused"):
            parameters["names"] = ", ".join(map(str, unused))
            return Finding(Verdict.WA, messages.UNUSED, "", parameters)
        if self._findings:
            return None
        if passed < len(self._cases):
            return Finding(Verdict.NR, messages.EXITED, "", parameters)
        return Finding(Verdict.AC, messages.PASSED, "", parameters)
