"""Reads the folder of a lesson: all of its files, in one language, with everything that is wrong in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studybuddy.core.lesson import Lesson, SectionKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.asked_steps import AskedSteps
from studybuddy.course.cards import read_cards
from studybuddy.course.exercises import exercise_folders, read_exercise
from studybuddy.course.facts import LessonFacts, read_facts
from studybuddy.course.ids import is_lesson_id
from studybuddy.course.interview_cues import with_cues
from studybuddy.course.macros import in_prose, in_table, macros_of_prose, read_macros
from studybuddy.course.page import Page, read_page
from studybuddy.course.problems import with_tests
from studybuddy.course.report import Report, shorten
from studybuddy.course.source import MAX_PROSE_BYTES, Source, read_source
from studybuddy.course.table import LANGUAGES, Table, read_toml
from studybuddy.course.walks import read_walks
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from pathlib import Path

    from studybuddy.core.card_content import CardContent
    from studybuddy.core.diagnostic import Diagnostic
    from studybuddy.core.exercise import Exercise
    from studybuddy.core.latex_macros import Macros


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A lesson and what was found in its files; an error among them leaves no lesson."""

    lesson: Lesson | None
    diagnostics: tuple[Diagnostic, ...]


def read_lesson(folder: Path, language: str) -> ReadResult:
    """The lesson in a folder, in `zh` or `en`, or in the other one where its words are missing.

    Never raises for what the files hold, and never runs a program of theirs.
    """
    report = Report()
    lesson = read_draft(folder, language, report)
    return ReadResult(None if report.failed else lesson, report.diagnostics)


def read_draft(folder: Path, language: str, report: Report) -> Lesson:
    """As much of a lesson as can be read, for those who must name it although it is broken."""
    lesson_id = folder.name
    if not is_lesson_id(lesson_id):
        message = Phrase.of(
            N_("the folder of a lesson is called s1w1d1, not {lesson_id!r}"), lesson_id=shorten(lesson_id)
        )
        report.file(folder).error(1, "bad-id", message)
    table = _read_table(folder, "lesson.toml", report)
    macros = read_macros(table) if table else {}
    prose_language, source = _find_prose(folder, language, report)
    if source:
        source, own = macros_of_prose(source)
        macros |= own
    facts = read_facts(in_table(table, macros), lesson_id, language) if table else LessonFacts()
    exercises: dict[str, Exercise | None] = {
        f"{lesson_id}/{child.name}": with_tests(
            read_exercise(child, lesson_id, language, report, macros), language
        )
        for child in exercise_folders(folder, report)
    }
    walks = read_walks(folder, language, exercises, macros, report)
    ids = [walk.id for walk in walks]
    page = read_page(in_prose(source, macros), lesson_id, facts, exercises, ids) if source else Page()
    lesson = Lesson(
        id=lesson_id,
        code=facts.code or lesson_id.upper(),
        title=page.title,
        language=prose_language,
        sections=page.sections,
        introduction=page.introduction,
        closing=page.closing,
        action=page.action,
        symbols=facts.symbols,
        terms=facts.terms,
        exercises=_in_order(exercises, page, lesson_id),
        derivations=page.derivations,
        questions=with_cues(page.questions, folder, prose_language, report) if source else (),
        checklist=facts.checklist,
        cards=_read_cards(folder, lesson_id, language, facts, exercises, macros, report),
        walks=walks,
        facts=facts.facts,
    )
    if table is not None and not report.failed:
        _check_targets(table, lesson)
    return lesson


def _read_table(folder: Path, name: str, report: Report) -> Table | None:
    path = folder / name
    if not path.exists():
        report.file(folder).error(1, "file-missing", Phrase.of(N_("{name} is missing"), name=name))
        return None
    source = read_source(path, report)
    return read_toml(source) if source else None


def _find_prose(folder: Path, language: str, report: Report) -> tuple[str, Source | None]:
    """The prose in the wanted language, else in the other one; and which language that is."""
    paths = {name: folder / f"lesson.{name}.md" for name in LANGUAGES}
    for candidate in (language, *LANGUAGES):
        path = paths.get(candidate)
        if path is None or not path.exists():
            continue
        source = read_source(path, report, MAX_PROSE_BYTES)
        if candidate != language and source:
            message = Phrase.of(
                N_("lesson.{language}.md is missing; this file is shown in its place"),
                language=shorten(language),
            )
            source.report.warning(1, "translation-missing", message)
        return candidate, source
    report.file(folder).error(1, "file-missing", N_("lesson.zh.md and lesson.en.md are missing"))
    return language, None


def _read_cards(
    folder: Path,
    lesson_id: str,
    language: str,
    facts: LessonFacts,
    exercises: dict[str, Exercise | None],
    macros: Macros,
    report: Report,
) -> tuple[CardContent, ...]:
    if not (folder / "cards.toml").exists():
        message = N_("cards.toml is missing: nothing of this lesson comes back")
        report.file(folder).warning(1, "file-missing", message)
        return ()
    table = _read_table(folder, "cards.toml", report)
    items = frozenset(item.id for item in facts.checklist) if facts.known else None
    if table is None:
        return ()
    steps = AskedSteps(lesson_id, facts.derivations, folder.parent, language) if facts.known else None
    return read_cards(in_table(table, macros), lesson_id, language, items, exercises, steps)


def _check_targets(table: Table, lesson: Lesson) -> None:
    """Say which checklist items rest on something that the lesson does not have."""
    known = {thing.id for things in (lesson.exercises, lesson.questions, lesson.cards) for thing in things}
    known |= {step.id for derivation in lesson.derivations for step in derivation.steps}
    for row in table.tables("checklist"):
        for target in row.texts("targets"):
            if f"{lesson.id}/{target}" not in known:
                message = Phrase.of(
                    N_("no exercise, question, card or derivation/step is called {target!r}"),
                    target=shorten(target),
                )
                row.error("unknown-id", message, "targets")
    points = {f"{q.id}/{n}" for q in lesson.questions for n in range(1, len(q.key_points) + 1)}
    told = {card.id for card in lesson.cards} | points
    for number, item in enumerate(lesson.checklist):
        for name in item.needs.explained:
            if name not in told:
                message = Phrase.of(
                    N_("`explained` names a card or a key point, such as q3/2, and {name!r} is neither"),
                    name=shorten(name.partition("/")[2]),
                )
                table.error("unknown-id", message, "checklist", number, "needs")


def _in_order(exercises: dict[str, Exercise | None], page: Page, lesson_id: str) -> tuple[Exercise, ...]:
    """The exercises in the order in which the page comes to them."""
    places = {exercise_id: place for place, exercise_id in enumerate(page.exercise_order)}
    sections = [f"{lesson_id}/{kind}" for kind in SectionKind]

    def place(exercise: Exercise) -> tuple[int, int, str]:
        section = sections.index(exercise.section) if exercise.section in sections else len(sections)
        return section, places.get(exercise.id, len(places)), exercise.id

    return tuple(sorted((exercise for exercise in exercises.values() if exercise), key=place))
