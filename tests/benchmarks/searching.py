"""`search`: 2,000 random trees for a right program, and the smallest counter-example for a wrong one."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import Verdict
from studybuddy.runner.judge import judge
from studybuddy.runner.warm.workers import Workers
from tests.benchmarks.measure import Figure
from tests.benchmarks.running import DEPTH, exercise, warm

GOAL_S = 0.3
ROUNDS = 7
PEER = str(Path(__file__).with_name("bare_search.py"))
WRONG = """\
class Solution:
    def maxDepth(self, root):
        if root is None:
            return 0
        left, right = self.maxDepth(root.left), self.maxDepth(root.right)
        return 1 + max(left, right) + (left == 3 and right == 1 and root.val > 90)
"""
"""Wrong for one tree in several hundred."""


def search() -> Figure:
    """Both searches, with all their children, against a cold `python` that does both in one bare process."""
    depth = replace(exercise(DEPTH), cases=exercise(DEPTH).cases[:1])
    with tempfile.TemporaryDirectory() as folder, warm(()) as workers:
        programs = [Path(folder) / "right.py", Path(folder) / "wrong.py"]
        for path, source in zip(programs, (depth.reference, WRONG), strict=True):
            path.write_text(source, encoding="utf-8")
        _ours(depth, workers)
        taken = [(_ours(depth, workers), _peer(programs)) for _ in range(ROUNDS)]
    ours, peer = (statistics.median(column) for column in zip(*taken, strict=True))
    return Figure(
        "search", ours, peer, "s", GOAL_S / peer, note=f"goal: {GOAL_S} s for 2,000 trees and shrink"
    )


def _ours(depth: Exercise, workers: Workers) -> float:
    right, wrong = (judge(depth, source, workers=workers) for source in (depth.reference, WRONG))
    assert right.search is not None
    assert wrong.search is not None
    assert right.verdict is Verdict.AC
    assert right.search.tried == 2000
    assert wrong.counterexample is not None
    return right.search.wall_s + wrong.search.wall_s


def _peer(programs: list[Path]) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, PEER, *map(str, programs)], check=True, capture_output=True)
    return time.perf_counter() - began
