"""A tree as arrays of indices, in which a branch is cut or moved without recursion or copied nodes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

Side = Literal[0, 1]
NONE = -1


class Branches:
    """The nodes of a level-order list; parents stand before their children."""

    def __init__(self, level: list[Any]) -> None:
        self.values: list[int] = []
        self.children: list[list[int]] = []
        self.parent: list[tuple[int, Side]] = []
        if level and level[0] is not None:
            self._grow(level)
        self.sizes = [1] * len(self.values)
        for node in range(len(self.values) - 1, 0, -1):
            self.sizes[self.parent[node][0]] += self.sizes[node]

    def _grow(self, level: list[Any]) -> None:
        items = iter(level)
        self._add(next(items), NONE, 0)
        for node in range(len(level)):
            if node >= len(self.values):
                break
            for side in (0, 1):
                value = next(items, None)
                if value is not None:
                    self.children[node][side] = len(self.values)
                    self._add(value, node, 1 if side else 0)

    def _add(self, value: int, parent: int, side: Side) -> None:
        self.values.append(value)
        self.children.append([NONE, NONE])
        self.parent.append((parent, side))

    def level(self, root: int = 0, change: tuple[int, Side, int] | None = None) -> list[Any]:
        """The level-order list of a subtree, with one child changed: of which node, which, to what."""
        if not self.values or root == NONE:
            return []
        found: list[Any] = [self.values[root]]
        nodes = [root]
        for node in nodes:  # grows while it is walked
            for side in (0, 1):
                child = self.children[node][side]
                if change is not None and change[:2] == (node, side):
                    child = change[2]
                if child == NONE:
                    found.append(None)
                else:
                    found.append(self.values[child])
                    nodes.append(child)
        while found[-1] is None:
            found.pop()
        return found

    def without(self, node: int) -> list[Any]:
        """The tree without a node and all below it."""
        parent, side = self.parent[node]
        return [] if parent == NONE else self.level(0, (parent, side, NONE))

    def lifted(self, node: int, side: Side) -> list[Any]:
        """The tree with a child in the place of its parent, whose other branch goes."""
        child = self.children[node][side]
        parent, place = self.parent[node]
        return self.level(child) if parent == NONE else self.level(0, (parent, place, child))

    def spread(self, most: int) -> Iterator[int]:
        """At most about `most` nodes: those with the largest branches first, of a large tree a selection."""
        order = sorted(range(len(self.values)), key=lambda node: -self.sizes[node])
        step = max(1, 2 * len(order) // most)
        yield from order[: most // 2]
        yield from order[most // 2 :: step]
