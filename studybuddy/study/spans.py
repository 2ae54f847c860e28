"""Spans of time as a learner reads them."""

from __future__ import annotations

from datetime import datetime, timedelta

from studybuddy.core.card import Outcome
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_

LONG_MINUTES = 120
"""From here on a wait is said in hours."""


def interval_phrase(outcome: Outcome, now: datetime) -> Phrase:
    """The wait that a button promises: minutes for a learning step, days for a step or review of days."""
    if outcome.memory.due_at is not None and not outcome.interval_days:
        return wait_phrase(outcome.memory.due_at - now)
    return days_phrase(outcome.interval_days)


def wait_phrase(wait: timedelta) -> Phrase:
    """Minutes and seconds, so that a step of five and a half minutes is no promise of six; later hours."""
    seconds = max(round(wait.total_seconds()), 1)
    minutes, rest = divmod(seconds, 60)
    if minutes >= LONG_MINUTES:
        return Phrase.of(N_("{hours} h"), hours=f"{round(seconds / 3600, 1):g}")
    if not minutes:
        return Phrase.of(N_("{seconds} s"), seconds=str(rest))
    if not rest:
        return Phrase.of(N_("{minutes} min"), minutes=str(minutes))
    return Phrase.of(N_("{minutes} min {seconds} s"), minutes=str(minutes), seconds=str(rest))


def days_phrase(days: int) -> Phrase:
    """Days, from 60 on months, from two years on years."""
    if days < 60:
        return Phrase.of(N_("{n} day"), plural=N_("{n} days"), n=days)
    if days < 730:
        return Phrase.of(N_("{months:.1f} months"), months=days / 30.44)
    return Phrase.of(N_("{years:.1f} years"), years=days / 365.25)
