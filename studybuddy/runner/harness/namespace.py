"""The globals of an observed script: a dict that hears of every assignment at top level.

Assignments of a module whose globals are a dict subclass go through `__setitem__`, so the script stays as it
is in the lesson. What is assigned, and when, is the recorder's business.
"""

from __future__ import annotations

from typing import Any

from studybuddy.runner.harness.recorder import Recorder


class Namespace(dict[str, Any]):
    """Globals that tell a recorder of assignments, before and after they are made."""

    def __init__(self, recorder: Recorder) -> None:
        super().__init__()
        self._recorder = recorder

    def __setitem__(self, name: str, value: Any) -> None:
        recorder = self._recorder
        if recorder.is_event(name, value):
            recorder.before(self, name)
            dict.__setitem__(self, name, value)
            recorder.after(self, name)
        else:
            dict.__setitem__(self, name, value)

    def tell(self) -> None:
        """The script is over: report what was not reported yet."""
        self._recorder.tell(self)
