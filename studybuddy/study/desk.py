"""The learner's desk: what every use case shares."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.clock import ROLLOVER_HOUR, study_day
from studybuddy.core.event import Event, EventKind, NewEvent
from studybuddy.store.store import Store
from studybuddy.study.catalogue import Catalogue
from studybuddy.study.places import Places

if TYPE_CHECKING:
    from studybuddy.core.card import CardMemory
    from studybuddy.core.ports import Clock
    from studybuddy.memory.scheduler import Scheduler

NEW_CARDS_A_DAY = 15


class Desk:
    """Store, clock, scheduler and course in one place. Use it from one thread."""

    def __init__(
        self, store: Store, clock: Clock, catalogue: Catalogue, places: Places, content: Path, language: str
    ) -> None:
        self.store = store
        self.clock = clock
        self.catalogue = catalogue
        self.places = places
        self.content = content
        self.language = language

    @cached_property
    def scheduler(self) -> Scheduler:
        """When to study. Loaded by the first answer, not by the start."""
        from studybuddy.memory.scheduler import Scheduler

        return Scheduler()

    def now(self) -> datetime:
        """The present instant in the learner's zone."""
        return self.clock.now()

    def day(self) -> date:
        """The present study day."""
        return study_day(self.now())

    def day_end(self) -> datetime:
        """The instant at which the study day turns."""
        now = self.now()
        turn = now.replace(hour=ROLLOVER_HOUR, minute=0, second=0, microsecond=0)
        return turn if now < turn else turn + timedelta(days=1)

    def record(
        self, kind: EventKind, subject: str, body: dict[str, object], memory: CardMemory | None = None
    ) -> Event:
        """Commit one event now; it is on disk when this returns."""
        return self.store.append(NewEvent(kind, subject, body), self.now(), self.day(), memory)

    def new_cards_left(self) -> int:
        """How many new cards the day still allows."""
        return max(0, NEW_CARDS_A_DAY - self.store.days.totals(self.day()).started)

    def unseen(self, cards: list[str]) -> list[str]:
        """Those of `cards` that were never introduced, in their order."""
        known = self.store.queue.ids()
        return [card for card in cards if card not in known]

    def cards_evidenced_by(self, target: str) -> list[str]:
        """Unseen cards of the checklist items that an exercise or question is evidence for."""
        lesson = self.catalogue.lesson_of(target)
        items = [item.id for item in lesson.checklist if target in item.targets]
        return self.unseen([card for item in items for card in self.catalogue.cards_of_item(item)])
