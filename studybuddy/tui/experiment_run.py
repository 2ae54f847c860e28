"""The run of an experiment on behalf of a screen, its losses handed on while it goes."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from studybuddy.study.curves import Loss
from studybuddy.tui.widgets.loss_plot import load_plotting

if TYPE_CHECKING:
    from studybuddy.core.exercise import Exercise
    from studybuddy.study.experiments import Made, Offer
    from studybuddy.study.loss_watch import LossWatch
    from studybuddy.tui.screens.base import StudyScreen

CURVE_S = 0.2
"""How often the losses are handed on."""


class ExperimentRun:
    """One experiment at a time, in a thread of its own."""

    def __init__(self, screen: StudyScreen, draw: Callable[[tuple[Loss, ...]], Awaitable[None]]) -> None:
        """Run for a screen; `draw` gets the losses so far."""
        self._screen = screen
        self._draw = draw
        self._watch: LossWatch | None = None
        self._stop: threading.Event | None = None

    @property
    def going(self) -> bool:
        """Whether an experiment is running."""
        return self._stop is not None

    def mount(self) -> None:
        """Begin to look for losses, whenever there are some."""
        self._looking = self._screen.set_interval(CURVE_S, self._look, pause=True)

    def stop(self) -> None:
        """Ask the program to end."""
        if self._stop is not None:
            self._stop.set()

    async def go(self, exercise: Exercise, offer: Offer) -> Made:
        """Run to the end.

        Raises:
            StudybuddyError: the program could not be started.
        """
        stop = self._stop = threading.Event()
        try:
            experiments = await self._screen.ask(lambda study: study.experiments)
            watch = self._watch = experiments.watch(exercise)
            self._looking.resume()
            self._screen.run_worker(load_plotting, group="plot", thread=True, exit_on_error=False)
            return await asyncio.to_thread(experiments.make, exercise, offer, watch.write, stop)
        finally:
            stop.set()  # also when this worker is cancelled because the screen is left
            self._stop = self._watch = None
            self._looking.pause()

    async def _look(self) -> None:
        if self._watch is not None and (losses := self._watch.read()):
            await self._draw(losses)
