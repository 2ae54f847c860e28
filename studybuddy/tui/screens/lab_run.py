"""The run of the lab: one program at a time, its output and its losses shown while it goes."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from typing import TYPE_CHECKING

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.curves import Curve
from studybuddy.tui.screens.lab_questions import run_curves
from studybuddy.tui.widgets.loss_plot import LossPlot, load_plotting
from studybuddy.tui.widgets.run_output import Feed, RunOutput

if TYPE_CHECKING:
    from studybuddy.core.exercise import Exercise
    from studybuddy.core.verdict import JudgeResult
    from studybuddy.study.loss_watch import LossWatch
    from studybuddy.tui.screens.base import StudyScreen

CURVE_S = 0.2
"""How often a running script's losses are drawn."""


class LabRun:
    """Judges a program in a thread of its own, on behalf of a screen with a RunOutput and a live curve."""

    def __init__(self, screen: StudyScreen) -> None:
        self._screen = screen
        self._watch: LossWatch | None = None
        self._stop: threading.Event | None = None
        self._before: tuple[Curve, ...] = ()
        self._doctor = False

    @property
    def going(self) -> bool:
        """Whether a program is running, or about to."""
        return self._stop is not None

    def mount(self) -> None:
        """Begin to look for losses, whenever there are some."""
        self._watching = self._screen.set_interval(CURVE_S, self._look_at_losses, pause=True)

    def begin(self, *, doctor: bool = False) -> None:
        """Take the place: from now on no other run is possible. `doctor`: every judge is to be asked."""
        self._stop = threading.Event()
        self._doctor = doctor

    def stop(self) -> None:
        """Ask the running program to end."""
        if self._stop is not None:
            self._stop.set()
            self._screen.query_one(RunOutput).say_stopping()

    async def judge(self, exercise: Exercise, source: str) -> JudgeResult:
        """Run to the end; `begin` was called before. The curves of earlier runs lie below the live one.

        Raises:
            StudybuddyError: the program could not be started.
        """
        stop = self._stop = self._stop or threading.Event()
        feed = Feed()
        self._screen.query_one(RunOutput).follow(feed)
        try:
            lab = await self._screen.ask(lambda study: study.lab)
            exercise = await self._screen.ask(lambda study: study.own_cases.equipped(exercise))
            self._before = await self._screen.ask(lambda study: run_curves(study, exercise))
            self._watch = watch = lab.watch_losses(exercise)
            if watch is not None:
                self._watching.resume()
                self._screen.run_worker(load_plotting, group="plot", thread=True, exit_on_error=False)

            def hear(text: str) -> None:
                feed.write(text)
                if watch is not None:
                    watch.write(text)

            judge = partial(lab.judge, doctor=True) if self._doctor else lab.judge
            return await asyncio.to_thread(judge, exercise, source, hear, stop)
        finally:
            stop.set()  # also when this worker is cancelled because the screen or the app is left
            self._stop = self._watch = None
            self._watching.pause()
            for live in self._screen.query(RunOutput):
                live.end()
            for curve in self._screen.query("#live-curve").results(LossPlot):
                await curve.show(())

    async def _look_at_losses(self) -> None:
        """Draw what the running script has printed so far."""
        if self._watch is not None and (losses := self._watch.read()):
            curve = self._screen.query_one("#live-curve", LossPlot)
            if self._before:
                await curve.compare([*self._before, Curve("live", "*", Phrase(N_("this run")), losses)])
            else:
                await curve.show(losses)
            self._screen.query_one(RunOutput).set_class(curve.drawn, "-short")
