from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.core.block import Paragraph
from studybuddy.core.derivation import Judgement
from studybuddy.core.errors import StudybuddyError, UsageError
from studybuddy.i18n import N_, _, say, word
from studybuddy.study.wiring import Study

if TYPE_CHECKING:
    from studybuddy.study.checking import StepVerdict

LONGEST_LINE = 200_000
"""Characters of a line of a batch; a longer one is answered as unreadable."""


@click.command("check", cls=StudyCommand, context_settings={"ignore_unknown_options": True})
@click.argument("derivation", required=False)
@click.argument("step", required=False)
@click.argument("answer", required=False)
@click.option("--batch", metavar="FILE", help=N_("JSON lines with derivation, step, answer; - reads stdin."))
@json_option
@click.pass_context
def check(
    context: click.Context,
    /,
    derivation: str | None,
    step: str | None,
    answer: str | None,
    batch: str | None,
    as_json: bool,
) -> int:
    """Check an answer to a step of a derivation."""
    with study(context) as opened:
        if batch is not None:
            return _batch(opened, batch)
        if derivation is None or step is None or answer is None:
            raise UsageError("check needs DERIVATION STEP ANSWER, or --batch FILE")
        found = _judged(opened, derivation, step, answer)
    if as_json:
        print_json(found)
    else:
        _print(found)
    return {"right": 0, "wrong": 1, "unreadable": 2}[str(found["verdict"])]


def _judged(opened: Study, derivation: str, step: str, answer: str) -> dict[str, object]:
    from studybuddy.mathtext import inline
    from studybuddy.study.checking import judge_step
    from studybuddy.study.paper import one_line

    chosen = opened.derivations.get(derivation)
    asked = opened.derivations.step(chosen, step)
    if chosen.quantities is None or asked.goal is None:
        words = N_(
            "the lesson has nothing to check {step} against: derive it in the app and judge it yourself"
        )
        raise UsageError(words, step=asked.id)
    verdict = judge_step(chosen, asked, answer)
    hint = say(verdict.hint) if verdict.hint is not None else None
    return {
        "derivation": chosen.id,
        "step": asked.id.rsplit("/", 1)[-1],
        "verdict": verdict.judgement.value,
        "reason": _reason(verdict),
        "hint": one_line((Paragraph(verdict.slip),)) if verdict.slip else hint,
        "read_as": inline(_unmarked(verdict.read_as)) if verdict.read_as else None,
        "latex": _unmarked(verdict.read_as) or None,
        "at": list(verdict.span) if verdict.span is not None else None,
    }


def _reason(verdict: StepVerdict) -> str | None:
    """Why it is not right; of what could not be read also where."""
    if verdict.reason is None:
        return None
    reason = say(verdict.reason)
    if verdict.judgement is not Judgement.UNREADABLE or verdict.span is None:
        return reason
    return _("column {column}: {reason}", column=verdict.span[0] + 1, reason=reason)


def _unmarked(latex: str) -> str:
    return latex.replace(r"\marked{", "{")


def _print(found: dict[str, object]) -> None:
    words = {"right": N_("right"), "wrong": N_("wrong"), "unreadable": N_("could not be read")}
    verdict = _(words[str(found["verdict"])])
    print_line(_("{what}: {why}", what=verdict, why=found["reason"]) if found["reason"] else verdict)
    if found["hint"]:
        print_line(_("hint: {hint}", hint=found["hint"]))
    if found["read_as"]:
        print_line(_("read as: {formula}", formula=found["read_as"]))


def _batch(opened: Study, name: str) -> int:
    """One JSON line for each line; the exit code is 0 when all were answered."""
    answered = True
    for line in _lines(name):
        if not line.strip():
            continue
        try:
            asked = json.loads(line[:LONGEST_LINE])
            values = [asked[key] for key in ("derivation", "step", "answer")]
            if not all(isinstance(value, str) for value in values):
                raise ValueError("not text")
            print_json(_judged(opened, *values))
        except StudybuddyError as error:
            answered = False
            print_json({"error": word(error)})
        except (ValueError, KeyError, TypeError, RecursionError):
            answered = False
            print_json({"error": _("this line is no JSON object with derivation, step and answer")})
    return 0 if answered else 2


def _lines(name: str) -> Iterable[str]:
    if name == "-":
        return sys.stdin
    try:
        return Path(name).read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError as error:
        raise UsageError("{path} cannot be read: {reason}", path=name, reason=error.strerror) from error
