"""The index of all cards, kept in step with the course in both languages and with the learner's own words."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

from studybuddy.core.card_content import CardContent, CardKind, note_of
from studybuddy.core.errors import StoreError, StudybuddyError
from studybuddy.core.event import EventKind
from studybuddy.core.lesson import InterviewQuestion
from studybuddy.core.query import Query
from studybuddy.course.index import state_of
from studybuddy.course.indexed import IndexedLesson
from studybuddy.i18n import LANGUAGES
from studybuddy.store.card_conditions import Moment, has_words
from studybuddy.store.card_index import OWN_PART, CardIndex, Entry, refreshing, remove
from studybuddy.store.card_search import CardRow, Order
from studybuddy.study.card_places import CardPlaces
from studybuddy.study.desk import OWN, Desk
from studybuddy.study.library import Library
from studybuddy.study.own_cards import OwnCards

INDEX_NAME = "card-index.db"
MANY = 1000
"""Cards from which on one pass over all is quicker than a look at each."""
LESSON_PLACES = 100_000
"""Places that a lesson takes in the order of all cards; one's own come after them, by the time of making."""
T = TypeVar("T")


class CardFinder:
    """Finds cards. The index is brought up to date when it is asked, and only as far as something changed."""

    def __init__(self, desk: Desk, library: Library, own: OwnCards) -> None:
        self._desk = desk
        self._library = library
        self._own = own
        self._path = desk.places.cache / INDEX_NAME
        self._temporary: str | None = None
        self._made_from: tuple[str, bool] | None = None
        self._lessons: dict[str, str] | None = None

    @property
    def made_from(self) -> str:
        """The end of the log as of the last refresh; it changes when words of cards may have."""
        return self._made_from[0] if self._made_from else ""

    def find(self, query: Query, order: Order = Order.COURSE) -> list[str]:
        """The ids of the cards that a query asks for."""
        search = self._desk.store.search
        return self._asked(lambda path: search.find(path, query, self._moment(), order), has_words(query))

    def rows(self, cards: list[str]) -> list[CardRow]:
        """Some cards as they stand, in the order given."""
        return self._asked(lambda path: self._desk.store.search.rows(path, cards, self._moment()))

    def named(self, column: str) -> list[str]:
        """Every `lesson` or `concept` that a card has."""
        return self._asked(lambda path: self._desk.store.search.named(path, column))

    def close(self) -> None:
        """Delete an index that could not be kept."""
        if self._temporary is not None:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def _moment(self) -> Moment:
        return Moment(self._desk.day(), self._desk.day_end(), self._desk.scheduler.fades)

    def _asked(self, question: Callable[[Path], T], words: bool = False) -> T:
        """Ask the index; one that is damaged or gone is made anew, once."""
        try:
            self._refresh(words)
            return question(self._path)
        except StoreError:
            remove(self._path)
            self._made_from = None
            self._refresh(words)
            return question(self._path)

    def _refresh(self, words: bool) -> None:
        end = self._desk.store.search.log_end()
        if self._made_from is not None and self._made_from[0] == end and self._made_from[1] >= words:
            return
        if self._lessons is None:
            lessons = self._desk.catalogue.lessons
            self._lessons = {
                lesson.id: f"{place} {state_of(self._desk.folder_of(lesson.id))}"
                for place, lesson in enumerate(lessons)
            }
        try:
            self._bring_up_to_date(end, self._lessons, words)
        except StoreError:
            if self._temporary is not None:
                raise
            self._temporary = tempfile.mkdtemp(prefix="studybuddy-")
            self._path = Path(self._temporary) / INDEX_NAME
            self._bring_up_to_date(end, self._lessons, words)
        self._made_from = (end, words or bool(self._made_from and self._made_from[1]))

    def _bring_up_to_date(self, end: str, lessons: dict[str, str], words: bool) -> None:
        with refreshing(self._path) as index:
            known = index.states()
            changed = self._desk.store.search.reworded_since(known[OWN_PART]) if OWN_PART in known else None
            for place, lesson in enumerate(self._desk.catalogue.lessons):
                reworded = changed is None or any(card.startswith(f"{lesson.id}/") for card in changed)
                if reworded or known.get(lesson.id) != lessons[lesson.id]:
                    index.replace_part(lesson.id, self._entries(place, lesson))
                    index.keep(lesson.id, lessons[lesson.id])
            for gone in known.keys() - lessons.keys() - {OWN_PART}:
                index.drop_part(gone)
            self._refresh_own(index, changed)
            if changed is not None:
                retagged = self._desk.store.search.retagged_since(known[OWN_PART]) - changed
                index.retag(self._tags(retagged))
            index.keep(OWN_PART, end)
            if words:
                index.index_words()

    def _refresh_own(self, index: CardIndex, changed: set[str] | None) -> None:
        if changed is None:
            index.replace_part(OWN_PART, (own_entry(*made) for made in self._own.contents()))
            return
        for note in sorted({note_of(card) for card in changed if card.startswith(OWN)}):
            made = self._desk.store.log.latest(EventKind.CARD_NEW, note)
            cards = [] if made is None else self._own.note(note).cards
            for gone in set(index.of_note(note)) - set(cards):
                index.drop(gone)
            for card in cards:
                assert made is not None
                index.put(OWN_PART, own_entry(self._own.content(card), made.at_ms))

    def _tags(self, cards: set[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The tags of cards; of very many the words are read in one pass."""
        places = CardPlaces(self._desk)
        if len(cards) > MANY:
            return places.tags_of_many(cards)
        return ((card, places.tags(card)) for card in cards)

    def _entries(self, place: int, lesson: IndexedLesson) -> Iterator[Entry]:
        """The cards and questions of a lesson, in learning order, with their words in every language."""
        readable = []
        for language in LANGUAGES:
            try:
                readable.append(self._library.lesson(lesson.id, language))
            except StudybuddyError:
                continue  # a lesson with an error is reported by `lessons` and `doctor`
        cards = [{card.id: card for card in one.cards} for one in readable]
        questions = [{question.id: question for question in one.questions} for one in readable]
        ids = [*(card.id for card in lesson.cards), *lesson.questions]
        for number, identifier in enumerate(ids):
            at = place * LESSON_PLACES + number
            worded = [self._own.edited(found[identifier]) for found in cards if identifier in found]
            asked = [found[identifier] for found in questions if identifier in found]
            if worded:
                yield _entry(lesson.id, at, worded)
            elif asked:
                texts = [_slug(identifier), *(_question_text(question) for question in asked)]
                tags = self._desk.own_tags.of(identifier, ())
                yield Entry(identifier, at, lesson.id, CardKind.BASIC.value, "", tags, tuple(texts))


def own_entry(content: CardContent, made_ms: int) -> Entry:
    """A card of the learner's own."""
    lesson = content.section.split("/", 1)[0]
    return _entry(lesson, made_ms, [content])


def _entry(lesson: str, place: int, worded: list[CardContent]) -> Entry:
    first = worded[0]
    texts = ["" if first.id.startswith(OWN) else _slug(first.id)]
    for content in worded:
        texts += [content.front.replace("{{", "").replace("}}", ""), content.back, *content.accept]
    tags = tuple(dict.fromkeys(tag for content in worded for tag in content.tags))
    found = tuple(text for text in texts if text)
    return Entry(first.id, place, lesson, first.kind.value, first.concept, tags, found)


def _slug(identifier: str) -> str:
    return identifier.rsplit("/", 1)[-1]


def _question_text(question: InterviewQuestion) -> str:
    from studybuddy.core.block import Paragraph
    from studybuddy.study.paper import one_line

    return one_line((Paragraph(question.question), *question.reference))
