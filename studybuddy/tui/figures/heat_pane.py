"""The year as a map, with a day that can be chosen."""

from __future__ import annotations

from datetime import date, timedelta

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive

from studybuddy.i18n import N_, _, day_name, ngettext
from studybuddy.study.statistics.glance import Glance
from studybuddy.study.statistics.heat_map import HeatMap, Measure
from studybuddy.tui.charts.heat import heat_lines, legend, place
from studybuddy.tui.figures.figure_pane import FigurePane

MEASURE_WORDS = {Measure.REVIEWS: N_("reviews"), Measure.MINUTES: N_("minutes")}


class HeatPane(FigurePane[Glance]):
    """The map, what the day in front holds, and what the signs mean."""

    HEAD = N_("The year")

    chosen: reactive[date | None] = reactive(None)
    """The day in front; today as long as none was chosen."""
    measure: reactive[Measure] = reactive(Measure.REVIEWS)
    """What makes a day dark."""

    class Chosen(Message):
        """A day was clicked."""

        def __init__(self, day: date) -> None:
            self.day = day
            super().__init__()

    def watch_chosen(self) -> None:
        """Show the figures of the day."""
        self.reword()

    def watch_measure(self) -> None:
        """Shade the days anew."""
        self.reword()

    def move(self, days: int) -> None:
        """Choose a day before or after; none of the future, none before the map."""
        if (told := self._told) is not None:
            day = (self.chosen or told.today) + timedelta(days=days)
            self.chosen = min(max(day, told.heat.first), told.today)

    def lines(self, told: Glance, width: int) -> list[Content]:
        """The map over the day in front."""
        day = min(self.chosen or told.today, told.today)
        drawn = heat_lines(told.heat, self.measure, day, width, self.glyphs)
        meaning = legend(self.glyphs, _("less"), _("more") + " · " + _(MEASURE_WORDS[self.measure]))
        figures = Content.assemble(
            (f"{self.glyphs.here} ", "bold $accent"),
            (day_name(day), "bold"),
            ("  " + day_words(told.heat, day), ""),
        )
        gap = width - figures.cell_length - meaning.cell_length
        if gap >= 2:
            return [*drawn, Content.assemble(figures, " " * gap, meaning)]
        return [*drawn, figures, meaning]

    async def _on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self)
        if self._told is not None and offset is not None:
            day = place(self.content_size.width).day(self._told.heat, offset.x, offset.y)
            if day is not None:
                self.chosen = day
                self.post_message(self.Chosen(day))


def day_words(heat: HeatMap, day: date) -> str:
    """What was done on a day, in words."""
    totals = heat.totals(day)
    done = [
        (totals.reviews, ngettext("{n} review", "{n} reviews", totals.reviews)),
        (totals.started, ngettext("{n} new card", "{n} new cards", totals.started)),
        (totals.attempts, ngettext("{n} run", "{n} runs", totals.attempts)),
        (totals.steps, ngettext("{n} step", "{n} steps", totals.steps)),
        (totals.interviews, ngettext("{n} interview answer", "{n} interview answers", totals.interviews)),
        (totals.elapsed_ms, _("{n} min", n=max(1, round(totals.elapsed_ms / 60_000)))),
    ]
    return " · ".join(words for count, words in done if count > 0) or _("nothing")
