"""Submissions as the log tells them, and how many hints the learner took on the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from studybuddy.core.event import Event, EventKind
from studybuddy.core.verdict import Verdict
from studybuddy.study.desk import Desk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo

    from studybuddy.store.log import EventLog

_HINTS = "#hints"
_VERDICTS = frozenset(verdict.value for verdict in Verdict)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One submission, as it was recorded."""

    number: int
    """Counted from 1, over all submissions of the exercise."""
    verdict: Verdict
    at: datetime
    """When, in the learner's zone."""
    seconds: float
    """How long the program ran."""
    passed: int
    total: int
    """Cases accepted, of how many; 0 of 0 for a script."""
    hints: int
    """Hints taken by then."""
    revealed: bool
    """Whether the reference had been looked at by then."""
    reference: bool
    """Whether it was the course's own program, or a copy of it."""
    source: str
    losses: tuple[tuple[int, float], ...]
    judged: bool = True
    """False where there were no tests."""


def read_attempts(desk: Desk, exercise: str) -> list[Attempt]:
    """Every submission of an exercise, oldest first."""
    zone = desk.now().tzinfo
    events = submissions(desk.store.log, exercise)
    return [_attempt(number, event, zone) for number, event in enumerate(events, start=1)]


def submissions(log: EventLog, exercise: str) -> Iterator[Event]:
    """What was submitted for an exercise, oldest first; what has no verdict of the judge is passed over."""
    for event in log.events(EventKind.ATTEMPT, exercise):
        verdict = event.body.get("verdict")
        if isinstance(verdict, str) and verdict in _VERDICTS:
            yield event


def _attempt(number: int, event: Event, zone: tzinfo | None) -> Attempt:
    body = event.body
    return Attempt(
        number=number,
        verdict=Verdict(body["verdict"]),
        at=datetime.fromtimestamp(event.wall_ms / 1000, zone),
        seconds=float(body.get("wall_s", 0.0)),
        passed=int(body.get("passed", 0)),
        total=int(body.get("total", 0)),
        hints=int(body.get("hints", 0)),
        revealed=bool(body.get("revealed")),
        reference=bool(body.get("reference")),
        source=str(body.get("source", "")),
        losses=tuple((int(step), float(loss)) for step, loss in body.get("losses", ())),
        judged=body.get("judged") is not False,
    )


class HintCount:
    """How many hints of an exercise were taken since the learner last solved it.

    It is kept beside the drafts, so that hints taken before a break count when the program is run after it.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def taken(self, exercise: str) -> int:
        """The count; a new round begins with every accepted program."""
        count, _, solved = (self._desk.store.draft(exercise + _HINTS) or "").partition(" ")
        return int(count) if count.isdigit() and solved == self._solved(exercise) else 0

    def take(self, exercise: str, count: int) -> None:
        """Remember that `count` hints have been taken."""
        if count > self.taken(exercise):
            text = f"{count} {self._solved(exercise)}"
            self._desk.store.save_draft(exercise + _HINTS, text, self._desk.now())

    def _solved(self, exercise: str) -> str:
        """Which accepted submission was the last; `0` before the first."""
        newest = 0
        for event in submissions(self._desk.store.log, exercise):
            if event.body["verdict"] == "AC" and not event.body.get("reference"):
                newest = event.seq
        return str(newest)
