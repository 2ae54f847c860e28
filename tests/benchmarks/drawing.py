"""How long a formula takes to be drawn."""

from __future__ import annotations

import statistics
import time

from studybuddy.mathtext.breaking import broken
from studybuddy.mathtext.layout import lay
from studybuddy.mathtext.mathml import read
from tests.benchmarks.measure import Figure
from tests.mathtext.test_formulas import drawings

WIDTH = 72


def layout() -> Figure:
    """The median of 28 formulas of a course in two dimensions, from LaTeX to rows, nothing remembered."""
    formulas = [latex for latex, _, _ in drawings("course_formulas.txt")]
    read("x")
    rounds = [statistics.median(_seconds(latex) for latex in formulas) for _ in range(5)]
    return Figure("layout", min(rounds), None, "s", 0.001, note=f"{len(formulas)} formulas")


def _seconds(latex: str) -> float:
    begun = time.perf_counter()
    tree = read(latex)
    if lay(tree).width > WIDTH:
        broken(tree, WIDTH)
    return time.perf_counter() - begun
