"""Reading what is being typed: in a thread of its own, a moment after the last key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from studybuddy.study.live_reading import LiveReading
from studybuddy.tui.widgets.read_as import Read

if TYPE_CHECKING:
    from textual.timer import Timer
    from textual.worker import WorkType

    from studybuddy.tui.screens.base import StudyScreen

READ_AFTER_S = 0.08
"""Time after the last key in which the drawing follows."""


class LiveReader:
    """Reads for one screen. What is typed meanwhile takes the place of what is being read."""

    def __init__(self, screen: StudyScreen, show: Callable[[str, Read], None]) -> None:
        """`show` is given what was typed and how it is read, on the screen's own thread."""
        self._screen = screen
        self._show = show
        self._timer: Timer | None = None

    def type(self, typed: str, read: Callable[[str], LiveReading]) -> None:
        """Read in a moment, unless more is typed until then."""
        self.stop()
        self._timer = self._screen.set_timer(READ_AFTER_S, partial(self.read, typed, read))

    def read(self, typed: str, read: Callable[[str], LiveReading]) -> None:
        """Read now."""
        work: WorkType[None] = partial(self._read, typed, read)  # not yet called: it may not come to that
        self._screen.run_worker(work, group="read", exclusive=True, exit_on_error=False)

    def stop(self) -> None:
        """Forget what is to be read."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        self._screen.workers.cancel_group(self._screen, "read")

    async def _read(self, typed: str, read: Callable[[str], LiveReading]) -> None:
        found = await asyncio.to_thread(read, typed)
        shown = Read(found.latex) if found.reason is None else Read("", found.reason, typed, found.place)
        self._show(typed, shown)
