from __future__ import annotations

import math

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.cli.reschedule import move, preview_json, print_preview
from studybuddy.core.errors import UsageError
from studybuddy.i18n import N_, _, ngettext, say
from studybuddy.study.fit_words import loss_phrase, ruling_phrase
from studybuddy.study.own_fit import FitReport, Ruling

LONGEST_S = 3600


@click.command("fit", cls=StudyCommand)
@click.option("--seconds", type=int, default=60, help=N_("Take the best found after so many seconds (60)."))
@click.option("--preview", is_flag=True, help=N_("Also say which due days would move, and move nothing."))
@click.option("--reschedule", is_flag=True, help=N_("Also move due days to where the model then has them."))
@json_option
@click.pass_context
def fit(context: click.Context, seconds: int, preview: bool, reschedule: bool, as_json: bool) -> None:
    """Fit the memory model to your own reviews."""
    if preview and reschedule:
        raise UsageError(N_("--preview and --reschedule cannot stand together"))
    if not 1 <= seconds <= LONGEST_S:
        raise UsageError(
            "{key} must be a number from {low} to {high}", key="--seconds", low=1, high=LONGEST_S
        )
    with study(context, writer="studybuddy fit") as opened:
        report = opened.own_fit.run(seconds)
        plan = opened.rescheduling.preview() if preview or reschedule else None
        moved = plan is not None and reschedule and move(opened, plan)
    if as_json:
        found = _as_json(report)
        print_json(found if plan is None else found | {"reschedule": preview_json(plan, rescheduled=moved)})
        return
    _print(report)
    if plan is not None:
        print_preview(plan, rescheduled=moved)


def _as_json(report: FitReport) -> dict[str, object]:
    return {
        "reviews": report.reviews,
        "compared": report.compared,
        "log_loss_before": _number(report.before),
        "log_loss_after": _number(report.after),
        "parameters": list(report.parameters),
        "kept": report.ruling is Ruling.KEPT,
        "reason": report.ruling.value,
    }


def _number(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None


def _print(report: FitReport) -> None:
    print_line(ngettext("{n} review in the log", "{n} reviews in the log", report.reviews))
    if (loss := loss_phrase(report)) is not None:
        print_line(say(loss))
    print_line(say(ruling_phrase(report)))
    if report.ruling is Ruling.KEPT:
        print_line(
            _("`studybuddy undo` takes it back; `studybuddy reschedule --dry-run` says what would move.")
        )
        print_line(" ".join(f"{value:.4f}" for value in report.parameters))
