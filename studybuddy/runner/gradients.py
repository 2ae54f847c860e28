"""What is wrong with a learner's gradients, against the judge's own.

A loss that falls proves little: without the factor 2, without the ReLU mask, with `h` for `h_relu` or with a
mask of the gradient's sign it falls as well. So the gradients a script updates with are compared with the
judge's, for whatever arrays the learner's seed gave: those of the first step, and of some later ones.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from studybuddy.core.exercise import Observation
from studybuddy.core.verdict import GradientCheck
from studybuddy.runner import messages
from studybuddy.runner.networks import RULES, Right, shape_text
from studybuddy.runner.observed import Observed, Step

if TYPE_CHECKING:
    from studybuddy.runner.networks import Array

TOLERANCE = {8: 1e-6, 4: 1e-3, 2: 5e-2}
"""Relative error allowed, by bytes of a number."""
PRECISION = {8: 2.3e-16, 4: 1.2e-7, 2: 1.2e-7}
"""Relative rounding of one operation, by bytes of a number. Two bytes cannot hold these gradients, so that
whoever stores them so has computed with more."""
_SAME_RATIO = 1e-4
"""How constant got/right must be, relatively, to be called a factor (and at least the tolerance)."""
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
            all(_error(rights[index].mistakes[name], rights[index].answers) < _LOST for rights in finite)
            for index, right in enumerate(steps[0].rights)
            for name in right.mistakes
        )


def check(observation: Observation, steps: Sequence[Reckoned]) -> tuple[GradientCheck, ...]:
    """Each gradient of the observation against the judge's own, at the first of the steps that is wrong.

    Later steps whose numbers have run away are left out: the losses say so.
    """
    import numpy as np

    checks: list[GradientCheck] = []
    with np.errstate(all="ignore"):
        for index, name in enumerate(observation.gradients):
            results = [_check_step(reckoned, name, index) for reckoned in steps if reckoned.finite]
            wrong = next((result for result in results if not result.ok), None)
            checks.append(wrong or results[0])
    return tuple(checks)


def candidates(step: Step, name: str) -> list[Observed]:
    """The values of a gradient that the update may have used."""
    return [group[name] for group in (step.gradients, step.assigned) if name in group]


def _check_step(reckoned: Reckoned, name: str, index: int) -> GradientCheck:
    right = reckoned.rights[index]
    finest = reckoned.step.number_bytes
    results = [_check(got, right, finest) for got in candidates(reckoned.step, name)]
    result = next((result for result in results if result.ok), results[-1])
    if result.ok or reckoned.step.number == 0:
        return result
    where: dict[str, object] = {"step": reckoned.step.number}
    return GradientCheck(name, result.shape, result.relative_error, False, messages.LATER, where)


def _check(got: Observed, right: Right, finest: int) -> GradientCheck:
    import numpy as np

    infinite = float("inf")
    if got.bad:
        return GradientCheck(got.name, (), infinite, False, messages.NO_ARRAY, {"type": got.bad})
    values: Array = got.values
    wanted = right.answers[0]
    tolerance = TOLERANCE[min(finest, got.item_bytes)]
    if values.shape != wanted.shape:
        transposed = values.shape == wanted.T.shape and _error(values.T, right.answers) <= tolerance
        reason = messages.TRANSPOSED if transposed else messages.SHAPE
        shapes: dict[str, object] = {"got": shape_text(values.shape), "wanted": shape_text(wanted.shape)}
        return GradientCheck(got.name, values.shape, infinite, False, reason, shapes)
    if not np.isfinite(values).all():
        return GradientCheck(got.name, values.shape, infinite, False, messages.NOT_NUMBERS)
    error = _error(values, right.answers)
    if _is_right(values, right, tolerance):
        return GradientCheck(got.name, values.shape, error, True)
    reason, parameters = _diagnose(values, right, tolerance, error)
    return GradientCheck(got.name, values.shape, error, False, reason, parameters)


def _is_right(values: Array, right: Right, tolerance: float) -> bool:
    """Whether every entry is within the tolerance (of the largest entry) and rounding of a right answer."""
    import numpy as np

    return any(
        bool((np.abs(values - answer) <= tolerance * _largest(answer) + right.noise).all())
        for answer in right.answers
    )


def _largest(values: Array) -> float:
    import numpy as np

    return float(np.abs(values).max(initial=0.0))


def _error(values: Array, answers: Sequence[Array]) -> float:
    """The smallest of max|a-b| / max|b| over the right answers."""
    errors = []
    for answer in answers:
        largest, difference = _largest(answer), _largest(values - answer)
        errors.append(difference / largest if largest else (0.0 if difference == 0 else float("inf")))
    return min(errors)


def _diagnose(values: Array, right: Right, tolerance: float, error: float) -> tuple[str, dict[str, object]]:
    """The name of the mistake, alone or together with a constant factor."""
    limit = max(_SAME_RATIO, tolerance)
    if values.shape == values.T.shape and _error(values.T, right.answers) <= limit:
        shape = shape_text(values.shape)
        return messages.TRANSPOSED, {"got": shape, "wanted": shape}
    for answer in right.answers:
        if factor := _factor(values, answer, limit):
            return messages.FACTOR, {"factor": _factor_text(factor)}
    for message, mistake in right.mistakes.items():
        if _factor(values, mistake, limit):
            return message, {}
    return messages.DIFFERS, {"error": error}


def _factor(values: Array, answer: Array, limit: float) -> float:
    """The k for which values = k * answer, by least squares; 0 if there is none."""
    import numpy as np

    square = float(np.vdot(answer, answer))
    factor = float(np.vdot(values, answer)) / square if square else 0.0
    return factor if factor and _error(values, [factor * answer]) <= limit else 0.0


def _factor_text(factor: float) -> str:
    fraction = Fraction(factor).limit_denominator(1_000_000)
    if fraction.numerator in (1, -1) and abs(float(fraction) / factor - 1) < _SAME_RATIO:
        return str(fraction)
    near = Fraction(1 / factor).limit_denominator(1)
    if abs(near) > 1 and abs(float(near) * factor - 1) < _SAME_RATIO:
        return f"{'-' if near < 0 else ''}1/{abs(near)}"
    return f"{factor:.4g}"
