"""The search of a learner's program done by hand: `python bare_search.py FILE...`.

One process, no wall, no limits: the same inputs and the same steps to smaller ones as the judge's, against
a reference. Prints how many comparisons there were and the smallest input found.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from studybuddy.core.exercise import Domain
from studybuddy.runner.harness.trees import chain, grow
from studybuddy.runner.search.generators import Input, inputs, seed_of
from studybuddy.runner.search.shrinking import smaller_inputs

DOMAINS = (Domain((0, 10_000), (-100, 100)),)
KINDS = ("tree",)

Solve = Callable[[Any], int]


def solution(path: str) -> tuple[Solve, str]:
    """The function of a program, and its source."""
    source = Path(path).read_text(encoding="utf-8")
    namespace: dict[str, Any] = {"Optional": None, "TreeNode": None}
    exec("from typing import Optional\n" + source.replace("Optional[TreeNode]", "object"), namespace)
    return lambda root: int(namespace["Solution"]().maxDepth(root)), source


def reference(root: Any) -> int:
    """Breadth first."""
    depth, level = 0, [root] if root else []
    while level:
        depth, level = depth + 1, [child for node in level for child in (node.left, node.right) if child]
    return depth


def differ(solve: Solve, arguments: Input) -> bool:
    """Whether a program and the reference differ."""
    (tree,) = arguments
    nodes = chain(tree["chain"], tree["side"]) if isinstance(tree, dict) else grow(tree)
    root = nodes[0] if nodes else None
    return solve(root) != reference(root)


def search(solve: Solve, source: str) -> tuple[int, Input | None]:
    """Comparisons until the first difference, and the smallest input with one."""
    compared = 0
    for arguments in inputs(KINDS, DOMAINS, seed_of("s3w10d1/max-depth", source)):
        compared += 1
        if differ(solve, arguments):
            found: Input | None = arguments
            while found is not None:
                arguments = found
                smaller = smaller_inputs(found, KINDS, DOMAINS)
                found = next((candidate for candidate in smaller if differ(solve, candidate)), None)
            return compared, arguments
    return compared, None


if __name__ == "__main__":
    sys.setrecursionlimit(50_000)
    for name in sys.argv[1:]:
        print(*search(*solution(name)))
