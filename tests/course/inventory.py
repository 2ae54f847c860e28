"""What a day of the course must serve, as checks that look: each names where it looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, is_dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import click

from studybuddy.cli.main import program
from studybuddy.core.block import Blocks, Callout, Heading, OutputBlock, Slot
from studybuddy.core.card_content import CardContent
from studybuddy.core.exercise import Exercise
from studybuddy.core.lesson import Derivation, DerivationStep, InterviewQuestion, Lesson, SectionKind
from studybuddy.course.concepts import read_concepts
from studybuddy.course.markdown import read_markdown
from studybuddy.course.reader import read_lesson
from studybuddy.course.report import Report
from studybuddy.study.page import layout, plain
from studybuddy.tui.screens.attempts import AttemptsScreen
from studybuddy.tui.screens.checklist import ChecklistScreen
from studybuddy.tui.screens.derivation_keys import DERIVATION_COMMANDS
from studybuddy.tui.screens.experiment_keys import EXPERIMENT_COMMANDS
from studybuddy.tui.screens.interview_keys import INTERVIEW_COMMANDS
from studybuddy.tui.screens.lab_keys import LAB_COMMANDS
from studybuddy.tui.screens.lesson_keys import LESSON_COMMANDS
from studybuddy.tui.screens.today import TodayScreen
from studybuddy.tui.screens.walk_keys import WALK_COMMANDS

CONTENT = Path(__file__).parents[2] / "content"
ID = "s3w10d1"
NOTHING = {language: Lesson(ID, "", "", language, ()) for language in ("zh", "en")}


class Course:
    """The day in both languages, and what the app offers for it."""

    def __init__(self, lessons: Mapping[str, Lesson], *, empty: bool = False) -> None:
        self.lessons = lessons
        self.empty = empty

    @classmethod
    def installed(cls) -> Course:
        """The day as it is in the repository."""
        read = {language: read_lesson(CONTENT / ID, language).lesson for language in NOTHING}
        return cls({language: lesson for language, lesson in read.items() if lesson is not None})

    @property
    def lesson(self) -> Lesson:
        """The day in Chinese, for what does not depend on the language."""
        return self.lessons["zh"]

    @cached_property
    def commands(self) -> frozenset[str]:
        """Ids of what a learner can press a key for."""
        if self.empty:
            return frozenset()
        screens = (TodayScreen, AttemptsScreen, ChecklistScreen)
        listed = [command for screen in screens for command in screen.COMMANDS_HERE]
        for more in (LESSON_COMMANDS, LAB_COMMANDS, DERIVATION_COMMANDS, INTERVIEW_COMMANDS):
            listed += more
        return frozenset(command.id for command in (*listed, *EXPERIMENT_COMMANDS, *WALK_COMMANDS))

    @cached_property
    def words(self) -> frozenset[str]:
        """Names of the commands of the command line."""
        return frozenset() if self.empty else frozenset(program.list_commands(click.Context(program)))

    @cached_property
    def concepts(self) -> frozenset[str]:
        """Ids of the concepts of this day."""
        if self.empty:
            return frozenset()
        return frozenset(c.id for c in read_concepts(CONTENT, Report()) if c.lesson == ID)

    def markdown(self, text: str) -> Blocks:
        """Markdown as the course reads it."""
        return () if self.empty else read_markdown(text)

    def exercise(self, name: str, language: str = "zh") -> Exercise | None:
        """An exercise by the last part of its id."""
        return next((e for e in self.lessons[language].exercises if e.id == f"{ID}/{name}"), None)

    def question(self, name: str, language: str) -> InterviewQuestion | None:
        """A question of the interview."""
        return next((q for q in self.lessons[language].questions if q.id == f"{ID}/{name}"), None)

    def derivation(self, language: str = "zh") -> Derivation | None:
        """The derivation of the day."""
        return next(iter(self.lessons[language].derivations), None)

    def step(self, name: str, language: str = "zh") -> DerivationStep | None:
        """A step of it."""
        found = self.derivation(language)
        steps = found.steps if found else ()
        return next((step for step in steps if step.id.endswith(f"/{name}")), None)

    def card(self, name: str, language: str) -> CardContent | None:
        """A card."""
        return next((c for c in self.lessons[language].cards if c.id == f"{ID}/card/{name}"), None)

    def blocks(self, place: str, language: str) -> Blocks:
        """What stands at a place: a section, `closing`, a question, the derivation, or the beginning."""
        lesson = self.lessons[language]
        for section in lesson.sections:
            if section.kind == place:
                return (Heading(2, (read_title(section.title),)), *section.blocks)
        question = self.question(place, language)
        if question is not None:
            points = tuple(read_paragraph(point) for point in (question.question, *question.key_points))
            said = (question.exam_point, question.common_wrong, question.wrong_point)
            return (*points, *map(read_paragraph, said), *question.reference, *question.follow_up)
        derivation = self.derivation(language)
        if place == "linear-backward" and derivation is not None:
            steps = [(*s.prompt, *s.explanation, *map(read_paragraph, s.hints)) for s in derivation.steps]
            return (*derivation.givens, *(block for step in steps for block in step))
        return (*lesson.closing, *lesson.action) if place == "closing" else lesson.introduction

    def text(self, place: str, language: str) -> str:
        """The same as a learner reads it, answers open and formulas as their source, on one line."""
        shown = plain(layout(self.blocks(place, language), 100_000, latex_source=True, reveal=_ALL))
        return " ".join(shown.split())


class _Everything(frozenset[str]):
    def __contains__(self, name: object) -> bool:
        return True


_ALL = _Everything()


def read_title(title: str) -> Any:
    """A heading's words as an inline."""
    from studybuddy.core.block import Text

    return Text(title)


def read_paragraph(inlines: Any) -> Any:
    """Inlines as a block."""
    from studybuddy.core.block import Paragraph

    return Paragraph(tuple(inlines))


def inside(value: Any) -> list[Any]:
    """Everything within blocks, however deep."""
    if isinstance(value, tuple | list):
        return [found for item in value for found in inside(item)]
    if is_dataclass(value):
        return [value, *(found for f in fields(value) for found in inside(getattr(value, f.name)))]
    return []


# ---- checks


@dataclass(frozen=True)
class Check:
    """Looks for one thing; its name says where."""

    name: str
    holds: Callable[[Course], object]


class Row(NamedTuple):
    """A row of the inventory: the element of the lesson, and where it is served."""

    number: int
    element: str
    checks: tuple[Check, ...]


def says(place: str, zh: str, en: str = "") -> Check:
    """Words that stand at a place in each language; one alone is a formula or a name, the same in both."""
    wanted = {"zh": " ".join(zh.split()), "en": " ".join((en or zh).split())}
    return Check(
        f"{place} says {zh!r} / {en or zh!r}",
        lambda course: all(text in course.text(place, language) for language, text in wanted.items()),
    )


def card(*names: str) -> Check:
    """Cards, in both languages, each about a concept of the day."""

    def look(course: Course) -> bool:
        found = [course.card(name, language) for name in names for language in course.lessons]
        return all(one and one.front.strip() and one.concept in course.concepts for one in found)

    return Check(f"cards {names}", look)


def term(*pairs: tuple[str, str]) -> Check:
    """Words of the glossary."""

    def found(course: Course) -> bool:
        known = {(term.name, term.also): term.meaning for term in course.lesson.terms}
        other = {(term.also, term.name): term.meaning for term in course.lessons["en"].terms}
        return all(known.get(pair) and other.get(pair) for pair in pairs)

    return Check(f"glossary {pairs}", found)


def symbol(latex: str, shape: str) -> Check:
    """A row of the symbol table."""
    return Check(
        f"symbol {latex} : {shape}",
        lambda course: all(
            any(one.latex == latex and one.shape == shape and one.meaning for one in lesson.symbols)
            for lesson in course.lessons.values()
        ),
    )


def command(*names: str) -> Check:
    """Something to press a key for."""
    return Check(f"commands {names}", lambda course: set(names) <= course.commands)


def word(*names: str) -> Check:
    """Commands of the command line."""
    return Check(f"studybuddy {names}", lambda course: set(names) <= course.words)


def fact(name: str, value: object) -> Check:
    """A figure of the lesson, carried exactly."""
    return Check(f"fact {name}", lambda course: course.lesson.facts.get(name) == value)


def slot(place: str, kind: str, name: str) -> Check:
    """A way to something to do."""
    wanted = Slot(kind, f"{ID}/{name}")
    return Check(
        f"{place} leads to {kind} {name}",
        lambda course: all(wanted in inside(course.blocks(place, language)) for language in course.lessons),
    )


def output(place: str, *lines: str) -> Check:
    """Recorded output that holds these lines."""

    def look(course: Course) -> bool:
        found = [recorded(course, place, language) for language in course.lessons]
        return all(
            any(set(lines) <= set(b.text.splitlines()) and b.label for b in blocks) for blocks in found
        )

    return Check(f"{place} records {lines[0]!r}…", look)


def recorded(course: Course, place: str, language: str) -> list[OutputBlock]:
    """The recorded outputs of a place."""
    return [block for block in inside(course.blocks(place, language)) if isinstance(block, OutputBlock)]


def labelled(place: str, zh: str, en: str) -> Check:
    """A callout with this label."""
    wanted = {"zh": zh, "en": en}

    def look(course: Course) -> bool:
        found = [(inside(course.blocks(place, language)), wanted[language]) for language in course.lessons]
        return all(any(isinstance(b, Callout) and b.label == name for b in blocks) for blocks, name in found)

    return Check(f"{place} has the callout {zh}", look)


def exercise(name: str, what: str, holds: Callable[[Exercise], object]) -> Check:
    """Something of an exercise."""

    def look(course: Course) -> bool:
        found = [course.exercise(name, language) for language in course.lessons]
        return all(one is not None and holds(one) for one in found)

    return Check(f"exercise {name}: {what}", look)


def step(name: str, what: str, holds: Callable[[DerivationStep], object]) -> Check:
    """Something of a step of the derivation."""

    def look(course: Course) -> bool:
        found = [course.step(name, language) for language in course.lessons]
        return all(one is not None and holds(one) for one in found)

    return Check(f"step {name}: {what}", look)


def walk(number: int, line: str, shape: str) -> Check:
    """A step of the walk through the backward pass: its line, its shape, its reason."""

    def look(course: Course) -> bool:
        for lesson in course.lessons.values():
            steps = lesson.walks[0].steps if lesson.walks else ()
            if len(steps) != 5:
                return False
            found = steps[number - 1]
            if f"{found.name} = {found.value}" != line or found.shape.back != shape or not found.reason:
                return False
        return True

    return Check(f"walk, step {number}: {line}", look)


def item(name: str, rule: str, *targets: str) -> Check:
    """A checklist item with its evidence rule, and a label and text in both languages."""

    def look(course: Course) -> bool:
        for lesson in course.lessons.values():
            found = next((one for one in lesson.checklist if one.id == f"{ID}/{name}"), None)
            wanted = {f"{ID}/{target}" for target in targets}
            if not found or found.rule != rule or not wanted <= set(found.targets) or not found.text:
                return False
        return True

    return Check(f"checklist {name}", look)


def question(name: str, part: str, zh: str, en: str) -> Check:
    """Words in one part of an interview question."""
    wanted = {"zh": zh, "en": en}

    def look(course: Course) -> bool:
        for language in course.lessons:
            found = course.question(name, language)
            said = getattr(found, part) if found else ()
            blocks = said if said and is_block(said[0]) else (read_paragraph(said),)
            if wanted[language] not in plain(layout(blocks, 100_000, latex_source=True)):
                return False
        return True

    return Check(f"{name}, {part}: {zh!r}", look)


def is_block(value: object) -> bool:
    """Whether something is a block and not a part of a sentence."""
    return type(value).__name__ in ("Paragraph", "ListBlock", "MathBlock", "CodeBlock", "Callout", "Table")


def experiment(*names: str) -> Check:
    """Experiments with the training loop, each with its question and explanation."""
    return exercise(
        "training-loop",
        f"experiments {names}",
        lambda one: set(names) <= {e.id for e in one.experiments if e.question and e.explanation},
    )


def concept(*names: str) -> Check:
    """Concepts of the day."""
    return Check(f"concepts {names}", lambda course: set(names) <= course.concepts)


def matches(pattern: str, text: str) -> bool:
    """Whether a pattern is found in a text."""
    return re.search(pattern, text) is not None


def both(name: str, holds: object) -> Check:
    """Something that holds of the lesson in each language."""
    assert callable(holds)
    return Check(name, lambda course: all(holds(lesson) for lesson in course.lessons.values()))


def marks(course: Course) -> set[str]:
    """Kinds of blocks and inlines that the day uses."""
    places = [str(kind) for kind in SectionKind]
    return {type(found).__name__ for place in places for found in inside(course.blocks(place, "zh"))}
