"""`key-to-paint`, `review-paint`, `section`, `memory`, `memory-100k`: what one feels in the open app."""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.data import DUE, FIRST_DAY, STUDY_DAY, studied_folder
from tests.benchmarks.many import all_due
from tests.benchmarks.measure import Figure
from tests.benchmarks.peers import WIDTH
from tests.benchmarks.starting import ours
from tests.benchmarks.terminal import Program

PEERS = str(Path(__file__).with_name("peers.py"))
ENVIRONMENT = {"STUDYBUDDY_NOW": STUDY_DAY}
PRESSES = 40
RATED = 40
"""Reviews in which a rating leads to the next card."""
SCREENS = {
    "today": ("", "jk"),
    "checklist": ("t", "jk"),
    "lesson": ("l", "jk"),
    "review": ("r", "!!"),
    "lab": ("c", "x\x7f"),
    "interview": ("i", "x\x7f"),
}
"""Keys that lead to a screen, and two keys that change something there and change it back."""
TYPING = {"lab": "editor", "interview": "area"}
"""Screens on which the keys are typed, and the bare text area they are measured against."""


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]


def _timed(program: Program, keys: str) -> tuple[float, float]:
    """p95 of the seconds and mean of the bytes over many presses."""
    taken = [program.press(keys[n % len(keys)]) for n in range(PRESSES)]
    return _p95([seconds for seconds, _ in taken]), statistics.mean(drawn for _, drawn in taken)


def _peer(screen: str, drawn: float) -> float:
    """p95 of a bare app that changes as many bytes of text at a key; for an editor, of a bare editor."""
    lines = max(1, min(38, round(drawn / WIDTH)))
    kind = TYPING.get(screen)
    with Program([sys.executable, PEERS, *([kind] if kind else ["lines", str(lines)])], {}) as program:
        program.seconds_to("ready")
        time.sleep(0.5)
        program.press("x")
        return _timed(program, "x\x7f" if kind else "ab")[0]


def key_to_paint() -> Figure:
    """The screen with the worst ratio; p95 from the key to the last byte of the new picture."""
    worst: tuple[float, float, str] | None = None
    with tempfile.TemporaryDirectory() as name:
        folder = str(studied_folder(Path(name)))
        for screen, (way, keys) in SCREENS.items():
            with Program(ours("--data-dir", folder, "--lang", "en"), ENVIRONMENT) as program:
                program.seconds_to(rf"{DUE} due")
                time.sleep(1.5)
                for key in way:
                    program.press(key)
                    time.sleep(0.5)
                program.press(keys[0])
                program.press(keys[1])
                mine, drawn = _timed(program, keys)
            other = _peer(screen, drawn)
            if worst is None or mine / other > worst[0] / worst[1]:
                worst = (mine, other, screen)
    assert worst is not None
    return Figure("key-to-paint", worst[0], worst[1], "s", 1.5, note=f"p95, worst screen: {worst[2]}")


def review_paint() -> Figure:
    """p95 from a rating's key to the last byte of the next card, beside a bare app that swaps as much."""
    with tempfile.TemporaryDirectory() as name:
        app = ours("--data-dir", str(all_due(Path(name), 2 * RATED)), "--lang", "en")
        with Program(app, {"STUDYBUDDY_NOW": FIRST_DAY.isoformat()}) as program:
            program.seconds_to(r"due")
            time.sleep(1.5)
            program.press("r")
            time.sleep(0.5)
            taken = []
            for _ in range(RATED):
                program.press(" ")
                taken.append(program.press("3"))
    mine, drawn = _p95([seconds for seconds, _ in taken]), statistics.mean(drawn for _, drawn in taken)
    return Figure("review-paint", mine, _peer("review", drawn), "s", 1.5, note=f"{drawn:.0f} bytes a card")


def section() -> Figure:
    """The slowest opening of a lesson section, seven sections, three rounds: absolute."""
    with tempfile.TemporaryDirectory() as name:
        app = ours("--data-dir", str(studied_folder(Path(name))), "--lang", "zh")
        with Program(app, ENVIRONMENT) as program:
            program.seconds_to("S3W10D1")
            time.sleep(1.5)
            program.press("l")
            time.sleep(1.0)
            rounds = [[program.press(key)[0] for key in "pppppppnnnnnn"] for _ in range(3)]
    return Figure("section", min(max(taken) for taken in rounds), None, "s", 0.150)


def memory() -> Figure:
    """Resident memory at rest on Today, against a bare Textual app."""

    def resident(command: list[str], environment: dict[str, str]) -> float:
        with Program(command, environment) as program:
            program.seconds_to(rf"{DUE} due")
            time.sleep(2.5)
            return program.memory_mb()

    with tempfile.TemporaryDirectory() as name:
        app = ours("--data-dir", str(studied_folder(Path(name))), "--lang", "en")
        mine = min(resident(app, ENVIRONMENT) for _ in range(3))
        peer = min(resident([sys.executable, PEERS], {}) for _ in range(3))
    return Figure("memory", mine, peer, "MB", 1.6)


def memory_100k() -> Figure:
    """Resident memory in the review of a hundred thousand due cards, beside one of a hundred."""

    def resident(folder: Path, cards: int) -> float:
        app = ours("--data-dir", str(all_due(folder, cards)), "--lang", "en")
        with Program(app, {"STUDYBUDDY_NOW": FIRST_DAY.isoformat()}) as program:
            program.seconds_to(r"due")
            time.sleep(2.0)
            program.press("r")
            time.sleep(1.0)
            for key in " 3 3 3":
                program.press(key)
            time.sleep(1.0)
            return program.memory_mb()

    with tempfile.TemporaryDirectory() as many, tempfile.TemporaryDirectory() as few:
        mine, peer = resident(Path(many), 100_000), resident(Path(few), 100)
    return Figure("memory-100k", mine, peer, "MB", 1.3)
