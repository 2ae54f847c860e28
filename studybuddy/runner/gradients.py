"""What is wrong with a learner's gradients, against the judge's own.

A loss that falls proves little: without the factor 2, without the ReLU mask, with `h` for `h_relu` or with a
mask of the gradient's sign it falls as well. So the gradients a script updates with are compared with the
judge's, for whatever arrays the learner's seed gave: those of the first step, and of some later ones. The
slopes of the loss are asked as well, for they know nothing of the derivation that the first judge uses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from studybuddy.core.exercise import Observation
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import ErrorMap, GradientCheck, GradientJudge, Opinion, Verdict
from studybuddy.runner import messages
from studybuddy.runner import mistake_words as words
from studybuddy.runner.differences import Slopes, slopes
from studybuddy.runner.error_map import error_map
from studybuddy.runner.finding import Finding
from studybuddy.runner.mistakes import MISTAKES
from studybuddy.runner.naming import error_of, name_mistake
from studybuddy.runner.networks import RULES, Right, UnfitError, shape_text
from studybuddy.runner.observed import Observed, Step

if TYPE_CHECKING:
    from studybuddy.runner.networks import Array

TOLERANCE = {8: 1e-6, 4: 1e-3, 2: 5e-2}
"""Relative error allowed, by bytes of a number."""
PRECISION = {8: 2.3e-16, 4: 1.2e-7, 2: 1.2e-7}
"""Relative rounding of one operation, by bytes of a number. Two bytes cannot hold these gradients, so that
whoever stores them so has computed with more."""
_CLEARLY = 10
"""By how much the errors that two judges find must differ before they contradict each other."""
_LOST = 0.01
"""If rounding may be this much of a gradient, the gradient cannot be judged."""


@dataclass(frozen=True, slots=True)
class Reckoned:
    """A step with the judge's own gradients for its arrays."""

    step: Step
    rights: Sequence[Right]

    @property
    def finite(self) -> bool:
        """Whether the judge's gradients are numbers."""
        import numpy as np

        return all(bool(np.isfinite(answer).all()) for right in self.rights for answer in right.answers)

    @property
    def zero(self) -> bool:
        """Whether every gradient is zero everywhere, so that there is nothing to compare with."""
        return not any(answer.any() for right in self.rights for answer in right.answers)

    @property
    def lost(self) -> bool:
        """Whether a gradient is infinite, or as small as what rounding does to it."""
        import numpy as np

        if not self.finite:
            return True
        with np.errstate(all="ignore"):
            return any(
                not right.noise.mean() <= _LOST * np.abs(answer).mean()
                for right in self.rights
                for answer in right.answers
                if answer.any()
            )


@dataclass(frozen=True, slots=True)
class Examined:
    """A gradient as judged, at the step that decides: the first that is wrong, or else the first."""

    check: GradientCheck
    at: Reckoned
    got: Observed
    tolerance: float


def reckon(observation: Observation, step: Step) -> Reckoned:
    """The judge's own gradients for a step.

    Raises:
        UnfitError: its arrays do not fit together.
    """
    arrays = [step.arrays[name] for name in observation.names]
    return Reckoned(step, RULES[observation.rule].gradients(arrays, PRECISION[step.number_bytes]))


def hides_mistakes(steps: Sequence[Reckoned]) -> bool:
    """Whether a known mistake gives the right gradient at every step, so that these arrays prove nothing."""
    import numpy as np

    finite = [reckoned.rights for reckoned in steps if reckoned.finite]
    with np.errstate(all="ignore"):
        return any(
            all(error_of(rights[index].mistakes[name], rights[index].answers) < _LOST for rights in finite)
            for index, right in enumerate(steps[0].rights)
            for name in right.mistakes
        )


def check(observation: Observation, steps: Sequence[Reckoned]) -> tuple[GradientCheck, ...]:
    """Each gradient of the observation against the judge's own, as `examine` finds it."""
    return tuple(examined.check for examined in examine(observation, steps))


def slopes_of(observation: Observation, step: Step, *, everything: bool) -> dict[int, list[Slopes]]:
    """The slopes at a step by its number; empty where its arrays make up no network."""
    try:
        reckoned = reckon(observation, step)
    except (UnfitError, KeyError):
        return {}
    arrays = [step.arrays[name] for name in observation.names]
    return {step.number: slopes(arrays, everything=everything)} if reckoned.finite else {}


def examine(
    observation: Observation,
    steps: Sequence[Reckoned],
    known: Mapping[int, list[Slopes]] | None = None,
    *,
    everything: bool = False,
) -> tuple[Examined, ...]:
    """Each gradient of the observation against both judges, at the first of the steps that is wrong.

    Later steps whose numbers have run away are left out: the losses say so.

    Args:
        observation: the names and the rule of the exercise.
        steps: those that were watched, in their order.
        known: slopes that were computed already, by the number of their step.
        everything: whether the slopes of a large network are all computed, however long that takes.
    """
    import numpy as np

    finite = [reckoned for reckoned in steps if reckoned.finite]
    computed = dict(known or {})
    found: list[Examined] = []
    with np.errstate(all="ignore"):
        for index, name in enumerate(observation.gradients):
            results = [_compare(reckoned, name, index) for reckoned in finite]
            chosen = next((result for result in results if not result.check.ok), results[0])
            if not chosen.check.ok:
                chosen = _diagnosed(observation, finite, chosen, index)
            if chosen.check.opinions:
                number = chosen.at.step.number
                if number not in computed:
                    arrays = [chosen.at.step.arrays[name] for name in observation.names]
                    computed[number] = slopes(arrays, everything=everything)
                chosen = _with_slopes(chosen, computed[number][index], index)
            found.append(chosen)
    return tuple(found)


def follows_rule(observation: Observation, reckoned: Reckoned) -> bool:
    """Whether every gradient of a step is that of the rule, no further judge asked."""
    return not reckoned.finite or all(
        candidates(reckoned.step, name) and _compare(reckoned, name, index).check.ok
        for index, name in enumerate(observation.gradients)
    )


def disputed(gradients: Sequence[GradientCheck]) -> Finding | None:
    """Every other judge contradicts the rule, and clearly so: then not the learner is at fault."""
    for gradient in gradients:
        asked = [opinion for opinion in gradient.opinions if opinion.entries]
        if len(asked) > 1 and all(_contradict(asked[0], other) for other in asked[1:]):
            return Finding(Verdict.IE, messages.DISPUTED, "", {"name": gradient.name})
    return None


def _contradict(one: Opinion, other: Opinion) -> bool:
    small, large = sorted((one.relative_error, other.relative_error))
    return one.ok is not other.ok and not large <= _CLEARLY * small


def candidates(step: Step, name: str) -> list[Observed]:
    """The values of a gradient that the update may have used."""
    return [group[name] for group in (step.gradients, step.assigned) if name in group]


def _compare(reckoned: Reckoned, name: str, index: int) -> Examined:
    results = [_against(got, reckoned, index) for got in candidates(reckoned.step, name)]
    return next((result for result in results if result.check.ok), results[-1])


def _against(got: Observed, reckoned: Reckoned, index: int) -> Examined:
    """A gradient against the rule, without a name for what is wrong yet."""
    right = reckoned.rights[index]
    tolerance = TOLERANCE[min(reckoned.step.number_bytes, got.item_bytes)]
    if got.bad or got.values.shape != right.answers[0].shape:
        shape = () if got.bad else got.values.shape
        return Examined(GradientCheck(got.name, shape, float("inf"), False), reckoned, got, tolerance)
    error = error_of(got.values, right.answers)
    ok = _is_right(got.values, right, tolerance)
    opinion = Opinion(GradientJudge.RULE, ok, error, got.values.size)
    check = GradientCheck(got.name, got.values.shape, error, ok, opinions=(opinion,))
    return Examined(check, reckoned, got, tolerance)


def _is_right(values: Array, right: Right, tolerance: float) -> bool:
    """Whether every entry is within the tolerance (of the largest entry) and rounding of a right answer."""
    import numpy as np

    return any(
        bool((np.abs(values - answer) <= tolerance * np.abs(answer).max(initial=0.0) + right.noise).all())
        for answer in right.answers
    )


def _with_slopes(examined: Examined, found: Slopes, index: int) -> Examined:
    """Add what the slopes of the loss say."""
    check, noise = examined.check, examined.at.rights[index].noise
    opinion = Opinion(GradientJudge.DIFFERENCES, kinks=found.kinks)
    if found.known.any():
        got, slope = examined.got.values[found.known], found.values[found.known]
        ok = agrees(got, slope, noise[found.known], examined.tolerance)
        opinion = replace(opinion, ok=ok, relative_error=error_of(got, [slope]), entries=slope.size)
    return replace(examined, check=replace(check, opinions=(*check.opinions, opinion)))


def agrees(got: Array, wanted: Array, noise: Array, tolerance: float) -> bool:
    """Whether every entry is within the tolerance of the largest entry, and rounding."""
    import numpy as np

    allowed = tolerance * np.abs(wanted).max(initial=0.0) + noise
    return bool((np.abs(got - wanted) <= allowed).all())


def _diagnosed(
    observation: Observation, steps: Sequence[Reckoned], examined: Examined, index: int
) -> Examined:
    """Name what is wrong, and show where."""
    mistake = _through_steps(steps, examined, index) or _mistake(observation, examined, index)
    number = examined.at.step.number
    if number and mistake.message not in (words.ACCUMULATED, words.STALE):
        mistake = Phrase.of(messages.LATER, step=number, mistake=mistake)
    check = replace(
        examined.check,
        reason=mistake.message,
        parameters=dict(mistake.parameters),
        error_map=_map(examined, index),
    )
    return replace(examined, check=check)


def _mistake(observation: Observation, examined: Examined, index: int) -> Phrase:
    import numpy as np

    got, right, step = examined.got, examined.at.rights[index], examined.at.step
    if got.bad:
        kind = got.bad.removesuffix("[object]")
        return Phrase.of(messages.NO_ARRAY, type="None" if kind == "NoneType" else kind)
    wanted = right.answers[0].shape
    if got.values.shape not in (wanted, wanted[::-1]):
        shapes = {"got": shape_text(got.values.shape), "wanted": shape_text(wanted)}
        return Phrase.of(messages.SHAPE, **shapes)
    if not np.isfinite(got.values).all():
        return Phrase(messages.NOT_NUMBERS)
    known = MISTAKES[observation.rule](step, observation.names)
    return name_mistake(got.values, right.answers, known, index, examined.tolerance)


def _through_steps(steps: Sequence[Reckoned], examined: Examined, index: int) -> Phrase | None:
    """A mistake that shows only against the steps before: nothing cleared, or nothing computed anew."""
    import numpy as np

    number, got = examined.at.step.number, examined.got
    before = [reckoned for reckoned in steps if reckoned.step.number <= number]
    if not number or len(before) != number + 1 or not examined.check.opinions:
        return None
    first = before[0].rights[index]
    sum_of_all = np.add.reduce([each.rights[index].answers[0] for each in before])
    if error_of(got.values, [sum_of_all]) <= examined.tolerance:
        return Phrase(words.ACCUMULATED)
    return Phrase(words.STALE) if error_of(got.values, first.answers) <= examined.tolerance else None


def _map(examined: Examined, index: int) -> ErrorMap | None:
    if not examined.check.opinions:
        return None
    right, got = examined.at.rights[index], examined.got.values
    nearest = min(right.answers, key=lambda answer: error_of(got, [answer]))
    return error_map(got, nearest, right.noise, examined.tolerance)
