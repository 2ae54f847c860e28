"""The only place that knows every room: opens the data, the course and the use cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from studybuddy.core.errors import UnknownIdError, UsageError
from studybuddy.core.event import EventKind
from studybuddy.course.finder import content_root
from studybuddy.i18n import N_, language_from_environment
from studybuddy.store.store import Store
from studybuddy.study.checklist import Checklist
from studybuddy.study.clocks import clock_from_environment
from studybuddy.study.day import StudyDay
from studybuddy.study.desk import OWN, Desk
from studybuddy.study.launch import Launch
from studybuddy.study.own_course import OwnCourse, read_catalogue, settled
from studybuddy.study.places import Places

if TYPE_CHECKING:
    from studybuddy.core.block import Blocks
    from studybuddy.core.card import CardMemory
    from studybuddy.core.card_content import CardKind
    from studybuddy.core.event import Event, Rated
    from studybuddy.study.browser import Browser
    from studybuddy.study.card_changes import CardChanges
    from studybuddy.study.care import Care
    from studybuddy.study.derivation import DerivationDesk
    from studybuddy.study.derivations import Derivations
    from studybuddy.study.experiments import Experiments
    from studybuddy.study.foresight import Foresight
    from studybuddy.study.interview import Interview
    from studybuddy.study.lab import Lab
    from studybuddy.study.leeches import Leeches
    from studybuddy.study.library import Library
    from studybuddy.study.own_cards import OwnCards
    from studybuddy.study.own_cases import OwnCases
    from studybuddy.study.own_fit import OwnFit
    from studybuddy.study.reading import Reading
    from studybuddy.study.recall import Recall
    from studybuddy.study.rescheduling import Rescheduling
    from studybuddy.study.review import Review
    from studybuddy.study.review_table import ReviewTable
    from studybuddy.study.statistics.statistics import Statistics
    from studybuddy.study.trust import Trust
    from studybuddy.study.walking import Walks


class Study(OwnCourse):
    """Everything a screen or a command can ask for. Each use case is loaded when it is first asked for."""

    def __init__(self, launch: Launch, *, writer: str | None = None, running_clock: bool = False) -> None:
        """Open the learner's data and the course.

        Args:
            launch: data folder and language as given by the learner.
            writer: who asks to write, as shown to whoever has to wait; None opens for reading.
            running_clock: whether a time given by STUDYBUDDY_NOW runs on from there.
        """
        places = Places.find(launch.data_dir)
        root = content_root()
        clock = clock_from_environment(running=running_clock)
        catalogue = read_catalogue(root, places)
        store = Store(places.data, _Replay(self), writer=writer)
        try:
            if writer is not None and settled(places, store.log):
                catalogue = read_catalogue(root, places)
            self.desk = Desk(store, clock, catalogue, places, root, launch.language or "")
            self.desk.language = launch.language or self._language()
            store.queue.keep_to(catalogue.card_ids, OWN)
        except BaseException:
            store.close()
            raise

    def _language(self) -> str:
        """The language the learner set, else that of their system."""
        preferred = str(self.desk.preferences["language"])
        return language_from_environment() if preferred == "auto" else preferred

    @cached_property
    def trust(self) -> Trust:
        """Which imported lessons' code may run."""
        from studybuddy.study.trust import Trust

        return Trust(self.desk, self.library)

    @cached_property
    def walks(self) -> Walks:
        """Programs walked through line by line."""
        from studybuddy.study.walking import Walks

        return Walks(self.desk, self.library)

    @cached_property
    def checklist(self) -> Checklist:
        """The day's checklist."""
        return Checklist(self.desk)

    @cached_property
    def day(self) -> StudyDay:
        """The day's plan."""
        return StudyDay(self.desk, self.checklist)

    @cached_property
    def library(self) -> Library:
        """Lessons and cards as text."""
        from studybuddy.study.library import Library

        return Library(self.desk)

    @cached_property
    def reading(self) -> Reading:
        """Sections read and thinking questions answered."""
        from studybuddy.study.reading import Reading

        return Reading(self.desk)

    @cached_property
    def review(self) -> Review:
        """The review queue."""
        from studybuddy.study.review import Review

        return Review(self.desk)

    @cached_property
    def lab(self) -> Lab:
        """Programs and their judge."""
        from studybuddy.study.lab import Lab

        return Lab(self.desk, self.library)

    @cached_property
    def experiments(self) -> Experiments:
        """Changes of a training script to try."""
        from studybuddy.study.experiments import Experiments

        return Experiments(self.desk, self.library)

    @cached_property
    def recall(self) -> Recall:
        """Exercises solved again from memory."""
        from studybuddy.study.recall import Recall

        return Recall(self.desk, self.library, self.lab)

    @cached_property
    def interview(self) -> Interview:
        """The mock interview."""
        from studybuddy.study.interview import Interview

        return Interview(self.desk)

    @cached_property
    def derivation(self) -> DerivationDesk:
        """Answers to the steps of derivations, and what was said of them."""
        from studybuddy.study.derivation import DerivationDesk

        return DerivationDesk(self.desk, self.derivations)

    @cached_property
    def derivations(self) -> Derivations:
        """Every derivation: those of the lessons, and the drills."""
        from studybuddy.study.derivations import Derivations

        return Derivations(self.desk, self.library)

    @cached_property
    def own_cards(self) -> OwnCards:
        """Cards the learner wrote, and their edits of the course's."""
        from studybuddy.study.own_cards import OwnCards

        return OwnCards(self.desk)

    @cached_property
    def leeches(self) -> Leeches:
        """Cards that keep being forgotten, and what is decided about them."""
        from studybuddy.study.leeches import Leeches

        return Leeches(self.desk)

    @cached_property
    def own_cases(self) -> OwnCases:
        """Cases the learner keeps, judged after those of the course."""
        from studybuddy.study.own_cases import OwnCases

        return OwnCases(self.desk, self.own_cards)

    @cached_property
    def statistics(self) -> Statistics:
        """The figures of everything done so far."""
        from studybuddy.study.statistics.statistics import Statistics

        return Statistics(self.desk, self.review_table)

    @property
    def foresight(self) -> Foresight:
        """How well recall is predicted, and the year to come; as the log is now."""
        from studybuddy.study.foresight import Foresight

        return Foresight(self.desk, self.review_table.read())

    @cached_property
    def review_table(self) -> ReviewTable:
        """Every review as numbers, kept in step with the log."""
        from studybuddy.study.review_table import ReviewTable

        return ReviewTable(self.desk.store.reviews)

    @cached_property
    def own_fit(self) -> OwnFit:
        """The memory model fitted to the learner."""
        from studybuddy.study.own_fit import OwnFit

        return OwnFit(self.desk)

    @cached_property
    def rescheduling(self) -> Rescheduling:
        """Due days after a fit or another desired retention."""
        from studybuddy.study.rescheduling import Rescheduling

        return Rescheduling(self.desk)

    @cached_property
    def browser(self) -> Browser:
        """Looking for cards, and acting on many."""
        from studybuddy.study.browser import Browser

        return Browser(self.desk, self.library, self.own_cards)

    @cached_property
    def card_changes(self) -> CardChanges:
        """What can be done to many cards at once."""
        from studybuddy.study.card_changes import CardChanges

        return CardChanges(self.desk, self.browser.rows)

    @cached_property
    def care(self) -> Care:
        """Doctor, backup and rebuild."""
        from studybuddy.study.care import Care

        return Care(self.desk)

    def card_ids(self) -> list[str]:
        """Every card there is: the course's in learning order, then the learner's own."""
        return [*self.desk.catalogue.card_ids, *self.own_cards.ids()]

    def card_id(self, wanted: str) -> str:
        """The id of a card, the learner's own included.

        Raises:
            UnknownIdError: there is none; the nearest are offered.
            UsageError: there was one; only its history is left.
        """
        if self.own_cards.has(wanted):
            return wanted
        try:
            return self.desk.catalogue.card(wanted)
        except UnknownIdError:
            if self.desk.store.log.names(EventKind.REVIEW, wanted):
                words = N_("{card} is archived: its text is gone, its history is kept")
                raise UsageError(words, card=wanted) from None
            raise

    def siblings_of(self, note: str) -> list[str]:
        """The cards that are made of a note, or of one entry of the course; a card alone is its own note."""
        if note.startswith(OWN):
            return self.own_cards.note(note).cards
        from studybuddy.core.card_content import note_of

        return [card for card in self.desk.catalogue.card_ids if note_of(card) == note]

    def question(self, card: str) -> tuple[CardKind, Blocks]:
        """The kind of a card and what it asks."""
        from studybuddy.study.faces import face

        found = face(self.library, card)
        return found.kind, found.words

    def close(self) -> None:
        """Let go of the data, and of processes that were kept ready."""
        if "lab" in vars(self):
            self.lab.close()
        if "browser" in vars(self):
            self.browser.close()
        self.desk.store.close()


class _Replay:
    """The scheduler's part in a replay, loaded when there is one."""

    def __init__(self, study: Study) -> None:
        self._study = study

    def replay(self, memory: CardMemory, event: Event) -> CardMemory:
        """See `Scheduler.replay`."""
        return self._study.desk.scheduler.replay(memory, event)

    def recalled(self, reviews: Iterable[Rated]) -> Iterator[tuple[str, float, float]]:
        """See `Scheduler.recalled`; the parameters are read anew, now and again after the transaction."""
        self._study.desk.forget_scheduler()
        scheduler = self._study.desk.scheduler
        self._study.desk.forget_scheduler()
        return scheduler.recalled(reviews)


def understood(error: BaseException) -> BaseException:
    """The project's own error for one of the database driver's; any other error as it is."""
    from studybuddy.store.connection import understood as of_the_store

    return of_the_store(error) or error
