"""Reading a lesson: sections marked read, thinking questions answered, the lesson completed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from studybuddy.core.event import EventKind
from studybuddy.study.desk import Desk

LONGEST_ANSWER = 20_000


@dataclass(frozen=True, slots=True)
class Place:
    """Where a lesson was left."""

    section: str = ""
    """Id of the section in front, empty before the first visit."""
    shares: Mapping[str, float] = field(default_factory=dict)
    """How far down each section was, from 0 to 1, by its id."""


class Reading:
    """What reading leaves in the log."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def mark_read(self, section: str) -> int:
        """Mark a section read; its cards become new. Returns how many did. Marking twice changes nothing."""
        cards = self._desk.catalogue.cards_of_section(section)
        unseen = len(self._desk.unseen(cards))
        if unseen or not self.is_read(section):
            self._desk.record(EventKind.SECTION, section, {"cards": cards})
        return unseen

    def is_read(self, section: str) -> bool:
        """Whether the section was marked read."""
        return self._desk.store.log.latest(EventKind.SECTION, section) is not None

    def place(self, lesson: str) -> Place:
        """Where a lesson was left. It is scratch: what cannot be read is no place."""
        with suppress(ValueError, TypeError, AttributeError, KeyError):
            kept = json.loads(self._desk.store.draft(f"{lesson}#place") or "{}")
            shares = {str(name): min(1.0, max(0.0, float(share))) for name, share in kept["shares"].items()}
            return Place(str(kept["section"]), shares)
        return Place()

    def keep_place(self, lesson: str, place: Place) -> None:
        """Keep where a lesson is left, where anything can be kept."""
        if not self._desk.store.writable:
            return
        kept = {"section": place.section, "shares": {name: round(at, 4) for name, at in place.shares.items()}}
        self._desk.store.save_draft(f"{lesson}#place", json.dumps(kept), self._desk.now())

    def complete(self, lesson: str) -> int:
        """The learner says the lesson is done: all its cards become new. Returns how many did."""
        found = self._desk.catalogue.lesson(lesson)
        cards = self._desk.catalogue.cards_of_lesson(found.id)
        unseen = len(self._desk.unseen(cards))
        self._desk.record(EventKind.SECTION, found.id, {"done": True, "cards": cards})
        return unseen

    def think(self, question: str, answer: str) -> None:
        """Keep the learner's own answer to a thinking question; the course's is shown after it."""
        self._desk.record(EventKind.THINK, question, {"answer": answer[:LONGEST_ANSWER]})

    def thought(self, question: str) -> str | None:
        """The learner's last answer to a thinking question, None before the first."""
        event = self._desk.store.log.latest(EventKind.THINK, question)
        return None if event is None else str(event.body.get("answer", ""))
