"""Makes the course index from the lessons themselves."""

from __future__ import annotations

from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studybuddy.core.block import Block, Callout, ListBlock, ThinkingQuestion
from studybuddy.core.checklist import Needs
from studybuddy.core.diagnostic import Severity
from studybuddy.core.phrase import Phrase
from studybuddy.course.concepts import read_concepts
from studybuddy.course.ids import lesson_order
from studybuddy.course.indexed import (
    IndexedCard,
    IndexedDerivation,
    IndexedError,
    IndexedExercise,
    IndexedItem,
    IndexedLesson,
    IndexedSection,
)
from studybuddy.course.looks import BANK, COURSE, SHARED, Part
from studybuddy.course.reader import read_draft
from studybuddy.course.report import Report
from studybuddy.course.source import MAX_FILE_BYTES
from studybuddy.course.table import LANGUAGES
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from studybuddy.core.lesson import Lesson
    from studybuddy.course.looks import Root


def read_parts(roots: Sequence[Root], looks: Mapping[str, str], kept: Mapping[str, Part]) -> dict[str, Part]:
    """Everything the index is made of; what `kept` holds and was not changed is not read again.

    Args:
        roots: the course's own folder, then the learner's.
        looks: how each part looks now.
        kept: the parts of an index that was made before.
    """
    beside = _state(*(Path(root.path) / name for root in roots for name in (*SHARED, BANK)))
    parts: dict[str, Part] = {}
    for number, root in enumerate(roots):
        for path in root.lessons:
            old, state = kept.get(path), ""
            if old is None or old.look != looks[path]:
                state = _state(Path(path), beside=beside)
            if old is not None and (not state or old.state == state):
                parts[path] = Part(looks[path], old.state, old.row)
            else:
                lesson = index_lesson(Path(path))._replace(imported=number > 0)
                parts[path] = Part(looks[path], state, list(lesson))
    parts[COURSE] = Part(looks[COURSE], "", _beside(roots))
    return parts


def _beside(roots: Sequence[Root]) -> list[Any]:
    """Concepts, errors beside the lessons, and the paths of the lessons in their order."""
    report = Report()
    concepts = read_concepts(Path(roots[0].path), report)
    errors = _errors(report)
    own = {Path(path).name for path in roots[0].lessons}
    order = list(roots[0].lessons)
    for root in roots[1:]:
        if root.unreadable:
            words = N_("the folder cannot be read: {reason}")
            errors.append(IndexedError(root.path, 1, words, {"reason": root.unreadable}))
        for name in root.strange:
            words = N_("this should be a folder with the files of a lesson, and no link")
            errors.append(IndexedError(str(Path(root.path) / name), 1, words, {}))
        for path in root.lessons:
            if Path(path).name in own:
                words = N_("the course has this lesson itself; give the folder and its code another name")
                errors.append(IndexedError(path, 1, words, {}))
            else:
                order.append(path)
    order.sort(key=lambda path: lesson_order(Path(path).name) or (0, 0, 0, 0))
    return [concepts, errors, order]


def _state(*places: Path, beside: str = "") -> str:
    """A digest of what files hold, those below folders included; of a file too large for us, how it looks."""
    digest = blake2b(beside.encode(), digest_size=16)
    for place in places:
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            with suppress(OSError):
                if file.is_file():
                    status = file.stat()
                    large = status.st_size > MAX_FILE_BYTES
                    data = f"{status.st_size} {status.st_mtime_ns}".encode() if large else file.read_bytes()
                    digest.update(f"{file} {len(data)}\n".encode("utf-8", "replace") + data)
    return digest.hexdigest()


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
            entry = IndexedItem(item.id, item.rule, item.label, {}, list(item.targets), _needs(item.needs))
            found.setdefault(item.id, entry).texts[language] = item.text
    return list(found.values())


def _needs(needs: Needs) -> dict[str, object]:
    """What an item needs that is not the usual, as JSON has it."""
    usual = Needs()._asdict()
    found = {name: value for name, value in needs._asdict().items() if value != usual[name]}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def _exercises(drafts: dict[str, Lesson]) -> list[IndexedExercise]:
    found: dict[str, IndexedExercise] = {}
    for language, lesson in drafts.items():
        for exercise in lesson.exercises:
            entry = IndexedExercise(exercise.id, exercise.kind.value, exercise.section, exercise.optional, {})
            found.setdefault(exercise.id, entry).titles[language] = exercise.title
    return list(found.values())
