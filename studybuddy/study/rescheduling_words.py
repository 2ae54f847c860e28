"""What a rescheduling would do, in sentences."""

from __future__ import annotations

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.rescheduling import DAYS, Moved, Preview
from studybuddy.study.spans import days_phrase

NOTHING = Phrase(N_("No card moves: each is due within the spread of its interval."))
DAY_TURNED = Phrase(N_("The study day has turned: this was computed anew."))
CHANGED = Phrase(N_("Something was recorded meanwhile: this was computed anew."))


def preview_phrases(preview: Preview) -> list[Phrase]:
    """A sentence a line: what moves, what of it is due today, how far, how many minutes, what is left out."""
    if not preview.moves:
        return [NOTHING, *_left_out(preview)]
    moves = Phrase.of(
        N_("{n} of {looked} cards moves: {sooner} sooner, {later} later"),
        plural=N_("{n} of {looked} cards move: {sooner} sooner, {later} later"),
        n=len(preview.moves),
        looked=preview.looked,
        sooner=len(preview.sooner),
        later=len(preview.later),
    )
    today = Phrase.of(
        N_("today: {due} become due, {not_due} are due no longer"),
        due=preview.due_now,
        not_due=preview.not_now,
    )
    minutes = Phrase.of(
        N_("minutes a day over {days} days: {before} → {after}; the fullest day {most} → {most_after}"),
        days=DAYS,
        before=_mean(preview.before),
        after=_mean(preview.after),
        most=_minutes(max(preview.before)),
        most_after=_minutes(max(preview.after)),
    )
    spans = [
        Phrase.of(words, shortest=_span(group[-1]), longest=_span(group[0]))
        for words, group in (
            (N_("sooner by {shortest} to {longest}"), preview.sooner),
            (N_("later by {shortest} to {longest}"), preview.later),
        )
        if group
    ]
    return [moves, today, *spans, minutes, *_left_out(preview)]


def _left_out(preview: Preview) -> list[Phrase]:
    if not preview.stepping and not preview.suspended:
        return []
    words = N_("left out: {stepping} in a learning step, {suspended} suspended")
    return [Phrase.of(words, stepping=preview.stepping, suspended=preview.suspended)]


def _span(move: Moved) -> Phrase:
    return days_phrase(abs(move.days))


def _mean(minutes: tuple[float, ...]) -> str:
    return _minutes(sum(minutes) / len(minutes))


def _minutes(minutes: float) -> str:
    return f"{minutes:.1f}" if minutes < 10 else f"{minutes:.0f}"
