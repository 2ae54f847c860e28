"""`search`: nearly 2,000 random trees, then the smallest one that breaks the program."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from studybuddy.core.exercise import Exercise
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
        return 1 + max(left, right) + (root.val == 97 and left == 3 and right == 1)
# 14
"""
"""Wrong for so few trees that, with the seed of these very letters, the first of them is the 1809th."""
LATE = 1500


def search() -> Figure:
    """From the first tree to the smallest counter-example, children and all.

    The peer is a cold `python` that does the same in one bare process.
    """
    depth = replace(exercise(DEPTH), cases=exercise(DEPTH).cases[:1])
    with tempfile.TemporaryDirectory() as folder, warm(()) as workers:
        program = Path(folder) / "wrong.py"
        program.write_text(WRONG, encoding="utf-8")
        _ours(depth, workers)
        taken = [(_ours(depth, workers), _peer(program)) for _ in range(ROUNDS)]
    ours, peer = (statistics.median(column) for column in zip(*taken, strict=True))
    return Figure(
        "search", ours, peer, "s", GOAL_S / peer, note=f"goal: {GOAL_S} s for 2,000 trees and shrink"
    )


def _ours(depth: Exercise, workers: Workers) -> float:
    result = judge(depth, WRONG, workers=workers)
    assert result.search is not None
    assert result.search.tried > LATE
    assert result.counterexample is not None
    return result.search.wall_s


def _peer(program: Path) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, PEER, str(program)], check=True, capture_output=True)
    return time.perf_counter() - began
