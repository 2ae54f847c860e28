"""How long a card is expected to take. A program from memory takes minutes where a card takes seconds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from studybuddy.course.indexed import IndexedCard
from studybuddy.store.queue import Waiting

if TYPE_CHECKING:
    from studybuddy.study.desk import Desk

REVIEW_MS = 20_000
"""Expected time of an answer before the log knows better."""
NEW_TAKES = 2
"""A new card takes so many times as long."""
QUICKEST_MS = 4_000
"""No estimate goes below this, whatever a script left in the log."""
NEWEST = 500
"""So many answers tell how long one takes; older ones were given at another pace."""
SUSPECT = 3
"""A mean so many times below the usual is looked up in the log: answers without a time may be among it."""
BLANK_MS = 90_000
FUNCTION_MS = 5 * 60_000
SCRIPT_MS = 15 * 60_000
"""Expected time of a program before the log knows how long the learner takes."""


class Answered:
    """What a card took on one study day: how often it was answered, and how long that took."""

    __slots__ = ("ms", "times")

    def __init__(self) -> None:
        self.times = self.ms = 0

    def add(self, elapsed_ms: int) -> None:
        """One answer more."""
        self.times += 1
        self.ms += elapsed_ms


class Pace:
    """Expects of a card what it took before the study day, else what cards like it take.

    What happens on the day itself changes no expectation: a plan made at noon is the rest of the morning's.
    """

    def __init__(self, desk: Desk, day: date, answered: Mapping[str, Answered]) -> None:
        self._desk = desk
        self._day = day
        self._answered = answered

    def expected_ms(self, card: Waiting) -> int:
        """What an answer to a card that was learnt before takes."""
        today = self._answered.get(card.card)
        times, took_ms = card.reps, card.took_ms
        if today is not None:
            times, took_ms = times - today.times, took_ms - today.ms
        if times <= 0 or took_ms <= 0:
            return self.usual_ms(card.card)
        if took_ms // times < self._plain_ms // SUSPECT:
            took_ms, times = self._timed(card.card) or (took_ms, times)
        return max(QUICKEST_MS, took_ms // times)

    def _timed(self, card: str) -> tuple[int, int] | None:
        """What the answers to a card took whose time is known, and how many they are; None without any."""
        known = self._desk.store.days.times_of(card, self._day)
        return (sum(known), len(known)) if known else None

    def new_ms(self, card: str) -> int:
        """What it takes to learn a card."""
        return NEW_TAKES * self.usual_ms(card)

    def usual_ms(self, card: str) -> int:
        """What a card takes of which nothing is known."""
        program = self._desk.catalogue.code_cards.get(card)
        return self._plain_ms if program is None else self._program_ms(program)

    @cached_property
    def _plain_ms(self) -> int:
        """Mean time of the newest answers before the day, but for programs and for what no clock measured."""
        programs = self._desk.catalogue.code_cards
        known = self._desk.store.days.timed(self._day, NEWEST)
        times = [ms for card, ms in known if card not in programs]
        return max(QUICKEST_MS, sum(times) // len(times)) if times else REVIEW_MS

    def _program_ms(self, card: IndexedCard) -> int:
        if card.blank:
            return BLANK_MS
        exercises = self._desk.catalogue.lesson_of(card.id).exercises
        script = any(exercise.id == card.exercise and exercise.kind == "script" for exercise in exercises)
        return SCRIPT_MS if script else FUNCTION_MS
