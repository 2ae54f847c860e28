"""The learner's desk: what every use case shares."""

from __future__ import annotations

from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.card import OWN_CARDS
from studybuddy.core.clock import SystemClock, study_day
from studybuddy.core.event import Event, EventKind, NewEvent
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.store.log import CLOCK_SLACK_MS
from studybuddy.store.store import Store
from studybuddy.study.catalogue import Catalogue
from studybuddy.study.places import Places

if TYPE_CHECKING:
    from studybuddy.core.card import CardMemory
    from studybuddy.core.ports import Clock
    from studybuddy.core.preset import Preset
    from studybuddy.memory.scheduler import Scheduler
    from studybuddy.study.concepts import Concepts
    from studybuddy.study.load import Load
    from studybuddy.study.own_tags import OwnTags
    from studybuddy.study.preferences import Preferences
    from studybuddy.study.presets import Presets
    from studybuddy.study.queue_plan import QueuePlan
    from studybuddy.study.repair import Repair
    from studybuddy.study.siblings import Siblings

DAY = timedelta(days=1)
OWN = OWN_CARDS
"""How the ids of cards begin that the learner wrote."""


class Moment(NamedTuple):
    """An instant in the learner's zone, its study day, and when that turns."""

    now: datetime
    day: date
    day_end: datetime


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
        self._turns: dict[tuple[tzinfo | None, int], tuple[date, datetime]] = {}
        """The study day of the last moment and where it ends, by zone and hour of the turn."""

    @cached_property
    def scheduler(self) -> Scheduler:
        """When to study. Loaded by the first answer, not by the start."""
        from studybuddy.memory.scheduler import Scheduler
        from studybuddy.study.parameters import parameters_in_force

        name, parameters = parameters_in_force(self.store.log)
        return Scheduler(parameters=parameters, fit=name)

    def folder_of(self, lesson: str) -> Path:
        """Where the files of a lesson are: with the course, or with the learner's data."""
        root = self.places.lessons if lesson in self.catalogue.imported else self.content
        return root / lesson

    def forget_scheduler(self) -> None:
        """Ask the settings and the log anew what the scheduler is to go by."""
        self.__dict__.pop("scheduler", None)

    @cached_property
    def load(self) -> Load:
        """What waits on the days to come."""
        from studybuddy.study.load import Load

        return Load(self.store)

    @cached_property
    def siblings(self) -> Siblings:
        """Which cards give one another away."""
        from studybuddy.study.siblings import Siblings

        return Siblings(self.catalogue, self.store.queue, OWN)

    @cached_property
    def own_tags(self) -> OwnTags:
        """Tags that the learner put on cards and took off."""
        from studybuddy.study.own_tags import OwnTags

        return OwnTags(self.store.log)

    @cached_property
    def queue(self) -> QueuePlan:
        """What the present study day asks."""
        from studybuddy.study.queue_plan import QueuePlan

        return QueuePlan(self)

    @cached_property
    def concepts(self) -> Concepts:
        """What the cards are about, and what rests on what."""
        from studybuddy.study.concepts import Concepts

        return Concepts.of_course(self.catalogue)

    @cached_property
    def repair(self) -> Repair:
        """What comes back because something that rests on it slipped."""
        from studybuddy.study.repair import Repair

        return Repair(self)

    @cached_property
    def preferences(self) -> Preferences:
        """The settings in force."""
        from studybuddy.study.preferences import load_preferences

        return load_preferences(self.store, self.places.data)

    @cached_property
    def presets(self) -> Presets:
        """How each card is studied, as the settings have it."""
        from studybuddy.study.presets import presets_of

        return presets_of(self)

    def preset_of(self, card: str) -> Preset:
        """How a card is studied; cheap enough to ask for each card of a queue."""
        return self.presets.of(card)

    def notes(self) -> list[Phrase]:
        """What in the settings cannot be used, a sentence each. Presets are read only where there are any."""
        of_presets = self.presets.notes if self.preferences.presets else []
        return [*self.preferences.notes, *of_presets]

    def forget_settings(self) -> None:
        """Ask the log anew what the learner set."""
        self.__dict__.pop("preferences", None)
        self.__dict__.pop("presets", None)
        self.forget_scheduler()

    def prefer(self, key: str, value: object) -> None:
        """Set a setting; it applies at once and survives.

        Raises:
            UsageError: there is no such setting, or the value is not for it.
        """
        from studybuddy.study.settings import setting

        wanted = setting(key)
        self.record(EventKind.SETTING, key, {"value": wanted.plain(wanted.read(value))})
        self.forget_settings()

    def undo(self) -> Event | None:
        """Take the newest undoable event back; None when there is none."""
        event = self.store.undo(self.now(), self.day())
        if event is not None and event.kind is EventKind.SETTING:
            self.forget_settings()
        return event

    def now(self) -> datetime:
        """The present instant in the learner's zone."""
        now = self.clock.now()
        if self.follows_system and (zone := self.preferences["zone"]):
            from zoneinfo import ZoneInfo

            return now.astimezone(ZoneInfo(zone))
        return now

    @property
    def follows_system(self) -> bool:
        """Whether time and zone are the machine's and not given by STUDYBUDDY_NOW."""
        return isinstance(self.clock, SystemClock)

    def moment(self) -> Moment:
        """The present instant with its study day: what is done at once belongs to one and the same day."""
        now, rollover = self.now(), self.preferences["rollover"]
        day, end = self._turns.get((now.tzinfo, rollover), (date.min, now))
        if not end - DAY <= now < end:
            turn = now.replace(hour=rollover, minute=0, second=0, microsecond=0)
            day, end = study_day(now, rollover), turn if now < turn else turn + DAY
            self._turns = {(now.tzinfo, rollover): (day, end)}
        return Moment(now, day, end)

    def day(self) -> date:
        """The present study day."""
        return self.moment().day

    def day_end(self) -> datetime:
        """The instant at which the study day turns."""
        return self.moment().day_end

    def record(
        self,
        kind: EventKind,
        subject: str,
        body: dict[str, object],
        memory: CardMemory | None = None,
        moment: Moment | None = None,
    ) -> Event:
        """Commit one event; it is on disk when this returns.

        Args:
            kind: what happened.
            subject: what it is about.
            body: the rest.
            memory: the memory after a review, where it was just computed.
            moment: when; None is now.
        """
        now, day, _ = moment or self.moment()
        return self.store.append(NewEvent(kind, subject, body), now, day, memory)

    def clock_behind(self) -> Phrase | None:
        """A sentence when the clock stands before what is already in the log."""
        behind_ms = self.store.log.last_instant_ms() - self.now().timestamp() * 1000
        if behind_ms <= CLOCK_SLACK_MS:
            return None
        hours, day = behind_ms / 3_600_000, self.day().isoformat()
        if hours < 48:
            words = N_("the clock is {hours:.1f} h behind your last entry; this now counts for {day}")
            return Phrase.of(words, hours=hours, day=day)
        words = N_("the clock is {days} days behind your last entry; this now counts for {day}")
        return Phrase.of(words, days=int(hours / 24), day=day)

    def unseen(self, cards: list[str]) -> list[str]:
        """Those of `cards` that were never introduced, in their order."""
        known = self.store.queue.ids()
        return [card for card in cards if card not in known]

    def cards_evidenced_by(self, target: str) -> list[str]:
        """Cards of the checklist items that an exercise or question is evidence for."""
        lesson = self.catalogue.lesson_of(target)
        items = [item.id for item in lesson.checklist if target in item.targets]
        return [card for item in items for card in self.catalogue.cards_of_item(item)]
