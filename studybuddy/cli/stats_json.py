"""The figures of `stats --json`: the same that the screen shows, nothing computed here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from studybuddy.memory.calibration import Calibration
    from studybuddy.memory.forecast import Forecast, Workload
    from studybuddy.study.statistics.figures import Figures
    from studybuddy.study.statistics.glance import Glance
    from studybuddy.study.statistics.retention import Kept, Retention

RATINGS = ("again", "hard", "good", "easy")


class Everything(NamedTuple):
    """All that there is to tell. `mean`: predicted and true share of recall over all reviews."""

    glance: Glance
    figures: Figures
    calibration: Calibration | None
    mean: tuple[float, float] | None
    year: Forecast
    workload: Sequence[Workload]


def stats_json(found: Everything, title: Callable[[str], str]) -> dict[str, object]:
    """One object. `title` names a concept in the language in use."""
    glance, figures = found.glance, found.figures
    pressed = [sum(row[n] for row in figures.buttons.values()) for n in range(len(RATINGS))]
    everything = figures.retention["all"]
    return {
        "streak": glance.streak,
        "longest_streak": glance.longest,
        "reviews": glance.all.reviews,
        "interviews": glance.all.interviews,
        "minutes": glance.all.minutes,
        "days": glance.all.days,
        "ratings": dict(zip(RATINGS, pressed, strict=True)),
        "retention": _retention(everything),
        "retention_by_period": {name: _retention(kept) for name, kept in figures.retention.items()},
        "desired_retention": glance.desired,
        "forecast": [
            {"day": day.day.isoformat(), "due": day.due, "due_minutes": day.minutes, **load._asdict()}
            for day, load in zip(glance.ahead, found.year.days, strict=False)
        ],
        "year": _year(found.year),
        "workload": [point._asdict() for point in found.workload],
        "calibration": _calibration(found.calibration, found.mean),
        "heat_map": [
            {**totals._asdict(), "day": day.isoformat()} for day, totals in sorted(glance.heat.days.items())
        ],
        "efforts": {name: effort._asdict() for name, effort in glance.efforts.items()},
        **_of_reviews(figures),
        "concepts": [{**c._asdict(), "title": title(c.concept), "rate": c.rate} for c in figures.concepts],
    }


def _of_reviews(figures: Figures) -> dict[str, object]:
    known = figures.known
    return {
        "buttons": {
            stage: dict(zip(RATINGS, counts, strict=True)) for stage, counts in figures.buttons.items()
        },
        "hours": [{"hour": n, **h._asdict(), "rate": h.rate} for n, h in enumerate(figures.hours)],
        "kinds": [{**kind._asdict(), "mean_s": kind.mean_s} for kind in figures.kinds],
        "cards": figures.cards._asdict(),
        "known": {"cards": known.cards, "recalled": known.recalled},
        "distributions": {
            name: getattr(known, name)._asdict()
            for name in ("stability", "difficulty", "retrievability", "interval")
        },
        "joined": [{**joined._asdict(), "day": joined.day.isoformat()} for joined in figures.joined],
    }


def _retention(kept: Retention) -> dict[str, object]:
    return {"young": _kept(kept.young), "mature": _kept(kept.mature), "all": _kept(kept.all)}


def _kept(kept: Kept) -> dict[str, object]:
    return {"reviews": kept.reviews, "recalled": kept.recalled, "rate": kept.rate}


def _year(year: Forecast) -> dict[str, object]:
    return {
        "reviews_a_day": year.reviews_a_day,
        "minutes_a_day": year.minutes_a_day,
        "remembered": year.remembered,
        "cards": year.learnt,
        "waiting": year.waiting,
        "days": [[load.reviews, load.new, round(load.minutes, 2)] for load in year.days],
    }


def _calibration(found: Calibration | None, mean: tuple[float, float] | None) -> dict[str, Any]:
    predicted, observed = mean or (None, None)
    answer: dict[str, Any] = {"predicted": predicted, "observed": observed, "reviews": 0, "best": None}
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
