"""`run --history` and `run --diff`: what was run before."""

from __future__ import annotations

import math

import click

from studybuddy.cli.output import print_json, print_line, study
from studybuddy.core.errors import UsageError
from studybuddy.i18n import _, ngettext
from studybuddy.study.attempt_words import attempt_facts, attempt_time, difference_words, verdict_words
from studybuddy.study.attempts import Attempt
from studybuddy.study.differences import Line, compare
from studybuddy.study.outcome_words import verdict_sign


def show_history(context: click.Context, exercise: str, *, as_json: bool) -> int:
    """List every submission of an exercise, oldest first."""
    with study(context) as opened:
        found = opened.desk.catalogue.exercise(exercise)
        attempts = opened.lab.history(found)
    if as_json:
        print_json({"exercise": found, "attempts": [_attempt_json(attempt) for attempt in attempts]})
        return 0
    for attempt in attempts:
        sign = verdict_sign(attempt.verdict, judged=attempt.judged)
        facts = " · ".join([attempt_time(attempt), *attempt_facts(attempt)])
        print_line(f"{attempt.number:>3}  {sign} {verdict_words(attempt)}  {facts}")
    if not attempts:
        print_line(_("Nothing has been run yet."))
    return 0


def show_difference(context: click.Context, exercise: str, number: int, *, as_json: bool) -> int:
    """What was changed from a submission to the draft.

    Raises:
        UsageError: there is no such submission.
    """
    with study(context) as opened:
        found = opened.desk.catalogue.exercise(exercise)
        attempts = {attempt.number: attempt for attempt in opened.lab.history(found)}
        draft = opened.lab.source(found)
    if number not in attempts:
        raise UsageError("there is no run {number}; there are {count}", number=number, count=len(attempts))
    difference = compare(attempts[number].source, draft)
    if as_json:
        lines = [[line.sign, line.text] for line in difference.lines if line.sign != "…"]
        added, removed = difference.added, difference.removed
        print_json({"exercise": found, "number": number, "added": added, "removed": removed, "lines": lines})
        return 0
    print_line(_("run {number} → your draft", number=number) + "   " + difference_words(difference))
    for line in difference.lines:
        print_line(_line(line))
    return 0


def _line(line: Line) -> str:
    if line.sign == "…":
        return "   …   " + ngettext("{n} line the same", "{n} lines the same", line.skipped)
    return f"{line.new or line.old:>4} {line.sign} {line.text}"


def _attempt_json(attempt: Attempt) -> dict[str, object]:
    return {
        "number": attempt.number,
        "verdict": attempt.verdict.value,
        "judged": attempt.judged,
        "at": attempt.at.isoformat(),
        "wall_s": attempt.seconds,
        "passed": attempt.passed,
        "total": attempt.total,
        "hints": attempt.hints,
        "revealed": attempt.revealed,
        "reference": attempt.reference,
        "losses": losses_json(attempt.losses),
        "source": attempt.source,
    }


def losses_json(losses: tuple[tuple[int, float], ...]) -> list[list[float | None]]:
    """Losses for JSON, which has no infinity and no NaN."""
    return [[step, loss if math.isfinite(loss) else None] for step, loss in losses]
