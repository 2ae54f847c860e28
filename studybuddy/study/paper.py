"""A lesson on paper: every slot filled and every answer shown, as plain text for the command line."""

from __future__ import annotations

from collections.abc import Iterator

from studybuddy.core.block import (
    Block,
    Blocks,
    Callout,
    CodeBlock,
    CodeSpan,
    Heading,
    ListBlock,
    MathBlock,
    Paragraph,
    Slot,
    Text,
    ThinkingQuestion,
)
from studybuddy.core.lesson import Derivation, InterviewQuestion, Lesson
from studybuddy.i18n import _
from studybuddy.study.page import layout, plain
from studybuddy.study.page_labels import page_labels
from studybuddy.study.plain_signs import plain_signs


def lay_out(lesson: Lesson | None, blocks: Blocks, width: int, *, ascii_signs: bool = False) -> str:
    """Blocks as text of at most `width` cells; `lesson` fills the slots, which a card has none of.

    `ascii_signs`: formulas, frames and other signs are written in ASCII.
    """
    shown = tuple(filled for block in blocks for filled in _fill(lesson, block))
    thinking = frozenset(block.id for block in shown if isinstance(block, ThinkingQuestion))
    labels = page_labels({})
    text = plain(layout(shown, width, ascii_formulas=ascii_signs, reveal=thinking, labels=labels))
    return plain_signs(text) if ascii_signs else text


def one_line(blocks: Blocks) -> str:
    """Blocks on one line, for lists."""
    return " ".join(plain(layout(blocks, 2000, labels=page_labels({}))).split())


def questions(lesson: Lesson) -> Blocks:
    """The interview questions of a lesson with everything that is said about them."""
    numbered = enumerate(lesson.questions, 1)
    return tuple(block for number, question in numbered for block in _question(number, question))


def _fill(lesson: Lesson | None, block: Block) -> Iterator[Block]:
    if not isinstance(block, Slot) or lesson is None:
        yield block
    elif block.kind == "exercise":
        yield from _exercise(lesson, block.id)
    elif block.kind == "derivation":
        for derivation in lesson.derivations:
            if block.id in ("", derivation.id):
                yield from _derivation(derivation)
    elif block.kind == "interview":
        yield from questions(lesson)
    elif block.kind == "checklist":
        yield _tasks(lesson)


def _tasks(lesson: Lesson) -> ListBlock:
    items = tuple((_words(f"{item.label}: {item.text}"),) for item in lesson.checklist)
    return ListBlock(items, done=(False,) * len(items))


def _words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _exercise(lesson: Lesson, identifier: str) -> Iterator[Block]:
    exercise = next(e for e in lesson.exercises if e.id == identifier)
    yield Heading(3, (Text(_("Exercise: {title}", title=exercise.title)),))
    if exercise.signature is not None:
        yield CodeBlock("python", exercise.signature.text)
    yield Paragraph((CodeSpan(f"studybuddy run {exercise.id} --file FILE"),))


def _derivation(derivation: Derivation) -> Iterator[Block]:
    yield Callout(_("Givens"), derivation.givens)
    yield MathBlock(derivation.goal)
    for number, step in enumerate(derivation.steps, 1):
        yield Heading(4, (Text(_("Step {n}", n=number)),))
        yield from step.prompt
        yield MathBlock(step.answer)
        yield from step.explanation


def _question(number: int, question: InterviewQuestion) -> Iterator[Block]:
    yield Heading(3, (Text(f"Q{number} "), *question.question))
    yield Callout(_("Exam point"), (Paragraph(question.exam_point),))
    yield Callout(_("Reference answer"), question.reference)
    points = ListBlock(tuple((Paragraph(point),) for point in question.key_points))
    yield Callout(_("Key points"), (points,))
    yield Callout(_("Common wrong answer"), (Paragraph(question.common_wrong),))
    yield Callout(_("Follow-up"), question.follow_up)
