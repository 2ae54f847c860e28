"""The derivation desk, first version: the learner writes a step, compares, and judges themselves."""

from __future__ import annotations

from enum import StrEnum

from studybuddy.core.event import EventKind
from studybuddy.study.desk import Desk
from studybuddy.study.reading import LONGEST_ANSWER


class StepResult(StrEnum):
    """The learner's own judgement of a step."""

    UNAIDED = "unaided"
    AIDED = "aided"
    MISSED = "missed"


class DerivationDesk:
    """Keeps drafts and judgements of derivation steps."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def judge(self, step: str, answer: str, result: StepResult, hints: int = 0) -> None:
        """Record the learner's judgement of their step; hints taken make it aided."""
        if hints and result is StepResult.UNAIDED:
            result = StepResult.AIDED
        self._desk.record(
            EventKind.STEP,
            step,
            {"answer": answer[:LONGEST_ANSWER], "result": result.value, "by": "learner", "hints": hints},
        )

    def result(self, step: str) -> StepResult | None:
        """The newest judgement of a step."""
        event = self._desk.store.log.latest(EventKind.STEP, step)
        return None if event is None else StepResult(event.body["result"])

    def answer(self, step: str) -> str:
        """What the learner last wrote for a step: the draft, else the newest judged answer."""
        draft = self._desk.store.draft(step)
        if draft is not None:
            return draft
        event = self._desk.store.log.latest(EventKind.STEP, step)
        return "" if event is None else str(event.body.get("answer", ""))

    def save_draft(self, step: str, text: str) -> None:
        """Keep what is being typed."""
        self._desk.store.save_draft(step, text[:LONGEST_ANSWER], self._desk.now())
