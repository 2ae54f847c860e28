"""Running a program outside the app: the same judge, the same log."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from studybuddy.cli.beside import beside_json, beside_options, judged, print_beside
from studybuddy.cli.cases import equipped, keep, kept_line, search_json, search_lines
from studybuddy.cli.lab_options import lab_options, lab_question
from studybuddy.cli.live_output import LiveOutput
from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.cli.recall import answer_card, recall_option, recalled
from studybuddy.cli.writing import written
from studybuddy.cli.xray import show
from studybuddy.core.errors import UsageError
from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.i18n import N_, _, say
from studybuddy.study.gradient_words import check_json, text_lines
from studybuddy.study.lab import LONGEST_SOURCE
from studybuddy.study.outcome_words import (
    result_facts,
    result_hint,
    result_message,
    result_notices,
    verdict_sign,
    verdict_title,
)


@click.command("run", cls=StudyCommand)
@click.argument("exercise")
@click.option("--file", "file", metavar="F", help=N_("The program to judge; `-` is standard input."))
@click.option("--reference", is_flag=True, help=N_("Run the lesson's own program."))
@click.option("--case", "tried", metavar="INPUT", multiple=True, help=N_("Try an input once: '[1,null,2]'."))
@click.option("--keep", "keeping", is_flag=True, help=N_("Keep the counter-example, if there is one."))
@click.option("--xray", is_flag=True, help=N_("Show the shapes of the arrays line by line; judges nothing."))
@beside_options
@lab_options
@recall_option
@json_option
@click.pass_context
def run_exercise(
    context: click.Context,
    exercise: str,
    file: str | None,
    reference: bool,
    tried: tuple[str, ...],
    keeping: bool,
    xray: bool,
    as_json: bool,
) -> int:
    """Run and judge EXERCISE: your draft, `--file F` (`-` for stdin), or the lesson's `--reference`."""
    if (card := recalled(context)) is not None:
        if reference or xray or tried or keeping:
            raise UsageError("a card is answered from memory: of the options only --file goes with --recall")
        return _recall(context, exercise, card, file, as_json=as_json)
    alone = not (file or reference or tried or keeping or xray)
    if (answered := lab_question(context, exercise, alone=alone, as_json=as_json)) is not None:
        return answered
    with study(context) as opened:
        found = opened.library.exercise(opened.desk.catalogue.exercise(exercise))
        source = found.reference if reference else read_program(file) if file else opened.lab.source(found.id)
        if xray:
            return show(opened.lab.xray(found, source), found, as_json=as_json)
        found = equipped(opened, found, tried)
        live = LiveOutput()
        result, beside = judged(context, opened.lab, found, source, None if as_json else live.write)
        live.close()
    recorded = _record(context, found, source, result, reference)
    kept = keep(context, found, result) if keeping else None
    if found.self_report and not as_json:
        print_line(_("no tests: self-report"))
    if as_json:
        named = {"case": kept.case.name, "new": kept.new, "card": kept.card} if kept else None
        print_json(result_json(result) | beside_json(beside) | {"recorded": recorded, "kept": named})
    else:
        _print(result, recorded)
        print_beside(beside)
        if keeping:
            print_line(f"  {kept_line(kept)}")
    return 0 if result.verdict is Verdict.AC else 1


def _recall(context: click.Context, exercise: str, card: str, file: str | None, *, as_json: bool) -> int:
    """Answer a card that asks the exercise again, and say which rating that speaks for."""
    typed = read_program(file) if file else None
    answered = answer_card(context, exercise, card, typed)
    if as_json:
        print_json(result_json(answered.result) | answered.json())
    else:
        _print(answered.result, answered.recorded)
        for line in answered.lines():
            print_line(f"  {line}")
    return 0 if answered.result.verdict is Verdict.AC else 1


def read_program(file: str) -> str:
    """The learner's program.

    Raises:
        UsageError: it cannot be read, is too long, or is not text.
    """
    try:
        data = sys.stdin.buffer.read(LONGEST_SOURCE + 1) if file == "-" else Path(file).read_bytes()
    except OSError as error:
        raise UsageError("cannot read {file}: {reason}", file=file, reason=error.strerror) from error
    if len(data) > LONGEST_SOURCE:
        raise UsageError("{file} is longer than {limit} KB", file=file, limit=LONGEST_SOURCE // 1024)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("{file} is not UTF-8 text (byte {at})", file=file, at=error.start) from error


def _record(
    context: click.Context, exercise: Exercise, source: str, result: JudgeResult, reference: bool
) -> bool:
    """Put the attempt into the log; a log that cannot be written leaves the verdict as it is, and says so."""
    return written(context, lambda writer: writer.lab.record(exercise, source, result, reference=reference))


def result_json(result: JudgeResult) -> dict[str, object]:
    """A verdict in the words of the command line's contract."""
    return {
        "exercise": result.exercise,
        "verdict": result.verdict.value,
        "judged": result.judged,
        "message": result_message(result),
        "hint": result_hint(result),
        "cases": [
            {
                "name": case.name,
                "verdict": case.verdict.value if case.verdict else None,
                "input": case.input,
                "output": case.output,
                "expected": case.expected,
                "stdout": case.stdout,
                "reason": _(case.reason, **case.parameters),
                "wall_s": case.wall_s,
            }
            for case in result.cases
        ],
        "gradients": [check_json(check) for check in result.gradients],
        "stdout": result.stdout,
        "wall_s": result.wall_s,
        "cpu_s": result.cpu_s,
        "max_rss_mb": result.max_rss_mb,
        "output_bytes": result.output_bytes,
        "signal": result.signal,
        "exception": result.exception,
        "last_case": result.last_case,
        "notices": [say(notice) for notice in result.notices],
        "walled": result.walled,
        "stack": result.stack,
        "losses": [[step, _finite(loss)] for step, loss in result.losses],
        **search_json(result),
    }


def _finite(number: float) -> float | None:
    """JSON has no infinity and no NaN."""
    return number if abs(number) < float("inf") else None


def _print(result: JudgeResult, recorded: bool) -> None:
    sign = verdict_sign(result.verdict, judged=result.judged)
    for case in result.cases:
        if case.verdict is not Verdict.AC:
            verdict = case.verdict.value if case.verdict else "-"
            print_line(
                f"  {verdict} {case.name}: {case.input} -> {case.output} ({_('expected')} {case.expected})"
            )
            if case.reason:
                print_line(f"     {_(case.reason, **case.parameters)}")
    for line in text_lines(result.gradients):
        print_line(line)
    for line in search_lines(result):
        print_line(line)
    if result.stack:
        print_line(result.stack)
    verdict = f"{sign} {verdict_title(result.verdict, judged=result.judged)}"
    print_line(_("{label}: {text}", label=verdict, text=result_message(result)))
    if hint := result_hint(result):
        print_line(f"  {hint}")
    for notice in result_notices(result):
        print_line(f"  ! {notice}")
    print_line(f"  {' · '.join(result_facts(result))}")
    if not recorded:
        print_line(f"  {_('(not recorded)')}")
