"""Small mistakes put into a program, one at a time: what a good set of tests has to notice."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from studybuddy.study.proving.mutations import changes_of

REMOVED = "(removed)"
_NESTED = frozenset({"body", "orelse", "finalbody", "handlers", "cases"})


@dataclass(frozen=True, slots=True)
class Mutant:
    """A program with one mistake. `line` is where the mistake is in the program it was made from."""

    change: str
    """`h > 0 -> h >= 0`, as a whole statement each; a further one that reads the same has ` #2` behind it.
    It does not depend on comments, layout or line numbers."""
    line: int
    source: str


def mutants(source: str) -> tuple[Mutant, ...]:
    """Every program that differs from `source` by one mutation, in the order of its lines.

    Strings, imports and type annotations are left alone: what a program says is not what it does.

    Raises:
        SyntaxError: it is no program.
    """
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    named: Counter[str] = Counter()
    found = []
    for line, change, text in _mutated(tree):
        if text in seen:
            continue
        seen.add(text)
        named[change] += 1
        number = f" #{named[change]}" if named[change] > 1 else ""
        found.append(Mutant(change + number, line, text))
    return tuple(found)


def spread(found: tuple[Mutant, ...], most: int, first: frozenset[int]) -> tuple[Mutant, ...]:
    """At most so many of some mutants: those on the lines `first`, then others from all over the program."""
    if len(found) <= most:
        return found
    chosen = [mutant for mutant in found if mutant.line in first][:most]
    others = [mutant for mutant in found if mutant.line not in first]
    room = most - len(chosen)
    chosen += [others[number * len(others) // room] for number in range(room)] if room else []
    return tuple(sorted(chosen, key=lambda mutant: mutant.line))


def _mutated(tree: ast.Module) -> Iterator[tuple[int, str, str]]:
    for block, index in _statements(tree):
        statement = block[index]
        before = _headline(statement)
        for change in changes_of(statement):
            change.make()
            try:
                yield change.line, f"{before} -> {_headline(statement)}", ast.unparse(tree)
            finally:
                change.undo()
        if not isinstance(statement, ast.Pass | ast.FunctionDef | ast.ClassDef):
            block[index] = ast.Pass()
            try:
                yield statement.lineno, f"{before} -> {REMOVED}", ast.unparse(tree)
            finally:
                block[index] = statement


def _statements(node: ast.AST) -> Iterator[tuple[list[ast.stmt], int]]:
    """Each statement that does something, by the block it stands in."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if not isinstance(block, list):
            continue
        for index, statement in enumerate(block):
            if isinstance(statement, ast.Import | ast.ImportFrom) or _only_says(statement):
                continue
            yield block, index
            yield from _statements(statement)
    for handler in getattr(node, "handlers", ()):
        yield from _statements(handler)


def _only_says(statement: ast.stmt) -> bool:
    """A string or `...` that stands alone."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _headline(statement: ast.stmt) -> str:
    """A statement on one line; of a compound one its head."""
    hidden: dict[str, list[ast.stmt]] = {}
    for name in _NESTED:
        block = getattr(statement, name, None)
        if isinstance(block, list) and block:
            hidden[name] = block
            setattr(statement, name, [ast.Pass()] if name == "body" else [])
    try:
        text = ast.unparse(statement)
    finally:
        for name, block in hidden.items():
            setattr(statement, name, block)
    lines = text.split("\n")
    if hidden:
        return lines[-2] if len(lines) > 1 else lines[0]
    return " ".join(lines)
