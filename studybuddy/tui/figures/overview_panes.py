"""Beside the year: how long in a row, how much in all, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, day_name, ngettext, short_day
from studybuddy.study.statistics import words
from studybuddy.study.statistics.ahead import DueDay
from studybuddy.study.statistics.figures import Figures
from studybuddy.study.statistics.glance import Glance
from studybuddy.tui.charts.columns import Bars, columns
from studybuddy.tui.figures.figure_pane import FigurePane, muted, sentences, table

FORTNIGHT = 14
HEIGHT = 4
EVERY = 5
"""Days from one label to the next, where not every day has one."""


class TotalsPane(FigurePane[Glance]):
    """Today, the last days and everything, side by side."""

    HEAD = N_("What was done")

    def lines(self, told: Glance, width: int) -> list[Content]:
        """A sentence on the streak over a table."""
        streak = ngettext("{n}-day streak", "{n}-day streak", told.streak)
        longest = _("longest {days}", days=told.longest)
        rows = [
            (_("reviews"), [e.reviews for e in told.efforts.values()]),
            (_("minutes"), [round(e.minutes) for e in told.efforts.values()]),
            (_("new cards"), [e.started for e in told.efforts.values()]),
            (_("programs run"), [e.attempts for e in told.efforts.values()]),
            (_("derivation steps"), [e.steps for e in told.efforts.values()]),
            (_("interview answers"), [e.interviews for e in told.efforts.values()]),
            (_("study days"), [e.days for e in told.efforts.values()]),
        ]
        head = ["", *(_(words.PERIOD_WORDS[period]) for period in told.efforts)]
        drawn = table(head, [(label, *map(str, figures)) for label, figures in rows], width)
        return [Content.assemble((streak, "bold"), (f" · {longest}", "$text-muted")), Content(), *drawn]


class AheadPane(FigurePane[Glance]):
    """Reviews of the coming days as things stand."""

    HEAD = N_("Due in the next days")

    def __init__(self, days: int = FORTNIGHT, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._days = days

    def lines(self, told: Glance, width: int) -> list[Content]:
        """A bar a day."""
        days = told.ahead[: self._days]
        found = sentences([words.ahead_words(days)], width)
        if any(day.due for day in days):
            found += [
                Content(),
                *columns(_bars(days), width, HEIGHT, self.glyphs),
                *muted([_most(days)], width),
            ]
        return found


def _bars(days: Sequence[DueDay]) -> Bars:
    labels = [str(day.day.day) for day in days]
    if len(days) > FORTNIGHT:
        labels = [short_day(day.day) if n % EVERY == 0 else "" for n, day in enumerate(days)]
    most = max(day.due for day in days)
    return Bars([day.due for day in days], labels, top=str(most), marked=0)


def _most(days: Sequence[DueDay]) -> Phrase:
    most = max(days, key=lambda day: day.due)
    said = N_("Most on {day}: {due}, about {minutes} minutes.")
    return Phrase.of(said, day=day_name(most.day), due=most.due, minutes=max(1, round(most.minutes)))


class CardsPane(FigurePane[Figures]):
    """How many cards there are of each sort, and how many of them are known."""

    HEAD = N_("Your cards")

    def lines(self, told: Figures, width: int) -> list[Content]:
        """What is known over a table of sorts."""
        head = [_("new"), _("being learnt"), _("young"), _("mature"), _("suspended")]
        counts = [str(count) for count in told.cards]
        return [
            *sentences([words.known_words(told.known)], width),
            Content(),
            *table(["", *head], [("", *counts)], width),
        ]
