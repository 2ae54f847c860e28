"""What each figure tells, as one plain sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.statistics.ahead import DueDay, Joined
from studybuddy.study.statistics.buttons import Buttons
from studybuddy.study.statistics.glance import LITTLE
from studybuddy.study.statistics.hours import Hour
from studybuddy.study.statistics.kinds import KindTime
from studybuddy.study.statistics.known import Distribution, Known
from studybuddy.study.statistics.retention import Kept
from studybuddy.study.statistics.weakness import ConceptFigures

if TYPE_CHECKING:
    from studybuddy.memory.calibration import Calibration
    from studybuddy.memory.forecast import Forecast, Workload

NEAR = 0.02
"""A share within so much of another is the same to a learner."""
ENOUGH = 30
"""Reviews of an hour below which nothing is said of it."""
FEW = 5
"""Reviews of a concept below which it is not named as the weakest."""

KIND_WORDS = {
    "basic": N_("question and answer"),
    "cloze": N_("cloze"),
    "type-in": N_("type in"),
    "numeric": N_("number"),
    "shape": N_("shape"),
    "formula": N_("formula"),
    "code": N_("program"),
    "tree": N_("tree"),
    "interview": N_("interview"),
    "gone": N_("no longer there"),
}
STAGE_WORDS = {"learning": N_("being learnt"), "young": N_("young"), "mature": N_("mature")}
PERIOD_WORDS = {
    "today": N_("today"),
    "week": N_("7 days"),
    "month": N_("30 days"),
    "all": N_("in all"),
}
BEST_WORDS = {
    "model": N_("The memory model predicts your recall better than both baselines."),
    "average": N_("The plain average predicts your recall better than the memory model."),
    "moving_average": N_("A moving average predicts your recall better than the memory model."),
}


def little(reviews: int) -> Phrase | None:
    """That there is too little to say much; None when there is enough."""
    if reviews >= LITTLE:
        return None
    if not reviews:
        return Phrase(N_("Nothing reviewed yet. Your figures begin with the first card."))
    words = N_("{count} reviews so far; below about {wanted} these figures mean little.")
    return Phrase.of(words, count=reviews, wanted=LITTLE)


def kept_words(kept: Kept, desired: float) -> Phrase:
    """How true retention stands beside the desired one."""
    if kept.rate is None:
        return Phrase(N_("No card has come back on a later day yet."))
    shares = {"rate": _share(kept.rate), "desired": _share(desired)}
    if abs(kept.rate - desired) <= NEAR:
        return Phrase.of(N_("You recalled {rate}, as wanted ({desired})."), **shares)
    if kept.rate < desired:
        return Phrase.of(N_("You recalled {rate}, less than the {desired} you want."), **shares)
    return Phrase.of(N_("You recalled {rate}, more than the {desired} you want."), **shares)


def known_words(known: Known) -> Phrase:
    """How many cards would be recalled today."""
    if not known.cards:
        return Phrase(N_("No card has been learnt yet."))
    words = N_("Asked today, you would recall about {recalled} of {cards} cards.")
    return Phrase.of(words, recalled=round(known.recalled), cards=known.cards)


def stability_words(found: Distribution) -> Phrase | None:
    """How long cards last."""
    if found.median is None:
        return None
    return Phrase.of(N_("Half of the cards last {days} days or longer."), days=_days(found.median))


def difficulty_words(found: Distribution) -> Phrase | None:
    """How hard cards are."""
    if found.median is None:
        return None
    return Phrase.of(N_("Half of the cards are harder than {grade} of 10."), grade=f"{found.median:.1f}")


def interval_words(found: Distribution) -> Phrase | None:
    """How long cards wait."""
    if found.median is None:
        return None
    return Phrase.of(N_("Half of the cards wait {days} days or longer."), days=_days(found.median))


def calibration_words(found: Calibration | None) -> list[Phrase]:
    """How good the predictions are, and what is wrong with them or with the use of Hard."""
    if found is None:
        return [Phrase(N_("Too few reviews on later days to judge the predictions."))]
    said = [Phrase(BEST_WORDS[found.best])]
    if found.seen:
        said.append(
            Phrase(N_("The model was fitted to these very reviews: it looks better here than it is."))
        )
    if found.hard.suspected:
        words = N_(
            "You pressed Hard {hard} times and Again {again} times. If Hard means forgotten, "
            "press Again: intervals are too long otherwise."
        )
        said.append(Phrase.of(words, hard=found.hard.hard, again=found.hard.again))
    return said


def ahead_words(days: Sequence[DueDay]) -> Phrase:
    """How much is coming."""
    due = sum(day.due for day in days)
    if not due:
        return Phrase(N_("No review is due in these days."))
    minutes = sum(day.minutes for day in days) / len(days)
    words = N_("{reviews} in {days} days, about {minutes} min a day.")
    return Phrase.of(words, reviews=reviews_phrase(due), days=len(days), minutes=_minutes(minutes))


def year_words(year: Forecast) -> Phrase:
    """What the coming year costs and leaves."""
    if not year.learnt:
        return Phrase(N_("There are no cards yet to look ahead with."))
    words = N_("The coming year: {reviews}, {minutes} min a day; {remembered} of {cards} cards remembered.")
    return Phrase.of(
        words,
        reviews=reviews_phrase(round(year.reviews_a_day)),
        minutes=_minutes(year.minutes_a_day),
        remembered=round(year.remembered),
        cards=year.learnt,
    )


def workload_words(points: Sequence[Workload], desired: float) -> Phrase | None:
    """What a little less retention would save."""
    if len(points) < 2:
        return None
    here = min(points, key=lambda point: abs(point.retention - desired))
    less = [point for point in points if point.retention <= here.retention - 0.049]
    if not less or here.minutes_a_day <= 0:
        return None
    other = less[-1]
    words = N_("At {less} instead of {here} a day takes {saved} minutes less and {lost} cards fewer stay.")
    return Phrase.of(
        words,
        less=_share(other.retention),
        here=_share(here.retention),
        saved=_minutes(max(0.0, here.minutes_a_day - other.minutes_a_day)),
        lost=max(0, round(here.remembered - other.remembered)),
    )


def joined_words(days: Sequence[Joined]) -> Phrase:
    """How many cards came and how many were begun."""
    words = N_("In {days} days {added} cards were added and {begun} begun.")
    return Phrase.of(
        words,
        days=len(days),
        added=sum(day.added for day in days),
        begun=sum(day.begun for day in days),
    )


def kinds_words(found: Sequence[KindTime]) -> Phrase | None:
    """Which kind takes most of the time."""
    total = sum(kind.elapsed_ms for kind in found)
    if not total:
        return None
    most = found[0]
    words = N_("Most of the time goes to one kind: {kind}, {share}.")
    return Phrase.of(
        words,
        kind=Phrase(KIND_WORDS.get(most.kind, most.kind)),
        share=_share(most.elapsed_ms / total),
    )


def hours_words(found: Sequence[Hour]) -> Phrase | None:
    """When most is done, and when most is recalled."""
    if not any(hour.reviews for hour in found):
        return None
    busiest = max(range(len(found)), key=lambda n: found[n].reviews)
    told = [n for n, hour in enumerate(found) if hour.tested >= ENOUGH]
    if not told:
        return Phrase.of(N_("You study most at {hour}."), hour=_clock(busiest))
    best = max(told, key=lambda n: (found[n].rate or 0.0, found[n].tested))
    words = N_("You study most at {hour} and recall most at {best} ({rate}).")
    return Phrase.of(words, hour=_clock(busiest), best=_clock(best), rate=_share(found[best].rate or 0.0))


def buttons_words(stages: dict[str, Buttons]) -> Phrase | None:
    """How often a card in review was forgotten."""
    pressed = [sum(counts) for counts in stages.values()]
    if not sum(pressed):
        return None
    again = sum(counts[0] for counts in stages.values())
    return Phrase.of(N_("Again was pressed {share} of the time."), share=_share(again / sum(pressed)))


def concepts_words(found: Sequence[ConceptFigures], title: Callable[[str], str]) -> Phrase:
    """Which concept is weakest; `title` names a concept."""
    if not found:
        return Phrase(N_("No concept has a card that was learnt."))
    told = [concept for concept in found if concept.tested >= FEW]
    if not told:
        return Phrase(N_("Too few reviews of the last 90 days to name a weak concept."))
    words = N_("Weakest: {concept}, {recalled} of {tested} recalled in 90 days.")
    weakest = told[0]
    if weakest.recalled == weakest.tested:
        words = N_("No concept that was asked {n} times or more in 90 days was forgotten.")
        return Phrase.of(words, n=FEW)
    return Phrase.of(words, concept=title(weakest.concept), recalled=weakest.recalled, tested=weakest.tested)


def reviews_phrase(count: int) -> Phrase:
    """So many reviews."""
    return Phrase.of(N_("{n} review"), plural=N_("{n} reviews"), n=count)


def _share(share: float) -> str:
    return f"{share:.0%}"


def _days(days: float) -> str:
    return f"{days:.1f}" if days < 10 else f"{days:.0f}"


def _minutes(minutes: float) -> str:
    return f"{minutes:.1f}" if 0 < minutes < 10 else f"{minutes:.0f}"


def _clock(hour: int) -> str:
    return f"{hour:02d}:00"
