"""What rooms ask of one another without knowing one another. Only type checkers load this module."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Protocol

from studybuddy.core.card import CardMemory
from studybuddy.core.event import Event, Rated


class Clock(Protocol):
    """Where every room gets its time from."""

    def now(self) -> datetime:
        """The present instant, aware, in the learner's zone."""


class MemoryModel(Protocol):
    """The part of the scheduler that a replay of the log needs."""

    def replay(self, memory: CardMemory, event: Event) -> CardMemory:
        """The memory after a reviewing event: `due` from the event, stability and difficulty computed."""

    def recalled(self, reviews: Iterable[Rated]) -> Iterator[tuple[str, float, float]]:
        """Stability and difficulty of every card under the parameters that the log now says are in force."""
