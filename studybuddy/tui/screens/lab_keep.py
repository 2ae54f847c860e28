"""Keeping the counter-example of a run as a case and a card."""

from __future__ import annotations

from studybuddy.core.exercise import Exercise
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import Counterexample
from studybuddy.i18n import N_
from studybuddy.tui.screens.base import StudyScreen


async def keep_example(screen: StudyScreen, exercise: Exercise, example: Counterexample) -> Phrase:
    """Keep it, and say what became of it.

    Raises:
        StudybuddyError: it could not be written, or there are too many cases already.
    """
    kept = await screen.ask(lambda study: study.own_cases.keep(exercise, example))
    number = kept.case.name.rpartition("-")[2]
    if not kept.new:
        return Phrase.of(N_("kept already as your case {n}"), n=number)
    if kept.card is None:
        return Phrase.of(N_("kept as your case {n}: every run tries it from now on"), n=number)
    return Phrase.of(N_("kept as your case {n}, and as a card for review"), n=number)
