"""How far the learner is with a section, in signs and words."""

from __future__ import annotations

from studybuddy.core.lesson import Section
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, say
from studybuddy.study.day import SectionPlan
from studybuddy.tui.widgets.place_list import Place


def place_of(number: int, plan: SectionPlan) -> Place:
    """A section in the list beside the page: its sign says how far the learner is with it."""
    sign = "✓" if plan.done else "~" if plan.started else "·"
    return Place(f"{number} {plan.title}", sign, plan.done, say(plan.detail))


def now_read(section: Section, started: int) -> Phrase:
    """What was just marked, and how many cards it started."""
    if started:
        return Phrase.of(
            N_("section {number} is read; {n} card will come up for review · u takes it back"),
            plural=N_("section {number} is read; {n} cards will come up for review · u takes it back"),
            n=started,
            number=section.number,
        )
    return Phrase.of(N_("section {number} is read · u takes it back"), number=section.number)
