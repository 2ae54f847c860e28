"""Due days after a fit or another desired retention: looked at first, then moved by one event, or left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from studybuddy.core.event import EventKind
from studybuddy.memory.replanning import Scheduled, load_of, replanned
from studybuddy.store.due_moves import body_of
from studybuddy.store.scheduled_cards import left_out, scheduled
from studybuddy.study.desk import Desk
from studybuddy.study.terms import SHARES

DAYS = 30
"""Days of the preview, today being the first."""


class Moved(NamedTuple):
    """A card and its due day before and after."""

    card: str
    was: date
    due: date

    @property
    def days(self) -> int:
        """How much later it is due; negative for sooner."""
        return (self.due - self.was).days


class _Basis(NamedTuple):
    """What a preview was computed from: with another of these it is another preview."""

    day: date
    log_end: int
    fit: str


@dataclass(frozen=True)
class Preview:
    """What a rescheduling would do. `before`, `after`: minutes of reviews on each of the coming days."""

    basis: _Basis
    looked: int
    """Cards in review that are asked."""
    moves: tuple[Moved, ...]
    before: tuple[float, ...]
    after: tuple[float, ...]
    stepping: int
    """Cards in a learning step, which keep their clock."""
    suspended: int

    @property
    def day(self) -> date:
        """The study day it was computed on."""
        return self.basis.day

    @cached_property
    def sooner(self) -> tuple[Moved, ...]:
        """Cards that come sooner, the one that is moved farthest first."""
        return tuple(sorted((move for move in self.moves if move.days < 0), key=lambda move: move.days))

    @cached_property
    def later(self) -> tuple[Moved, ...]:
        """Cards that come later, the one that is moved farthest first."""
        return tuple(sorted((move for move in self.moves if move.days > 0), key=lambda move: -move.days))

    @cached_property
    def due_now(self) -> int:
        """Cards that become due today."""
        return sum(move.was > self.day >= move.due for move in self.moves)

    @cached_property
    def not_now(self) -> int:
        """Cards that were due and no longer are."""
        return sum(move.was <= self.day < move.due for move in self.moves)


class Done(StrEnum):
    """What became of a confirmation."""

    MOVED = "moved"
    NOTHING = "nothing"
    CHANGED = "changed"


class Outcome(NamedTuple):
    """What was done. CHANGED: something happened since the preview; nothing was moved, this is a new one."""

    done: Done
    preview: Preview


class Rescheduling:
    """Computes and moves. Nothing is moved that was not looked at before."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def preview(self) -> Preview:
        """What rescheduling would do now, by the parameters and desired retentions in force."""
        desk = self._desk
        basis = self._basis()
        today = basis.day.toordinal()
        cards = self._scheduled()
        found = replanned(
            cards,
            desk.preset_of,
            desk.scheduler.parameters,
            today,
            tuple(SHARES[load] for load in desk.preferences["easy_days"]),
            balanced=bool(desk.preferences["balance"]),
        )
        load = load_of(cards, today)
        before = _minutes(load, today)
        for card, due in found:
            load[max(card.due, today)] -= card.ms
            load[due] = load.get(due, 0) + card.ms
        stepping, suspended = left_out(desk.store.queue)
        return Preview(
            basis=basis,
            looked=len(cards),
            moves=tuple(
                Moved(card.card, date.fromordinal(card.due), date.fromordinal(due)) for card, due in found
            ),
            before=before,
            after=_minutes(load, today),
            stepping=stepping,
            suspended=suspended,
        )

    def confirm(self, preview: Preview) -> Outcome:
        """Move what a preview showed, as one event.

        Where the day has turned or anything was recorded since, nothing is moved and a new preview returned.
        """
        if preview.basis != self._basis():
            return Outcome(Done.CHANGED, self.preview())
        if not preview.moves:
            return Outcome(Done.NOTHING, preview)
        body = body_of(preview.moves, preview.day) | {"parameters": self._desk.scheduler.fit}
        self._desk.record(EventKind.RESCHEDULE, "", body)
        return Outcome(Done.MOVED, preview)

    def _basis(self) -> _Basis:
        desk = self._desk
        return _Basis(desk.day(), desk.store.log.last_instant_ms(), desk.scheduler.fit)

    def _scheduled(self) -> list[Scheduled]:
        ordinals: dict[str, int] = {}

        def ordinal(day: str) -> int:
            if day not in ordinals:
                ordinals[day] = date.fromisoformat(day).toordinal()
            return ordinals[day]

        return [
            Scheduled(
                row.card,
                row.stability,
                ordinal(row.last_day),
                ordinal(row.due_day),
                row.reps,
                row.ms,
            )
            for row in scheduled(self._desk.store.queue)
        ]


def _minutes(load: dict[int, int], today: int) -> tuple[float, ...]:
    return tuple(load.get(day, 0) / 60_000 for day in range(today, today + DAYS))
