"""The experiments of an exercise and the runs they can be compared with, as two lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.content import Content

from studybuddy.i18n import _
from studybuddy.study.curves import Curve
from studybuddy.study.experiment_words import SHORT_WORDS
from studybuddy.study.experiments import Offer, Trial
from studybuddy.text import clean_line
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.widgets.curve_legend import curve_name
from studybuddy.tui.widgets.row_pane import Row, RowPane, columns

Tone = Callable[[str], str]
"""The colour of the curve of a key, empty while it is not drawn."""


def experiment_entry(offer: Offer) -> Entry:
    """What stands for an experiment in the list."""
    return Entry(EntryKind.EXPERIMENT, offer.experiment.id)


def curve_entry(curve: Curve) -> Entry:
    """What stands for the curve of a run in the list."""
    return Entry(EntryKind.CURVE, curve.key)


class ExperimentPane(RowPane):
    """A line an experiment: whether its curve is drawn, what it is, and how it went."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._offers: Sequence[Offer] = ()
        self._tone: Tone = lambda _key: ""

    def show(self, offers: Sequence[Offer], tone: Tone) -> None:
        """List experiments."""
        self._offers, self._tone = offers, tone
        self.border_title = _("Experiments")
        self.refresh(layout=True)

    def rows(self, width: int) -> list[Row]:
        """The lines."""
        lefts = [self._left(offer) for offer in self._offers]
        rights = [Content.styled(_outcome(offer.trial), "$text-muted") for offer in self._offers]
        lines = columns(lefts, rights, width)
        return [Row(line, experiment_entry(offer)) for line, offer in zip(lines, self._offers, strict=True)]

    def _left(self, offer: Offer) -> Content:
        key = f"experiment/{offer.experiment.id}"
        return Content.assemble(
            _box(self._tone(key), drawable=offer.trial is not None),
            _mark(offer.mark, self._tone(key)),
            clean_line(offer.experiment.title),
        )


class CurvePane(RowPane):
    """A line a run: whether its curve is drawn, and what its program set otherwise than the starter."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._curves: Sequence[Curve] = ()
        self._tone: Tone = lambda _key: ""

    def show(self, curves: Sequence[Curve], tone: Tone) -> None:
        """List the curves of runs."""
        self._curves, self._tone = curves, tone
        self.border_title = _("Your runs")
        self.display = bool(curves)
        self.refresh(layout=True)

    def rows(self, width: int) -> list[Row]:
        """The lines, the newest run on top."""
        return [Row(self._worded(curve), curve_entry(curve)) for curve in reversed(self._curves)]

    def _worded(self, curve: Curve) -> Content:
        tone = self._tone(curve.key)
        return Content.assemble(_box(tone, drawable=True), _mark(curve.mark, tone), curve_name(curve))


def _box(tone: str, *, drawable: bool) -> str:
    if not drawable:
        return "    "
    return "[x] " if tone else "[ ] "


def _mark(mark: str, tone: str) -> tuple[str, str]:
    return f"{mark}  ", f"bold {tone}" if tone else "$text-muted"


def _outcome(trial: Trial | None) -> str:
    if trial is None or trial.outcome is None:
        return ""
    sign = "" if trial.prediction is None else (" ✓" if trial.prediction is trial.outcome else " ✗")
    return _(SHORT_WORDS[trial.outcome]) + sign
