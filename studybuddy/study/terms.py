"""On what terms a card is answered: its preset, and what waits on the days to come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property

from studybuddy.core.card import CardMemory, Outcome, Rating
from studybuddy.core.event import EventKind
from studybuddy.core.week import DayLoad
from studybuddy.memory.balance import ALL_NORMAL, MINIMUM, NORMAL, REDUCED, Balance
from studybuddy.memory.scheduler import MODEL, due_text
from studybuddy.study.desk import Desk, Moment

SHARES = {DayLoad.NORMAL: NORMAL, DayLoad.REDUCED: REDUCED, DayLoad.MINIMUM: MINIMUM}
"""How much of the load a weekday is to carry, as the balance counts."""
LONGEST_ANSWER_MS = 10 * 60 * 1000
"""Time on a card counts up to here: a learner who left the desk was not thinking."""


class Terms:
    """Taken once for a card as it stands, so that an answer keeps what its button promised."""

    def __init__(self, desk: Desk, memory: CardMemory) -> None:
        self._desk = desk
        self.memory = memory
        preset = desk.preset_of(memory.id)
        self.preset = preset.without_steps() if memory.id in desk.catalogue.code_cards else preset
        self._promised: Mapping[Rating, Outcome] = {}
        self._moment: Moment | None = None
        self._siblings: list[str] | None = None

    @cached_property
    def balance(self) -> Balance | None:
        """What waits on the days to come, as of the first look; None where fuzz alone spreads reviews."""
        desk, preferences = self._desk, self._desk.preferences
        weekdays = tuple(SHARES[load] for load in preferences["easy_days"])
        if not preferences["balance"] and weekdays == ALL_NORMAL:
            return None
        day = max(desk.day(), self.memory.last_day or date.min)
        load, quiet = (desk.load.ahead(day), desk.load.quiet(day)) if preferences["balance"] else (None, None)
        self._siblings = others = desk.siblings.of(self.memory.id)
        due_days = desk.store.load.due_days(others) if others else ()
        return Balance(day.toordinal(), load, weekdays, due_days, quiet)

    def outcomes(self) -> Mapping[Rating, Outcome]:
        """What each button leads to now."""
        now, day, day_end = self._moment = self._desk.moment()
        self._promised = self._desk.scheduler.outcomes(
            self.memory, now, day, self.preset, balance=self.balance, day_end=day_end
        )
        return self._promised

    def outcome(self, rating: Rating) -> Outcome:
        """What one button leads to now; on the study day of the promise that is what was promised in days."""
        before = self._moment
        now, day, day_end = self._moment = self._desk.moment()
        promised = self._promised.get(rating)
        if promised is not None and promised.memory.due_day is not None and before and before.day == day:
            return promised
        return self._desk.scheduler.outcome(
            self.memory, rating, now, day, self.preset, balance=self.balance, day_end=day_end
        )

    def body(self, outcome: Outcome, elapsed_ms: int) -> dict[str, object]:
        """What the log keeps of an answer: the outcome as promised, so that a replay moves nothing."""
        memory = outcome.memory
        return {
            "rating": int(outcome.rating),
            "elapsed_ms": min(max(int(elapsed_ms), 0), LONGEST_ANSWER_MS),
            "due": due_text(memory),
            "interval_days": outcome.interval_days,
            "state": memory.state.value,
            "step": memory.step,
            "desired_retention": self.preset.desired_retention,
            "model": MODEL,
            "parameters": self._desk.scheduler.fit,
        }

    def record(self, kind: EventKind, body: dict[str, object], outcome: Outcome) -> None:
        """Commit the answer as of the moment of its outcome; it is on disk when this returns.

        Where it brought new cards (`cards` in the body) the day's plan is made anew.
        """
        self._desk.record(kind, self.memory.id, body, outcome.memory, self._moment)
        self._desk.load.follow(self.memory, outcome.memory)
        if not body.get("cards"):
            took = int(str(body["elapsed_ms"]))
            self._desk.queue.answered(self.memory, outcome.memory, took, self._siblings)
