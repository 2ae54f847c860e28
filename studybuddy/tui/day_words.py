"""What is said of a day as a whole: how to begin it, and how it ended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, say
from studybuddy.text import cell_width, clean_line
from studybuddy.tui.agenda import EntryKind, next_entry
from studybuddy.tui.manner import READ_ONLY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studybuddy.study.day import DayPlan, Tomorrow


def first_steps(plan: DayPlan) -> list[Phrase]:
    """Three lines for someone who has not begun anything yet, none for anyone else."""
    lesson = plan.lesson
    if lesson is None or lesson.errors or lesson.complete or plan.reviewed or plan.streak:
        return []
    if plan.counts.due or plan.counts.new or any(section.started for section in lesson.sections):
        return []
    return [
        Phrase(N_("Press Enter to read the first section. Its cards then come up under Review,")),
        Phrase(N_("each one again just before you would forget it.")),
        Phrase(N_("On every screen ? shows the keys, and a comma opens the settings.")),
    ]


def welcome(plan: DayPlan) -> list[Phrase]:
    """Where the learner stands who comes back, and that the pace is theirs; nothing for anyone else."""
    if plan.comeback is None:
        return []
    from studybuddy.study.limit_words import comeback_lines

    first, end, *cost = comeback_lines(plan.comeback, plan.date)
    how = N_("+ chooses how much a day, or everything today.")
    last = Phrase.of(N_("{cost} + changes that."), cost=cost[0]) if cost else Phrase(how)
    return [Phrase.of("{line}", line=first), Phrase.of("{line}", line=end), last]


def first_of(notes: Sequence[Phrase], room: int) -> Phrase:
    """What cannot be used, in a line of `room` cells: of several, or of a longer one, where it is read."""
    if (len(notes) == 1 and cell_width(clean_line(say(notes[0]))) <= room) or notes[0] == READ_ONLY:
        return notes[0]
    return Phrase.of(
        N_("{n} thing in the settings cannot be used: a comma shows it"),
        plural=N_("{n} things in the settings cannot be used: a comma shows them"),
        n=len(notes),
    )


def nothing_due(plan: DayPlan) -> Phrase:
    """Why there is nothing to review, and what to do instead."""
    following = next_entry(plan)
    if following is None or following.kind is not EntryKind.SECTION or plan.lesson is None:
        return Phrase(N_("nothing is due"))
    ids = [section.id for section in plan.lesson.sections]
    number = ids.index(following.id) + 1
    if plan.reviewed:
        words = N_("Nothing is due now. Enter goes on with section {number}")
    else:
        words = N_("Read a section and its cards come up here · Enter begins section {number}")
    return Phrase.of(words, number=number)


def goodbye(plan: DayPlan, tomorrow: Tomorrow) -> list[Phrase]:
    """That the day is done, what was done, and what the next one brings."""
    lines = [Phrase(N_("Done for today. Well done."))]
    if plan.reviewed:
        lines.append(
            Phrase.of(N_("{n} card reviewed today."), plural=N_("{n} cards reviewed today."), n=plan.reviewed)
        )
    cards = tomorrow.due + tomorrow.new
    if cards and tomorrow.lesson:
        words = N_("Tomorrow: {cards} to review, and {lesson}.")
        lines.append(Phrase.of(words, cards=cards, lesson=tomorrow.lesson))
    elif cards:
        lines.append(Phrase.of(N_("Tomorrow: {cards} to review."), cards=cards))
    elif tomorrow.lesson:
        lines.append(Phrase.of(N_("Tomorrow: {lesson}."), lesson=tomorrow.lesson))
    return lines
