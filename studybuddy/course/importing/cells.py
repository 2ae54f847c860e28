"""Where the code of an unfenced cell ends and its output begins.

A text export writes both after the prompt, with nothing but blank lines between. The longest beginning that
is Python is the code; it is looked for from the end, jumping back to where the parser stopped, so that a cell
of thousands of lines takes a few parses. What is printed may be Python, too: trailing expressions of which no
name is known to the code, after a blank line, are output.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.course.importing.python_text import LONGEST, Flaw, looks_like_python, masked, parse

MOST_PARSES = 40
MOST_PARSED = 2_000_000
"""Characters that all parses of one cell look at together, with 16 for what a hard one costs."""
MOST_PRINTS = 200
_BUILTINS = frozenset(dir(builtins))
_PRINTED = re.compile(r"""\bprint\(\s*[fr]{0,2}["']([^"'{}\\]{2,200})""")


@dataclass(frozen=True, slots=True)
class Cut:
    """The first `code` lines are code. `guessed`: Python does not tell; `flaw`: where it stops being so."""

    code: int
    guessed: bool = False
    flaw: Flaw | None = None


def split_cell(lines: Sequence[str]) -> Cut:
    """Where to cut the lines after a prompt."""
    if not any(line.strip() for line in lines):
        return Cut(len(lines))
    texts = masked(_short_enough(lines))
    first: Flaw | None = None
    end = len(texts)
    size = sum(map(len, texts)) + end
    for _ in range(min(MOST_PARSES, max(3, MOST_PARSED // (16 * size)))):
        parsed = parse(texts[:end])
        if isinstance(parsed, ast.Module):
            if parsed.body:
                return _with_output(lines, end, parsed, first)
            break
        first = first or parsed
        end = _back(lines, min(parsed.line, end - 1))
        if not end:
            break
    return _broken(lines, first or Flaw(0, 1, "invalid syntax"))


def _short_enough(lines: Sequence[str]) -> Sequence[str]:
    total = 0
    for number, line in enumerate(lines):
        total += len(line) + 1
        if total > LONGEST:
            return lines[:number]
    return lines


def _back(lines: Sequence[str], end: int) -> int:
    """The last place at or before `end` where a statement may end: what follows stands at column 0."""
    while end > 0 and end < len(lines) and lines[end][:1] in (" ", "\t"):
        end -= 1
    return end


def _with_output(lines: Sequence[str], end: int, tree: ast.Module, stopped: Flaw | None) -> Cut:
    """The cut after a valid beginning, moved to before what is printed, or on into broken code."""
    printed = _printed(lines)
    rest, below = [*(line for line in lines[end : end + 50] if line.strip()), "", ""][:2]
    goes_on = looks_like_python(rest) or (below[:1] in (" ", "\t") and looks_like_python(below))
    if stopped is not None and goes_on and not rest.startswith((" ", "\t", *printed)):
        return _broken(lines, stopped, end)
    cut = _before_values(lines, tree, printed)
    if cut is not None:
        return Cut(cut, guessed=not lines[cut].startswith(printed))
    separate = end >= len(lines) or not lines[end].strip() or not lines[end - 1].strip()
    return Cut(end, guessed=not separate and not rest.startswith(printed))


def _before_values(lines: Sequence[str], tree: ast.Module, printed: tuple[str, ...]) -> int | None:
    """Where trailing values begin that only look like code, None where the code ends in code."""
    known = _names_bound(tree)
    body = tree.body
    first = len(body)
    while first > 1 and (
        _is_value(body[first - 1], known) or lines[body[first - 1].lineno - 1].startswith(printed)
    ):
        first -= 1
    while first < len(body):
        line = body[first].lineno - 1
        if line > 0 and not lines[line - 1].strip():
            return line
        first += 1
    return None


def _names_bound(tree: ast.Module) -> frozenset[str] | None:
    """The names that the code gives a value; None where a star import hides them."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            names.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            names.add(node.name)
        elif isinstance(node, ast.alias):
            if node.name == "*":
                return None
            names.add((node.asname or node.name).partition(".")[0])
    return frozenset(names)


def _is_value(statement: ast.stmt, known: frozenset[str] | None) -> bool:
    """Whether a statement can only be something printed: a value, or words that the code never defined."""
    if isinstance(statement, ast.AnnAssign):
        parts: list[ast.AST] = [statement.annotation] if statement.value is None else []
        if not parts or not isinstance(statement.target, ast.Name):
            return False
        name = statement.target.id
        return (
            known is not None
            and name not in _BUILTINS
            and all(_is_free(part, known - {name}) for part in parts)
        )
    return isinstance(statement, ast.Expr) and _is_free(statement.value, known)


def _is_free(expression: ast.AST, known: frozenset[str] | None) -> bool:
    for node in ast.walk(expression):
        if isinstance(node, ast.Name) and (known is None or node.id in known or node.id in _BUILTINS):
            return False
        if isinstance(node, ast.Await | ast.Yield | ast.NamedExpr | ast.Lambda | ast.JoinedStr):
            return False
    return True


def _printed(lines: Sequence[str]) -> tuple[str, ...]:
    """The words with which the code's prints begin, as in `print(f"loss = {loss}")`."""
    words = (found for line in lines if "print" in line for found in _PRINTED.findall(line[:500]))
    return tuple(dict.fromkeys(words))[:MOST_PRINTS]


def _broken(lines: Sequence[str], flaw: Flaw, start: int = 0) -> Cut:
    """The cut of a cell whose code is wrong: before what it prints, or at a blank line that may end it."""
    printed = _printed(lines)
    for number in range(max(1, start), len(lines)):
        line = lines[number]
        if lines[number - 1].strip() or not line.strip() or line[:1] in (" ", "\t"):
            continue
        if line.startswith(printed) or (number > flaw.line and not looks_like_python(line)):
            return Cut(number, guessed=True, flaw=flaw)
    return Cut(len(lines), guessed=True, flaw=flaw)
