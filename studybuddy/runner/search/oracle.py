"""What the lesson's reference answers to a learner's own inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from studybuddy.core.errors import RunnerError
from studybuddy.core.exercise import Case, Signature
from studybuddy.runner.bench import Bench
from studybuddy.runner.search.answers import comparable, wanted
from studybuddy.runner.search.player import Player, Row, aside


def expected_of(bench: Bench, signature: Signature, cases: Sequence[Case]) -> dict[str, Case]:
    """The cases with what the reference returns, by name; those it does not answer are left out."""
    known: dict[str, Case] = {}
    waiting = list(cases)
    while waiting:
        row = _ask(bench, [case.arguments for case in waiting])
        answered = list(zip(waiting, row.answers, strict=False))
        for case, answer in answered:
            if comparable(answer, signature.returns):
                known[case.name] = replace(case, expected=wanted(answer))
        if row.ending is None:
            break
        waiting = waiting[len(answered) + 1 :]  # the one it did not come back from is skipped
    return known


def _ask(bench: Bench, inputs: Sequence[tuple[object, ...]]) -> Row:
    reference = aside(bench, bench.exercise.reference)
    try:
        with reference.session() as session:
            player = Player(reference, session)
            if not player.open():
                return Row()
            player.ask(inputs)
            return player.collect(len(inputs), bench.exercise.limits.case_wall_s, float("inf"))
    except RunnerError:
        return Row()
