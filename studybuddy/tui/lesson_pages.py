"""A section of a lesson as one page: its heading, what stands around it, and the learner's own thoughts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from studybuddy.core.block import (
    Block,
    Blocks,
    Callout,
    Heading,
    ListBlock,
    Paragraph,
    Slot,
    Text,
    ThinkingQuestion,
)
from studybuddy.core.exercise import Exercise, ExerciseKind
from studybuddy.core.lesson import Lesson
from studybuddy.i18n import _
from studybuddy.study.day import LessonPlan
from studybuddy.study.page import Anchor, layout, plain
from studybuddy.study.wiring import Study
from studybuddy.text import clean_line
from studybuddy.tui.lesson_links import with_lesson_links

LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class LessonState:
    """A lesson in one language, how far the learner is, and what they thought."""

    lesson: Lesson
    plan: LessonPlan
    thoughts: Mapping[str, str]
    """The learner's answers to thinking questions, by id."""
    installed: frozenset[str] = frozenset()
    """Ids of the lessons that are there."""

    undone: frozenset[str] = frozenset()
    """Ids of the derivations with steps left, and of what holds questions or items that are left."""
    name: str = ""
    """The learner's, as they set it."""
    imported: bool = False
    """Whether it is not the course's own."""

    @property
    def has_code(self) -> bool:
        """Whether it brought programs that run only when they are allowed."""
        return self.imported and bool(self.lesson.exercises)

    def task(self, index: int) -> Slot | None:
        """What a section asks for beside reading and that is not done: where its first such slot leads."""
        slots = (block for block in self.lesson.sections[index].blocks if isinstance(block, Slot))
        return next((slot for slot in slots if slot.id in self.undone), None)

    def interview_in(self, index: int) -> bool:
        """Whether a section holds the mock interview."""
        blocks = self.lesson.sections[index].blocks
        return any(isinstance(block, Slot) and block.kind == "interview" for block in blocks)

    def reference_program(self, index: int) -> Exercise | None:
        """The script exercise of a section, whose reference can be run in place."""
        section = self.lesson.sections[index].id
        scripts = (e for e in self.lesson.exercises if e.kind is ExerciseKind.SCRIPT and e.section == section)
        return next(scripts, None)


def load_lesson(study: Study, lesson_id: str) -> LessonState:
    """Everything the lesson's screen shows, asked at once on the study's thread."""
    lesson = study.library.lesson(lesson_id)
    plan = study.day.lesson_plan(study.desk.catalogue.lesson(lesson_id))
    questions = [q.id for section in lesson.sections for q in thinking_questions(section.blocks)]
    thoughts = {q: thought for q in questions if (thought := study.reading.thought(q)) is not None}
    installed = frozenset(known.id for known in study.desk.catalogue.lessons)
    imported = lesson_id in study.desk.catalogue.imported
    name = clean_line(str(study.desk.preferences["name"]), LONGEST_NAME)
    return LessonState(lesson, plan, thoughts, installed, _undone(study, lesson, plan), name, imported)


def _undone(study: Study, lesson: Lesson, plan: LessonPlan) -> frozenset[str]:
    open_sections = {section.id for section in plan.sections if not section.done}
    undone = {
        block.id
        for section in lesson.sections
        for block in section.blocks
        if isinstance(block, Slot)
        and block.kind in ("interview", "checklist")
        and section.id in open_sections
    }
    for derivation in lesson.derivations:
        own = (step.id for step in derivation.steps if not step.given)
        if any(study.derivation.result(step) is None for step in own):
            undone.add(derivation.id)
    return frozenset(undone)


def section_page(state: LessonState, index: int) -> Blocks:
    """One section: the first opens with the lesson's introduction, the last ends with its closing words."""
    lesson = state.lesson
    section = lesson.sections[index]
    page: list[Block] = [*lesson.introduction] if index == 0 else []
    page.append(Heading(2, (Text(f"{section.number}  {section.title}"),)))
    page += (_with_thoughts(block, state.thoughts) for block in section.blocks)
    if index == len(lesson.sections) - 1 and (lesson.closing or lesson.action):
        words = _("Closing · for {name}", name=state.name) if state.name else _("Closing")
        page += [Heading(3, (Text(words),)), *lesson.closing]
        if lesson.action:
            page.append(Callout(_("Action"), lesson.action))
            for derivation in lesson.derivations:
                page += [Slot("derivation", derivation.id), Slot("stuck", derivation.id)]
    return with_lesson_links(tuple(page), state.installed)


def thinking_questions(blocks: Blocks) -> Iterator[ThinkingQuestion]:
    """The thinking questions of a page, wherever they stand."""
    for block in blocks:
        if isinstance(block, ThinkingQuestion):
            yield block
        elif isinstance(block, Callout):
            yield from thinking_questions(block.children)
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield from thinking_questions(item)


def thinking_question(lesson: Lesson, wanted: str) -> ThinkingQuestion | None:
    """A thinking question by its id."""
    found = (q for section in lesson.sections for q in thinking_questions(section.blocks) if q.id == wanted)
    return next(found, None)


def chosen_words(lesson: Lesson, chosen: Anchor | None) -> str:
    """A selected thinking question as text, formulas as their source; empty for anything else."""
    question = thinking_question(lesson, chosen.id) if chosen is not None else None
    return plain(layout(question.question, 10_000, latex_source=True)) if question is not None else ""


def slot_titles(lesson: Lesson) -> dict[str, str]:
    """What the slots of a lesson lead to, by id, in the words of the lesson."""
    titles = {exercise.id: exercise.title for exercise in lesson.exercises}
    titles |= {walk.id: walk.title for walk in lesson.walks}
    return titles | {derivation.id: derivation.title for derivation in lesson.derivations}


def _with_thoughts(block: Block, thoughts: Mapping[str, str]) -> Block:
    """A block whose thinking questions show the learner's own answer below the question."""
    if isinstance(block, ThinkingQuestion) and thoughts.get(block.id, "").strip():
        own = Callout(_("Your answer"), (Paragraph((Text(thoughts[block.id].strip()),)),))
        return replace(block, question=(*block.question, own))
    if isinstance(block, Callout):
        return replace(block, children=tuple(_with_thoughts(child, thoughts) for child in block.children))
    if isinstance(block, ListBlock):
        items = tuple(tuple(_with_thoughts(child, thoughts) for child in item) for item in block.items)
        return replace(block, items=items)
    return block
