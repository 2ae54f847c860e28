"""`first-output-*`, `training-loop*`, `judge-max-depth`: a program in the lab and in plain `python`.

Ours is the judge with its warm workers, behind the wall that `studybuddy doctor` names; the peer is a cold
`python` on the same program.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.course.finder import content_root
from studybuddy.course.reader import read_lesson
from studybuddy.runner.judge import judge
from studybuddy.runner.warm.workers import Workers
from tests.benchmarks.measure import Figure, pairs

LOOP, DEPTH, AUTOGRAD = "s3w10d1/training-loop", "s3w10d1/max-depth", "s3w10d1/autograd"
REPEATS = 7
IN_LOOP = "_loop_began = __import__('time').process_time()\nfor t in range(steps):"
AFTER_LOOP = "\nprint('CPU', __import__('time').process_time() - _loop_began)\n"


def exercise(wanted: str) -> Exercise:
    """An exercise of the course."""
    lesson = read_lesson(content_root() / "s3w10d1", "en").lesson
    assert lesson is not None
    return next(each for each in lesson.exercises if each.id == wanted)


@contextmanager
def warm(packages: tuple[str, ...]) -> Iterator[Workers]:
    """Workers as they are once the lab is open."""
    with closing(Workers()) as workers:
        workers.prepare(packages)
        yield workers


def first_output_numpy() -> Figure:
    """From the order to run to the first line printed by a program that imports NumPy."""
    source = "import numpy as np\nprint(np.__version__)\n"
    return _first_output("first-output-numpy", ("numpy",), source, 1 / 15)


def first_output_torch() -> Figure:
    """The same with torch."""
    if find_spec("torch") is None:
        return Figure("first-output-torch", None, None, "s", 1 / 60, "torch is not installed")
    return _first_output("first-output-torch", ("torch",), "import torch\nprint(torch.__version__)\n", 1 / 60)


def _first_output(name: str, packages: tuple[str, ...], source: str, goal: float) -> Figure:
    script = replace(exercise(LOOP), packages=packages, observation=None, requires=())
    with tempfile.TemporaryDirectory() as folder, warm(packages) as workers:
        program = Path(folder) / "prog.py"
        program.write_text(source, encoding="utf-8")

        def ours() -> float:
            heard: list[float] = []
            began = time.perf_counter()
            judge(script, source, on_output=lambda _text: heard.append(time.perf_counter()), workers=workers)
            return heard[0] - began

        mine, peer = pairs(ours, lambda: _first_byte(program), 3 if "torch" in packages else REPEATS)
    return Figure(name, mine, peer, "s", goal)


def _first_byte(program: Path) -> float:
    began = time.perf_counter()
    with subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.read(1)
        taken = time.perf_counter() - began
        process.stdout.read()
    return taken


def training_loop() -> Figure:
    """The lesson's loop, run, watched and judged, against the same loop run cold."""
    loop = exercise(LOOP)
    with tempfile.TemporaryDirectory() as folder, warm(loop.packages) as workers:
        program = Path(folder) / "loop.py"
        program.write_text(loop.reference, encoding="utf-8")

        def ours() -> float:
            began = time.perf_counter()
            _accepted(judge(loop, loop.reference, on_output=lambda _text: None, workers=workers))
            return time.perf_counter() - began

        mine, peer = pairs(ours, lambda: _whole(program), REPEATS)
    return Figure("training-loop", mine, peer, "s", 1.0)


def _whole(program: Path) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, str(program)], check=True, capture_output=True)
    return time.perf_counter() - began


def training_loop_cpu() -> Figure:
    """CPU seconds inside the loop itself: watched by the judge, and in plain `python` with one thread too."""
    loop = exercise(LOOP)
    source = loop.reference.replace("for t in range(steps):", IN_LOOP) + AFTER_LOOP
    with tempfile.TemporaryDirectory() as folder, warm(loop.packages) as workers:
        program = Path(folder) / "loop.py"
        program.write_text(source, encoding="utf-8")

        def ours() -> float:
            return _cpu(_accepted(judge(loop, source, workers=workers)).stdout)

        def peer() -> float:
            one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PATH": "/usr/bin:/bin"}
            done = subprocess.run(
                [sys.executable, str(program)], check=True, capture_output=True, text=True, env=one_thread
            )
            return _cpu(done.stdout)

        mine, cold = pairs(ours, peer, REPEATS)
    return Figure("training-loop-cpu", mine, cold, "s", 1.10)


def _cpu(text: str) -> float:
    return float(text.rpartition("CPU ")[2])


def judge_max_depth() -> Figure:
    """Milliseconds a case: every case of maxDepth in a process of its own, without the random inputs."""
    depth = replace(exercise(DEPTH), domains=())
    with warm(()) as workers:
        taken = []
        for _ in range(REPEATS * 2):
            began = time.perf_counter()
            _accepted(judge(depth, depth.reference, workers=workers))
            taken.append((time.perf_counter() - began) * 1e3 / len(depth.cases))
    note = f"{len(depth.cases)} cases"
    return Figure("judge-max-depth", statistics.median(taken), None, "ms", 6.0, note=note)


def _accepted(result: JudgeResult) -> JudgeResult:
    assert result.verdict is Verdict.AC, result
    return result
