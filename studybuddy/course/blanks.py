"""One open place in an exercise's reference: the rest stands, and one line is the learner's to write.

A place is told by the name it assigns: the starter leaves it open (`grad_w2 = ...`), the reference fills it.
Each must assign it once, on one line. Nothing here runs a program.
"""

from __future__ import annotations

import ast
import re
import textwrap
import warnings
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenPlace:
    """The reference with one assignment open."""

    name: str
    """What is assigned there."""
    line: int
    """Its line in the program, from 1."""
    lines: tuple[str, ...]
    """The program; the open line is the starter's, with its comment and without the answer."""
    answer: str
    """The reference's line, without indentation."""

    @property
    def program(self) -> str:
        """The program with the place open."""
        return "\n".join(self.lines) + "\n"

    @property
    def excerpt(self) -> str:
        """The lines around the place, up to the empty lines above and below."""
        first = last = self.line - 1
        while first > 0 and self.lines[first - 1].strip():
            first -= 1
        while last + 1 < len(self.lines) and self.lines[last + 1].strip():
            last += 1
        return textwrap.dedent("\n".join(self.lines[first : last + 1]))

    def filled(self, typed: str) -> str:
        """The program with what was typed in the place: the whole assignment, or its right side alone."""
        typed = textwrap.dedent(typed.expandtabs(4)).strip()
        if not re.match(rf"{re.escape(self.name)}\s*(:[^=\n]*)?=(?!=)", typed):
            typed = f"{self.name} = {typed}"
        above, below = self.lines[: self.line - 1], self.lines[self.line :]
        place = textwrap.indent(typed, self._indent)
        return "\n".join((*above, place, *below)) + "\n"

    @property
    def _indent(self) -> str:
        line = self.lines[self.line - 1]
        return line[: len(line) - len(line.lstrip())]


def open_place(starter: str, reference: str, name: str) -> OpenPlace | None:
    """The reference with the assignment of `name` open, None where that place cannot be told."""
    gap = _assignment(starter, name, empty=True)
    filled = _assignment(reference, name, empty=False)
    if gap is None or filled is None:
        return None
    lines = reference.rstrip("\n").split("\n")
    answer = lines[filled - 1]
    indent = answer[: len(answer) - len(answer.lstrip())]
    code, mark, comment = (indent + starter.split("\n")[gap - 1].strip()).partition("#")
    column = max(answer.find("#"), len(code.rstrip()) + 2) if mark else 0
    lines[filled - 1] = code.rstrip().ljust(column) + mark + comment
    return OpenPlace(name, filled, tuple(lines), answer.strip())


def _assignment(source: str, name: str, *, empty: bool) -> int | None:
    """The line of the only statement `name = value`, alone on it; None where there is no such line."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    statements = [node for node in ast.walk(tree) if isinstance(node, ast.stmt)]
    found = [node for node in statements if isinstance(node, ast.Assign) and _assigns(node, name)]
    if len(found) != 1 or found[0].end_lineno != found[0].lineno:
        return None
    if empty != (isinstance(found[0].value, ast.Constant) and found[0].value.value is ...):
        return None
    line = found[0].lineno
    return line if sum(node.lineno == line for node in statements) == 1 else None


def _assigns(node: ast.Assign, name: str) -> bool:
    return len(node.targets) == 1 and isinstance(node.targets[0], ast.Name) and node.targets[0].id == name
