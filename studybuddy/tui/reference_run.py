"""Running the lesson's own program from its page."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

from studybuddy.core.verdict import Verdict
from studybuddy.tui.widgets.run_output import Feed

if TYPE_CHECKING:
    from studybuddy.core.exercise import Exercise
    from studybuddy.core.verdict import JudgeResult
    from studybuddy.tui.screens.base import StudyScreen
    from studybuddy.tui.widgets.run_panel import RunPanel


class ReferenceRun:
    """One run at a time, in a thread of its own, on behalf of a screen."""

    def __init__(self, screen: StudyScreen) -> None:
        self._screen = screen
        self._stop: threading.Event | None = None

    @property
    def going(self) -> bool:
        """Whether a program is running."""
        return self._stop is not None

    def stop(self) -> None:
        """Ask the program to end."""
        if self._stop is not None:
            self._stop.set()

    async def go(self, program: Exercise, panel: RunPanel) -> bool:
        """Run a program's reference and record it as such; returns whether it was recorded.

        A run that the learner stopped says nothing about the program and is not recorded.
        """
        feed, stop, exercise = Feed(), threading.Event(), program.id
        self._stop = stop
        panel.begin(program, feed)
        result: JudgeResult | None = None
        try:
            lab = await self._screen.ask(lambda study: study.lab)
            if not program.trusted:  # it may have been allowed since the page was opened
                program = await self._screen.ask(lambda study: study.library.exercise(exercise))
            result = await asyncio.to_thread(lab.judge, program, program.reference, feed.write, stop)
        finally:
            self._stop = None
            stop.set()
            panel.end(result)
        if result.verdict is Verdict.STOP:
            return False
        judged = result
        await self._screen.ask(
            lambda study: study.lab.record(program, program.reference, judged, reference=True)
        )
        return True
