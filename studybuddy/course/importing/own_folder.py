"""A lesson folder of our own format, seen as an import: what it holds, and what is wrong with its files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.block import Block, Callout, CodeBlock, ListBlock, OutputBlock, ThinkingQuestion
from studybuddy.course.importing.findings import Finding, Place
from studybuddy.course.importing.model import Counts, Imported, SourceKind
from studybuddy.course.lint import lint_lesson
from studybuddy.course.reader import read_lesson
from studybuddy.course.table import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from studybuddy.core.lesson import Lesson


def read_folder(folder: Path) -> Imported:
    """What a lesson folder holds. Its findings have the codes of `lint`."""
    findings = tuple(
        Finding(
            found.code,
            found.severity,
            Place(found.line, found.column),
            found.said,
            file=_inside(found.path, folder),
        )
        for found in lint_lesson(folder)
    )
    language = next((name for name in LANGUAGES if (folder / f"lesson.{name}.md").exists()), LANGUAGES[0])
    lesson = read_lesson(folder, language).lesson
    if lesson is None:
        return Imported(folder.name, SourceKind.FOLDER, folder.resolve().name.upper(), findings=findings)
    return Imported(
        name=folder.name,
        kind=SourceKind.FOLDER,
        code=lesson.code,
        title=lesson.title,
        language=language,
        counts=_count(lesson),
        findings=findings,
    )


def _inside(path: str, folder: Path) -> str:
    try:
        return str(Path(path).relative_to(folder))
    except ValueError:
        return path


def _count(lesson: Lesson) -> Counts:
    blocks = [block for section in lesson.sections for block in _all(section.blocks)]
    steps = [step for derivation in lesson.derivations for step in derivation.steps]
    return Counts(
        sections=len(lesson.sections),
        symbols=len(lesson.symbols),
        think=sum(isinstance(block, ThinkingQuestion) for block in blocks),
        code_blocks=sum(isinstance(block, CodeBlock) for block in blocks) + len(lesson.exercises),
        output_lines=sum(block.text.count("\n") + 1 for block in blocks if isinstance(block, OutputBlock)),
        interview=len(lesson.questions),
        steps=len(steps),
        blanks=sum(not step.given for step in steps),
        tasks=len(lesson.checklist),
        challenges=sum(exercise.optional for exercise in lesson.exercises),
    )


def _all(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks with those inside others."""
    for block in blocks:
        yield block
        if isinstance(block, Callout):
            yield from _all(block.children)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from _all(item)
