"""Compares the recorded output of a lesson with what its reference programs print today."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.block import Blocks, Callout, OutputBlock
from studybuddy.core.phrase import Phrase
from studybuddy.course.report import Report, shorten
from studybuddy.course.source import read_source
from studybuddy.course.table import read_toml
from studybuddy.i18n import N_
from studybuddy.study.proving.figures import FILE_NAME

if TYPE_CHECKING:
    from studybuddy.core.lesson import Lesson
    from studybuddy.course.table import Table

TOLERANCE = 1e-6
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e[-+]?\d+)?|nan|inf")


def check_outputs(folder: Path, lesson: Lesson, printed: dict[str, str], report: Report) -> None:
    """Say which recorded output of a lesson is not what its program prints, and which nobody proves.

    Args:
        folder: of the lesson.
        lesson: in one language.
        printed: what each accepted reference printed, by the id of its exercise.
        report: takes what is found.
    """
    path = folder / FILE_NAME
    source = read_source(path, report) if path.exists() else None
    table = read_toml(source) if source else None
    rows = table.tables("output") if table else []
    given = set(table.texts("given")) if table else set()
    sections = {exercise.id: exercise.section for exercise in lesson.exercises}
    blocks = [(section.id, block) for section in lesson.sections for block in _outputs(section.blocks)]
    proved: set[int] = set()
    for row in rows:
        exercise, label = f"{lesson.id}/{row.text('exercise')}", row.text(lesson.language)
        found = [
            place
            for place, (section, block) in enumerate(blocks)
            if block.label == label and section == sections.get(exercise)
        ]
        if not found:
            words = N_("no output called {label!r} stands in the section of this exercise")
            row.error("number-absent", Phrase.of(words, label=shorten(label)), lesson.language)
        for place in found:
            proved.add(place)
            if exercise in printed:
                _compare(row, blocks[place][1].text, printed[exercise])
    prose = folder / f"lesson.{lesson.language}.md"
    for place, (_, block) in enumerate(blocks):
        if place not in proved and block.label not in given:
            words = N_(
                "nothing proves the output {label!r}: name it in numbers.toml, as an [[output]] or `given`"
            )
            line = _line(prose, block.label)
            said = Phrase.of(words, label=shorten(block.label))
            report.file(prose, line).warning(line, "output-unproved", said)


def _outputs(blocks: Blocks) -> Iterator[OutputBlock]:
    for block in blocks:
        if isinstance(block, OutputBlock):
            yield block
        elif isinstance(block, Callout):
            yield from _outputs(block.children)


def _compare(row: Table, recorded: str, printed: str) -> None:
    tolerance = row.number("tolerance", TOLERANCE)
    here, there = recorded.strip().splitlines(), printed.strip().splitlines()
    for line, now in zip(here, there, strict=False):
        if not _alike(line.strip(), now.strip(), tolerance):
            words = N_("the recorded line {line!r} is now {now!r}")
            row.error("output-wrong", Phrase.of(words, line=shorten(line, 60), now=shorten(now, 60)))
            return
    if len(here) != len(there):
        words = N_("{n} lines are recorded; the program prints {other}")
        row.error("output-wrong", Phrase.of(words, n=len(here), other=len(there)))


def _alike(line: str, other: str, tolerance: float) -> bool:
    if _NUMBER.sub("#", line) != _NUMBER.sub("#", other):
        return False
    pairs = zip(_NUMBER.findall(line), _NUMBER.findall(other), strict=True)
    return all(
        one == two or math.isclose(float(one), float(two), rel_tol=tolerance, abs_tol=1e-300)
        for one, two in pairs
    )


def _line(path: Path, label: str) -> int:
    """Where the fence of an output opens."""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if label in line and "output" in line:
            return number
    return 1
