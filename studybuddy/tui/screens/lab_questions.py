"""What the lab asks of the study; these run on the study's thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studybuddy.core.verdict import JudgeResult
from studybuddy.i18n import say
from studybuddy.study.curves import Curve
from studybuddy.study.task import Attempts, Task, read_task
from studybuddy.tui.widgets.run_result import Proof

if TYPE_CHECKING:
    from studybuddy.core.exercise import Exercise
    from studybuddy.study.wiring import Study

CURVES = 3
"""Runs whose losses are drawn over each other."""


class Opened(NamedTuple):
    """What the lab begins with; `code` is the lesson's."""

    task: Task
    source: str
    code: str
    section: int
    """The number of the section it belongs to, 0 if none."""
    passed: bool
    revealed: bool
    attempts: Attempts
    hints: int
    """Hints taken on earlier visits, since the exercise was last solved."""


class Kept(NamedTuple):
    """What recording a run led to: checklist items it changed, and the newest attempts."""

    proofs: tuple[Proof, ...]
    attempts: Attempts
    curves: tuple[Curve, ...]
    """The losses of the newest runs, this one last; none where it printed none."""


def opened(study: Study, exercise: str) -> Opened:
    """The task, the learner's draft, and how far they are."""
    lab = study.lab
    task = read_task(study.library.exercise(exercise))
    lesson = study.desk.catalogue.lesson_of(exercise)
    sections = [section.id for section in lesson.sections]
    home = task.exercise.section
    return Opened(
        task=task,
        source=lab.source(exercise),
        code=lesson.code,
        section=sections.index(home) + 1 if home in sections else 0,
        passed=lab.passed(exercise),
        revealed=lab.reference_revealed(exercise),
        attempts=lab.attempts(exercise),
        hints=lab.hints.taken(exercise),
    )


def submit(study: Study, exercise: Exercise, source: str, result: JudgeResult, hints: int) -> Kept:
    """Record a judged program with the hints taken on this visit; say what that changed in the checklist."""
    accepted = result.accepted
    before = {(proof.label, proof.ticked) for proof in proofs(study, exercise.id, accepted=accepted)}
    study.lab.hints.take(exercise.id, hints)
    study.lab.record(exercise, source, result)
    now = proofs(study, exercise.id, accepted=accepted)
    changed = tuple(proof for proof in now if (proof.label, proof.ticked) not in before)
    curves = run_curves(study, exercise) if len(result.losses) > 1 else ()
    return Kept(changed, study.lab.attempts(exercise.id), curves)


def run_curves(study: Study, exercise: Exercise) -> tuple[Curve, ...]:
    """The curves of the newest runs, oldest first; of a function there are none."""
    if exercise.observation is None:
        return ()
    return tuple(study.experiments.run_curves(exercise.id)[-CURVES:])


def proofs(study: Study, exercise: str, *, accepted: bool) -> tuple[Proof, ...]:
    """The checklist items that a run is evidence for: in full if it was accepted, else at best in part."""
    items = study.desk.catalogue.lesson_of(exercise).checklist
    statuses = [(item.label, study.checklist.status(item)) for item in items if exercise in item.targets]
    return tuple(
        Proof(label, status.ticked, say(status.evidence))
        for label, status in statuses
        if status.evidence and status.ticked == accepted
    )
