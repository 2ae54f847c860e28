"""The help taken at a step: hints, the way out when stuck, a look at the answer.

It is scratch beside the log, one draft a step, and belongs to one attempt at the step: until the learner
begins again, or the study day turns. What was copied is not derived, so an answer within ten minutes of a
look at the course's counts as helped, whatever was begun anew.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import NamedTuple

from studybuddy.study.desk import Desk

FORGOTTEN_MS = 10 * 60 * 1000
"""After so long an answer that was seen is no longer copied."""
DAY_MS = 24 * 60 * 60 * 1000


def lately(now_ms: int, seen_ms: int) -> bool:
    """Whether what was seen then may be copied now. A clock set back by up to a day forgets nothing."""
    return -DAY_MS <= now_ms - seen_ms < FORGOTTEN_MS


class Help(NamedTuple):
    """What was taken in the present attempt."""

    hints: int = 0
    stuck: bool = False
    """Whether the step was worked out with small numbers."""
    revealed: bool = False
    """Whether the course's answer was shown."""
    seen_ms: int | None = None
    """When it was last shown, in this attempt or before."""
    begun_ms: int = 0
    """When this attempt was begun anew; 0 for the first."""
    advised: int = 0
    """How often it was told what to change in a wrong answer."""

    @property
    def taken(self) -> int:
        """How many things were taken."""
        return self.hints + self.stuck + self.revealed + self.advised


class Helps:
    """Keeps the help taken at each step."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def of(self, step: str) -> Help:
        """The help of the present attempt; what cannot be read is none."""
        with suppress(ValueError, TypeError, KeyError, AttributeError):
            kept = json.loads(self._desk.store.draft(_subject(step)) or "{}")
            seen = kept["seen_ms"]
            found = Help(
                int(kept["hints"]),
                bool(kept["stuck"]),
                bool(kept["revealed"]),
                None if seen is None else int(seen),
                int(kept["begun_ms"]),
                int(kept.get("advised", 0)),
            )
            return found if kept["day"] >= self._desk.day().isoformat() else Help(seen_ms=found.seen_ms)
        return Help()

    def hint(self, step: str, number: int) -> Help:
        """The hint of this number, from 1, was shown; to read it again costs nothing."""
        found = self.of(step)
        return found if number <= found.hints else self.keep(step, found._replace(hints=number))

    def advise(self, step: str) -> Help:
        """It was told what to change in a wrong answer."""
        found = self.of(step)
        return self.keep(step, found._replace(advised=found.advised + 1))

    def stuck(self, step: str) -> Help:
        """The step was worked out with small numbers."""
        return self.keep(step, self.of(step)._replace(stuck=True))

    def reveal(self, step: str) -> Help:
        """The course's answer was shown before one was accepted."""
        return self.keep(step, self.of(step)._replace(revealed=True, seen_ms=self._now_ms()))

    def again(self, step: str, accepted_ms: int | None) -> Help:
        """A new attempt begins. An answer that lies open, or a hint, is seen until now.

        Args:
            step: full id.
            accepted_ms: when an answer was last accepted; the course's is shown beside it.
        """
        found, now = self.of(step), self._now_ms()
        open_now = bool(found.taken) or (accepted_ms is not None and accepted_ms > found.begun_ms)
        return self.keep(step, Help(seen_ms=now if open_now else found.seen_ms, begun_ms=now))

    def copied(self, found: Help, accepted_ms: int | None) -> bool:
        """Whether an answer given now may be copied from one that was seen a moment ago."""
        now = self._now_ms()
        return any(seen is not None and lately(now, seen) for seen in (found.seen_ms, accepted_ms))

    def keep(self, step: str, found: Help) -> Help:
        """Keep the help of a step; returns it."""
        kept = {**found._asdict(), "day": self._desk.day().isoformat()}
        self._desk.store.save_draft(_subject(step), json.dumps(kept), self._desk.now())
        return found

    def _now_ms(self) -> int:
        return int(self._desk.now().timestamp() * 1000)


def _subject(step: str) -> str:
    return f"{step}#help"
