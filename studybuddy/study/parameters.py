"""Which parameters the memory model goes by: those of the newest fit that was not taken back."""

from __future__ import annotations

from studybuddy.core.event import Event, EventKind
from studybuddy.memory.fsrs6 import DEFAULTS, usable
from studybuddy.memory.scheduler import PARAMETERS
from studybuddy.store.log import EventLog

SUBJECT = "memory"
"""What an event of a fit is about."""


def parameters_in_force(log: EventLog) -> tuple[str, tuple[float, ...]]:
    """Name of the fit and its 21 parameters; the defaults without a fit, or where its numbers are none."""
    event = fit_in_force(log)
    if event is None or (found := usable(event.body.get("parameters"))) is None:
        return PARAMETERS, DEFAULTS
    return str(event.body.get("name", SUBJECT)), found


def fit_in_force(log: EventLog) -> Event | None:
    """The newest fit that was not taken back."""
    return log.latest(EventKind.FIT, SUBJECT)
