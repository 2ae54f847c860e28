"""Runs a learner's training loop and its twin in torch from the same arrays, and says where they part."""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studybuddy.core.exercise import Exercise, Observation
from studybuddy.core.phrase import Phrase
from studybuddy.core.twin import Parting, TwinRow, TwinRun
from studybuddy.core.verdict import JudgeResult
from studybuddy.i18n import N_
from studybuddy.runner.bench import MALFORMED, Bench
from studybuddy.runner.gradients import PRECISION, TOLERANCE, candidates
from studybuddy.runner.judge import judge, refusal
from studybuddy.runner.losses import LossReader
from studybuddy.runner.observed import Observed, Step, Training
from studybuddy.runner.output import Output
from studybuddy.runner.parting import WIDTH, Compared, compare_runs, first_parting, paces
from studybuddy.runner.scripts import judge_and_watch
from studybuddy.runner.torch_judge import NO_ANSWER, array_fields, ask_torch
from studybuddy.runner.warm.workers import Workers

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

NO_TRAINING = N_("this exercise is no training loop")
NO_UPDATE = N_("the judge saw no whole update of {weights}, so that a twin has nothing to start from")
ROUNDING = N_("from step {step} on rounding alone would part the two, so that it was compared up to there")
RUNAWAY = N_("at step {step} the numbers of the twin are no longer finite; it was compared up to there")
_SHOWN = 8
_NICE = {8: 1e-9, 4: 1e-5, 2: 1e-2}
"""How near a fitted learning rate must be to a short number, by bytes of a number of the weight."""
_MOST_LOSSES = 500


def run_twin(
    exercise: Exercise,
    source: str,
    *,
    on_output: Callable[[str], None] | None = None,
    stop: threading.Event | None = None,
    scratch: Path | None = None,
    workers: Workers | None = None,
) -> TwinRun:
    """Judge a training loop, run its twin, compare them step by step. The arguments are those of `judge`.

    Raises:
        RunnerError: a program could not be started at all.
    """
    if workers is None:
        with closing(Workers(ahead=False)) as own:
            return run_twin(exercise, source, on_output=on_output, stop=stop, scratch=scratch, workers=own)
    observation = exercise.observation
    reader = LossReader(observation.loss_pattern) if observation and observation.loss_pattern else None
    output = Output(exercise.limits.output_kb, live=on_output, follow=reader.feed if reader else None)
    bench = Bench(
        exercise=exercise,
        source=source,
        workers=workers,
        scratch=scratch,
        output=output,
        stop=stop or threading.Event(),
        sketch=True,
    )
    if refused := refusal(bench):
        return TwinRun(bench.result(refused), trouble=Phrase(NO_TRAINING))
    if observation is None:
        judged = judge(exercise, source, on_output=on_output, stop=stop, scratch=scratch, workers=workers)
        return TwinRun(judged, trouble=Phrase(NO_TRAINING))
    result, training = judge_and_watch(bench, reader)
    output.hand_on(0.0, last=True)
    return beside_twin(bench, observation, training, result, reader)


def beside_twin(
    bench: Bench, observation: Observation, training: Training, result: JudgeResult, reader: LossReader | None
) -> TwinRun:
    """The twin of a run that was watched with sketches.

    Raises:
        RunnerError: no child can be started.
    """
    import numpy as np

    run = TwinRun(result, names=(*observation.gradients, *observation.weights))
    step = training.steps.get(0)
    rates = _rates(observation, step) if step else None
    if step is None or rates is None or not training.sketches:
        weights = ", ".join(observation.weights)
        return replace(run, trouble=Phrase.of(NO_UPDATE, weights=weights))
    run = replace(run, rates=tuple(zip(observation.weights, rates, strict=True)))
    arrays = _in_one_precision([step.arrays[name] for name in observation.names])
    try:
        mine = np.concatenate([portion for portion in training.sketches if portion.size])
        if mine.shape[1] != 2 * len(observation.weights) * WIDTH:
            raise ValueError(mine.shape)
    except ValueError:
        return replace(run, trouble=Phrase(NO_ANSWER))
    request: dict[str, Any] = {
        "task": "training",
        "rule": observation.rule,
        "arrays": [array_fields(array) for array in arrays],
        "rates": rates,
        "steps": len(mine),
    }
    answer = ask_torch(bench, request)
    if answer.absent:
        return replace(run, trouble=Phrase(answer.absent))
    try:
        shape = (2, int(answer.fields["rows"]), int(answer.fields["columns"]))
        twins = np.frombuffer(answer.blob, dtype="<f8").reshape(shape)
    except MALFORMED:
        return replace(run, trouble=Phrase(NO_ANSWER))
    return _told(run, observation, mine, twins, arrays[0].item_bytes, reader)


def _told(
    run: TwinRun,
    observation: Observation,
    mine: Array,
    twins: Array,
    number_bytes: int,
    reader: LossReader | None,
) -> TwinRun:
    weights, gradients = observation.weights, observation.gradients
    compared = compare_runs(mine, twins[:, :, 1:], PRECISION[number_bytes])
    parting = first_parting(compared, gradients, weights)
    if parting is not None and not set(parting.names) & set(gradients):
        moved = [pace for pace in paces(mine, parting.step, weights) if pace.weight in parting.names]
        parting = replace(parting, paces=tuple(moved))
    losses: Array = twins[0, :, 0]
    parting = _earlier(parting, _loss_parting(losses, twins[1, :, 0], compared, reader, number_bytes))
    trouble = None
    if parting is None and compared.steps < len(mine):
        trouble = Phrase.of(ROUNDING if compared.hopeless else RUNAWAY, step=compared.steps)
    every = max(1, len(losses) // _MOST_LOSSES)
    return replace(
        run,
        steps=compared.steps,
        parting=parting,
        rows=_rows(compared, losses, parting, len(weights)),
        losses=tuple((number, float(losses[number])) for number in range(0, len(losses), every)),
        trouble=trouble,
    )


def _rates(observation: Observation, step: Step) -> list[float] | None:
    """The learning rate of each weight: the multiple of its gradient by which its first update moved it."""
    import numpy as np

    rates = []
    for weight, name in zip(observation.weights, observation.gradients, strict=True):
        before, after = step.arrays.get(weight), step.after.get(weight)
        found = [got for got in candidates(step, name) if not got.bad]
        if before is None or after is None or before.bad or after.bad or not found:
            return None
        change = before.values - after.values
        fits = [got.values for got in found if got.values.shape == change.shape]
        square = float(np.vdot(fits[0], fits[0])) if fits else 0.0
        rate = float(np.vdot(change, fits[0])) / square if square else math.nan
        if not math.isfinite(rate):
            return None
        rates.append(_nice(rate, _NICE[before.item_bytes]))
    return rates


def _nice(rate: float, tolerance: float) -> float:
    """The short number that a learner wrote, where the fitted one is it but for rounding."""
    short = float(f"{rate:.6g}")
    return short if math.isclose(short, rate, rel_tol=tolerance) else rate


def _in_one_precision(arrays: Sequence[Observed]) -> list[Observed]:
    """All arrays in the precision of the finest, as NumPy would compute with them."""
    finest = max(4, *(array.item_bytes for array in arrays))
    return [replace(array, item_bytes=finest) for array in arrays]


def _loss_parting(
    losses: Array, other: Array, compared: Compared, reader: LossReader | None, number_bytes: int
) -> Parting | None:
    """The first printed loss that is not the twin's, before the update of its step or after it."""
    for step, printed in reader.losses() if reader else ():
        if not 0 <= step < compared.steps:
            continue
        around = [number for number in (step, step + 1) if number < len(losses)]
        noise = max(abs(float(other[number] - losses[number])) for number in around)
        allowed = (
            TOLERANCE[number_bytes] * float(losses[step]) + 64 * noise + reader.unit(step) if reader else 0
        )
        if all(not abs(printed - float(losses[number])) <= allowed for number in around):
            size = float(losses[step]) or 1.0
            return Parting(step, ("loss",), abs(printed - size) / size, allowed / size)
    return None


def _earlier(one: Parting | None, loss: Parting | None) -> Parting | None:
    """Of two partings the earlier; a loss is computed before its gradients and follows from the weights."""
    if one is None or loss is None:
        return one or loss
    if loss.step == one.step:
        return replace(one, names=(*loss.names, *one.names), difference=loss.difference, allowed=loss.allowed)
    return min(one, loss, key=lambda parting: parting.step)


def _rows(compared: Compared, losses: Array, parting: Parting | None, weights: int) -> tuple[TwinRow, ...]:
    """Some steps at even distances, and those around the parting."""
    if not compared.steps:
        return ()
    last = compared.steps - 1
    chosen = {index * last // (_SHOWN - 1) for index in range(_SHOWN)}
    if parting is not None:
        chosen = {number for number in chosen if number <= parting.step}
        chosen |= {number for number in range(parting.step - 1, parting.step + 3) if 0 <= number <= last}
    order = [*range(weights, 2 * weights), *range(weights)]
    return tuple(
        TwinRow(number, float(losses[number]), tuple(float(compared.differences[number, i]) for i in order))
        for number in sorted(chosen)
    )
