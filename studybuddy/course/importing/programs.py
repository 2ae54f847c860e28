"""The programs of an imported lesson as exercises: without tests, unless the course knows the problem."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from studybuddy.course.importing.algorithm import KNOWN_PROBLEMS
from studybuddy.course.importing.model import PartKind, Problem
from studybuddy.course.importing.python_text import commented, flaw_of, parse
from studybuddy.course.importing.toml_text import listed, quoted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studybuddy.course.importing.model import Part
    from studybuddy.course.importing.words import Words

PACKAGES = ("numpy", "torch")
RUNNABLE = (PartKind.CODE, PartKind.ENGINEERING)
MOST_HINTS = 20
_FUTURE = "from __future__ import annotations"


@dataclass(frozen=True, slots=True)
class Program:
    """One exercise before it has an id: of a section as a whole, or of one algorithm problem."""

    source: Part | Problem
    section: PartKind
    title: str
    code: str
    prefix: str
    number: int = 0

    @property
    def wanted(self) -> str:
        """The id that it should have: a problem's number is known to everybody."""
        return f"lc-{self.number}" if self.number else ""


def programs_of(parts: Sequence[Part]) -> list[Program]:
    """Every program that can be run: the cells of a section share their names, so they are one."""
    found: list[Program] = []
    for part in parts:
        if part.kind in RUNNABLE:
            code = _joined([list(program.lines) for program in part.programs if program.parses])
            if code:
                found.append(Program(part, part.kind, part.title, code, f"{part.kind.value}-"))
        elif part.kind is PartKind.ALGORITHM:
            for item in part.items:
                if isinstance(item, Problem):
                    code = _joined([list(program.lines) for program in item.programs if program.parses])
                    if code:
                        found.append(
                            Program(item, part.kind, item.title, _annotated(code), "problem-", item.number)
                        )
    return found


def _joined(sources: list[list[str]]) -> str:
    """One program of several cells; empty where they are none together, or hold nothing."""
    text = "\n\n\n".join("\n".join(commented(lines)).strip("\n") for lines in sources)
    if not any(line.strip() and not line.strip().startswith("#") for line in text.split("\n")):
        return ""
    return text.rstrip() + "\n" if flaw_of(text.split("\n")) is None else ""


def _annotated(code: str) -> str:
    """The program with its annotations never looked up: `Optional[TreeNode]` is defined at LeetCode alone."""
    together = f"{_FUTURE}\n\n{code}"
    if _FUTURE in code or flaw_of(together.split("\n")) is not None:
        return code
    return together


def without_bodies(code: str) -> str:
    """The program with every function left open: what the learner begins with."""
    lines = code.split("\n")
    tree = parse(lines)
    if not isinstance(tree, ast.Module):
        return code
    for function in reversed(_functions(tree)):
        first, last = function.body[0].lineno, function.body[-1].end_lineno or 0
        if first <= function.lineno:
            return code  # all on one line
        indent = " " * function.body[0].col_offset
        lines[first - 1 : last] = [f"{indent}..."]
    text = "\n".join(lines)
    return text if flaw_of(lines) is None else code


def _functions(tree: ast.Module) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions of a program and of its classes, in their order; none inside another."""
    found: list[ast.FunctionDef | ast.AsyncFunctionDef] = []
    for statement in tree.body:
        inner = statement.body if isinstance(statement, ast.ClassDef) else [statement]
        found += [node for node in inner if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return found


def exercise_files(program: Program, language: str, words: Words, hints: Sequence[str]) -> dict[str, str]:
    """The files of an exercise's folder."""
    solve = program.section is PartKind.ALGORITHM
    known = program.number if program.number in KNOWN_PROBLEMS else 0
    packages = [
        name for name in PACKAGES if re.search(rf"^\s*(?:import|from)\s+{name}\b", program.code, re.MULTILINE)
    ]
    rows = [
        'kind = "script"',
        f'section = "{program.section.value}"',
        f"packages = {listed(packages)}",
        "self_report = true",
        *([f"problem = {known}"] if known else []),
        "",
        "[title]",
        f"{language} = {quoted(program.title or words.titles[program.section])}",
        "",
        "[task]",
        f"{language} = {quoted(words.solve_task if solve else words.run_task)}",
    ]
    for hint in hints[:MOST_HINTS]:
        rows += ["", "[[hint]]", f"{language} = {quoted(hint)}"]
    starter = without_bodies(program.code) if solve else program.code
    return {"exercise.toml": "\n".join(rows) + "\n", "starter.py": starter, "reference.py": program.code}
