"""The two faces of a card, ready to be laid out."""

from __future__ import annotations

from dataclasses import dataclass

from studybuddy.core.block import Blocks, CodeBlock, Paragraph
from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.lesson import InterviewQuestion
from studybuddy.study.cloze import cloze_sides
from studybuddy.study.library import Library

TYPED = frozenset(CardKind) - {CardKind.BASIC, CardKind.CLOZE}
"""Kinds that invite a typed answer; the learner may always answer in their head instead."""
LONGEST_FACE = 32_768
"""Characters of a side that are shown; what is longer ends in dots, so that the review stays quick."""


@dataclass(frozen=True, slots=True)
class CardFace:
    """A card as shown. For an interview question the back is the reference answer."""

    id: str
    kind: CardKind
    front: Blocks
    back: Blocks
    section: str
    content: CardContent | None = None
    question: InterviewQuestion | None = None
    """The question of the interview that is asked, if it is one."""

    @property
    def typed(self) -> bool:
        """Whether the card invites a typed answer."""
        if self.question is not None:
            return bool(self.question.cues)
        return self.content is not None and self.kind in TYPED and not self.content.exercise

    @property
    def words(self) -> Blocks:
        """The question; of a card about a program or a tree without what stands below it."""
        if not self.asks_program and self.kind is not CardKind.TREE:
            return self.front
        return tuple(block for block in self.front if not isinstance(block, CodeBlock)) or self.front

    @property
    def explanation(self) -> Blocks:
        """The back without the right answer, where that is drawn as a tree."""
        return (
            self.back[2:] if self.kind is CardKind.TREE and isinstance(self.back[0], CodeBlock) else self.back
        )

    @property
    def asks_program(self) -> bool:
        """Whether the answer is a program that is judged."""
        return self.content is not None and bool(self.content.exercise)


def face(library: Library, identifier: str) -> CardFace:
    """The faces of a card or an interview question.

    Raises:
        StudybuddyError: the course no longer has it, or its lesson cannot be read.
    """
    from studybuddy.course.markdown import read_markdown

    content = library.card(identifier)
    if content is not None:
        front, back = _sides(content)
        faces = read_markdown(front), read_markdown(back)
        return CardFace(identifier, content.kind, *faces, content.section, content)
    lesson = library.lesson(identifier)
    for question in lesson.questions:
        if question.id == identifier:
            section = next((s.id for s in lesson.sections if s.kind == "interview"), "")
            asked = (Paragraph(question.question),)
            return CardFace(identifier, CardKind.BASIC, asked, question.reference, section, question=question)
    raise StudybuddyError("the text of {card} is gone from the course", card=identifier)


def _sides(content: CardContent) -> tuple[str, str]:
    """Front and back as Markdown."""
    front, back = _shortened(content.front), _shortened(content.back)
    if content.kind is CardKind.CLOZE:
        return cloze_sides(front, back, content.gap)
    if content.kind is CardKind.TREE:
        first, _line, rest = back.strip().partition("\n")
        return front, f"```tree\n{first}\n```\n\n`{first}`\n\n{rest}" if "`" not in first else back
    return front, back


def _shortened(side: str) -> str:
    return side if len(side) <= LONGEST_FACE else side[:LONGEST_FACE] + "…"
