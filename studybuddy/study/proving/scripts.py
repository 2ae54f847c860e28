"""Runs the scripts that find a lesson's figures: `numbers/*.py` prints lines `name = value`."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.errors import RunnerError
from studybuddy.core.exercise import Exercise, ExerciseKind, Limits
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import Verdict
from studybuddy.course.report import Report, shorten
from studybuddy.course.source import Source, read_source
from studybuddy.i18n import N_
from studybuddy.study.proving.programs import NOT_INSTALLED, missing_packages

if TYPE_CHECKING:
    from studybuddy.study.proving.progress import Crew

FOLDER = "numbers"
_LINE = re.compile(r"([a-z0-9]+(?:-[a-z0-9]+)*) = (\S+)\Z")
_LIMITS = Limits(wall_s=20.0, cpu_s=40.0, memory_mb=2048, output_kb=64)
_KNOWN = frozenset({"numpy", "torch"})


@dataclass(frozen=True, slots=True)
class Figure:
    """What a script found, and which one it was. A truth is 1 or 0."""

    value: float
    script: str


def run_scripts(folder: Path, report: Report, crew: Crew) -> dict[str, Figure]:
    """The figures of every script of a lesson by name; what goes wrong is said at the script."""
    root = folder / FOLDER
    paths = sorted(root.glob("*.py")) if root.is_dir() else []
    sources = [source for path in paths if (source := read_source(path, report)) and _can_run(source)]
    printed = crew.all([lambda source=source: _run(source.text, crew) for source in sources])  # type: ignore[misc]
    figures: dict[str, Figure] = {}
    for source, (text, why) in zip(sources, printed, strict=True):
        if why is not None:
            source.report.error(1, "script-failed", Phrase.of(N_("this script fails: {why}"), why=why))
        for line in text.splitlines():
            found = _LINE.match(line.strip())
            value = _value(found[2]) if found else None
            if found is None or value is None:
                words = N_("this script prints {line!r}; a line is `name = number`")
                source.report.error(1, "script-line", Phrase.of(words, line=shorten(line)))
            elif found[1] in figures:
                words = N_("the figure {name} is printed twice")
                source.report.error(1, "id-twice", Phrase.of(words, name=found[1]))
            else:
                figures[found[1]] = Figure(value, source.path.name)
    return figures


def _can_run(source: Source) -> bool:
    """Whether what a script imports is installed; says so where it is not."""
    absent = missing_packages(_packages(source.text))
    if absent:
        source.report.warning(1, "not-run", Phrase.of(NOT_INSTALLED, packages=absent))
    return not absent


def _run(source: str, crew: Crew) -> tuple[str, Phrase | None]:
    """What a script prints, and why it failed if it did."""
    from studybuddy.runner.judge import judge

    script = Exercise(
        id="numbers",
        kind=ExerciseKind.SCRIPT,
        title="",
        section="",
        starter="",
        reference="",
        packages=_packages(source),
        limits=_LIMITS,
        self_report=True,
    )
    try:
        result = judge(script, source, workers=crew.workers)
    except RunnerError as error:
        return "", Phrase(str(error))
    if result.verdict is Verdict.AC:
        return result.stdout, None
    return result.stdout, Phrase(result.message, tuple(result.parameters.items()))


def _packages(source: str) -> tuple[str, ...]:
    """The packages that a script imports and that a warm process may know already."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return ()
    named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    return tuple(sorted({name.partition(".")[0] for name in named} & _KNOWN))


def _value(text: str) -> float | None:
    if text in ("True", "False"):
        return float(text == "True")
    try:
        return float(text)
    except ValueError:
        return None
