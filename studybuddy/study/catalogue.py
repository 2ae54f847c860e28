"""What the course holds, by id, from the cached index. Nothing here reads a lesson's text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from studybuddy.core.errors import UnknownIdError
from studybuddy.course.indexed import CourseIndex, IndexedCard, IndexedConcept, IndexedError, IndexedLesson

if TYPE_CHECKING:
    from studybuddy.course.looks import Root


class Catalogue:
    """Looks things up in the course index and offers the nearest where an id is unknown."""

    def __init__(self, index: CourseIndex, shelf: Root | None = None) -> None:
        """Take the index, and how the folder of imported lessons looked when it was made."""
        self.shelf = shelf
        self.lessons: list[IndexedLesson] = index.lessons
        self.concepts: Sequence[IndexedConcept] = index.concepts
        self.errors: Sequence[IndexedError] = index.errors

    @cached_property
    def card_ids(self) -> dict[str, str]:
        """Every card and interview question of the course, in learning order, with its section.

        Those of a lesson that has an error are not among them: they cannot be shown until it is mended.
        """
        found: dict[str, str] = {}
        for lesson in self.lessons:
            if lesson.errors:
                continue
            interview = next((s.id for s in lesson.sections if s.kind == "interview"), "")
            found |= {card.id: card.section for card in lesson.cards}
            found |= dict.fromkeys(lesson.questions, interview)
        return found

    @cached_property
    def code_cards(self) -> dict[str, IndexedCard]:
        """The cards that ask an exercise again, by id. They come with its first accepted program alone."""
        return {card.id: card for lesson in self.lessons for card in lesson.cards if card.exercise}

    def lesson(self, wanted: str) -> IndexedLesson:
        """A lesson by code or id, in any case: `S3W10D1`.

        Raises:
            UnknownIdError: there is none; the nearest codes are offered.
        """
        for lesson in self.lessons:
            if wanted.lower() in (lesson.id.lower(), lesson.code.lower()):
                return lesson
        raise self._unknown("lesson", wanted, [lesson.code for lesson in self.lessons])

    def lesson_of(self, identifier: str) -> IndexedLesson:
        """The lesson that an id such as `s3w10d1/max-depth` belongs to."""
        return self.lesson(identifier.split("/", 1)[0])

    def card(self, wanted: str) -> str:
        """The id of a card or question; the part after the last slash is enough where it is unique."""
        return self._find("card", wanted, list(self.card_ids))

    def exercise(self, wanted: str) -> str:
        """The id of an exercise."""
        return self._find("exercise", wanted, [e.id for lesson in self.lessons for e in lesson.exercises])

    def item(self, wanted: str) -> str:
        """The id of a checklist item."""
        return self._find(
            "checklist item", wanted, [i.id for lesson in self.lessons for i in lesson.checklist]
        )

    def section(self, lesson: IndexedLesson, kind: str) -> str:
        """The id of a lesson's section by kind, id or number."""
        for number, section in enumerate(lesson.sections, 1):
            if kind.lower() in (section.kind, section.id, str(number)):
                return section.id
        raise self._unknown("section", kind, [section.kind for section in lesson.sections])

    def question(self, wanted: str) -> str:
        """The id of an interview question."""
        return self._find("question", wanted, [q for lesson in self.lessons for q in lesson.questions])

    def cards_of_section(self, section: str) -> list[str]:
        """The cards and questions that become new when a section is read, in learning order."""
        return [card for card, home in self._read_with.items() if home == section]

    def cards_of_lesson(self, lesson: str) -> list[str]:
        """The cards and questions that become new when a lesson is done, in learning order."""
        return [card for card, home in self._read_with.items() if home.startswith(f"{lesson}/")]

    def cards_of_exercise(self, exercise: str) -> list[str]:
        """The cards that become new when the learner's program for an exercise is accepted."""
        return [card.id for card in self.code_cards.values() if card.exercise == exercise]

    def cards_of_step(self, step: str) -> list[str]:
        """The cards that ask a step of a derivation again: they become new when it is accepted."""
        return [card.id for lesson in self.lessons for card in lesson.cards if card.derivation == step]

    @cached_property
    def lesson_ids(self) -> frozenset[str]:
        """The ids of all lessons; what begins otherwise belongs to none."""
        return frozenset(lesson.id for lesson in self.lessons)

    @cached_property
    def imported(self) -> frozenset[str]:
        """The ids of the lessons that the learner imported."""
        return frozenset(lesson.id for lesson in self.lessons if lesson.imported)

    @cached_property
    def _read_with(self) -> dict[str, str]:
        """What reading brings, with the section that brings it."""
        solved = self.code_cards.keys() | self._drill_cards
        return {card: home for card, home in self.card_ids.items() if card not in solved}

    @cached_property
    def _drill_cards(self) -> frozenset[str]:
        """The cards that ask a drill: they come with its accepted step alone."""
        ids = self.lesson_ids
        cards = (card for lesson in self.lessons for card in lesson.cards if card.derivation)
        return frozenset(card.id for card in cards if card.derivation.split("/", 1)[0] not in ids)

    def cards_of_item(self, item: str) -> list[str]:
        """The cards that become new at the latest when a checklist item is ticked.

        The item of the interview brings all questions of its lesson.
        """
        cards = [card.id for lesson in self.lessons for card in lesson.cards if card.checklist == item]
        for lesson in self.lessons:
            if any(one.id == item and one.rule == "interview" for one in lesson.checklist):
                cards += lesson.questions
        return cards

    def _find(self, kind: str, wanted: str, known: list[str]) -> str:
        if wanted in known:
            return wanted
        tails = [identifier for identifier in known if identifier.lower().endswith("/" + wanted.lower())]
        if len(tails) == 1:
            return tails[0]
        raise self._unknown(kind, wanted, tails or known)

    @staticmethod
    def _unknown(kind: str, wanted: str, known: list[str]) -> UnknownIdError:
        from difflib import get_close_matches

        near = get_close_matches(wanted, known, n=3, cutoff=0.4) or _tails(wanted, known)
        return UnknownIdError(kind, wanted[:80], tuple(near))


def _tails(wanted: str, known: list[str]) -> list[str]:
    """Ids whose last part resembles the wanted word: `dww` is near `s3w10d1/card/dw`."""
    from difflib import get_close_matches

    by_tail = {identifier.rsplit("/", 1)[-1]: identifier for identifier in known}
    near = get_close_matches(wanted.rsplit("/", 1)[-1], by_tail, n=3, cutoff=0.4)
    return [by_tail[tail] for tail in near]
