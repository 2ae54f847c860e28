"""A small experiment with a training script: some expressions changed, and what to ask beforehand."""

from __future__ import annotations

import ast
import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

VALUE = "{value}"
"""Stands in a new value for the expression that it replaces."""
FACTOR = 10
"""By how much a loss must have changed to have fallen or exploded."""


class Outcome(StrEnum):
    """What a loss does over a run."""

    FALLS = "falls"
    STAYS = "stays"
    EXPLODES = "explodes"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a program.

    With `name`, the value of the first assignment to it at the top level becomes `put`; with `find`, so does
    every expression equal to it, however it is spaced. `put` may hold the old value as `{value}`.
    """

    put: str
    name: str = ""
    find: str = ""
    optional: bool = False
    """Left out where there is nothing to change."""


@dataclass(frozen=True, slots=True)
class Experiment:
    """A change to try on a script, with its words in one language. `label` is the short name of its curve."""

    id: str
    label: str
    changes: tuple[Change, ...]
    outcome: Outcome
    """What the course's own program does with it."""
    title: str
    question: str
    explanation: str


def changed_source(source: str, changes: Sequence[Change]) -> str | None:
    """A program with the changes made, None where one of them has no place in it.

    Places are found in the syntax tree, so that neither spaces nor comments matter.
    """
    for change in changes:
        found = _places(source, change)
        if found is None or not (found or change.optional):
            return None
        for start, end in sorted(found, reverse=True):
            put = change.put.replace(VALUE, f"({source[start:end]})")
            source = source[:start] + put + source[end:]
    return source


def missing_change(source: str, changes: Sequence[Change]) -> Change | None:
    """The first change that has no place in a program; None if all of them have."""
    for number, change in enumerate(changes):
        if changed_source(source, changes[: number + 1]) is None:
            return change
    return None


def outcome_of(losses: Sequence[tuple[int, float]]) -> Outcome | None:
    """What some losses did, from the first to the last; None where there are not two to compare."""
    values = [value for _step, value in losses]
    if len(values) < 2:
        return None
    first, last = values[0], values[-1]
    if not all(map(math.isfinite, values)) or last >= FACTOR * first > 0:
        return Outcome.EXPLODES
    return Outcome.FALLS if last <= first / FACTOR and last < first else Outcome.STAYS


def expression(text: str) -> ast.expr | None:
    """A text as one Python expression, None if it is none."""
    tree = _parsed(f"({text}\n)")
    if tree is None or len(tree.body) != 1:
        return None
    only = tree.body[0]
    return only.value if isinstance(only, ast.Expr) else None


def _parsed(source: str) -> ast.Module | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _places(source: str, change: Change) -> list[tuple[int, int]] | None:
    """Offsets of the expressions that a change replaces; None where the program does not parse."""
    tree = _parsed(source)
    if tree is None:
        return None
    try:
        nodes = _assigned(tree, change.name) if change.name else _equal(tree, change.find)
    except RecursionError:
        return None
    starts = _line_starts(source)
    return [(_offset(source, starts, n), _offset(source, starts, n, end=True)) for n in nodes]


def _assigned(tree: ast.Module, name: str) -> list[ast.expr]:
    for statement in tree.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=target)], value=value) if target == name:
                return [value]
            case ast.AnnAssign(target=ast.Name(id=target), value=ast.expr() as value) if target == name:
                return [value]
    return []


def _equal(tree: ast.Module, find: str) -> list[ast.expr]:
    """Expressions equal to `find`; none of them lies within another, as equal trees are of equal size."""
    wanted = expression(find)
    if wanted is None:
        return []
    kind, picture = type(wanted), ast.dump(wanted)
    return [node for node in ast.walk(tree) if type(node) is kind and ast.dump(node) == picture]


def _line_starts(source: str) -> list[int]:
    """The offset at which each line begins, by the line ends that Python counts."""
    starts = [0]
    for offset, char in enumerate(source):
        if char == "\n" or (char == "\r" and source[offset + 1 : offset + 2] != "\n"):
            starts.append(offset + 1)
    return starts


def _offset(source: str, starts: list[int], node: ast.expr, *, end: bool = False) -> int:
    """Where an expression begins or ends; Python counts columns in bytes of UTF-8."""
    line, column = (node.end_lineno, node.end_col_offset) if end else (node.lineno, node.col_offset)
    start = starts[(line or 1) - 1]
    text = source[start:].split("\n", 1)[0]
    return start + len(text.encode()[: column or 0].decode("utf-8", "ignore"))
