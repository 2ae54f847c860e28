"""The figures of `stats` in plain lines, in the sections of the screen."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from studybuddy.cli.output import print_line
from studybuddy.cli.stats_json import Everything
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import _, ngettext, say
from studybuddy.study.statistics import words
from studybuddy.study.statistics.retention import Kept
from studybuddy.text import clean_line, pad

if TYPE_CHECKING:
    from studybuddy.memory.forecast import Workload

BAR = 40
AHEAD = 14
CONCEPTS = 5


def print_stats(found: Everything, title: Callable[[str], str]) -> None:
    """Overview, memory, load, time and concepts; `title` names a concept."""
    _overview(found)
    if found.glance.rated:
        _memory(found)
        _load(found)
        _time(found)
        _concepts(found, title)


def _overview(found: Everything) -> None:
    glance = found.glance
    print_line(ngettext("{n}-day streak", "{n}-day streak", glance.streak))
    print_line(
        _(
            "{reviews} on {days} days, {minutes} min",
            reviews=say(words.reviews_phrase(glance.all.reviews)),
            days=glance.all.days,
            minutes=glance.all.minutes,
        )
    )
    _say([words.little(glance.rated)])


def _memory(found: Everything) -> None:
    figures = found.figures
    _head(_("Memory"))
    kept = figures.retention["all"]
    for name, one in (("young", kept.young), ("mature", kept.mature)):
        print_line(_recalled(_("young cards") if name == "young" else _("mature cards"), one))
    _say([words.kept_words(kept.all, found.glance.desired), words.known_words(figures.known)])
    _say([words.stability_words(figures.known.stability), words.difficulty_words(figures.known.difficulty)])
    if (calibration := found.calibration) is not None:
        print_line(
            _(
                "recall predicted {predicted:.0%}, true {observed:.0%}; "
                "log loss {loss:.4f}, baselines {average:.4f} and {moving:.4f}",
                predicted=calibration.predicted,
                observed=calibration.observed,
                loss=calibration.scores["model"].log_loss,
                average=calibration.scores["average"].log_loss,
                moving=calibration.scores["moving_average"].log_loss,
            )
        )
    _say(words.calibration_words(found.calibration))


def _load(found: Everything) -> None:
    _head(_("Load"))
    days = found.glance.ahead[:AHEAD]
    most = max((day.due for day in days), default=0)
    for day in days:
        bar = "█" * -(-day.due * min(BAR, most) // max(1, most))
        print_line(f"{day.day:%m-%d} {day.due:5d} {bar}".rstrip())
    _say([words.ahead_words(found.glance.ahead), words.year_words(found.year)])
    _say([words.joined_words(found.figures.joined)])
    for point in found.workload:
        print_line(_point(point))


def _time(found: Everything) -> None:
    figures = found.figures
    _head(_("Time"))
    for kind in figures.kinds:
        name = _(words.KIND_WORDS[kind.kind]) if kind.kind in words.KIND_WORDS else clean_line(kind.kind, 20)
        mean = "-" if kind.mean_s is None else _("{seconds} s", seconds=f"{kind.mean_s:.0f}")
        minutes = _("{n} min", n=round(kind.elapsed_ms / 60_000))
        print_line(f"{pad(name, 16)} {kind.reviews:6d} {minutes:>10} {mean:>8}")
    _say([words.hours_words(figures.hours), words.buttons_words(figures.buttons)])


def _concepts(found: Everything, title: Callable[[str], str]) -> None:
    concepts = found.figures.concepts
    if not concepts:
        return
    _head(_("Concepts"))
    for concept in concepts[:CONCEPTS]:
        rate = "  -" if concept.rate is None else f"{concept.rate:4.0%}"
        print_line(f"{rate:>4}  {clean_line(title(concept.concept), 60)}")
    _say([words.concepts_words(concepts, lambda concept: clean_line(title(concept), 60))])


def _point(point: Workload) -> str:
    return _(
        "retention {retention:.1%}: {reviews}, {minutes:.0f} min a day; "
        "{remembered:.0f} of {cards} cards remembered after a year",
        retention=point.retention,
        reviews=say(words.reviews_phrase(round(point.reviews_a_day))),
        minutes=point.minutes_a_day,
        remembered=point.remembered,
        cards=point.learnt,
    )


def _recalled(label: str, kept: Kept) -> str:
    rate = "-" if kept.rate is None else f"{kept.rate:.0%}"
    return _("recalled, {label}: {rate} of {n}", label=label, rate=rate, n=kept.reviews)


def _head(words: str) -> None:
    print_line("")
    print_line(words)


def _say(phrases: Iterable[Phrase | None]) -> None:
    for phrase in phrases:
        if phrase is not None:
            print_line(say(phrase))
