from __future__ import annotations

from typing import TYPE_CHECKING

import click

from studybuddy.cli.options import StudyCommand
from studybuddy.cli.output import json_option, print_json, print_line, study
from studybuddy.i18n import N_, _, ngettext
from studybuddy.study.history import Figures

if TYPE_CHECKING:
    from studybuddy.memory.calibration import Calibration
    from studybuddy.memory.forecast import Forecast

_BEST = {
    "model": N_("The memory model predicts your recall better than both baselines."),
    "average": N_("The plain average predicts your recall better than the memory model."),
    "moving_average": N_("A moving average predicts your recall better than the memory model."),
}


@click.command("stats", cls=StudyCommand)
@click.option("--workload", is_flag=True, help=N_("Also what other desired retentions would cost in a year."))
@json_option
@click.pass_context
def stats(context: click.Context, workload: bool, as_json: bool) -> None:
    """The figures of your studies."""
    with study(context) as opened:
        figures = opened.history.figures()
        foresight = opened.foresight
        calibration, mean, year = foresight.calibration(), foresight.mean_recall(), foresight.year()
        curve = foresight.workload() if workload else None
    if as_json:
        found = _as_json(figures, year) | {"calibration": _calibration_json(calibration, mean)}
        print_json(found if curve is None else found | {"workload": [point._asdict() for point in curve]})
        return
    _print(figures)
    _print_year(year)
    if calibration is not None:
        _print_calibration(calibration)
    for point in curve or ():
        print_line(
            _(
                "retention {retention:.1%}: {reviews:.0f} reviews, {minutes:.0f} minutes a day; "
                "{remembered:.0f} of {cards} cards remembered after a year",
                retention=point.retention,
                reviews=point.reviews_a_day,
                minutes=point.minutes_a_day,
                remembered=point.remembered,
                cards=point.learnt,
            )
        )


def _as_json(figures: Figures, year: Forecast) -> dict[str, object]:
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
        "forecast": [
            {"day": day.isoformat(), "due": due, **load._asdict()}
            for (day, due), load in zip(figures.forecast, year.days, strict=False)
        ],
        "year": {
            "reviews_a_day": year.reviews_a_day,
            "minutes_a_day": year.minutes_a_day,
            "remembered": year.remembered,
            "cards": year.learnt,
            "waiting": year.waiting,
            "days": [[load.reviews, load.new, round(load.minutes, 2)] for load in year.days],
        },
    }


def _calibration_json(found: Calibration | None, mean: tuple[float, float] | None) -> dict[str, object]:
    predicted, observed = mean or (None, None)
    answer: dict[str, object] = {"predicted": predicted, "observed": observed, "reviews": 0, "best": None}
    if found is None:
        return answer
    scores = {
        name: {"log_loss": score.log_loss, "rmse_bins": score.rmse_bins, "auc": score.auc}
        for name, score in found.scores.items()
    }
    return answer | {
        "reviews": found.reviews,
        **scores.pop("model"),
        "baselines": scores,
        "best": found.best,
        "seen_by_fit": found.seen,
        "reliability": [point._asdict() for point in found.reliability],
        "hard": {
            "hard": found.hard.hard,
            "again": found.hard.again,
            "expected": found.hard.expected,
            "suspected": found.hard.suspected,
        },
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


def _print_year(year: Forecast) -> None:
    words = _(
        "the coming year: {reviews:.0f} reviews, {minutes:.0f} minutes a day; "
        "{remembered:.0f} of {cards} cards remembered",
        reviews=year.reviews_a_day,
        minutes=year.minutes_a_day,
        remembered=year.remembered,
        cards=year.learnt,
    )
    print_line(words)


def _print_calibration(found: Calibration) -> None:
    model = found.scores["model"]
    print_line(
        _(
            "recall predicted {predicted:.0%}, true {observed:.0%}; "
            "log loss {loss:.4f}, baselines {average:.4f} and {moving:.4f}",
            predicted=found.predicted,
            observed=found.observed,
            loss=model.log_loss,
            average=found.scores["average"].log_loss,
            moving=found.scores["moving_average"].log_loss,
        )
    )
    print_line(_(_BEST[found.best]))
    if found.seen:
        print_line(_("The model was fitted to these very reviews: it looks better here than it is."))
    if found.hard.suspected:
        print_line(
            _(
                "You pressed Hard {hard} times and Again {again} times. If Hard means forgotten, "
                "press Again: intervals are too long otherwise.",
                hard=found.hard.hard,
                again=found.hard.again,
            )
        )
