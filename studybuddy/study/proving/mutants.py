"""Small mistakes put into a program, one at a time: what a good set of tests has to notice."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from studybuddy.study.proving.mutations import changes_of

REMOVED = "(removed)"
_NESTED = frozenset({"body", "orelse", "finalbody", "handlers", "cases"})


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake that can be put into a program. `line` is where it would be."""

    change: str
    """`h > 0 -> h >= 0`, as a whole statement each; a further one that reads the same has ` #2` behind it.
    It does not depend on comments, layout or line numbers."""
    line: int


@dataclass(frozen=True, slots=True)
class Mutant:
    """A program with one mistake in it."""

    mistake: Mistake
    source: str


def mistakes(source: str) -> tuple[Mistake, ...]:
    """Every mistake that can be put into a program by one mutation, in the order of its lines.

    Strings, imports and type annotations are left alone: what a program says is not what it does. So are
    exceptions, and whether an `if` that only raises one is there: a reference refuses inputs that none means.

    Raises:
        SyntaxError: it is no program.
    """
    return tuple(_mistakes(ast.parse(source)))


def mutants(source: str, chosen: Collection[Mistake]) -> tuple[Mutant, ...]:
    """The program with each of some of its mistakes, in the order of its lines.

    Raises:
        SyntaxError: it is no program.
    """
    tree = ast.parse(source)
    return tuple(Mutant(one, ast.unparse(tree)) for one in _mistakes(tree) if one in chosen)


def spread(found: Sequence[Mistake], most: int, first: frozenset[int]) -> frozenset[Mistake]:
    """At most so many of some mistakes: those on the lines `first`, then others from all over the program."""
    if len(found) <= most:
        return frozenset(found)
    chosen = [one for one in found if one.line in first]
    if len(chosen) > most:
        chosen = [chosen[number * len(chosen) // most] for number in range(most)]
    others = [one for one in found if one.line not in first]
    room = most - len(chosen)
    return frozenset(chosen + [others[number * len(others) // room] for number in range(room)])


def _mistakes(tree: ast.Module) -> Iterator[Mistake]:
    """Each mistake, while it is in the tree."""
    named: Counter[str] = Counter()
    for block, index in _statements(tree):
        seen = {before := _headline(block[index])}
        for line in _mutated(block, index):
            after = REMOVED if isinstance(block[index], ast.Pass) else _headline(block[index])
            if after in seen:
                continue
            seen.add(after)
            change = f"{before} -> {after}"
            named[change] += 1
            number = f" #{named[change]}" if named[change] > 1 else ""
            yield Mistake(change + number, line)


def _mutated(block: list[ast.stmt], index: int) -> Iterator[int]:
    """The lines of the mutations of a statement, each while it is made."""
    statement = block[index]
    for change in changes_of(statement):
        change.make()
        try:
            yield change.line
        finally:
            change.undo()
    if not isinstance(statement, ast.Pass | ast.FunctionDef | ast.ClassDef) and not _refuses(statement):
        block[index] = ast.Pass()
        try:
            yield statement.lineno
        finally:
            block[index] = statement


def _statements(node: ast.AST) -> Iterator[tuple[list[ast.stmt], int]]:
    """Each statement that does something, by the block it stands in."""
    for name in ("body", "orelse", "finalbody"):
        block = getattr(node, name, None)
        if not isinstance(block, list):
            continue
        for index, statement in enumerate(block):
            if isinstance(statement, ast.Import | ast.ImportFrom | ast.Raise) or _only_says(statement):
                continue
            yield block, index
            yield from _statements(statement)
    for handler in getattr(node, "handlers", ()):
        yield from _statements(handler)


def _refuses(statement: ast.stmt) -> bool:
    """An `if` that does nothing but raise."""
    return (
        isinstance(statement, ast.If)
        and not statement.orelse
        and all(isinstance(below, ast.Raise) for below in statement.body)
    )


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
