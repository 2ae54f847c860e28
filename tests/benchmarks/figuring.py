"""`statistics-million`, `statistics-keys`: the statistics screen with a million reviews. Absolute."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.many import opened, reviewed
from tests.benchmarks.measure import Figure
from tests.benchmarks.starting import ours
from tests.benchmarks.terminal import Program

REVIEWS = 1_000_000
ENVIRONMENT = {"STUDYBUDDY_NOW": "2027-11-23T08:00:00+08:00"}
PRESSES = 40
LEFT, RIGHT = "\x1b[D", "\x1b[C"


@contextmanager
def _today() -> Iterator[Program]:
    """The app on Today, over a hundred thousand cards with ten reviews each."""
    with tempfile.TemporaryDirectory() as name:
        study = opened(reviewed(Path(name), REVIEWS))
        study.care.rebuild()
        study.close()
        with Program(ours("--data-dir", name, "--lang", "en"), ENVIRONMENT) as program:
            program.seconds_to(" stats")
            time.sleep(3.0)
            program.settle()
            yield program


def statistics_million() -> Figure:
    """From the key to the first page with its figures."""
    with _today() as program:
        started = time.perf_counter()
        program.type("s")
        program.wait_for("study days", 20.0)
        taken = time.perf_counter() - started
    return Figure("statistics-million", taken, None, "s", 1.0)


def statistics_keys() -> Figure:
    """p95 from a key that moves the day to its picture, while the reviews are read."""
    with _today() as program:
        program.type("s")
        program.wait_for("study days", 20.0)
        taken = [_pressed(program, RIGHT if n % 2 else LEFT) for n in range(PRESSES)]
    return Figure("statistics-keys", statistics.quantiles(taken, n=20)[-1], None, "s", 0.1)


def _pressed(program: Program, key: str) -> float:
    started = time.perf_counter()
    program.type(key)
    program.wait_for(r"▸ \w+ \d+ \w+", 5.0)
    return time.perf_counter() - started
