"""Lessons and cards as text, in the learner's language. Loads the reader at the first question."""

from __future__ import annotations

from studybuddy.core.card_content import CardContent
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.exercise import Exercise
from studybuddy.core.lesson import InterviewQuestion, Lesson
from studybuddy.i18n import say
from studybuddy.study.desk import OWN, Desk
from studybuddy.study.own_cards import OwnCards


class Library:
    """Reads lessons once a language and keeps them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._lessons: dict[tuple[str, str], Lesson] = {}
        self._own = OwnCards(desk)

    def lesson(self, identifier: str, language: str = "") -> Lesson:
        """A lesson in the language in use, or in one that is given.

        Raises:
            StudybuddyError: its files have an error; the first one is named with file and line.
        """
        key = (identifier.split("/", 1)[0], language or self._desk.language)
        if key not in self._lessons:
            from studybuddy.course.reader import read_lesson
            from studybuddy.study.trust import trusted_lesson

            result = trusted_lesson(self._desk, key[0], lambda folder: read_lesson(folder, key[1]))
            if result.lesson is None:
                wrong = (d for d in result.diagnostics if d.severity == "error")
                first = next((f"{d.path}:{d.line}: {say(d.said)}" for d in wrong), key[0])
                raise StudybuddyError("this lesson has an error: {error}", error=first)
            self._lessons[key] = result.lesson
        return self._lessons[key]

    def forget(self) -> None:
        """Read every lesson again when it is next asked for."""
        self._lessons.clear()

    def exercise(self, identifier: str) -> Exercise:
        """An exercise by its full id."""
        return next(e for e in self.lesson(identifier).exercises if e.id == identifier)

    def card(self, identifier: str) -> CardContent | None:
        """A card as it reads now: the learner's own, or the course's with the learner's edit.

        None for an id that is no card; an interview question is one of these.
        """
        if identifier.startswith(OWN):
            return self._own.content(identifier)
        found = next((card for card in self.lesson(identifier).cards if card.id == identifier), None)
        return None if found is None else self._own.edited(found)

    def question(self, identifier: str) -> InterviewQuestion:
        """An interview question by its full id."""
        return next(q for q in self.lesson(identifier).questions if q.id == identifier)
