"""The day's plan: what Today shows and `studybuddy today` prints.

This module is on the path to the first picture, so it reads the index and a few rows, never a lesson.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.checklist import ItemStatus
from studybuddy.core.event import EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.indexed import IndexedError, IndexedLesson, IndexedSection
from studybuddy.i18n import N_
from studybuddy.store.queue import QueueCounts
from studybuddy.study.checklist import Checklist
from studybuddy.study.desk import Desk
from studybuddy.study.evidence import wanted
from studybuddy.study.progress import attempt, progress

if TYPE_CHECKING:
    from studybuddy.study.comeback import Comeback


class SectionPlan(NamedTuple):
    """A section as it stands; `detail` says how far the learner is."""

    id: str
    kind: str
    title: str
    minutes: int
    done: bool
    detail: Phrase
    started: bool = False
    """Whether there is anything of it in the log, done or not."""


class ItemPlan(NamedTuple):
    """A checklist item with its words; `wanted` says what would tick it without the learner's word."""

    label: str
    text: str
    status: ItemStatus
    wanted: Phrase | None = None


class LessonPlan(NamedTuple):
    """The current lesson as it stands."""

    id: str
    code: str
    title: str
    sections: tuple[SectionPlan, ...]
    checklist: tuple[ItemPlan, ...]
    complete: bool
    errors: tuple[str, ...] = ()

    @property
    def sections_done(self) -> int:
        """How many sections are done."""
        return sum(section.done for section in self.sections)


class DayPlan(NamedTuple):
    """Everything that a learner needs to begin. `lesson` is None only for a course without lessons."""

    date: date
    lesson: LessonPlan | None
    counts: QueueCounts
    review_minutes: int
    minutes: int
    streak: int
    reviewed: int
    minutes_a_day: int = 0
    """What the learner means to give each day."""
    minutes_chosen: bool = False
    """Whether they said so themselves."""
    comeback: Comeback | None = None
    """Where they stand after missed days."""

    @property
    def time(self) -> Phrase | None:
        """How long the plan takes, of the time the learner chose to give; None when nothing is left."""
        if not self.minutes:
            return None
        if not self.minutes_chosen:
            return Phrase.of(N_("~{n} min"), n=self.minutes)
        fits = self.minutes <= self.minutes_a_day
        words = N_("~{n} of {wanted} min") if fits else N_("~{n} min, you planned {wanted}")
        return Phrase.of(words, n=self.minutes, wanted=self.minutes_a_day)


class Tomorrow(NamedTuple):
    """What the next study day brings; `lesson` is empty when the course is done."""

    due: int
    new: int
    lesson: str


class StudyDay:
    """Makes the plan of the present study day."""

    def __init__(self, desk: Desk, checklist: Checklist) -> None:
        self._desk = desk
        self._checklist = checklist

    def plan(self) -> DayPlan:
        """The plan as of now."""
        desk = self._desk
        day = desk.day()
        counts = desk.queue.counts()
        minutes = desk.queue.minutes()
        lesson = self.current_lesson()
        plan = None if lesson is None else self.lesson_plan(lesson)
        unread = sum(s.minutes for s in plan.sections if not s.done) if plan and not plan.complete else 0
        return DayPlan(
            date=day,
            lesson=plan,
            counts=counts,
            review_minutes=minutes,
            minutes=minutes + unread,
            streak=desk.store.days.streak(day),
            reviewed=desk.store.days.totals(day).reviews,
            minutes_a_day=desk.preferences["minutes"],
            minutes_chosen=desk.preferences.chosen("minutes"),
            comeback=self._comeback() if counts.waiting else None,
        )

    def _comeback(self) -> Comeback | None:
        from studybuddy.study.comeback import Comebacks

        return Comebacks(self._desk).now()

    def current_lesson(self) -> IndexedLesson | None:
        """The earliest lesson not complete; one completed today stays until the day turns."""
        lessons = [
            lesson for lesson in self._desk.catalogue.lessons if not (lesson.imported and lesson.errors)
        ]
        for lesson in lessons:
            if not self._checklist.complete(lesson) or self._completed_today(lesson):
                return lesson
        return lessons[-1] if lessons else None

    def lesson_plan(self, lesson: IndexedLesson) -> LessonPlan:
        """A lesson as it stands."""
        language = self._desk.language
        statuses = self._checklist.statuses(lesson)
        ticked = sum(status.ticked for status in statuses)
        items = tuple(
            ItemPlan(item.label, words(item.texts, language), status, wanted(item))
            for item, status in zip(lesson.checklist, statuses, strict=True)
        )
        return LessonPlan(
            id=lesson.id,
            code=lesson.code,
            title=words(lesson.titles, language),
            sections=tuple(self._section(lesson, section, ticked) for section in lesson.sections),
            checklist=items,
            complete=self._checklist.complete(lesson),
            errors=_worded(lesson.errors) if lesson.errors else (),
        )

    def tomorrow(self) -> Tomorrow:
        """The next study day, as far as it is known now."""
        desk = self._desk
        counts = desk.queue.tomorrow()
        lessons = (ls for ls in desk.catalogue.lessons if not self._checklist.complete(ls))
        return Tomorrow(counts.due, counts.new, next((lesson.code for lesson in lessons), ""))

    def next_exercise(self, lesson: str, section: str = "") -> str | None:
        """The exercise of a lesson, or of one of its sections, to work on now.

        The first required one that was never accepted, else the first optional one that was not, else the
        first of all; None where there is none.
        """
        exercises = [
            exercise
            for exercise in self._desk.catalogue.lesson(lesson).exercises
            if section in ("", exercise.section)
        ]
        for exercise in sorted(exercises, key=lambda e: e.optional):
            tried = attempt(exercise.id, self._desk.store.log)
            if tried is None or not tried[0]:
                return exercise.id
        return exercises[0].id if exercises else None

    def _completed_today(self, lesson: IndexedLesson) -> bool:
        log, today = self._desk.store.log, self._desk.day()
        subjects = [(EventKind.SECTION, lesson.id)]
        for item in lesson.checklist:
            subjects.append((EventKind.TICK, item.id))
            subjects += [
                (kind, target)
                for kind in (EventKind.ATTEMPT, EventKind.INTERVIEW, EventKind.STEP)
                for target in item.targets
            ]
        days = [event.day for kind, subject in subjects if (event := log.latest(kind, subject))]
        return max(days, default=None) == today

    def _section(self, lesson: IndexedLesson, section: IndexedSection, ticked: int) -> SectionPlan:
        found = progress(lesson, section, ticked, self._desk.store.log)
        title = words(section.titles, self._desk.language)
        return SectionPlan(
            section.id, section.kind, title, section.minutes, found.done, found.detail, found.begun
        )


def _worded(errors: list[IndexedError]) -> tuple[str, ...]:
    from studybuddy.study.lesson_errors import worded

    return tuple(map(worded, errors))


def words(texts: dict[str, str], language: str) -> str:
    """A text in a language, else in whichever there is."""
    return texts.get(language) or next(iter(texts.values()), "")
