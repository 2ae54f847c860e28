"""Finds the brackets that belong together in a row, so that they can stretch and carry scripts."""

from __future__ import annotations

from dataclasses import replace

from studybuddy.mathtext.nodes import Fenced, Node, Role, Row, Scripts, Symbol, Table, only, role

_BARS = ("|", "‖", "∣", "∥")
_FACTORS = (Role.ORDINARY, Role.FENCED, Role.FRACTION, Role.WORD)


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


def at_places(items: tuple[Node, ...]) -> tuple[Node, ...]:
    r"""Each `\bigg|_{x=0}` with the factors in front of it: the bar is as tall as they are."""
    if not any(_is_place(node) for node in items):
        return items
    done: list[Node] = []
    for node in items:
        begin = len(done)
        while begin and role(done[begin - 1]) in _FACTORS and not _is_bar(done[begin - 1]):
            begin -= 1
        opened = sum(_is_bar(before) for before in done) % 2
        if isinstance(node, Scripts) and _is_place(node) and begin < len(done) and not opened:
            bar = only(node.base)
            closing = bar.text if isinstance(bar, Symbol) else "|"
            done[begin:] = [replace(node, base=Fenced("", Row(tuple(done[begin:])), closing))]
        else:
            done.append(node)
    return tuple(done)


def _is_bar(node: Node) -> bool:
    node = only(node.base) if isinstance(node, Scripts) else only(node)
    return isinstance(node, Symbol) and node.text in _BARS


def _is_place(node: Node) -> bool:
    return isinstance(node, Scripts) and node.sub is not None and _is_bar(node)


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
