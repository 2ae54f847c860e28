"""Whether a training script did what its output says: its sizes, data, updates and losses.

Losses can be printed without any training, and right gradients computed without being used. So the losses of
the checkpoints are computed again from the weights the script had then, and the change of each weight in the
watched steps must be a multiple of its gradient.
"""

from __future__ import annotations

import math
import secrets
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from studybuddy.core.exercise import Observation
from studybuddy.core.verdict import Verdict
from studybuddy.runner import messages
from studybuddy.runner.finding import Finding
from studybuddy.runner.gradients import PRECISION, TOLERANCE, Reckoned, candidates, hides_mistakes
from studybuddy.runner.losses import LossReader, at_checkpoints, fell
from studybuddy.runner.networks import RULES, Loss, UnfitError, shape_text
from studybuddy.runner.observed import Group, Step, Training

if TYPE_CHECKING:
    from studybuddy.runner.networks import Array

_OCTAVES = (2, 4, 8, 16, 32, 64)
_ULPS = 8
"""By how many units in the last place a difference of two weights may be off."""


def watched_steps(checkpoints: Sequence[int]) -> list[int]:
    """The steps looked at: the first two, the checkpoints, and between any two one that nobody foresees."""
    marks = sorted({1, *(checkpoints or _OCTAVES)})
    between = [low + 1 + secrets.randbelow(high - low - 1) for low, high in pairwise(marks) if high - low > 1]
    return sorted({0, *marks, *between})


def wrong_sizes(observation: Observation, arrays: Group) -> Finding | None:
    """Arrays of other shapes than the exercise has. Those that are no arrays are not looked at."""
    wrong = [
        f"{name} {shape_text(arrays[name].values.shape)} ≠ {shape_text(shape)}"
        for name, shape in observation.shapes
        if name in arrays and not arrays[name].bad and arrays[name].values.shape != shape
    ]
    if not wrong:
        return None
    return Finding(Verdict.WA, messages.WRONG_SIZES, messages.KEEP_SIZES, {"shapes": ", ".join(wrong)})


def no_measure(reckoned: Reckoned, names: Sequence[str]) -> Finding | None:
    """Arrays for which the judge has no gradient to compare with."""
    parameters: dict[str, object] = {"wanted": ", ".join(names)}
    if reckoned.zero:
        return Finding(Verdict.WA, messages.NOTHING_TO_LEARN, messages.RANDOM_DATA, parameters)
    if reckoned.lost:
        return Finding(Verdict.WA, messages.NO_MEASURE, messages.RANDOM_DATA, parameters)
    return None


def poor_data(observation: Observation, steps: Sequence[Reckoned]) -> Finding | None:
    """Arrays with which a program that makes a known mistake would pass as well."""
    if not hides_mistakes(steps):
        return None
    parameters: dict[str, object] = {"wanted": ", ".join(observation.names)}
    return Finding(Verdict.NR, messages.POOR_DATA, messages.RANDOM_DATA, parameters)


def on_printed_losses(observation: Observation, training: Training, reader: LossReader) -> Finding | None:
    """Losses that are not those of the script's own arrays, or do not fall. They are printed, and finite."""
    losses = reader.losses()
    checkpoints = observation.checkpoints
    count = max(training.steps) + 1 if training.count is None else training.count
    few = _too_few_steps(observation, count, losses[-1][0])
    if count <= (checkpoints or (0,))[-1]:
        return few
    real: list[float] = []
    for number, label in enumerate(checkpoints or losses[0][:1]):
        printed = at_checkpoints(losses, checkpoints)[number]
        step = training.steps.get(label if checkpoints else 0)
        if step is None:
            return few
        found = _losses_around(observation, training, step)
        if not any(_agree(printed, loss, step, reader.unit(label)) for loss in found):
            parameters: dict[str, object] = {"step": label, "printed": printed, "wanted": found[0].value}
            return Finding(Verdict.WA, messages.LOSS_DIFFERS, messages.PRINT_OWN_LOSS, parameters)
        real.append(found[0].value)
    if not checkpoints:
        if not training.final:
            return few
        real.append(_loss(observation, training.steps[0], training.final, 4).value)
    if fell(tuple(enumerate(real)), tuple(range(len(real))), observation.final_ratio):
        return None
    parameters = {"first": real[0], "last": real[-1]}
    return Finding(Verdict.WA, messages.NOT_FALLEN, messages.UPDATE, parameters)


def _agree(printed: float, loss: Loss, step: Step, unit: float) -> bool:
    tolerance = TOLERANCE[max(4, step.number_bytes)]
    return abs(printed - loss.value) <= tolerance * loss.value + loss.noise + unit


def _too_few_steps(observation: Observation, count: int, last: int) -> Finding:
    parameters: dict[str, object] = {
        "count": count,
        "last": last,
        "weights": ", ".join(observation.weights),
        "wanted": ", ".join((*observation.gradients, *observation.weights)),
    }
    return Finding(Verdict.NR, messages.FEW_UPDATES, messages.SHOW_STEPS, parameters)


def _losses_around(observation: Observation, training: Training, step: Step) -> list[Loss]:
    """The loss before the update of a step and the one after it: a script may print either."""
    groups = [group for group in (step.arrays, step.after) if set(group) >= set(observation.weights)]
    return [_loss(observation, training.steps[0], group, step.number_bytes) for group in groups]


def _loss(observation: Observation, first: Step, weights: Group, item_bytes: int) -> Loss:
    """The loss of some weights on the data of the first step, so that shrinking data shrinks no loss."""
    arrays = [
        (weights if name in observation.weights and name in weights else first.arrays)[name]
        for name in observation.names
    ]
    try:
        return RULES[observation.rule].loss(arrays, PRECISION[item_bytes])
    except UnfitError:
        return Loss(math.nan, 0.0)


def on_updates(observation: Observation, steps: Sequence[Reckoned]) -> Finding | None:
    """A weight that changes outside of the updates, or in one by no multiple of its gradient."""
    for step in (reckoned.step for reckoned in steps if reckoned.finite):
        if step.drifted:
            where: dict[str, object] = {"step": step.number, "weights": ", ".join(observation.weights)}
            return Finding(Verdict.WA, messages.DRIFTED, messages.UPDATE, where)
        for weight, name in zip(observation.weights, observation.gradients, strict=True):
            if weight in step.after and not _is_update(step, weight, name):
                parameters: dict[str, object] = {"weight": weight, "name": name, "step": step.number}
                return Finding(Verdict.WA, messages.OTHER_UPDATE, messages.UPDATE, parameters)
    return None


def climbs(observation: Observation, steps: Sequence[Reckoned]) -> Finding | None:
    """A weight to which a gradient is added, where it should be subtracted."""
    import numpy as np

    for step in (reckoned.step for reckoned in steps if reckoned.finite):
        for weight, name in zip(observation.weights, observation.gradients, strict=True):
            if weight not in step.after or not _is_update(step, weight, name):
                continue
            with np.errstate(all="ignore"):
                change: Array = step.after[weight].values - step.arrays[weight].values
                along = [
                    float(np.vdot(change, got.values))
                    for got in candidates(step, name)  # one may have been scaled for the update since
                    if not got.bad and got.values.shape == change.shape
                ]
            if along and min(along) > 0:
                parameters: dict[str, object] = {"weight": weight, "name": name, "step": step.number}
                return Finding(Verdict.WA, messages.CLIMBS, messages.UPDATE, parameters)
    return None


def _is_update(step: Step, weight: str, name: str) -> bool:
    if weight not in step.updates:
        step.updates[weight] = _moves_along(step, weight, name)
    return step.updates[weight]


def _moves_along(step: Step, weight: str, name: str) -> bool:
    import numpy as np

    before, after = step.arrays[weight], step.after[weight]
    if after.bad or before.values.shape != after.values.shape:
        return False
    with np.errstate(all="ignore"):
        change: Array = before.values - after.values
        size = max(float(np.abs(values.values).max(initial=0.0)) for values in (before, after))
        rounding = _ULPS * PRECISION[before.item_bytes] * size
        tolerance = TOLERANCE[min(before.item_bytes, step.number_bytes)]
        return any(
            _is_multiple(change, got.values, rounding, tolerance, may_rest=step.number > 0)
            for got in candidates(step, name)
            if not got.bad and got.values.shape == change.shape
        )


def _is_multiple(
    change: Array, gradient: Array, rounding: float, tolerance: float, *, may_rest: bool
) -> bool:
    """Whether `change` is k * `gradient`. Late in training an update may be too small to change anything."""
    import numpy as np

    square = float(np.vdot(gradient, gradient))
    factor = float(np.vdot(change, gradient)) / square if square else 0.0
    if square and not change.any():
        return may_rest
    largest = float(np.abs(change).max(initial=0.0))
    return bool((np.abs(change - factor * gradient) <= tolerance * largest + rounding).all())
