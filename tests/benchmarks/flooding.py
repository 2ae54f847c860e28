"""`key-under-flood`: a key in the lab while a program prints without end, against the same app at rest."""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from studybuddy.study.launch import Launch
from studybuddy.study.wiring import Study
from tests.benchmarks.data import DUE, STUDY_DAY, studied_folder
from tests.benchmarks.measure import Figure
from tests.benchmarks.starting import ours
from tests.benchmarks.terminal import Program

EXERCISE = "s3w10d1/training-loop"
FLOOD = "while True: print('y')\n"
LETTERS = "QZJXKVGHWB"
"""What is typed: letters that neither the flood nor the words of the running lab hold."""
FLOODS = 4
PRESSES = 12
PAUSE_S = 0.06
"""Between two presses: a learner's fingers, not a paste."""


def key_under_flood() -> Figure:
    """p95 of the seconds from a key to its letter on the screen; absolute."""
    with tempfile.TemporaryDirectory() as name:
        studied_folder(Path(name))
        study = Study(Launch(name, "en"), writer="benchmark")
        study.lab.save_draft(EXERCISE, FLOOD)
        study.close()
        command = ours("--data-dir", name, "--lang", "en")
        with Program(command, {"STUDYBUDDY_NOW": STUDY_DAY}) as program:
            program.seconds_to(rf"{DUE} due")
            time.sleep(2.0)
            program.press("c")
            time.sleep(2.0)
            rest = _typed(program)
            flooded: list[float] = []
            for _ in range(FLOODS):
                program.type("\x1b[15~")  # F5
                program.wait_for(r"running", 10.0)
                flooded += _typed(program)
                program.type("\x1b")
                program.wait_for(r"recorded", 20.0)
                time.sleep(0.5)
    note = f"p95; at rest {_p95(rest):.3f} s"
    return Figure("key-under-flood", _p95(flooded), None, "s", 0.050, note=note)


def _typed(program: Program) -> list[float]:
    """Seconds to each of some letters, which are then deleted again."""
    taken = []
    for number in range(PRESSES):
        letter = LETTERS[number % len(LETTERS)]
        began = time.perf_counter()
        program.type(letter)
        program.wait_for(letter, 5.0)
        taken.append(time.perf_counter() - began)
        program.type("\x7f")
        time.sleep(PAUSE_S)
    return taken


def _p95(values: list[float]) -> float:
    return statistics.quantiles(values, n=20)[-1]
