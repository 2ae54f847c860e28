"""The two faces of a card, ready to be laid out, and the comparison of a typed answer."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from studybuddy.core.block import Blocks, CodeBlock, Paragraph
from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.errors import StudybuddyError
from studybuddy.study.library import Library

_GAP = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
TYPED = frozenset({CardKind.TYPE_IN, CardKind.NUMERIC, CardKind.SHAPE, CardKind.FORMULA, CardKind.CODE})
"""Kinds that invite a typed answer; the learner may always answer in their head instead."""


@dataclass(frozen=True, slots=True)
class CardFace:
    """A card as shown. For an interview question the back is the reference answer."""

    id: str
    kind: CardKind
    front: Blocks
    back: Blocks
    section: str
    content: CardContent | None = None

    @property
    def typed(self) -> bool:
        """Whether the card invites a typed answer."""
        return self.content is not None and self.kind in TYPED and not self.content.exercise

    @property
    def words(self) -> Blocks:
        """The question; of a card that asks for a program without the code below it."""
        if not self.asks_program:
            return self.front
        return tuple(block for block in self.front if not isinstance(block, CodeBlock))

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
        front, back = content.front, content.back
        if content.kind is CardKind.CLOZE:
            front, back = _GAP.sub("**[…]**", front), _GAP.sub(r"**\1**", front) + "\n\n" + back
        faces = read_markdown(front), read_markdown(back)
        return CardFace(identifier, content.kind, *faces, content.section, content)
    lesson = library.lesson(identifier)
    for question in lesson.questions:
        if question.id == identifier:
            section = next((s.id for s in lesson.sections if s.kind == "interview"), "")
            return CardFace(
                identifier, CardKind.BASIC, (Paragraph(question.question),), question.reference, section
            )
    raise StudybuddyError("the text of {card} is gone from the course", card=identifier)


def matches(card: CardContent, typed: str) -> bool:
    """Whether a typed answer is one of the card's right answers.

    A numeric card compares numbers within its relative tolerance; every other kind compares the letters,
    with spaces, dollars and the width of characters left out of account.
    """
    answers = (card.back, *card.accept)
    if card.kind is CardKind.NUMERIC:
        wanted = [numbers for answer in answers if (numbers := _numbers(answer))]
        given = _numbers(typed)
        return any(_close(given, numbers, card.tolerance) for numbers in wanted)
    return bool(typed.strip()) and _letters(typed) in {_letters(answer) for answer in answers}


@dataclass(frozen=True, slots=True)
class Difference:
    """A wrong typed answer beside the nearest right one, and where each first goes its own way."""

    reference: str
    typed_at: int | None
    """Index in what was typed; None where letters are not what is compared."""
    reference_at: int | None


def difference(card: CardContent, typed: str) -> Difference:
    """The right answer that goes along longest with what was typed."""
    if card.kind is CardKind.NUMERIC:
        return Difference(card.back, None, None)
    given = _places(typed)
    best = Difference(card.back, 0, 0)
    longest = -1
    for answer in (card.back, *card.accept):
        wanted = _places(answer)
        same = next(
            (n for n, (a, b) in enumerate(zip(given, wanted, strict=False)) if a[0] != b[0]),
            min(len(given), len(wanted)),
        )
        if same > longest:
            longest = same
            best = Difference(answer, _index(given, same, typed), _index(wanted, same, answer))
    return best


def _places(text: str) -> list[tuple[str, int]]:
    """The letters that are compared, each with its index in the text."""
    return [(letter, index) for index, char in enumerate(text) for letter in _letters(char)]


def _index(places: list[tuple[str, int]], at: int, text: str) -> int:
    return places[at][1] if at < len(places) else len(text)


def _numbers(text: str) -> list[float]:
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("\\", "")
    plain = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", plain)
    return [float(match) for match in re.findall(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", plain)]


def _close(given: list[float], wanted: list[float], tolerance: float) -> bool:
    if len(given) != len(wanted):
        return False
    return all(abs(a - b) <= max(tolerance * abs(b), 1e-12) for a, b in zip(given, wanted, strict=True))


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace("·", "")
    return re.sub(r"[\s$`]", "", plain).rstrip("。.")
