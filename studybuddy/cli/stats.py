from __future__ import annotations

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.i18n import _, ngettext
from studybuddy.study.history import Figures


@click.command("stats", cls=StudyCommand)
@json_option
@click.pass_context
def stats(context: click.Context, as_json: bool) -> None:
    """The figures of your studies."""
    with study(context) as opened:
        figures = opened.history.figures()
    if as_json:
        print_json(_as_json(figures))
    else:
        _print(figures)


def _as_json(figures: Figures) -> dict[str, object]:
    return {
        "streak": figures.streak,
        "reviews": figures.reviews,
        "minutes": figures.minutes,
        "days": figures.days,
        "ratings": dict(zip(("again", "hard", "good", "easy"), figures.by_rating.values(), strict=True)),
        "retention": {
            name: {"reviews": kept.reviews, "recalled": kept.recalled, "rate": kept.rate}
            for name, kept in figures.retention.items()
        },
        "forecast": [{"day": day.isoformat(), "due": due} for day, due in figures.forecast],
        "calibration": {"predicted": figures.predicted, "observed": figures.observed},
    }


def _print(figures: Figures) -> None:
    print_line(ngettext("{n}-day streak", "{n}-day streak", figures.streak))
    print_line(
        _(
            "{reviews} reviews on {days} days, {minutes} minutes",
            reviews=figures.reviews,
            days=figures.days,
            minutes=figures.minutes,
        )
    )
    for name, label in (("young", _("young cards")), ("mature", _("mature cards"))):
        kept = figures.retention[name]
        rate = "-" if kept.rate is None else f"{kept.rate:.0%}"
        print_line(_("recalled, {label}: {rate} of {n}", label=label, rate=rate, n=kept.reviews))
    for day, due in figures.forecast:
        print_line(f"{day:%m-%d} {due:4d} {'█' * min(due, 60)}")
