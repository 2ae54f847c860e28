"""Makes the course index from the lessons themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studybuddy.core.block import Block, Callout, ListBlock, ThinkingQuestion
from studybuddy.core.diagnostic import Severity
from studybuddy.core.phrase import Phrase
from studybuddy.course.concepts import read_concepts
from studybuddy.course.finder import lesson_folders
from studybuddy.course.indexed import (
    CourseIndex,
    IndexedCard,
    IndexedDerivation,
    IndexedError,
    IndexedExercise,
    IndexedItem,
    IndexedLesson,
    IndexedSection,
)
from studybuddy.course.reader import read_draft
from studybuddy.course.report import Report
from studybuddy.course.table import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from studybuddy.core.lesson import Lesson


def index_course(root: Path) -> CourseIndex:
    """Everything below `root`."""
    report = Report()
    concepts = read_concepts(root, report)
    return CourseIndex(index_lessons(root), concepts, _errors(report))


def index_lessons(root: Path) -> list[IndexedLesson]:
    """The entries of all lessons below `root`; none when the folder cannot be read."""
    try:
        folders = lesson_folders(root)
    except OSError:
        return []
    return [index_lesson(folder) for folder in folders]


def index_lesson(folder: Path) -> IndexedLesson:
    """The entry of a lesson, from as much of it as can be read."""
    report = Report()
    drafts = {language: read_draft(folder, language, report) for language in LANGUAGES}
    first = next(iter(drafts.values()))
    return IndexedLesson(
        id=first.id,
        code=first.code,
        titles={language: lesson.title for language, lesson in drafts.items() if lesson.title},
        sections=_sections(drafts),
        checklist=_checklist(drafts),
        cards=[
            IndexedCard(
                card.id,
                card.kind.value,
                card.section,
                card.checklist,
                card.concept,
                card.exercise,
                card.blank,
                card.note,
                list(card.tags),
                card.derivation,
            )
            for card in first.cards
        ],
        exercises=_exercises(drafts),
        questions=_merged([question.id for question in lesson.questions] for lesson in drafts.values()),
        derivations=[
            IndexedDerivation(derivation.id, [step.id for step in derivation.steps if not step.given])
            for derivation in _fullest(drafts).derivations
        ],
        think=_merged([block.id for block in think_blocks(lesson)] for lesson in drafts.values()),
        errors=_errors(report),
    )


def _errors(report: Report) -> list[IndexedError]:
    return [
        IndexedError(found.path, found.line, found.said.message, _kept(found.said))
        for found in report.diagnostics
        if found.severity is Severity.ERROR
    ]


def _kept(said: Phrase) -> dict[str, object]:
    """The parameters of a phrase, those that are phrases themselves as lists."""
    return {
        name: [value.message, _kept(value)]
        if isinstance(value, Phrase)
        else value
        if isinstance(value, int | float)
        else str(value)
        for name, value in said.parameters
    }


def think_blocks(lesson: Lesson) -> Iterator[ThinkingQuestion]:
    """The thinking questions of a lesson, wherever they stand on its pages."""
    pages = (lesson.introduction, *(section.blocks for section in lesson.sections), lesson.closing)
    return (found for page in pages for block in page for found in _think(block))


def _think(block: Block) -> Iterator[ThinkingQuestion]:
    match block:
        case ThinkingQuestion():
            yield block
        case Callout(_, children):
            for child in children:
                yield from _think(child)
        case ListBlock(items):
            for item in items:
                for child in item:
                    yield from _think(child)


def _fullest(drafts: dict[str, Lesson]) -> Lesson:
    """The draft with the most derivations: in a broken translation some may be unreadable."""
    return max(drafts.values(), key=lambda lesson: len(lesson.derivations))


def _merged(groups: Iterable[list[str]]) -> list[str]:
    """The ids met in any language, each once, in the order of the first."""
    return list(dict.fromkeys(found for group in groups for found in group))


def _sections(drafts: dict[str, Lesson]) -> list[IndexedSection]:
    found: dict[str, IndexedSection] = {}
    for language, lesson in drafts.items():
        for section in lesson.sections:
            entry = found.setdefault(
                section.id, IndexedSection(section.id, section.kind.value, {}, section.minutes)
            )
            entry.titles[language] = section.title
    return list(found.values())


def _checklist(drafts: dict[str, Lesson]) -> list[IndexedItem]:
    found: dict[str, IndexedItem] = {}
    for language, lesson in drafts.items():
        for item in lesson.checklist:
            entry = IndexedItem(item.id, item.rule, item.label, {}, list(item.targets))
            found.setdefault(item.id, entry).texts[language] = item.text
    return list(found.values())


def _exercises(drafts: dict[str, Lesson]) -> list[IndexedExercise]:
    found: dict[str, IndexedExercise] = {}
    for language, lesson in drafts.items():
        for exercise in lesson.exercises:
            entry = IndexedExercise(exercise.id, exercise.kind.value, exercise.section, exercise.optional, {})
            found.setdefault(exercise.id, entry).titles[language] = exercise.title
    return list(found.values())
