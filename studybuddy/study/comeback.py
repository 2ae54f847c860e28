"""Coming back after missed days: the backlog spread over days, and what it costs to let it wait."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from studybuddy.memory.backlog import FIRST_RETURN, MOST_DAYS, Overdue, Room, worked_off
from studybuddy.memory.fsrs6 import Fsrs6
from studybuddy.study.parameters import parameters_in_force

if TYPE_CHECKING:
    from studybuddy.study.absence import Absence
    from studybuddy.study.desk import Desk
    from studybuddy.study.selection import Selection

OFFERED_MINUTES = (10, 15, 20, 30, 45, 60, 90, 120, 180)
"""Minutes a day that a learner can choose from."""
MOST_OFFERED = 5


class Spread(NamedTuple):
    """A way to work a backlog off: minutes a day, and the last study day of it, None beyond a year.

    `days`: how many study days it takes, today included. `forgotten`: cards forgotten more than if all were
    reviewed today.
    """

    minutes: int
    days: int | None
    through: date | None
    forgotten: int
    cards: int = 0
    """Cards a day, where their limit and not the minutes sets the pace."""


class Comeback(NamedTuple):
    """Where a learner stands who comes back. `waiting`: all that is due; `minutes`: what it takes at once."""

    absence: Absence
    waiting: int
    minutes: int
    spread: Spread
    begun: bool
    """Whether something was reviewed since."""


class Comebacks:
    """Tells how a backlog goes. Made for one look at it."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._chosen: Selection = desk.queue.chosen()

    def now(self) -> Comeback | None:
        """Where the learner stands; None where there is nothing to come back to."""
        chosen = self._chosen
        if chosen.absence is None or chosen.everything or not chosen.due:
            return None
        begun = chosen.absence.back < self._desk.day() or bool(chosen.answered)
        most = 0 if self._desk.preferences["comeback_minutes"] else self._desk.presets.default.reviews
        spread = self.spread(chosen.minutes, most)
        return Comeback(chosen.absence, chosen.due, self._at_once, spread, begun)

    def choices(self) -> list[Spread]:
        """Ways to choose from, each done sooner than the one before; everything today is the last."""
        usual = self._desk.preferences["minutes"]
        offered = {minutes for minutes in OFFERED_MINUTES if minutes < self._at_once}
        offered |= {self._chosen.minutes, usual}
        near = sorted(offered, key=lambda minutes: abs(minutes - usual))[:MOST_OFFERED]
        return [*map(self.spread, sorted(near)), Spread(self._at_once, 1, self._desk.day(), 0)]

    def spread(self, minutes: int, most: int = 0) -> Spread:
        """What becomes of the backlog, and of what falls due meanwhile.

        Args:
            minutes: what a day gives.
            most: cards that a day holds at most; 0 leaves it to the minutes.
        """
        chosen, today = self._chosen, self._desk.day()
        a_card_ms = chosen.backlog_ms / max(1, chosen.due)
        cards = minutes * 60_000 / max(1.0, a_card_ms)
        capped = 0 < most < cards
        room = Room(most if capped else cards, chosen.charged_ms / max(1.0, a_card_ms))
        course = worked_off(self._cards, chosen.due, room, self._coming(), self._model)
        through = None if course.days is None else today + timedelta(days=course.days - 1)
        return Spread(minutes, course.days, through, round(course.forgotten), most if capped else 0)

    @property
    def _at_once(self) -> int:
        return -(-self._chosen.backlog_ms // 60_000)

    @cached_property
    def _model(self) -> Fsrs6:
        return Fsrs6(parameters_in_force(self._desk.store.log)[1])

    @cached_property
    def _cards(self) -> list[Overdue]:
        desk, today = self._desk, self._desk.day().toordinal()
        return [
            Overdue(
                max(card.stability, 0.01),
                card.difficulty,
                max(0, today - date.fromisoformat(card.last_day).toordinal()),
                desk.preset_of(card.card).desired_retention,
            )
            for card in self._chosen.sample
            if card.last_day
        ]

    def _coming(self) -> Iterator[tuple[int, float]]:
        """What falls due on later days: what is planned, and new cards at the pace of the settings."""
        desk, today = self._desk, self._desk.day()
        for due, count in desk.store.queue.due_days():
            if (day := (date.fromisoformat(due) - today).days) > 0:
                yield day, count
        new, a_day = desk.store.queue.new_count(), desk.preferences["new_cards"]
        for day in range(MOST_DAYS if a_day else 0):
            if new <= 0:
                return
            yield day + FIRST_RETURN, min(new, a_day)
            new -= a_day
