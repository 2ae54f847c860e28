"""Exercises for these tests. Their limits are wide, for a machine may be busy; a program without
end gets narrow ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from studybuddy.core.exercise import Case, Exercise, ExerciseKind, Limits, Observation, Signature

LIMITS = Limits(wall_s=30.0, cpu_s=20.0, memory_mb=128, output_kb=256, case_wall_s=10.0)
BRIEF_S = 1.0
"""Enough for a child to start on a busy machine, and little to wait for."""

SIGNATURE = Signature(
    entry="Solution.maxDepth",
    text="class Solution:\n    def maxDepth(self, root: Optional[TreeNode]) -> int: ...",
    parameters=("tree",),
    returns="int",
)

TREES: tuple[tuple[str, Any, int], ...] = (
    ("empty", [], 0),
    ("single", [0], 1),
    ("negative", [-100, -100], 2),
    ("zeros", [0, 0, 0, 0], 3),
    ("left-only", [1, 2], 2),
    ("right-only", [1, None, 2], 2),
    ("example", [3, 9, 20, "null", "null", 15, 7], 3),
    ("deep-left", [1, 2, 3, 4, None, None, None, 5], 4),
    ("deep-right", [1, 2, 3, None, None, None, 4, None, 5], 4),
    ("full", list(range(1, 16)), 4),
    ("inner", [1, 2, 3, 4, 5, 6, 7, None, None, None, 8], 4),
    ("chain-60", {"chain": 60, "side": "left"}, 60),
)

MAX_DEPTH = Exercise(
    id="test/max-depth",
    kind=ExerciseKind.FUNCTION,
    title="Maximum depth",
    section="test/algorithm",
    starter="class Solution:\n    def maxDepth(self, root):\n        ...\n",
    reference="",
    limits=LIMITS,
    signature=SIGNATURE,
    cases=tuple(Case(name, (tree,), depth) for name, tree, depth in TREES),
    misconceptions=(("off-by-one-low", "Edges are counted, not nodes."),),
)
IMPATIENT = replace(MAX_DEPTH, limits=replace(LIMITS, case_wall_s=BRIEF_S))

RIGHT_DEPTH = """\
class Solution:
    def maxDepth(self, root: Optional[TreeNode]) -> int:
        if root is None:
            return 0
        return 1 + max(self.maxDepth(root.left), self.maxDepth(root.right))
"""

SCRIPT = Exercise(
    id="test/script",
    kind=ExerciseKind.SCRIPT,
    title="A script",
    section="test/code",
    starter="",
    reference="",
    limits=LIMITS,
)

LOOP = replace(
    SCRIPT,
    id="test/loop",
    packages=("numpy",),
    observation=Observation(
        names=("x", "y", "w1", "w2"),
        gradients=("grad_w1", "grad_w2"),
        rule="two-layer-relu",
        loss_pattern=r"Epoch (\d+): Loss = (\S+)",
        checkpoints=(0, 50, 100, 150),
        final_ratio=1e-2,
    ),
)

RIGHT_LOOP = """\
import numpy as np

N, D_in, H, D_out = 16, 40, 20, 4
learning_rate = 1e-4
rng = np.random.RandomState(0)
x = rng.randn(N, D_in)
y = rng.randn(N, D_out)
w1 = rng.randn(D_in, H)
w2 = rng.randn(H, D_out)

for t in range(200):
    h = x @ w1
    h_relu = np.maximum(h, 0)
    y_pred = h_relu @ w2
    loss = np.square(y_pred - y).sum()
    if t % 50 == 0:
        print(f"Epoch {t}: Loss = {loss}")
    grad_y_pred = 2.0 * (y_pred - y)
    grad_w2 = h_relu.T @ grad_y_pred
    grad_h_relu = grad_y_pred @ w2.T
    grad_h = grad_h_relu * (h > 0)
    grad_w1 = x.T @ grad_h
    w1 -= learning_rate * grad_w1
    w2 -= learning_rate * grad_w2
"""


def function(
    entry: str, parameters: tuple[str, ...], returns: str, *cases: tuple[tuple[Any, ...], Any]
) -> Exercise:
    """A function exercise whose cases are named by their number."""
    return replace(
        MAX_DEPTH,
        signature=Signature(entry, f"def {entry}(...): ...", parameters, returns),
        cases=tuple(
            Case(str(number), arguments, expected) for number, (arguments, expected) in enumerate(cases)
        ),
    )
