"""`start` and `today`: how soon a learner sees what waits."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.data import DUE, STUDY_DAY, studied_folder
from tests.benchmarks.measure import Figure, pairs
from tests.benchmarks.terminal import seconds_to

START_REPEATS = 8
TODAY_REPEATS = 15


def ours(*arguments: str) -> list[str]:
    """The installed command, or the module where there is none."""
    script = Path(sys.executable).with_name("studybuddy")
    return [str(script), *arguments] if script.exists() else [sys.executable, "-m", "studybuddy", *arguments]


def start() -> Figure:
    """From exec to Today on screen with the real due count, against a bare Textual app."""
    environment = {"STUDYBUDDY_NOW": STUDY_DAY}
    bare = [sys.executable, str(Path(__file__).with_name("peers.py"))]
    with tempfile.TemporaryDirectory() as name:
        app = ours("--data-dir", str(studied_folder(Path(name))), "--lang", "en")
        mine, peer = pairs(
            lambda: seconds_to(rf"{DUE} due", app, environment),
            lambda: seconds_to(rf"{DUE} due", bare, environment),
            START_REPEATS,
        )
    return Figure("start", mine, peer, "s", 1.25)


def _seconds(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def today() -> Figure:
    """`studybuddy today --json` against the import of what it cannot do without."""
    with tempfile.TemporaryDirectory() as name:
        plan = ours("today", "--json", "--data-dir", str(studied_folder(Path(name))))
        bare = [sys.executable, "-c", "import click, sqlite3"]
        mine, peer = pairs(lambda: _seconds(plan), lambda: _seconds(bare), TODAY_REPEATS)
    return Figure("today", mine, peer, "s", 2.0)
