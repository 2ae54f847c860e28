"""What becomes of an answer to a step, in words and pictures that any screen can show.

Nothing here touches data, so it may run in any thread. The checker is loaded by the first answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from studybuddy.core.derivation import Judgement
from studybuddy.core.errors import ContentError
from studybuddy.study.derivation_exercises import exercise_of

if TYPE_CHECKING:
    from studybuddy.core.block import Inlines
    from studybuddy.core.derivation import AskedStep, Misconception
    from studybuddy.core.lesson import Derivation, DerivationStep
    from studybuddy.core.phrase import Phrase
    from studybuddy.derivation.check import Verdict
    from studybuddy.derivation.exercise import Exercise
    from studybuddy.derivation.expression import Expression, Span
    from studybuddy.derivation.source import UnreadableError


@dataclass(frozen=True, slots=True)
class StepVerdict:
    r"""The verdict on an answer.

    `reason` says why it is not right, `hint` what to change, `slip` which known misunderstanding it is.
    `span`: the part of what was typed that is meant. `read_as`: LaTeX of how it was read, the part that is
    meant in `\marked{…}`; empty where it could not be read.
    """

    judgement: Judgement
    reason: Phrase | None = None
    hint: Phrase | None = None
    slip: Inlines = ()
    span: Span | None = None
    read_as: str = ""

    @property
    def right(self) -> bool:
        """Whether the answer was accepted."""
        return self.judgement is Judgement.RIGHT


def judge_step(derivation: Derivation, step: DerivationStep, typed: str, *, hint: bool = True) -> StepVerdict:
    """Judge an answer. Takes milliseconds; a wrong one with its hint up to half a second.

    Raises:
        ContentError: nothing is declared for the step, or the declaration cannot be read.
    """
    exercise = exercise_for(derivation, step)
    return _judged(exercise, step.goal.misconceptions if step.goal else (), typed, hint=hint)


def judge_asked(asked: AskedStep, typed: str, *, hint: bool = True) -> StepVerdict:
    """Judge an answer to a step that a card asks.

    Raises:
        ContentError: the declaration cannot be read.
    """
    from studybuddy.derivation.source import UnreadableError
    from studybuddy.study.derivation_exercises import exercise_of_goal

    try:
        exercise = exercise_of_goal(asked.quantities, asked.goal)
    except UnreadableError as error:
        raise _unreadable(asked.goal.formula, error) from error
    return _judged(exercise, asked.goal.misconceptions, typed, hint=hint)


def _judged(
    exercise: Exercise, misconceptions: tuple[Misconception, ...], typed: str, *, hint: bool
) -> StepVerdict:
    from studybuddy.derivation.check import check

    verdict = check(exercise, typed, hint=hint)
    slip: Inlines = ()
    if verdict.judgement is Judgement.WRONG and verdict.reading is not None:
        slip = _slip(exercise, misconceptions, verdict.reading.expression)
    return StepVerdict(
        verdict.judgement,
        verdict.reason,
        verdict.fix.advice if verdict.fix is not None and not slip else None,
        slip,
        verdict.span,
        _read_as(verdict),
    )


def exercise_for(derivation: Derivation, step: DerivationStep) -> Exercise:
    """The exercise of a step.

    Raises:
        ContentError: nothing is declared for the step, or the declaration cannot be read.
    """
    from studybuddy.derivation.source import UnreadableError

    try:
        exercise = exercise_of(derivation, step)
    except UnreadableError as error:
        raise _unreadable(derivation.id, error) from error
    if exercise is None:
        raise ContentError(derivation.id, 1, "the step {step} declares no goal", step=step.id)
    return exercise


def _unreadable(name: str, error: UnreadableError) -> ContentError:
    return ContentError(name, 1, error.reason.message, **dict(error.reason.parameters))


def _read_as(verdict: Verdict) -> str:
    if verdict.reading is None:
        return ""
    from studybuddy.derivation.latex import latex

    wrong = verdict.judgement is Judgement.WRONG
    return latex(verdict.reading.expression, verdict.span if wrong else None)


def _slip(exercise: Exercise, misconceptions: tuple[Misconception, ...], answer: Expression) -> Inlines:
    """The words of the declared misunderstanding that gives the same wrong values."""
    from studybuddy.derivation.equality import equal
    from studybuddy.derivation.exercise import Exercise as Other
    from studybuddy.derivation.expression import Chain
    from studybuddy.derivation.read import read
    from studybuddy.derivation.source import UnreadableError

    last = answer.sides[-1] if isinstance(answer, Chain) else answer
    for misconception in misconceptions:
        try:
            wrong = read(misconception.answer, exercise.setting.names).expression
        except UnreadableError as error:
            raise _unreadable(misconception.answer, error) from error
        if last == wrong or equal(Other(exercise.setting, wrong), last):
            return misconception.words
    return ()
