"""Why a card is here now: what the log, the settings and the memory model have to say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING

from studybuddy.core.card import CardMemory, CardState, Outcome, Rating
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.phrase import Phrase
from studybuddy.memory.curve import RecallCurve, planned_curve, recall_curve
from studybuddy.memory.fsrs6 import Fsrs6
from studybuddy.study.answer_log import Answer, answers_to
from studybuddy.study.desk import OWN
from studybuddy.study.parameters import fit_in_force, parameters_in_force
from studybuddy.study.terms import Terms

if TYPE_CHECKING:
    from studybuddy.core.preset import Preset
    from studybuddy.study.desk import Desk
    from studybuddy.study.wiring import Study

SHOWN_DAYS = 30
"""Study days with reviews that a picture of the curve can still tell apart."""


class Cause(StrEnum):
    """Why a card is asked now, or why it is not. The names are part of `cards --why --json`."""

    DUE = "due"
    STEP = "step"
    STEP_AHEAD = "step-ahead"
    STEP_LATER = "step-later"
    NEW = "new"
    EARLY = "early"
    LATER = "later"
    REPAIR = "repair"
    SIBLING = "sibling"
    FULL = "full"
    UNSEEN = "unseen"
    SUSPENDED = "suspended"
    BURIED = "buried"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Why:
    """What is known of a card as of one moment."""

    memory: CardMemory
    question: str
    """On one line, in the language in use; the id where the text is gone."""
    cause: Cause
    asked: bool
    """Whether it lies before the learner."""
    now: datetime
    today: date
    answers: Sequence[Answer]
    """Those that count for its memory, the oldest first."""
    recall: float | None
    """Expected now, None for a card without an answer."""
    preset: Preset
    fitted_on: date | None
    """When the learner's own parameters were fitted; None for the defaults."""
    outcomes: Mapping[Rating, Outcome]
    """What each button would lead to now; empty for a card that is gone."""
    curve: RecallCurve | None
    leech: bool
    """Whether it keeps being forgotten."""
    concept: str
    prerequisites: tuple[str, ...]
    """Titles of the concept and of what it directly rests on."""
    section: str
    """Where an unseen card comes from."""
    begun: int
    """New cards begun today ..."""
    may_begin: int
    """... and how many more may."""
    repair: Phrase | None = None
    """What the repair path says of it, None where it is not on one."""
    aside: int = 0
    """Siblings that would be asked today, were it not for this card."""

    @property
    def dues(self) -> dict[Rating, int]:
        """The study day that each button leads to, as an ordinal; today for a learning step."""
        today = self.today.toordinal()
        return {
            rating: today if outcome.memory.due_day is None else outcome.memory.due_day.toordinal()
            for rating, outcome in self.outcomes.items()
        }


def why(study: Study, card: str, *, asked: bool = False) -> Why:
    """Everything there is to say of a card.

    Args:
        study: of the learner.
        card: its id; one that the course no longer has keeps what was learnt of it.
        asked: whether it lies before the learner now.
    """
    desk = study.desk
    memory = desk.store.queue.memory(card) or CardMemory(card, CardState.UNSEEN)
    gone = not card.startswith(OWN) and card not in desk.catalogue.card_ids
    terms = Terms(desk, memory)
    counted = answers_to(desk.store.log, card)[-memory.reps :] if memory.reps else []
    path = desk.repair.of(card)
    fit = fit_in_force(desk.store.log)
    concept = desk.concepts.of(card)
    outcomes = {} if gone else terms.outcomes()
    titles = [desk.concepts.title(one, desk.language) for one in desk.concepts.prerequisites(concept)]
    return Why(
        memory=memory,
        question=question_of(study, card),
        cause=_cause(desk, memory, gone=gone, asked=asked),
        asked=asked,
        now=desk.now(),
        today=desk.day(),
        answers=counted,
        recall=_recall(desk, memory),
        preset=terms.preset,
        fitted_on=None if fit is None else fit.day,
        outcomes=outcomes,
        curve=_curve(desk, counted, terms.preset, outcomes),
        leech=study.leeches.marked(memory),
        concept=desk.concepts.title(concept, desk.language) if concept else "",
        prerequisites=tuple(titles),
        section=desk.catalogue.card_ids.get(card, ""),
        begun=desk.store.days.totals(desk.day()).started,
        may_begin=desk.queue.counts().new,
        repair=None if path is None else desk.repair.phrase(path),
        aside=_aside(desk, card),
    )


def _aside(desk: Desk, card: str) -> int:
    """How many siblings of a card wait for another day, since two of one note are not asked on one."""
    if not desk.preferences["bury_siblings"]:
        return 0
    standings = desk.store.slips.standings(desk.siblings.of(card)).values()
    waiting = [one for one in standings if one.memory.state is CardState.NEW or _due(desk, one.memory)]
    return sum(not one.suspended for one in waiting)


def question_of(study: Study, card: str) -> str:
    """What a card asks, on one line in the language in use; its id where the text is gone."""
    from studybuddy.study.paper import one_line

    try:
        return one_line(study.question(card)[1])
    except (StudybuddyError, StopIteration):
        return card


def _cause(desk: Desk, memory: CardMemory, *, gone: bool, asked: bool) -> Cause:
    suspended, _, buried = desk.store.queue.flags(memory.id)
    if gone:
        return Cause.GONE
    if suspended:
        return Cause.SUSPENDED
    if buried == desk.day():
        return Cause.BURIED
    if memory.due_at is None and desk.repair.of(memory.id) is not None and not _due(desk, memory):
        return Cause.REPAIR
    if memory.state in (CardState.UNSEEN, CardState.NEW):
        return Cause(memory.state.value)
    if memory.due_at is not None:
        later = Cause.STEP_AHEAD if asked else Cause.STEP_LATER
        return Cause.STEP if memory.due_at <= desk.now() else later
    if _due(desk, memory):
        return Cause.DUE if asked else _held_back(desk, memory.id)
    return Cause.EARLY if asked else Cause.LATER


def _held_back(desk: Desk, card: str) -> Cause:
    """Why a card that is due is not asked today, if it is not."""
    plan = desk.queue.chosen()
    if plan.more or card in plan.reviews:
        return Cause.DUE
    return Cause.SIBLING if plan.rests_already(card) else Cause.FULL


def _due(desk: Desk, memory: CardMemory) -> bool:
    """Whether a card in review is due."""
    return memory.due_day is not None and memory.due_day <= desk.day()


def _recall(desk: Desk, memory: CardMemory) -> float | None:
    if memory.stability is None or memory.last_day is None:
        return None
    _, parameters = parameters_in_force(desk.store.log)
    days = max(0, (desk.day() - memory.last_day).days)
    return Fsrs6(parameters).retrievability(memory.stability, days)


def _curve(
    desk: Desk, answers: Sequence[Answer], preset: Preset, outcomes: Mapping[Rating, Outcome]
) -> RecallCurve | None:
    """The curve from the first answer on, or the latest of many; of a card without an answer a plan."""
    _, parameters = parameters_in_force(desk.store.log)
    model, today = Fsrs6(parameters), desk.day().toordinal()
    if not answers:
        if not outcomes:
            return None
        return planned_curve(model, preset.desired_retention, today, preset.maximum_interval)
    reviews = [(answer.event.day.toordinal(), int(answer.rating)) for answer in answers]
    days = sorted({day for day, _ in reviews})[-SHOWN_DAYS:]
    end = today + _ahead(today - days[0], outcomes)
    curve = recall_curve(model, reviews, today, end)
    return None if curve is None else curve.latest(SHOWN_DAYS)


def _ahead(past: int, outcomes: Mapping[Rating, Outcome]) -> int:
    """Days of the future to show: up to where the buttons lead, but no more than leaves the past in sight."""
    good, easy = (
        outcomes[rating].interval_days if rating in outcomes else 0 for rating in (Rating.GOOD, Rating.EASY)
    )
    most = max(past, min(good, 3 * past) if past > 0 else good)
    return max(2, past // 5, min(ceil(easy * 1.05), ceil(most * 1.1)))
