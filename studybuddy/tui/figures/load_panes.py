"""What is coming and what it costs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, month_name, short_day
from studybuddy.study.statistics import words
from studybuddy.study.statistics.figures import Figures
from studybuddy.text import cell_width
from studybuddy.tui.charts.bars import bar
from studybuddy.tui.charts.columns import Bars, columns
from studybuddy.tui.figures.figure_pane import FigurePane, muted, sentences

if TYPE_CHECKING:
    from datetime import date

    from studybuddy.memory.forecast import Forecast, Workload

HEIGHT = 4
WEEK = 7
EVERY = 10
"""Days from one label to the next."""


class YearTold(NamedTuple):
    """The simulated year from a day on."""

    today: date
    year: Forecast


class YearPane(FigurePane[YearTold]):
    """Minutes a day over the coming year, week by week."""

    HEAD = N_("The coming year, minutes a day")

    def lines(self, told: YearTold, width: int) -> list[Content]:
        """A bar a week, with the months below."""
        from datetime import timedelta

        said = sentences([words.year_words(told.year)], width)
        days = told.year.days
        weeks = [days[n : n + WEEK] for n in range(0, len(days) - len(days) % WEEK, WEEK)]
        if not told.year.learnt or not weeks:
            return said
        minutes = [sum(day.minutes for day in week) / len(week) for week in weeks]
        labels, last = [], told.today.month
        for n in range(len(weeks)):
            month = (told.today + timedelta(days=n * WEEK)).month
            labels.append(month_name(month) if month != last else "")
            last = month
        top = f"{max(minutes):.0f}" if max(minutes) >= 10 else f"{max(minutes):.1f}"
        return [*said, Content(), *columns(Bars(minutes, labels, top=top), width, HEIGHT, self.glyphs)]


class WorkloadTold(NamedTuple):
    """Points of the curve as far as they are there, of `expected` ones."""

    points: Sequence[Workload]
    expected: int
    desired: float


class WorkloadPane(FigurePane[WorkloadTold]):
    """What each desired retention would cost and leave after a year."""

    HEAD = N_("Workload and desired retention")

    def lines(self, told: WorkloadTold, width: int) -> list[Content]:
        """A line a retention, the present one marked."""
        points = sorted(told.points, key=lambda point: point.retention)
        done = len(points) >= told.expected
        said = [words.workload_words(points, told.desired)] if done else []
        if not done:
            progress = N_("being worked out … {done} of {all}")
            said = [Phrase.of(progress, done=len(points), all=told.expected)]
        rows = [_Row(point, abs(point.retention - told.desired) < 1e-6) for point in points]
        drawn = self._rows(rows, width) if rows else []
        note = Phrase(N_("As if every card had always been scheduled so; {here} is yours."))
        note = Phrase.of(note.message, here=self.glyphs.here)
        return [*sentences(said, width), Content(), *drawn, *muted([note], width)]

    def _rows(self, rows: Sequence[_Row], width: int) -> list[Content]:
        head = [_("wanted"), _("minutes a day"), _("reviews"), _("remembered")]
        figures = [row.figures for row in rows]
        cells = [max(cell_width(line[n]) for line in (head, *figures)) for n in range(4)]
        if sum(cells) + 20 > width:
            cells[2] = 0
        room = width - 2 - sum(cells) - 2 * sum(size > 0 for size in cells)
        most = max(row.point.minutes_a_day for row in rows) or 1.0
        bars = max(0, min(24, room))
        lines = [Content.styled("  " + _cells(head, cells, bars, ""), "$text-muted")]
        for row, texts in zip(rows, figures, strict=True):
            drawn = bar(row.point.minutes_a_day / most, bars, self.glyphs)
            mark = f"{self.glyphs.here} " if row.here else "  "
            wanted, minutes, *others = (
                " " * (size - cell_width(text)) + text if size else ""
                for text, size in zip(texts, cells, strict=True)
            )
            lines.append(
                Content.assemble(
                    (mark, "bold $accent"),
                    (f"{wanted}  {minutes}  ", "bold" if row.here else ""),
                    (drawn, "bold $accent" if row.here else "$primary"),
                    ("".join(f"  {text}" for text in others if text), "bold" if row.here else ""),
                )
            )
        return lines


class _Row(NamedTuple):
    """A point of the curve, and whether it is the learner's."""

    point: Workload
    here: bool

    @property
    def figures(self) -> tuple[str, str, str, str]:
        """Retention, minutes and reviews a day, cards remembered."""
        point = self.point
        retention = f"{point.retention:.1%}" if point.retention * 100 % 1 > 0.01 else f"{point.retention:.0%}"
        minutes = f"{point.minutes_a_day:.1f}"
        return retention, minutes, f"{point.reviews_a_day:.0f}", f"{point.remembered:.0f}"


def _cells(texts: Sequence[str], cells: Sequence[int], bars: int, gap: str) -> str:
    wanted, minutes, reviews, remembered = texts
    first = " " * (cells[0] - cell_width(wanted)) + wanted
    second = " " * (cells[1] - cell_width(minutes)) + minutes
    others = [(reviews, cells[2]), (remembered, cells[3])]
    rest = "".join("  " + " " * (size - cell_width(text)) + text for text, size in others if size)
    return f"{first}  {second}  " + " " * bars + gap + rest


class JoinedPane(FigurePane[Figures]):
    """Cards that came and cards that were begun, day by day."""

    HEAD = N_("New cards of the last 30 days")

    def lines(self, told: Figures, width: int) -> list[Content]:
        """A bar a day of what was begun, and of what was added where that is anything."""
        days = told.joined
        said = sentences([words.joined_words(days)], width)
        labels = [short_day(day.day) if n % EVERY == 0 else "" for n, day in enumerate(days)]
        found = [*said]
        for name, counts in ((_("begun"), [d.begun for d in days]), (_("added"), [d.added for d in days])):
            if any(counts):
                bars = Bars(counts, labels, top=str(max(counts)))
                head = Content.styled(name, "$text-muted")
                found += [Content(), head, *columns(bars, width, 3, self.glyphs)]
        return found
