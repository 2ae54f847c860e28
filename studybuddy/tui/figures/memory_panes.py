"""What is remembered, and how well that was foretold."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.statistics import words
from studybuddy.study.statistics.figures import Figures
from studybuddy.study.statistics.known import Distribution, Known
from studybuddy.study.statistics.retention import Kept
from studybuddy.tui.charts.columns import Bars, columns
from studybuddy.tui.charts.reliability import reliability_lines
from studybuddy.tui.figures.figure_pane import FigurePane, muted, sentences, table

if TYPE_CHECKING:
    from studybuddy.memory.calibration import Calibration

HEIGHT = 3
DIAGRAM = 11
WIDEST = 52
"""Cells of the diagram: it is read best when it is nearly as high as wide."""
YEAR = 365
MODEL_WORDS = {
    "model": N_("memory model"),
    "average": N_("plain average"),
    "moving_average": N_("moving average"),
}


class RetentionTold(NamedTuple):
    """Figures, and the retention that is wanted."""

    figures: Figures
    desired: float


class RetentionPane(FigurePane[RetentionTold]):
    """True retention by period and maturity."""

    HEAD = N_("True retention")

    def lines(self, told: RetentionTold, width: int) -> list[Content]:
        """How it stands beside the desired one, over a table."""
        found = told.figures.retention
        rows = [
            (_(words.PERIOD_WORDS[name]), _cell(kept.young), _cell(kept.mature), _cell(kept.all))
            for name, kept in found.items()
        ]
        recent = found["month"].all if found["month"].all.reviews else found["all"].all
        head = ["", _("young"), _("mature"), _("both")]
        note = Phrase(N_("First answer of a day; a card is mature from 21 days on."))
        return [
            *sentences([words.kept_words(recent, told.desired)], width),
            Content(),
            *table(head, rows, width),
            *muted([note], width),
        ]


def _cell(kept: Kept) -> str:
    return "-" if kept.rate is None else _("{rate} of {n}", rate=f"{kept.rate:.0%}", n=kept.reviews)


class DistributionPane(FigurePane[Known]):
    """How many cards fall where."""

    def __init__(
        self,
        head: str,
        part: Callable[[Known], Distribution],
        say: Callable[[Known], Phrase | None],
        label: Callable[[float, int], str],
        *,
        id: str | None = None,
    ) -> None:
        """Draw one of the distributions.

        Args:
            head: title of the pane, a catalogue id.
            part: the distribution.
            say: its sentence.
            label: what a bin is called, from where it begins and its number.
            id: of the widget.
        """
        self.HEAD = head  # type: ignore[misc]  # each pane of this kind has its own
        super().__init__(id=id)
        self._part, self._say, self._label = part, say, label

    def lines(self, told: Known, width: int) -> list[Content]:
        """A bar a bin."""
        found = self._part(told)
        said = sentences([self._say(told)], width)
        if not sum(found.counts):
            return said or muted([Phrase(N_("No card has been learnt yet."))], width)
        labels = [self._label(begin, n) for n, begin in enumerate(found.begins)]
        bars = Bars(found.counts, labels, top=str(max(found.counts)))
        return [*said, Content(), *columns(bars, width, HEIGHT, self.glyphs)]


def distribution_panes() -> tuple[DistributionPane, DistributionPane, DistributionPane, DistributionPane]:
    """Recall today, stability, difficulty and intervals."""
    return (
        DistributionPane(
            N_("Recall today"), lambda known: known.retrievability, words.known_words, share_label
        ),
        DistributionPane(
            N_("Stability in days"),
            lambda known: known.stability,
            lambda known: words.stability_words(known.stability),
            days_label,
        ),
        DistributionPane(
            N_("Difficulty"),
            lambda known: known.difficulty,
            lambda known: words.difficulty_words(known.difficulty),
            lambda begin, _n: f"{begin:.0f}",
        ),
        DistributionPane(
            N_("Intervals in days"),
            lambda known: known.interval,
            lambda known: words.interval_words(known.interval),
            days_label,
        ),
    )


def days_label(begin: float, number: int) -> str:
    """Where a bin of days begins: `<1`, `21`, `1y`."""
    if number == 0:
        return "<1"
    return _("{years}y", years=f"{begin / YEAR:.0f}") if begin >= YEAR else f"{begin:.0f}"


def share_label(begin: float, number: int) -> str:
    """Where a bin of shares begins, in percent; the first holds everything below the second."""
    return "<50" if number == 0 else f"{begin * 100:.0f}"


class CalibrationTold(NamedTuple):
    """What was found; None where reviews are too few."""

    found: Calibration | None


class CalibrationPane(FigurePane[CalibrationTold]):
    """How often was recalled what the model foretold, beside what needs no model."""

    HEAD = N_("Calibration")

    def lines(self, told: CalibrationTold, width: int) -> list[Content]:
        """Sentences, the diagram, and the scores."""
        found = told.found
        first, *others = words.calibration_words(found)
        if found is None:
            return muted([first], width)
        won = found.best == "model"
        sign = "✓" if won else "✗"
        tone = "$text-success" if won else "$text-warning"
        said = [
            *sentences([Phrase.of("{sign} {words}", sign=sign, words=first)], width, tone),
            *sentences(others, width, "$text-warning"),
        ]
        rows = []
        for name, score in found.scores.items():
            auc = "-" if score.auc is None else f"{score.auc:.3f}"
            figures = (f"{score.log_loss:.4f}", f"{score.rmse_bins:.4f}", auc)
            rows.append((_(MODEL_WORDS[name]), *figures))
        best = list(found.scores).index(found.best)
        share = Phrase.of(
            N_("Foretold {predicted} (across), recalled {observed} (up), over {count} reviews."),
            predicted=f"{found.predicted:.1%}",
            observed=f"{found.observed:.1%}",
            count=found.reviews,
        )
        return [
            *said,
            Content(),
            *reliability_lines(found.reliability, min(width, WIDEST), DIAGRAM, self.glyphs),
            *muted([share], width),
            Content(),
            *table(["", _("log loss"), "RMSE(bins)", "AUC"], rows, width, strong=best),
        ]
