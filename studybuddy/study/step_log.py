"""What the log says of a step of a derivation. The start asks it too, so it imports next to nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from typing import NamedTuple

from studybuddy.core.derivation import Judgement
from studybuddy.core.event import Event, EventKind
from studybuddy.store.log import EventLog

CHECKER, LEARNER = "checker", "learner"
"""Who judged, as the event says it."""


class StepResult(StrEnum):
    """How a step came out. The names are stored; they never change."""

    UNAIDED = "unaided"
    AIDED = "aided"
    MISSED = "missed"


class StepTry(NamedTuple):
    """An answer to a step, as the log has it."""

    event: Event
    result: StepResult
    judgement: Judgement | None
    """The checker's; None where the learner judged."""

    @property
    def answer(self) -> str:
        """What was typed."""
        return str(self.event.body.get("answer", ""))

    @property
    def hints(self) -> int:
        """How much help had been taken."""
        return _count(self.event.body.get("hints"))

    @property
    def attempts(self) -> int:
        """Which try this was since the step was last accepted, from 1; 0 where nobody counted."""
        return _count(self.event.body.get("attempts"))

    @property
    def elapsed_ms(self) -> int:
        """How long it took, 0 where nobody looked at a clock."""
        return _count(self.event.body.get("elapsed_ms"))


class Standing(NamedTuple):
    """How the learner stands with a step.

    `result` is the best that the checker ever accepted, else the newest judgement of the learner's own, else
    None. What was once derived stays derived, whatever is tried later.
    """

    result: StepResult | None = None
    checked: bool = False
    """Whether the checker accepted it."""
    at_ms: int = 0
    """When the newest answer with that result was given."""
    wrong: int = 0
    """Wrong answers since the step was last accepted."""
    accepted_ms: int | None = None
    """When the checker last accepted an answer, by the clock on the wall."""

    @property
    def derived(self) -> bool:
        """Whether the step was derived, alone or with help, by anybody's judgement."""
        return self.result in (StepResult.UNAIDED, StepResult.AIDED)


def tries(log: EventLog, step: str) -> Iterator[StepTry]:
    """Every answer to a step that was not taken back, oldest first; what can be none is left out."""
    for event in log.events(EventKind.STEP, step):
        with suppress(ValueError):
            judged = event.body.get("by") == CHECKER
            judgement = Judgement(str(event.body.get("verdict"))) if judged else None
            yield StepTry(event, StepResult(str(event.body.get("result"))), judgement)


def standing(log: EventLog, step: str) -> Standing:
    """How the learner stands with a step."""
    accepted: StepTry | None = None
    own: StepTry | None = None
    last_ms: int | None = None
    wrong = 0
    for tried in tries(log, step):
        if tried.judgement is None:
            own = tried
        elif tried.judgement is Judgement.RIGHT:
            wrong, last_ms = 0, tried.event.wall_ms
            if accepted is None or tried.result is StepResult.UNAIDED or tried.result is accepted.result:
                accepted = tried
        else:
            wrong += 1
    best = accepted or own
    if best is None:
        return Standing(wrong=wrong)
    return Standing(best.result, accepted is not None, best.event.at_ms, wrong, last_ms)


def _count(value: object) -> int:
    return value if type(value) is int and value > 0 else 0
