"""walk.toml: the lines of a program, walked through one by one."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.lesson import SectionKind
from studybuddy.core.phrase import Phrase
from studybuddy.core.walk import Walk, WalkStep
from studybuddy.course.answer_checks import check_answers
from studybuddy.course.checked_code import read_checked_code
from studybuddy.course.ids import read_id
from studybuddy.course.macros import in_table
from studybuddy.course.markdown import read_markdown
from studybuddy.course.report import Report, shorten
from studybuddy.course.source import read_source
from studybuddy.course.table import Table, read_toml
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from studybuddy.core.block import Blocks
    from studybuddy.core.latex_macros import Macros

FILE = "walk.toml"


def read_walks(
    folder: Path, language: str, exercises: Collection[str], macros: Macros, report: Report
) -> tuple[Walk, ...]:
    """The walk of a lesson; none where the file is not there."""
    path = folder / FILE
    source = read_source(path, report) if path.exists() else None
    if source is None:
        return ()
    table = in_table(read_toml(source), macros)
    word = read_id(table, set())
    section = table.choice("section", tuple(SectionKind))
    exercise = f"{folder.name}/{table.text('exercise')}"
    if exercise not in exercises:
        message = Phrase.of(N_("there is no folder exercises/{name}"), name=exercise.partition("/")[2])
        table.error("unknown-id", message, "exercise")
    taken: set[str] = set()
    rows = table.tables("step")
    if not rows:
        table.error("missing-key", N_("a walk needs at least one [[step]]"))
    walk = Walk(
        id=f"{folder.name}/{word}",
        title=table.told("title", language),
        section=f"{folder.name}/{section}",
        exercise=exercise,
        given=table.text("given", ""),
        steps=tuple(_read_step(row, f"{folder.name}/{word}", language, taken) for row in rows),
    )
    table.close()
    return (walk,) if word else ()


def _read_step(row: Table, walk: str, language: str, taken: set[str]) -> WalkStep:
    word = read_id(row, taken)
    name, value = _read_line(row)
    line = CardContent(f"{walk}/{word}", CardKind.CODE, f"`{name} = ____`", f"`{value}`", "")
    line = read_checked_code(row, CardContent(line.id, line.kind, line.front, line.back, "", accept=(value,)))
    shapes = row.texts("shapes")
    if not shapes:
        row.error("missing-key", N_("`shapes` is missing: the shape of the line, in letters or numbers"))
    wanted = shapes[0] if shapes else ""
    shape = CardContent(f"{walk}/{word}/shape", CardKind.SHAPE, name, wanted, "", accept=shapes)
    check_answers(row, shape)
    step = WalkStep(
        id=f"{walk}/{word}",
        title=row.told("title", language),
        name=name,
        value=value,
        shape=shape,
        line=line,
        question=_blocks(row, "question", language),
        reason=_blocks(row, "reason", language),
    )
    row.close()
    return step


def _read_line(row: Table) -> tuple[str, str]:
    """What a line assigns to, and what it assigns."""
    line = row.text("line")
    try:
        match ast.parse(line).body:
            case [ast.Assign(targets=[ast.Name(id=name)], value=value)]:
                return name, ast.get_source_segment(line, value) or ""
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
    if line:
        message = Phrase.of(N_("`line` is one assignment of the program, not {line!r}"), line=shorten(line))
        row.error("python-syntax", message, "line")
    return "", ""


def _blocks(table: Table, key: str, language: str) -> Blocks:
    return read_markdown(table.told(key, language), lambda code, message: table.warning(code, message, key))
