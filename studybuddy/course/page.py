"""lesson.LANG.md as a whole: its sections, and what the learner does in them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studybuddy.core.block import Blocks, Slot
from studybuddy.core.lesson import Derivation, InterviewQuestion, Section, SectionKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.blocks import Prose, read_blocks
from studybuddy.course.derivation import read_derivations
from studybuddy.course.interview import read_interview
from studybuddy.course.labels import Role, read_label
from studybuddy.course.outline import Chapter, Outline, read_outline
from studybuddy.course.parser import parse_blocks
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Collection

    from studybuddy.core.exercise import Exercise
    from studybuddy.course.facts import LessonFacts
    from studybuddy.course.parser import Node
    from studybuddy.course.source import Source


@dataclass(frozen=True, slots=True)
class Page:
    """All that the prose of a lesson holds."""

    title: str = ""
    introduction: Blocks = ()
    sections: tuple[Section, ...] = ()
    closing: Blocks = ()
    action: Blocks = ()
    derivations: tuple[Derivation, ...] = ()
    questions: tuple[InterviewQuestion, ...] = ()
    exercise_order: tuple[str, ...] = ()
    """Full ids in the order of their slots."""


def read_page(
    source: Source,
    lesson: str,
    facts: LessonFacts,
    exercises: dict[str, Exercise | None],
    walks: Collection[str] = (),
) -> Page:
    """The page of the lesson with the id `lesson`.

    `exercises`: every full id that has a folder, with its exercise if that could be read. `walks`: full ids.
    """
    document = parse_blocks(source.text, slots=True)
    prose = Prose(lesson, document.env, source.report, _taken(lesson, facts, exercises))
    outline = read_outline(document.nodes, prose)
    if outline.code and facts.code and outline.code != facts.code:
        prose.error(
            outline.line,
            "code-folder",
            Phrase.of(N_("lesson.toml says that the code is {lesson}"), lesson=facts.code),
        )
    introduction = read_blocks(outline.introduction, prose)
    builder = _Sections(prose, facts)
    sections = [builder.read(chapter) for chapter in outline.chapters if chapter.kind]
    closing, action = _read_closing(outline, prose)
    _check_slots(outline, prose, facts, exercises)
    for (kind, slot_id), line in prose.slots.items():
        if kind == "walk" and slot_id not in walks:
            message = Phrase.of(N_("walk.toml has no walk {name!r}"), name=slot_id.partition("/")[2])
            prose.error(line, "unknown-id", message)
    sections = [_with_slots(section, builder.questions, prose, facts, exercises) for section in sections]
    return Page(
        title=outline.title,
        introduction=introduction,
        sections=tuple(sections),
        closing=closing,
        action=action,
        derivations=builder.derivations,
        questions=builder.questions,
        exercise_order=tuple(slot_id for kind, slot_id in prose.slots if kind == "exercise"),
    )


def _taken(lesson: str, facts: LessonFacts, exercises: dict[str, Exercise | None]) -> dict[str, Phrase]:
    """The ids that lesson.toml and the folders have given away."""
    taken = {f"{lesson}/{kind}": Phrase.of(N_("the section {kind}"), kind=kind.value) for kind in SectionKind}
    taken |= {item.id: Phrase(N_("the checklist")) for item in facts.checklist}
    for exercise_id in exercises:
        taken[exercise_id] = Phrase(N_("an exercise"))
    for derivation in facts.derivations:
        full_id = f"{lesson}/{derivation.id}"
        if full_id in taken:
            derivation.table.error(
                "id-twice",
                Phrase.of(N_("the id {name} is taken by {other}"), name=derivation.id, other=taken[full_id]),
                "id",
            )
        taken[full_id] = Phrase(N_("a derivation"))
    return taken


class _Sections:
    """Reads section after section and keeps the questions and derivations met on the way."""

    def __init__(self, prose: Prose, facts: LessonFacts) -> None:
        self._prose = prose
        self._facts = facts
        self.questions: tuple[InterviewQuestion, ...] = ()
        self.derivations: tuple[Derivation, ...] = ()

    def read(self, chapter: Chapter) -> Section:
        """The section of a chapter that is not the closing."""
        assert chapter.kind is not None
        nodes, blocks = chapter.nodes, None
        if chapter.kind is SectionKind.INTERVIEW:
            self.questions, nodes = read_interview(nodes, self._prose)
        elif chapter.kind is SectionKind.DERIVATION and self._facts.known:
            derivations = self._facts.derivations
            self.derivations, blocks = read_derivations(nodes, derivations, self._prose, chapter.line)
        elif chapter.kind is SectionKind.DERIVATION:
            blocks = ()  # without lesson.toml every heading would be called unknown
        return Section(
            id=f"{self._prose.lesson}/{chapter.kind}",
            kind=chapter.kind,
            number=chapter.number,
            title=chapter.title,
            minutes=self._facts.minutes.get(chapter.kind, 0),
            blocks=read_blocks(nodes, self._prose) if blocks is None else blocks,
        )


def _read_closing(outline: Outline, prose: Prose) -> tuple[Blocks, Blocks]:
    """The words after the seventh section, and the call to action among them."""
    nodes = [node for chapter in outline.chapters if chapter.kind is None for node in chapter.nodes]
    calls = [node for node in nodes if _is_action(node)]
    rest = (node for node in nodes if not _is_action(node))
    for extra in calls[1:]:
        prose.error(extra.line, "label-twice", N_("the closing has one call to action"))
    action: Blocks = ()
    for call in calls:
        first = read_label(call.children[0])
        action = read_blocks([*first.nodes, *call.children[1:]] if first else [], prose)
    return read_blocks(rest, prose), action


def _is_action(node: Node) -> bool:
    first = read_label(node.children[0]) if node.kind == "blockquote" and node.children else None
    return first is not None and first.role is Role.ACTION and first.colon


def _check_slots(
    outline: Outline, prose: Prose, facts: LessonFacts, exercises: dict[str, Exercise | None]
) -> None:
    derivations = {f"{prose.lesson}/{derivation.id}" for derivation in facts.derivations}
    for (kind, slot_id), line in prose.slots.items():
        if kind == "derivation" and facts.known and slot_id not in derivations:
            prose.error(
                line,
                "unknown-id",
                Phrase.of(N_("lesson.toml has no derivation {name!r}"), name=slot_id.partition("/")[2]),
            )
        if kind != "exercise":
            continue
        if slot_id not in exercises:
            prose.error(
                line,
                "unknown-id",
                Phrase.of(N_("there is no folder exercises/{name}"), name=slot_id.partition("/")[2]),
            )
            continue
        exercise = exercises[slot_id]
        chapter = next((found for found in reversed(outline.chapters) if found.line < line), None)
        here = f"{prose.lesson}/{chapter.kind}" if chapter and chapter.kind else ""
        if exercise and exercise.section and exercise.section != here:
            section = exercise.section.partition("/")[2]
            message = Phrase.of(
                N_("exercise.toml says that this exercise belongs to the section {section}"), section=section
            )
            prose.findings.warning(line, "slot-section", message)


def _with_slots(
    section: Section,
    questions: tuple[InterviewQuestion, ...],
    prose: Prose,
    facts: LessonFacts,
    exercises: dict[str, Exercise | None],
) -> Section:
    """The section with the slots that belong to it and were written nowhere."""
    missing = [
        Slot("exercise", exercise_id)
        for exercise_id, exercise in exercises.items()
        if exercise and exercise.section == section.id and ("exercise", exercise_id) not in prose.slots
    ]
    for slot in missing:
        prose.slots["exercise", slot.id] = 1
        name = slot.id.partition("/")[2]
        message = Phrase.of(
            N_("no :::{{exercise}} {name} here; it is put at the end of {section}"),
            name=name,
            section=section.kind,
        )
        prose.findings.warning(1, "slot-missing", message)
    if section.kind is SectionKind.INTERVIEW and questions:
        missing.append(Slot("interview", f"{prose.lesson}/interview"))
    if section.kind is SectionKind.SUMMARY and facts.checklist:
        missing.append(Slot("checklist", f"{prose.lesson}/checklist"))
    added = [slot for slot in missing if slot.kind == "exercise" or (slot.kind, slot.id) not in prose.slots]
    return replace(section, blocks=section.blocks + tuple(added))
