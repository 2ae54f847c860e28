"""The memory model on screen: what is in force, a fit while it runs, and what became of it."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from studybuddy.core.errors import RunnerError
from studybuddy.i18n import N_, _, day_name, ngettext, say, word
from studybuddy.study.fit_words import loss_phrase, ruling_phrase
from studybuddy.study.own_fit import LEAST_REVIEWS, FitReport, Ruling, Standing, fitted
from studybuddy.text import cell_width, clean_line, pad, wrap_text

if TYPE_CHECKING:
    from studybuddy.memory.fit_process import FitTask, Solution
    from studybuddy.tui.screens.base import StudyScreen

LOOK_S = 0.1
"""How often the bar is drawn while a fit runs."""
BAR_CELLS = 40
_HINTS = {
    True: N_("A fit looks for the 21 parameters that predict your own reviews best. It takes seconds."),
    False: N_("Until there are about {least} reviews, the defaults know more than a fit would."),
}


@dataclass
class _Run:
    """A fit that is going on; the thread writes `share` and reads `stop`."""

    began: float = field(default_factory=time.monotonic)
    share: float = 0.0
    stop: threading.Event = field(default_factory=threading.Event)
    ticks: int = 0


class FitPanel(Static):
    """Lives on a `StudyScreen`, whose keys call `fit` and `stop`. The fit is a process beside the app."""

    DEFAULT_CSS = """
    FitPanel { height: auto; }
    """

    class Changed(Message):
        """A fit began or ended: other keys apply now."""

    class Kept(Message):
        """Other parameters are in force: other figures hold now."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(markup=False, id=id, classes=classes)
        self.standing: Standing | None = None
        """What is in force, None until it was read."""
        self.report: FitReport | None = None
        """What became of the last fit, None before one and after anything changed."""
        self._run: _Run | None = None
        self._error: RunnerError | None = None

    @property
    def going(self) -> bool:
        """Whether a fit is going on."""
        return self._run is not None

    def on_mount(self) -> None:
        """Read what is in force."""
        self._looking = self.set_interval(LOOK_S, self._look, pause=True)
        self._screen.perform(self.read(), group="fit-standing")

    @property
    def _screen(self) -> StudyScreen:
        return cast("StudyScreen", self.screen)

    async def read(self) -> None:
        """Read again what is in force, such as after an undo."""
        standing = await self._screen.ask(lambda study: study.own_fit.standing())
        if self.standing is not None and standing.parameters != self.standing.parameters:
            self.report = None
        self.standing = standing
        self._draw()

    def retranslate(self) -> None:
        """Word everything in the language in use."""
        self._draw()

    def on_resize(self) -> None:
        """Fit the lines to the width."""
        self._draw()

    # ---- fitting

    def fit(self) -> None:
        """Begin a fit, unless one is going on."""
        if not self.going:
            self._run = _Run()
            self._screen.perform(self._fit(self._run), group="fit")

    def stop(self) -> None:
        """Ask the fit to end."""
        if self._run is not None:
            self._run.stop.set()

    async def _fit(self, run: _Run) -> None:
        screen = self._screen
        self.report = self._error = None
        self._looking.resume()
        self._draw()
        self.post_message(self.Changed())
        try:
            task = await screen.ask(lambda study: study.own_fit.task())
            solution = await asyncio.to_thread(_solved, task, run)
            report = await screen.ask(lambda study: study.own_fit.keep(task, solution))
            await self.read()
            self.report = report
            if report.ruling is Ruling.KEPT:
                self.post_message(self.Kept())
        except RunnerError as error:
            self._error = error
        finally:
            run.stop.set()  # also when this worker is cancelled because the screen is left
            self._run = None
            self._looking.pause()
            if self.is_attached:
                self._draw()
                self.post_message(self.Changed())

    def _look(self) -> None:
        if self._run is not None:
            self._run.ticks += 1
            self._draw()

    # ---- words

    def _draw(self) -> None:
        self.border_title = _("Memory model")
        width = self.content_size.width
        if width > 0 and self.is_attached:
            self.update(Content("\n").join(self._lines(width)))

    def _lines(self, width: int) -> list[Content]:
        if self.standing is None:
            return [Content.styled(_("reading the reviews …"), "$text-muted")]
        lines = [*_facts(self.standing, width), Content()]
        if self._run is not None:
            return [*lines, _bar(self._run, width)]
        if self._error is not None:
            said = f"✗ {clean_line(word(self._error), 400)} · {_('nothing was changed')}"
            return [*lines, *_wrapped(said, width, "$text-error")]
        if self.report is not None:
            return [*lines, *_told(self.report, width)]
        hint = _(_HINTS[self.standing.enough], least=LEAST_REVIEWS)
        return [*lines, *_wrapped(hint, width, "$text-muted")]


def _solved(task: FitTask, run: _Run) -> Solution | None:
    """Runs in a thread of its own."""

    def told(share: float) -> None:
        run.share = share

    return fitted(task, told=told, stopped=run.stop.is_set)


def _facts(standing: Standing, width: int) -> list[Content]:
    """What is in force, on how many reviews, and how much better it was."""
    count = ngettext("{n} review in the log", "{n} reviews in the log", standing.reviews)
    if standing.day is None:
        force = _("the defaults, made from the reviews of many learners")
        loss = ""
        if not standing.enough:
            count += " · " + _("about {least} are needed for a fit", least=LEAST_REVIEWS)
    else:
        force = _("your own fit of {day}, on {n} reviews", day=day_name(standing.day), n=standing.seen)
        count += " · " + _("{n} since", n=max(0, standing.reviews - standing.seen))
        loss = ""
        if standing.before is not None and standing.after is not None:
            loss = f"{standing.before:.4f} → {standing.after:.4f} · " + _(
                "on reviews not seen, smaller is better"
            )
    rows = [(_("in force"), force), (_("reviews"), count), (_("log loss"), loss)]
    indent = max(cell_width(label) for label, _text in rows) + 2
    lines = []
    for label, text in rows:
        if text:
            first, *others = wrap_text(text, max(10, width - indent)) or [""]
            lines.append(Content.assemble((pad(label, indent), "$text-muted"), first))
            lines += [Content(" " * indent + other) for other in others]
    return lines


def _bar(run: _Run, width: int) -> Content:
    """How far a fit is; until its process says so, a block that moves to show that the app is alive."""
    seconds = int(time.monotonic() - run.began)
    said = _("stopping …") if run.stop.is_set() else _("fitting …") if run.share else _("starting …")
    tail = f" {run.share:4.0%}  {seconds} s" if run.share else f"  {seconds} s"
    cells = max(4, min(BAR_CELLS, width - cell_width(said) - len(tail) - 2))
    if run.share:
        full = round(min(run.share, 1.0) * cells)
        bar = "█" * full + "░" * (cells - full)
    else:
        at = run.ticks % cells
        bar = "░" * at + "█" + "░" * (cells - at - 1)
    return Content.assemble((f"{said} ", "$text-muted"), (bar, "$primary"), (tail, "$text-muted"))


def _told(report: FitReport, width: int) -> list[Content]:
    """What became of a fit and why, and what can be done now."""
    if report.ruling is Ruling.KEPT:  # its log loss stands among the facts
        said = _("R shows what due days would move by it; u takes it back.")
        good = _wrapped("✓ " + say(ruling_phrase(report)), width, "$text-success")
        return [*good, *_wrapped(said, width, "")]
    loss = loss_phrase(report)
    lines = _wrapped("· " + say(ruling_phrase(report)), width, "")
    return lines if loss is None else [*lines, *_wrapped(say(loss), width, "$text-muted")]


def _wrapped(text: str, width: int, style: str) -> list[Content]:
    return [
        Content.styled(line, style) if style else Content(line) for line in wrap_text(text, max(10, width))
    ]
