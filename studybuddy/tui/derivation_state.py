"""A derivation as the desk shows it: its steps in one language, and how the learner stands with each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from studybuddy.core.checklist import ItemStatus
from studybuddy.core.lesson import Derivation, DerivationStep, Lesson
from studybuddy.i18n import N_, _
from studybuddy.study.checking import StepVerdict
from studybuddy.study.derivation import Kept, StepResult
from studybuddy.study.derivations import DRILL
from studybuddy.study.given_shapes import GivenShape, WantedForm, given_definitions, given_shapes, wanted_form
from studybuddy.study.step_help import Help
from studybuddy.study.step_log import Standing
from studybuddy.study.wiring import Study

Span: TypeAlias = tuple[int, int]


class StepState(StrEnum):
    """How a step stands, as the way through the steps shows it."""

    GIVEN = "given"
    OPEN = "open"
    TRIED = "tried"
    UNAIDED = "unaided"
    AIDED = "aided"
    MISSED = "missed"


SIGNS = {
    StepState.GIVEN: "=",
    StepState.OPEN: "·",
    StepState.TRIED: "!",
    StepState.UNAIDED: "✓",
    StepState.AIDED: "◐",
    StepState.MISSED: "✗",
}
WORDS = {
    StepState.GIVEN: N_("given"),
    StepState.OPEN: N_("to do"),
    StepState.TRIED: N_("tried"),
    StepState.UNAIDED: N_("unaided"),
    StepState.AIDED: N_("with help"),
    StepState.MISSED: N_("missed"),
}


def sign_words() -> tuple[tuple[str, str], ...]:
    """What the signs of steps mean, in the language in use."""
    return tuple((SIGNS[state], _(WORDS[state])) for state in StepState)


class Item(NamedTuple):
    """A checklist item that the derivation is evidence for."""

    label: str
    status: ItemStatus


@dataclass(frozen=True, slots=True)
class DerivationState:
    """A derivation in one language, and how the learner stands with each step."""

    derivation: Derivation
    lesson: Lesson | None = None
    """Where it comes from; None for a drill."""
    standings: Mapping[str, Standing] = field(default_factory=dict)
    """How the learner stands with each step of their own, by id."""
    helps: Mapping[str, Help] = field(default_factory=dict)
    """The help taken in the present attempt at each of these steps."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """What was last written for each of these steps."""
    items: tuple[Item, ...] = ()
    shapes: tuple[GivenShape, ...] = ()
    definitions: tuple[str, ...] = ()
    forms: Mapping[str, WantedForm] = field(default_factory=dict)
    """What an answer to each checked step must look like."""

    @property
    def steps(self) -> tuple[DerivationStep, ...]:
        """The steps in order."""
        return self.derivation.steps

    @property
    def drill(self) -> bool:
        """Whether it stands on its own, beside the lessons."""
        return self.lesson is None

    def checked(self, step: DerivationStep) -> bool:
        """Whether the machine judges a step; of one without a declaration the learner is the judge."""
        return step.goal is not None and self.derivation.quantities is not None

    def result(self, step: DerivationStep) -> StepResult | None:
        """How a step of the learner's came out; None while it is open."""
        standing = self.standings.get(step.id)
        return standing.result if standing is not None else None

    def help(self, step: DerivationStep) -> Help:
        """The help taken in the present attempt."""
        return self.helps.get(step.id, Help())

    def state(self, step: DerivationStep) -> StepState:
        """How a step stands."""
        if step.given:
            return StepState.GIVEN
        result = self.result(step)
        if result is not None:
            return StepState(result.value)
        standing = self.standings.get(step.id)
        return StepState.TRIED if standing is not None and standing.wrong else StepState.OPEN

    def settled(self, step: DerivationStep) -> bool:
        """Whether nothing is left to do at a step."""
        return self.state(step) not in (StepState.OPEN, StepState.TRIED)

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do at all."""
        return all(self.settled(step) for step in self.steps)

    def sign(self, step: DerivationStep) -> str:
        """A step's state in one cell."""
        return SIGNS[self.state(step)]

    def word(self, step: DerivationStep) -> str:
        """A settled step's state in words, with its sign."""
        state = self.state(step)
        return f"{SIGNS[state]} {_(WORDS[state])}"

    def next_open(self, index: int) -> int | None:
        """The first unsettled step after `index`, else the first one of all, None when all are settled."""
        order = [*range(index + 1, len(self.steps)), *range(index + 1)]
        return next((n for n in order if not self.settled(self.steps[n])), None)

    def tally(self) -> Mapping[StepResult, int]:
        """How many of the learner's steps came out how."""
        results = [self.result(step) for step in self.steps]
        return {result: results.count(result) for result in StepResult}


def load_derivation(study: Study, derivation_id: str) -> DerivationState:
    """Everything the derivation's screen shows, asked at once on the study's thread.

    Raises:
        UnknownIdError: there is no such derivation.
    """
    derivation = study.derivations.get(derivation_id)
    drill = derivation.id.startswith(DRILL + "/")
    desk = study.derivation
    own = [step.id for step in derivation.steps if not step.given]
    forms = {step.id: form for step in derivation.steps if (form := wanted_form(step)) is not None}
    return DerivationState(
        derivation,
        None if drill else study.library.lesson(derivation.id),
        {step: desk.standing(step) for step in own},
        {step: desk.help(step) for step in own},
        {step: desk.answer(step) for step in own},
        () if drill else _items(study, derivation),
        given_shapes(derivation),
        given_definitions(derivation),
        forms,
    )


def _items(study: Study, derivation: Derivation) -> tuple[Item, ...]:
    """The checklist items that rest on steps of a derivation."""
    steps = {step.id for step in derivation.steps}
    listed = study.desk.catalogue.lesson_of(derivation.id).checklist
    return tuple(
        Item(item.label, study.checklist.status(item)) for item in listed if steps.intersection(item.targets)
    )


class Outcome(NamedTuple):
    """What became of a checked answer: in the log, among the cards and on the checklist."""

    verdict: StepVerdict
    answer: str
    kept: Kept | None = None
    ticked: tuple[Item, ...] = ()
    """Items that ticked themselves with it."""
    advice: bool = False
    """Whether what to change is told."""
    hints: int = 0
    """How much help was taken for it."""
    wrong_before: int = 0
    """Wrong answers before it in this attempt."""

    @property
    def meant(self) -> Span | None:
        """The part of the answer that the verdict is about; None where that is all of it."""
        span, whole = self.verdict.span, self.answer.strip()
        if span is None or self.answer[span[0] : span[1]].strip() == whole:
            return None
        return span

    @property
    def drawn(self) -> str:
        """LaTeX of how it was read, with the part marked that is meant."""
        read_as = self.verdict.read_as
        return read_as if self.meant is not None else read_as.replace(r"\marked{", "{")


def keep_answer(
    study: Study, step: str, verdict: StepVerdict, answer: str, hints: int, elapsed_ms: int
) -> Outcome:
    """Put a judged answer into the log, and see what it set in motion."""
    derivation, _step = study.derivations.find(step)
    lesson = not derivation.id.startswith(DRILL + "/")
    before = _items(study, derivation) if lesson else ()
    wrong = study.derivation.standing(step).wrong
    kept = study.derivation.keep(step, answer, verdict, hints, elapsed_ms)
    after = _items(study, derivation) if lesson else ()
    ticked = tuple(
        now for now, then in zip(after, before, strict=True) if now.status.ticked and not then.status.ticked
    )
    return Outcome(verdict, answer, kept, ticked, hints=hints, wrong_before=wrong)
