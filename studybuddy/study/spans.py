"""Spans of time as a learner reads them."""

from __future__ import annotations

from datetime import datetime, timedelta

from studybuddy.core.card import Outcome
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_


def interval_phrase(outcome: Outcome, now: datetime) -> Phrase:
    """The wait that a button promises: minutes for a learning step, days or longer for a review."""
    if outcome.memory.due_at is not None:
        return wait_phrase(outcome.memory.due_at - now)
    return days_phrase(outcome.interval_days)


def wait_phrase(wait: timedelta) -> Phrase:
    """Minutes to a tenth, so that a step of 5.5 minutes is no promise of 6; from two hours on hours."""
    minutes = max(wait / timedelta(minutes=1), 0.1)
    if minutes < 120:
        return Phrase.of(N_("{minutes} min"), minutes=f"{round(minutes, 1):g}")
    return Phrase.of(N_("{hours} h"), hours=f"{round(minutes / 60, 1):g}")


def days_phrase(days: int) -> Phrase:
    """Days, from 60 on months, from two years on years."""
    if days < 60:
        return Phrase.of(N_("{n} day"), plural=N_("{n} days"), n=days)
    if days < 730:
        return Phrase.of(N_("{months:.1f} months"), months=days / 30.44)
    return Phrase.of(N_("{years:.1f} years"), years=days / 365.25)
