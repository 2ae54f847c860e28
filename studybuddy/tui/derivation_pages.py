"""A derivation as pages: what is known, the steps already made, the step in front."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from studybuddy.core.block import Block, Blocks, Callout, Heading, MathBlock, Paragraph, Text
from studybuddy.core.errors import UnknownIdError
from studybuddy.core.lesson import Derivation, DerivationStep, Lesson
from studybuddy.i18n import N_, _
from studybuddy.study.derivation import StepResult
from studybuddy.study.wiring import Study

SIGNS = {StepResult.UNAIDED: "✓", StepResult.AIDED: "~", StepResult.MISSED: "✗"}
WORDS = {
    StepResult.UNAIDED: N_("unaided"),
    StepResult.AIDED: N_("with help"),
    StepResult.MISSED: N_("missed"),
}


def sign_words() -> tuple[tuple[str, str], ...]:
    """What the signs of steps mean, in the language in use."""
    judged = ((SIGNS[result], _(word)) for result, word in WORDS.items())
    return (("=", _("given")), ("·", _("to do")), *judged)


@dataclass(frozen=True, slots=True)
class DerivationState:
    """A derivation in one language, and how the learner stands with each step."""

    lesson: Lesson
    derivation: Derivation
    results: Mapping[str, StepResult]
    """The newest judgement of each judged step, by id."""
    answers: Mapping[str, str]
    """What was last written for each step."""

    @property
    def steps(self) -> tuple[DerivationStep, ...]:
        """The steps in order."""
        return self.derivation.steps

    def settled(self, step: DerivationStep) -> bool:
        """Whether nothing is left to do at a step."""
        return step.given or step.id in self.results

    def sign(self, step: DerivationStep) -> str:
        """A step's state in one cell."""
        return "=" if step.given else SIGNS[self.results[step.id]] if step.id in self.results else "·"

    def word(self, step: DerivationStep) -> str:
        """A settled step's state in words, with its sign."""
        return _("given") if step.given else f"{self.sign(step)} {_(WORDS[self.results[step.id]])}"

    def next_open(self, index: int) -> int | None:
        """The first unsettled step after `index`, else the first one of all, None when all are settled."""
        order = [*range(index + 1, len(self.steps)), *range(index + 1)]
        return next((n for n in order if not self.settled(self.steps[n])), None)

    def tally(self) -> Mapping[StepResult, int]:
        """How many of the learner's steps came out how."""
        return {result: sum(found is result for found in self.results.values()) for result in StepResult}


def load_derivation(study: Study, derivation_id: str) -> DerivationState:
    """Everything the derivation's screen shows.

    Raises:
        UnknownIdError: the lesson has no such derivation.
    """
    lesson = study.library.lesson(derivation_id)
    found = next((d for d in lesson.derivations if d.id == derivation_id), None)
    if found is None:
        raise UnknownIdError("derivation", derivation_id[:80], tuple(d.id for d in lesson.derivations))
    desk = study.derivation
    own = [step.id for step in found.steps if not step.given]
    results = {step: result for step in own if (result := desk.result(step)) is not None}
    return DerivationState(lesson, found, results, {step: desk.answer(step) for step in own})


def context_page(state: DerivationState, index: int) -> Blocks:
    """Givens, goal and the steps made so far, without the one in front."""
    derivation = state.derivation
    page: list[Block] = [
        Callout(_("Givens"), derivation.givens),
        Callout(_("Goal"), (MathBlock(derivation.goal),)),
    ]
    for number, step in enumerate(derivation.steps, 1):
        if number - 1 != index and state.settled(step):
            page += [
                Heading(4, (Text(_("Step {n}", n=number) + " · " + state.word(step)),)),
                MathBlock(step.answer),
            ]
    return tuple(page)


def prompt_page(state: DerivationState, index: int, hints: int) -> Blocks:
    """The step in front, with the hints taken so far; a given step with its answer."""
    step = state.steps[index]
    title = _("Step {n} of {total}", n=index + 1, total=len(state.steps))
    if state.settled(step):
        title += " · " + state.word(step)
    page: list[Block] = [Heading(3, (Text(title),)), *step.prompt]
    page += (
        Callout(_("Hint {n}", n=number), (Paragraph(hint),))
        for number, hint in enumerate(step.hints[:hints], 1)
    )
    return (*page, *solution_page(step)) if step.given else tuple(page)


def solution_page(step: DerivationStep) -> Blocks:
    """The course's answer and its explanation."""
    return (Callout(_("The course's answer"), (MathBlock(step.answer), *step.explanation)),)
