"""The entries of the course index: ids and titles, light enough for the start of the app."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple


class IndexedSection(NamedTuple):
    """A section; `titles` by language."""

    id: str
    kind: str
    titles: dict[str, str]
    minutes: int


class IndexedItem(NamedTuple):
    """A checklist item; `targets` are the full ids its evidence is about."""

    id: str
    rule: str
    label: str
    texts: dict[str, str]
    targets: list[str]
    needs: dict[str, Any] = {}
    """What its rule asks for, where that is not the usual: fields of `Needs`."""


class IndexedCard(NamedTuple):
    """A card without its words; `checklist` is empty where no item introduces it.

    `exercise` is the full id of the exercise that the card asks again, `blank` the one open place of it;
    `derivation` that of the derivation step it asks again.
    Cards with the same `note` are siblings: one gives the others away.
    """

    id: str
    kind: str
    section: str
    checklist: str
    concept: str
    exercise: str = ""
    blank: str = ""
    note: str = ""
    tags: Sequence[str] = ()
    derivation: str = ""


class IndexedExercise(NamedTuple):
    """An exercise; `section` is a full id."""

    id: str
    kind: str
    section: str
    optional: bool
    titles: dict[str, str]


class IndexedDerivation(NamedTuple):
    """A derivation; `steps` are the full ids of the steps that are the learner's, the given ones left out."""

    id: str
    steps: list[str]


class IndexedError(NamedTuple):
    """An error in a file, not worded yet: an id of the catalogue and what fills its braces.

    A parameter that is a sentence itself stands as the list of its message and its parameters.
    """

    path: str
    line: int
    message: str
    parameters: dict[str, object]


class IndexedLesson(NamedTuple):
    """A lesson. Of a broken one `errors` tell why, and the rest is what could be read."""

    id: str
    code: str
    titles: dict[str, str]
    sections: list[IndexedSection]
    checklist: list[IndexedItem]
    cards: list[IndexedCard]
    """In the order in which they should be learnt."""
    exercises: list[IndexedExercise]
    questions: list[str]
    derivations: list[IndexedDerivation]
    think: list[str]
    errors: list[IndexedError]
    imported: bool = False
    """Whether it lies in the learner's own folder and not in the course's."""


class IndexedConcept(NamedTuple):
    """Something to understand. `requires` are the concepts it rests on; there are no circles."""

    id: str
    lesson: str
    """The lesson that brings it."""
    titles: dict[str, str]
    requires: list[str]
    also: Sequence[str] = ()
    """Other names, to find it by."""


class CourseIndex(NamedTuple):
    """All lessons, by season, week and day; all concepts, in the order of their file."""

    lessons: list[IndexedLesson]
    concepts: Sequence[IndexedConcept] = ()
    errors: Sequence[IndexedError] = ()
    """What is wrong beside the lessons: with the file of concepts, or in the folder of imported lessons."""
