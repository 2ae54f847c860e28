"""Binary trees, built, read and freed without recursion: no depth makes the harness fail."""

from __future__ import annotations

from collections import deque
from typing import Any

MOST_NODES = 200_000
"""A returned structure with more is taken for endless."""


class TreeNode:
    """A node as the learner's program sees it."""

    def __init__(self, val: Any = 0, left: Any = None, right: Any = None) -> None:
        self.val = val
        self.left = left
        self.right = right

    def __repr__(self) -> str:
        return f"TreeNode({self.val!r})"


TreeNode.__module__ = "__main__"


class NoValue:
    """Stands for the value of a node that is there and holds None."""

    def __repr__(self) -> str:
        return "None"


NO_VALUE = NoValue()


def grow(values: list[Any]) -> list[TreeNode]:
    """Nodes of the tree in level order, the root first; children of absent nodes are not listed."""
    if not values or values[0] is None:
        return []
    rest = iter(values)
    nodes = [TreeNode(next(rest))]
    for node in nodes:  # grows while it is walked
        for side in ("left", "right"):
            value = next(rest, None)
            if value is not None:
                child = TreeNode(value)
                setattr(node, side, child)
                nodes.append(child)
    return nodes


def chain(length: int, side: str) -> list[TreeNode]:
    """Nodes of a tree without branches: `left`, `right` or `zigzag`. Values stay within -100..100."""
    nodes = [TreeNode(index % 201 - 100) for index in range(length)]
    for index in range(length - 1):
        to_left = side == "left" or (side == "zigzag" and index % 2 == 0)
        setattr(nodes[index], "left" if to_left else "right", nodes[index + 1])
    return nodes


def fell(nodes: list[TreeNode]) -> None:
    """Cut every tie, so that no long chain is left to be freed at once."""
    for node in nodes:
        node.left = node.right = None
    nodes.clear()


def level_order(root: Any) -> list[Any] | None:
    """Values of a tree with None for absent children, trailing ones trimmed; None for an endless one."""
    values: list[Any] = []
    seen: set[int] = set()
    waiting = deque([root])
    while waiting:
        node = waiting.popleft()
        if node is None:
            values.append(None)
            continue
        if id(node) in seen or len(seen) >= MOST_NODES:
            return None
        seen.add(id(node))
        values.append(NO_VALUE if node.val is None else node.val)
        waiting.append(node.left)
        waiting.append(node.right)
    while values and values[-1] is None:
        values.pop()
    return values
