"""Finds the brackets that belong together in a row, so that they can stretch and carry scripts."""

from __future__ import annotations

from dataclasses import replace

from studybuddy.mathtext.nodes import Fenced, Node, Role, Row, Scripts, Symbol, Table

_BARS = ("|", "‖", "∣", "∥")


def pair(items: list[Node]) -> tuple[Node, ...]:
    """The row with each pair of brackets as one node.

    The parser hangs the script of `(...)_{kj}` on the closing bracket; here it moves to the whole group. A
    bracket without a partner stays as it is, and `[0, 1)` counts as a pair.
    """
    outer: list[tuple[str, list[Node]]] = []
    row: list[Node] = []
    for node in items:
        if isinstance(node, Symbol) and node.role is Role.OPENING:
            outer.append((node.text, row))
            row = []
            continue
        closing = node.base if isinstance(node, Scripts) else node
        if isinstance(closing, Symbol) and closing.role is Role.CLOSING and outer:
            opening, before = outer.pop()
            fenced = Fenced(opening, Row(_barred(row)), closing.text)
            before.append(replace(node, base=fenced) if isinstance(node, Scripts) else fenced)
            row = before
            continue
        row.append(node)
    while outer:
        opening, before = outer.pop()
        row = [*before, Symbol(opening, Role.OPENING), *row]
    return _barred(row)


def _barred(row: list[Node]) -> tuple[Node, ...]:
    """A table between two bars is a determinant: the bars stretch with it."""
    done: list[Node] = []
    for node in row:
        if (
            len(done) > 1
            and isinstance(done[-1], Table)
            and isinstance(node, Symbol)
            and done[-2] == node
            and node.text in _BARS
        ):
            done[-2:] = [Fenced(node.text, done[-1], node.text)]
        else:
            done.append(node)
    return tuple(done)
