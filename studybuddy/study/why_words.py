"""Why a card is here now, worded in the language in use."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple

from studybuddy.core.card import CardState
from studybuddy.i18n import N_, _, day_name, ngettext, say
from studybuddy.study.answer_log import Answer
from studybuddy.study.outcome_words import RATING_WORDS
from studybuddy.study.spans import days_phrase, wait_phrase
from studybuddy.study.why import Cause, Why

_PLAIN = {
    Cause.SUSPENDED: N_("suspended: not asked until that is lifted"),
    Cause.BURIED: N_("put aside until the next study day"),
    Cause.GONE: N_("its text is gone from the course: not asked any more, what was learnt stays"),
}
_HELD_BACK = {
    Cause.SIBLING: N_("{due}; waits for another day, since a card that gives it away was answered today"),
    Cause.FULL: N_("{due}; waits for another day, since today is full"),
}
_STEPS = {
    Cause.STEP: N_("its learning step came due at {time}"),
    Cause.STEP_AHEAD: N_("early, since nothing else is left: its learning step is due at {time}"),
    Cause.STEP_LATER: N_("in its learning steps: asked again at {time}"),
}


class Row(NamedTuple):
    """A label and what stands beside it."""

    label: str
    text: str


def reason_words(why: Why) -> str:
    """Why the card is asked now, or when and why not; one sentence."""
    memory = why.memory
    if why.cause in _PLAIN:
        return _(_PLAIN[why.cause])
    if why.cause in _STEPS and memory.due_at is not None:
        return _(_STEPS[why.cause], time=_clock(why, memory.due_at))
    if why.cause is Cause.REPAIR:
        return say(why.repair)
    if why.cause is Cause.UNSEEN:
        return _("not begun: it becomes new when its section of the lesson is read or its answer accepted")
    if why.cause is Cause.NEW:
        return _new_words(why)
    if memory.due_day is None:
        return _("learnt, but due on no day")
    return _due_words(why, memory.due_day)


def _new_words(why: Why) -> str:
    if why.asked:
        limit = why.begun + max(1, why.may_begin)
        return _("new: number {n} of the {limit} that may begin today", n=why.begun + 1, limit=limit)
    return _(
        "new: waits for its turn; {n} began today, {more} more may", n=why.begun, more=max(0, why.may_begin)
    )


def _due_words(why: Why, due: date) -> str:
    late = (why.today - due).days
    said = _("due today")
    if late > 0:
        said = _("due since {day}, {span}", day=dated(due, why.today), span=say(days_phrase(late)))
    if why.cause in _HELD_BACK:
        return _(_HELD_BACK[why.cause], due=said)
    if late >= 0:
        return said
    words = N_("not due before {day}, in {span}")
    if why.asked:
        words = N_("early, since you asked for it: not due before {day}, in {span}")
    return _(words, day=dated(due, why.today), span=say(days_phrase(-late)))


def why_rows(why: Why) -> list[Row]:
    """What else there is to know, a label and a line each; nothing that there is nothing to say of."""
    rows = [
        Row(_("Last answer"), _last_words(why)),
        Row(_("Recall"), _recall_words(why)),
        Row(_("Memory"), _memory_words(why)),
        Row(_("So far"), _tally_words(why)),
        Row(_("Concept"), _concept_words(why)),
        Row(_("Siblings"), _sibling_words(why)),
        Row(_("Studied by"), _terms_words(why)),
    ]
    return [row for row in rows if row.text]


def _last_words(why: Why) -> str:
    if not why.answers:
        return _("none yet")
    last = why.answers[-1]
    ago = (why.today - last.event.day).days
    when = _(
        "{rating} on {day}, {ago} ago",
        rating=_(RATING_WORDS[last.rating]),
        day=dated(last.event.day, why.today),
        ago=say(days_phrase(ago)),
    )
    if ago <= 0:
        at = _clock(why, _instant(last))
        when = _("{rating} today at {time}", rating=_(RATING_WORDS[last.rating]), time=at)
    return f"{when} → {given_words(last)}"


def given_words(answer: Answer) -> str:
    """The interval that an answer was given, and for which recall."""
    if answer.due_at is not None:
        wait = max(answer.due_at - _instant(answer), timedelta())
        return _("{span}, a learning step", span=say(wait_phrase(wait)))
    span = say(days_phrase(answer.interval_days))
    aim = answer.desired_retention
    return span if aim is None else _("{span}, for {percent} recall", span=span, percent=wanted(aim))


def _recall_words(why: Why) -> str:
    asked = wanted(why.preset.desired_retention)
    if why.recall is None:
        return _("unknown before the first answer; {asked} is asked for", asked=asked)
    return _("{percent} expected now; {asked} is asked for", percent=percent(why.recall), asked=asked)


def _memory_words(why: Why) -> str:
    memory = why.memory
    if memory.stability is None or memory.difficulty is None:
        return ""
    return _(
        "recall falls to 90% {span} after the last answer · difficulty {difficulty} of 10",
        span=stability_words(memory.stability),
        difficulty=f"{memory.difficulty:.1f}",
    )


def stability_words(days: float) -> str:
    """A stability as a span: to a tenth of a day where it is short, to an hour below a day."""
    if days < 1:
        return say(wait_phrase(timedelta(days=days)))
    return _("{days} days", days=f"{days:.1f}") if days < 10 else say(days_phrase(round(days)))


def _tally_words(why: Why) -> str:
    memory = why.memory
    if not memory.reps:
        return ""
    answered = ngettext("{n} answer", "{n} answers", memory.reps)
    forgotten = ngettext("forgotten {n} time", "forgotten {n} times", memory.lapses)
    if why.leech:
        return f"{answered} · {forgotten}: " + _("a leech")
    never = memory.state in (CardState.REVIEW, CardState.LEARNING) and not memory.lapses
    return f"{answered} · " + (_("never forgotten") if never else forgotten)


def _concept_words(why: Why) -> str:
    if not why.concept or not why.prerequisites:
        return why.concept
    listed = _(", ").join(why.prerequisites)
    return _("{concept}; rests on {prerequisites}", concept=why.concept, prerequisites=listed)


def _sibling_words(why: Why) -> str:
    if not why.aside:
        return ""
    return ngettext(
        "{n} waits for another day, so that it gives nothing away",
        "{n} wait for another day, so that they give nothing away",
        why.aside,
    )


def _terms_words(why: Why) -> str:
    named = why.preset.name
    preset = _("preset {name}", name=named) if named else _("the default preset")
    fitted = why.fitted_on
    model = (
        _("default parameters of the memory model")
        if fitted is None
        else _("your own parameters of {day}", day=dated(fitted, why.today))
    )
    return f"{preset} · {model}"


def dated(day: date, today: date) -> str:
    """A day by its name, with the year where that is another."""
    return day_name(day) if day.year == today.year else f"{day_name(day)} {day.year}"


def percent(share: float) -> str:
    """An expected recall in whole percent; what is not certain is never said to be."""
    return f"{share:.0%}" if share == 1 else f"{min(share, 0.99):.0%}"


def wanted(share: float) -> str:
    """A desired retention, to as many digits as it was set to."""
    return f"{share * 100:.4g}%"


def _instant(answer: Answer) -> datetime:
    """When an answer was given, by the clock of that moment; noon of its day where that makes no sense."""
    event = answer.event
    try:
        zone = timezone(timedelta(minutes=event.tz_min))
        return datetime.fromtimestamp(event.wall_ms / 1000, zone)
    except (ValueError, OverflowError, OSError):
        return datetime.combine(event.day, time(12), UTC)


def _clock(why: Why, instant: datetime) -> str:
    """A time of day in the learner's zone, with the day where that is another."""
    local = instant.astimezone(why.now.tzinfo)
    if abs((local.date() - why.now.date()).days) > 1:
        return f"{dated(local.date(), why.today)} {local:%H:%M}"
    return f"{local:%H:%M}"
