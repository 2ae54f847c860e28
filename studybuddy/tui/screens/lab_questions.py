"""What the lab asks of the study; these run on the study's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.i18n import say
from studybuddy.study.task import Task, read_task
from studybuddy.tui.widgets.run_result import Proof

if TYPE_CHECKING:
    from studybuddy.core.exercise import Exercise
    from studybuddy.study.wiring import Study


class Opened(NamedTuple):
    """What the lab begins with; `code` is the lesson's."""

    task: Task
    source: str
    code: str
    passed: bool
    revealed: bool


def opened(study: Study, exercise: str) -> Opened:
    """The task, the learner's draft, and how far they are."""
    lab = study.lab
    return Opened(
        task=read_task(study.library.exercise(exercise)),
        source=lab.source(exercise),
        code=study.desk.catalogue.lesson_of(exercise).code,
        passed=lab.passed(exercise),
        revealed=lab.reference_revealed(exercise),
    )


def submit(study: Study, exercise: Exercise, source: str, result: JudgeResult) -> tuple[Proof, ...]:
    """Record a judged program, and say which checklist items it is evidence for."""
    study.lab.record(exercise, source, result)
    return proofs(study, exercise.id, accepted=result.verdict is Verdict.AC)


def proofs(study: Study, exercise: str, *, accepted: bool) -> tuple[Proof, ...]:
    """The checklist items that a run is evidence for: in full if it was accepted, else at best in part."""
    items = study.desk.catalogue.lesson_of(exercise).checklist
    statuses = [(item.label, study.checklist.status(item)) for item in items if exercise in item.targets]
    return tuple(
        Proof(label, status.ticked, say(status.evidence))
        for label, status in statuses
        if status.evidence and status.ticked == accepted
    )
