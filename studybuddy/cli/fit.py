from __future__ import annotations

import math

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.core.errors import UsageError
from studybuddy.i18n import N_, _, ngettext
from studybuddy.study.own_fit import LEAST_REVIEWS, FitReport, Ruling

LONGEST_S = 3600
_WORDS = {
    Ruling.KEPT: N_(
        "Kept: your cards are remembered by these parameters from now on; `studybuddy undo` takes it back."
    ),
    Ruling.TOO_FEW: N_("Too few reviews for a fit (about {least} are needed); the defaults are kept."),
    Ruling.TOO_FEW_NEW: N_("Too few new reviews since the last fit; its parameters are kept."),
    Ruling.NOT_BETTER: N_("Not better on reviews it had not seen; nothing was changed."),
    Ruling.STOPPED: N_("Stopped; nothing was changed."),
}


@click.command("fit", cls=StudyCommand)
@click.option("--seconds", type=int, default=60, help=N_("Take the best found after so many seconds (60)."))
@json_option
@click.pass_context
def fit(context: click.Context, seconds: int, as_json: bool) -> None:
    """Fit the memory model to your own reviews."""
    if not 1 <= seconds <= LONGEST_S:
        raise UsageError(
            "{key} must be a number from {low} to {high}", key="--seconds", low=1, high=LONGEST_S
        )
    with study(context, writer="studybuddy fit") as opened:
        report = opened.own_fit.run(seconds)
    if as_json:
        print_json(_as_json(report))
    else:
        _print(report)


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
    if report.before is not None and report.after is not None:
        print_line(
            _(
                "log loss on reviews not seen: {before:.4f} → {after:.4f}",
                before=report.before,
                after=report.after,
            )
        )
    print_line(_(_WORDS[report.ruling], least=LEAST_REVIEWS))
    if report.ruling is Ruling.KEPT:
        print_line(" ".join(f"{value:.4f}" for value in report.parameters))
