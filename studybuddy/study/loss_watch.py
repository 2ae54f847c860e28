"""The losses of a script while it runs."""

from __future__ import annotations

import threading

from studybuddy.runner.losses import Losses, LossReader

LONGEST_LINE = 10_000


class LossWatch:
    """Takes output from the thread of the judge and gives the losses so far to the screen."""

    def __init__(self, pattern: str) -> None:
        """Read losses by a pattern with the groups step and loss."""
        self._reader = LossReader(pattern)
        self._lock = threading.Lock()
        self._rest = ""
        self._news = False

    def write(self, text: str) -> None:
        """Take in a piece of output; only whole lines are read."""
        with self._lock:
            whole, found, rest = (self._rest + text).rpartition("\n")
            self._rest = rest[-LONGEST_LINE:]
            if found:
                self._reader.feed(whole + "\n")
                self._news = True

    def read(self) -> Losses | None:
        """All losses so far, None if there was no new line since the last time."""
        with self._lock:
            if not self._news:
                return None
            self._news = False
            return self._reader.losses()
