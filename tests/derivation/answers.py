"""Answers that are known to be right or wrong, by step: the files of `cases`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from studybuddy.core.lesson import Derivation, DerivationStep
from studybuddy.course.drills import read_drills
from studybuddy.course.reader import read_lesson
from studybuddy.course.report import Report
from studybuddy.derivation.check import as_gradient
from studybuddy.derivation.equality import equal
from studybuddy.derivation.exercise import Exercise
from studybuddy.derivation.expression import Chain, Expression, mapped
from studybuddy.derivation.read import read
from studybuddy.derivation.relabelled import relabelled
from studybuddy.study.derivation_exercises import exercise_of

CASES = Path(__file__).parent / "cases"
CONTENT = Path(__file__).parents[2] / "content"


@dataclass(frozen=True, slots=True)
class Answer:
    """What somebody typed for a step, and whether it is right."""

    step: str
    typed: str
    right: bool


def answers(kind: str, name: str = "*") -> list[Answer]:
    """The answers of the files that match: `right`, `wrong` or `unread` (right, but in words not read)."""
    return [
        Answer(group["step"], typed, kind != "wrong")
        for path in sorted(CASES.glob(f"{name}.toml"))
        for group in tomllib.loads(path.read_text(encoding="utf-8"))["cases"]
        for typed in group.get(kind, ())
    ]


def by_step(kind: str) -> dict[str, list[str]]:
    """All answers of a kind, by step."""
    found: dict[str, list[str]] = {}
    for answer in answers(kind):
        found.setdefault(answer.step, []).append(answer.typed)
    return found


def last_side(step: str, typed: str) -> Expression:
    """What an answer says in the end, with the letters of the goal, as the checker reads it best."""
    made = exercise(step)
    expression = read(typed, made.setting.names).expression
    sides = expression.sides if isinstance(expression, Chain) else (expression,)
    side = relabelled(made, sides)[-1]
    other = mapped(side, lambda node: as_gradient(node, made.setting.upstream))
    return other if made.setting.upstream and not equal(made, side) else side


@cache
def steps() -> dict[str, tuple[Derivation, DerivationStep]]:
    """Every step of the course by its id, in English."""
    lesson = read_lesson(CONTENT / "s3w10d1", "en").lesson
    assert lesson is not None
    found = (*lesson.derivations, *read_drills(CONTENT, "en", Report()))
    return {step.id: (derivation, step) for derivation in found for step in derivation.steps}


@cache
def exercise(step: str) -> Exercise:
    """A step as an exercise."""
    derivation, found = steps()[step]
    made = exercise_of(derivation, found)
    assert made is not None
    return made
