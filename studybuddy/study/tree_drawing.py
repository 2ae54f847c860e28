"""A binary tree in box characters, or in words where it is too large to be drawn.

  3
┌─┴──┐
9   20
   ┌─┴─┐
  15   7
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from studybuddy.i18n import _
from studybuddy.text import cell_width, clean_line, pad, truncate

MOST_LEVELS = 5
MOST_NODES = 63
LONGEST_VALUE = 10
"""Cells of a value; a longer one is cut."""
GAP = 2


@dataclass(slots=True)
class _Block:
    """A drawn branch: its lines, all of one width, and the column of its root's middle."""

    lines: list[str]
    middle: int

    @property
    def width(self) -> int:
        return cell_width(self.lines[0])


@dataclass(slots=True)
class _Nodes:
    """The nodes of a tree in level order: texts, children as indices, and how deep they stand."""

    texts: list[str]
    left: dict[int, int]
    right: dict[int, int]
    level: list[int]


def tree_lines(tree: Any, width: int = 200) -> list[str]:
    """A tree as in a case (a level-order list, or a chain) as lines for a screen.

    Values may be any foreign text. A tree of more than five levels or 63 nodes, or one that is
    wider than `width` cells, becomes a sentence.
    """
    if isinstance(tree, dict):
        return [_chain_words(int(tree.get("chain", 0)), str(tree.get("side", "left")))]
    nodes = _read(tree or [])
    if not nodes.texts:
        return [_("(empty tree)")]
    if len(nodes.texts) > MOST_NODES or nodes.level[-1] + 1 > MOST_LEVELS:
        return [_outline(nodes)]
    lines = [line.rstrip() for line in _draw(nodes)]
    return lines if max(map(cell_width, lines)) <= width else [_outline(nodes)]


def _read(level_order: list[Any]) -> _Nodes:
    nodes = _Nodes([], {}, {}, [])
    items = iter(level_order)

    def add(value: Any, level: int) -> int:
        nodes.texts.append(truncate(clean_line(str(value), 100), LONGEST_VALUE) or " ")
        nodes.level.append(level)
        return len(nodes.texts) - 1

    first = next(items, None)
    if first is not None:
        add(first, 0)
    node = 0
    while node < len(nodes.texts):
        for children in (nodes.left, nodes.right):
            value = next(items, None)
            if value is not None:
                children[node] = add(value, nodes.level[node] + 1)
        node += 1
    return nodes


def _draw(nodes: _Nodes) -> list[str]:
    blocks: dict[int, _Block] = {}
    for node in range(len(nodes.texts) - 1, -1, -1):  # children stand behind their parents
        left, right = blocks.pop(nodes.left.get(node, -1), None), blocks.pop(nodes.right.get(node, -1), None)
        blocks[node] = _joined(nodes.texts[node], left, right)
    return blocks[0].lines


def _joined(text: str, left: _Block | None, right: _Block | None) -> _Block:
    """A node above its branches."""
    if left is None and right is None:
        return _Block([text], (cell_width(text) - 1) // 2)
    if left is not None and right is not None:
        shift = left.width + GAP
        lines = _beside(left, right)
        one, other = left.middle, shift + right.middle
        middle = (one + other) // 2
        bar = " " * one + "┌" + "─" * (middle - one - 1) + "┴" + "─" * (other - middle - 1) + "┐"
    elif left is not None:
        lines, middle = left.lines, left.middle + 2
        bar = " " * left.middle + "┌─┘"
    else:
        assert right is not None
        indent = max(0, 2 - right.middle)
        lines = [" " * indent + line for line in right.lines]
        middle = right.middle + indent - 2
        bar = " " * middle + "└─┐"
    start = middle - (cell_width(text) - 1) // 2
    indent = max(0, -start)
    rows = [" " * max(0, start) + text, *(" " * indent + line for line in (bar, *lines))]
    width = max(map(cell_width, rows))
    return _Block([pad(row, width) for row in rows], middle + indent)


def _beside(left: _Block, right: _Block) -> list[str]:
    height = max(len(left.lines), len(right.lines))
    return [
        (left.lines[row] if row < len(left.lines) else " " * left.width)
        + " " * GAP
        + (right.lines[row] if row < len(right.lines) else " " * right.width)
        for row in range(height)
    ]


def _outline(nodes: _Nodes) -> str:
    count, depth = len(nodes.texts), nodes.level[-1] + 1
    if count == depth:
        sides = {"left": not nodes.right, "right": not nodes.left}
        return _chain_words(count, next((side for side, only in sides.items() if only), "zigzag"))
    if count == (1 << depth) - 1:
        return _("a perfect tree of {nodes} nodes, depth {depth}", nodes=count, depth=depth)
    return _("a tree of {nodes} nodes, depth {depth}", nodes=count, depth=depth)


def _chain_words(length: int, side: str) -> str:
    if side == "left":
        return _("a chain of {nodes} nodes, each the left child of the one before", nodes=length)
    if side == "right":
        return _("a chain of {nodes} nodes, each the right child of the one before", nodes=length)
    return _("a chain of {nodes} nodes that turns left and right", nodes=length)
