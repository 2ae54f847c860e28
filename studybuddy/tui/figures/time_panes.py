"""What takes the time, and when."""

from __future__ import annotations

from textual.content import Content

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.statistics import words
from studybuddy.study.statistics.figures import Figures
from studybuddy.study.statistics.kinds import KindTime
from studybuddy.text import cell_width, clean_line, pad
from studybuddy.tui.charts.bars import bar
from studybuddy.tui.charts.columns import Bars, columns
from studybuddy.tui.figures.figure_pane import FigurePane, below, muted, sentences, table

HEIGHT = 4
WIDEST = 24
LONG_S = 120
"""Seconds from which on a time is told in minutes."""
BUTTONS = (N_("Again"), N_("Hard"), N_("Good"), N_("Easy"))


class KindsPane(FigurePane[Figures]):
    """Time by kind of card."""

    HEAD = N_("Time by kind of card")

    def lines(self, told: Figures, width: int) -> list[Content]:
        """A line a kind: its share as a bar, minutes, and what an answer takes."""
        kinds = told.kinds
        if not kinds:
            return muted([Phrase(N_("Nothing reviewed yet."))], width)
        names = [kind_name(kind) for kind in kinds]
        figures = [_figures(kind) for kind in kinds]
        head = ("", _("reviews"), _("minutes"), _("each"))
        first = max(map(cell_width, names))
        cells = [max(cell_width(row[n]) for row in (head[1:], *figures)) for n in range(3)]
        room = max(0, min(WIDEST, width - first - sum(cells) - 8))
        most = max(kind.elapsed_ms for kind in kinds) or 1
        lines = [Content.styled(" " * (first + 2 + room) + _right(head[1:], cells), "$text-muted")]
        for kind, name, row in zip(kinds, names, figures, strict=True):
            drawn = bar(kind.elapsed_ms / most, room, self.glyphs)
            lines.append(Content.assemble(pad(name, first) + "  ", (drawn, "$primary"), _right(row, cells)))
        return below(sentences([words.kinds_words(kinds)], width), lines)


def kind_name(kind: KindTime) -> str:
    """What a kind is called."""
    return _(words.KIND_WORDS[kind.kind]) if kind.kind in words.KIND_WORDS else clean_line(kind.kind, 20)


def _figures(kind: KindTime) -> tuple[str, str, str]:
    seconds = kind.mean_s
    mean = "-" if seconds is None else _("{seconds} s", seconds=f"{seconds:.0f}")
    if seconds is not None and seconds >= LONG_S:
        mean = _("{n} min", n=f"{seconds / 60:.1f}")
    return str(kind.reviews), str(round(kind.elapsed_ms / 60_000)), mean


def _right(texts: tuple[str, ...], cells: list[int]) -> str:
    return "".join(
        "  " + " " * (size - cell_width(text)) + text for text, size in zip(texts, cells, strict=True)
    )


class HoursPane(FigurePane[Figures]):
    """Reviews by the hour, and what was recalled."""

    HEAD = N_("Hours of the day")

    def lines(self, told: Figures, width: int) -> list[Content]:
        """Reviews over the share recalled, both over the same hours."""
        hours = told.hours
        if not any(hour.reviews for hour in hours):
            return muted([Phrase(N_("Nothing reviewed yet."))], width)
        labels = [str(n) if n % 3 == 0 else "" for n in range(len(hours))]
        most = max(hour.reviews for hour in hours)
        top, whole = str(most).rjust(4), "100%".rjust(max(4, len(str(most))))
        reviews = Bars([hour.reviews for hour in hours], labels, top=top)
        rates = [hour.rate or 0.0 if hour.tested >= words.ENOUGH else 0.0 for hour in hours]
        share = Bars(rates, labels, top=whole, foot="50%", least=0.5, most=1.0)
        return [
            *sentences([words.hours_words(hours)], width),
            Content(),
            Content.styled(_("reviews"), "$text-muted"),
            *columns(reviews, width, HEIGHT, self.glyphs)[:-1],
            Content.styled(_("share recalled, of hours with {n} or more", n=words.ENOUGH), "$text-muted"),
            *columns(share, width, HEIGHT - 1, self.glyphs),
        ]


class ButtonsPane(FigurePane[Figures]):
    """Which buttons are pressed."""

    HEAD = N_("Answer buttons")

    def lines(self, told: Figures, width: int) -> list[Content]:
        """A line a stage."""
        rows = []
        for stage, counts in told.buttons.items():
            total = sum(counts)
            shares = [f"{count / total:.0%}" if total else "-" for count in counts]
            rows.append((_(words.STAGE_WORDS[stage]), *shares, str(total)))
        head = ["", *map(_, BUTTONS), _("presses")]
        return below(sentences([words.buttons_words(told.buttons)], width), table(head, rows, width))
