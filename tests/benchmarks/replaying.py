"""`replay`: everything that follows from the log computed anew, from a million events. Absolute."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.benchmarks.many import opened, reviewed
from tests.benchmarks.measure import Figure

EVENTS = 1_000_000


def replay() -> Figure:
    """`rebuild` of a hundred thousand cards with ten reviews each, the check of the chain included."""
    with tempfile.TemporaryDirectory() as name:
        study = opened(reviewed(Path(name), EVENTS))
        started = time.perf_counter()
        events = study.care.rebuild()
        taken = time.perf_counter() - started
        study.close()
    return Figure("replay", taken, None, "s", 30.0, note=f"{events} events")
