"""A year as a map: a column a week, a line a weekday, the busier a day the darker."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from textual.content import Content

from studybuddy.i18n import month_name, weekday_name
from studybuddy.study.statistics.heat_map import LEVELS, WEEKS, HeatMap, Measure
from studybuddy.text import cell_width, pad
from studybuddy.tui.charts.glyphs import Glyphs

WEEK = 7
TONES = ("$foreground 35%", "$primary 65%", "$primary 80%", "$primary", "$primary")
"""Of the levels; the signs differ, too, so that no colour is needed."""


class Place(NamedTuple):
    """How a map lies: cells before the days, cells of a week, weeks that fit, the last ones of the year."""

    margin: int
    cells: int
    weeks: int

    def day(self, heat: HeatMap, x: int, y: int) -> date | None:
        """The day at a cell of the map, its first line being the months."""
        week, weekday = (x - self.margin) // self.cells, y - 1
        if x < self.margin or week >= self.weeks or not 0 <= weekday < WEEK:
            return None
        day = heat.first + timedelta(weeks=WEEKS - self.weeks + week, days=weekday)
        return day if day <= heat.today else None


def place(width: int) -> Place:
    """How a map lies in a width."""
    margin = max(cell_width(weekday_name(day)) for day in range(WEEK)) + 1
    room = max(1, width - margin)
    cells = 2 if room >= 2 * WEEKS else 1
    return Place(margin, cells, min(WEEKS, room // cells))


def heat_lines(heat: HeatMap, measure: Measure, selected: date, width: int, glyphs: Glyphs) -> list[Content]:
    """The months and seven weekdays. The day that is selected stands out, and so do its week and weekday."""
    lies = place(width)
    first = heat.first + timedelta(weeks=WEEKS - lies.weeks)
    lines = [_months(first, lies, selected)]
    for weekday in range(WEEK):
        name = pad(weekday_name(weekday), lies.margin)
        here = weekday == selected.weekday()
        parts = [(name, "bold $foreground" if here else "$text-muted")]
        for week in range(lies.weeks):
            day = first + timedelta(weeks=week, days=weekday)
            parts.append(_cell(heat, day, measure, day == selected, glyphs))
            parts.append((" " * (lies.cells - 1), ""))
        lines.append(Content.assemble(*parts))
    return lines


def legend(glyphs: Glyphs, less: str, more: str) -> Content:
    """What the signs mean, from little to much."""
    parts = [(f"{less} ", "$text-muted")]
    parts += [(glyphs.heat[level] + " ", TONES[level]) for level in range(LEVELS + 1)]
    return Content.assemble(*parts, (more, "$text-muted"))


def _cell(heat: HeatMap, day: date, measure: Measure, selected: bool, glyphs: Glyphs) -> tuple[str, str]:
    if day > heat.today:
        return " ", ""
    level = heat.level(day, measure)
    return glyphs.heat[level], "reverse bold $accent" if selected else TONES[level]


def _months(first: date, lies: Place, selected: date) -> Content:
    """The name of each month above the week in which it begins, as far as they do not touch."""
    line = " " * lies.margin
    chosen = ("", 0)
    for week in range(lies.weeks):
        monday = first + timedelta(weeks=week)
        begins = [day for n in range(WEEK) if (day := monday + timedelta(days=n)).day == 1]
        start, used = lies.margin + week * lies.cells, cell_width(line)
        name = month_name(begins[0].month) if begins else ""
        end = lies.margin + lies.weeks * lies.cells
        if name and (start > used or used == lies.margin) and start + cell_width(name) <= end:
            line = pad(line, start) + name
            if (begins[0].year, begins[0].month) == (selected.year, selected.month):
                chosen = (name, len(pad(line, start)) - len(name))
    name, at = chosen
    content = Content.styled(line, "$text-muted")
    return content.stylize("bold $foreground", at, at + len(name)) if name else content
