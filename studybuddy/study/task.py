"""What an exercise asks, ready to be shown beside an editor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from studybuddy.core.block import Blocks
from studybuddy.core.exercise import Exercise
from studybuddy.core.verdict import Verdict

Attempts = Sequence[tuple[Verdict, datetime]]
"""What the judge said of earlier submissions, and when."""


@dataclass(frozen=True, slots=True)
class Example:
    """A public case as a learner reads it."""

    input: str
    expected: str


@dataclass(frozen=True, slots=True)
class Task:
    """An exercise with its words, public cases and hints laid open, and what it needs that is not there."""

    exercise: Exercise
    words: Blocks
    """What is to be done; empty where the course does not say."""
    examples: tuple[Example, ...]
    hints: tuple[Blocks, ...]
    missing: tuple[str, ...]
    """Packages that the program imports and that are not installed."""
    whys: dict[str, str]
    """Which mistake a case catches, by the name of the case."""


def read_task(exercise: Exercise) -> Task:
    """The task of an exercise. Loads the reader of Markdown; touches no data."""
    from importlib.util import find_spec

    from studybuddy.course.markdown import read_markdown
    from studybuddy.runner.inputs import format_arguments, format_value

    kinds = exercise.signature.parameters if exercise.signature else ()
    returns = exercise.signature.returns if exercise.signature else ""
    return Task(
        exercise=exercise,
        words=read_markdown(exercise.task),
        examples=tuple(
            Example(format_arguments(case.arguments, kinds), format_value(case.expected, returns))
            for case in exercise.cases
            if case.public
        ),
        hints=tuple(read_markdown(hint) for hint in exercise.hints),
        missing=tuple(package for package in exercise.packages if find_spec(package) is None),
        whys={case.name: case.why for case in exercise.cases if case.why},
    )
