"""The day's checklist: evidence and the learner's own word, joined."""

from __future__ import annotations

from datetime import datetime

from studybuddy.core.checklist import ItemStatus, Tally, TickedBy, TickState
from studybuddy.core.clock import study_day
from studybuddy.core.event import Event, EventKind
from studybuddy.course.indexed import IndexedItem, IndexedLesson
from studybuddy.study.desk import Desk
from studybuddy.study.evidence import faded, weigh


class Checklist:
    """Reads and changes the items of a lesson."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def statuses(self, lesson: IndexedLesson) -> list[ItemStatus]:
        """The items of a lesson as they stand."""
        return [self.status(item) for item in lesson.checklist]

    def status(self, item: IndexedItem) -> ItemStatus:
        """One item, with since when it stands so and whether something of it was forgotten since."""
        status, at_ms = self._stands(item)
        fading = status.ticked and self._fading(item, at_ms)
        return status._replace(when=self._when(at_ms), fading=fading)

    def _stands(self, item: IndexedItem) -> tuple[ItemStatus, int]:
        """How an item stands, and since when. Cheap, for those who ask of all lessons.

        The learner's word holds until newer evidence; evidence never takes a tick away.
        """
        evidence, word = weigh(item, self._desk.store.log), self._word(item.id)
        if word is not None and not (evidence.state is TickState.AUTO and evidence.at_ms > word.at_ms):
            ticked = word.kind is EventKind.TICK
            if ticked or word.at_ms > evidence.at_ms:
                state = TickState.MANUAL if ticked else TickState.UNTICKED
                reason = str(word.body.get("reason", ""))
                return ItemStatus(item.id, state, TickedBy.LEARNER, evidence.phrase, reason), word.at_ms
        by = TickedBy.NONE if evidence.state is TickState.NONE else TickedBy.EVIDENCE
        return ItemStatus(item.id, evidence.state, by, evidence.phrase), evidence.at_ms

    def tally(self) -> Tally:
        """The ticks of all lessons."""
        lessons = self._desk.catalogue.lessons
        states = [self._stands(item)[0].state for lesson in lessons for item in lesson.checklist]
        return Tally(states.count(TickState.AUTO), states.count(TickState.MANUAL), len(states))

    def tick(self, item: str, reason: str = "") -> ItemStatus:
        """Tick by hand; the item's cards become new if they are not yet."""
        identifier = self._desk.catalogue.item(item)
        cards = self._desk.catalogue.cards_of_item(identifier)
        self._desk.record(EventKind.TICK, identifier, {"reason": reason, "cards": cards})
        return self.status(self._item(identifier))

    def untick(self, item: str, reason: str = "") -> ItemStatus:
        """Untick by hand; only evidence newer than this ticks the item again by itself."""
        identifier = self._desk.catalogue.item(item)
        self._desk.record(EventKind.UNTICK, identifier, {"reason": reason})
        return self.status(self._item(identifier))

    def complete(self, lesson: IndexedLesson) -> bool:
        """Whether every item is ticked in any way, or the learner said the lesson is done."""
        done = self._desk.store.log.latest(EventKind.SECTION, lesson.id)
        if done is not None and done.body.get("done"):
            return True
        return bool(lesson.checklist) and all(self._stands(item)[0].ticked for item in lesson.checklist)

    def _when(self, at_ms: int) -> str:
        """An instant in a few signs, empty for none."""
        now, day, _end = self._desk.moment()
        try:
            at = datetime.fromtimestamp(at_ms / 1000, now.tzinfo) if at_ms else None
        except (ValueError, OverflowError, OSError):
            at = None
        if at is None:
            return ""
        there = study_day(at, self._desk.preferences["rollover"])
        return f"{at:%H:%M}" if there == day else there.isoformat()

    def _fading(self, item: IndexedItem, since_ms: int) -> bool:
        """Whether something of a ticked item was forgotten since the tick."""
        return faded(self._desk.catalogue.cards_of_item(item.id), since_ms, self._desk.store.log)

    def _item(self, identifier: str) -> IndexedItem:
        lesson = self._desk.catalogue.lesson_of(identifier)
        return next(item for item in lesson.checklist if item.id == identifier)

    def _word(self, item: str) -> Event | None:
        log = self._desk.store.log
        words = [log.latest(kind, item) for kind in (EventKind.TICK, EventKind.UNTICK)]
        return max((word for word in words if word), key=lambda event: event.at_ms, default=None)
