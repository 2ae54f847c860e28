"""Judges a script: runs it as it stands and looks at its first gradients and at the losses it prints."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from studybuddy.core.exercise import Observation
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import GradientCheck, JudgeResult, Verdict
from studybuddy.runner import explain, messages
from studybuddy.runner.bench import MALFORMED, Bench
from studybuddy.runner.finding import Finding
from studybuddy.runner.gradients import Reckoned, disputed, examine, follows_rule, reckon, slopes_of
from studybuddy.runner.losses import Losses, LossReader, fell, first_not_finite, missing_steps
from studybuddy.runner.mistake_words import AT_THE_START, FIND_TOGETHER, HINTS
from studybuddy.runner.naming import main_mistake
from studybuddy.runner.networks import UnfitError
from studybuddy.runner.observed import Step, Training, unpack_end, unpack_sketches, unpack_step
from studybuddy.runner.protocol import Message
from studybuddy.runner.session import Ending, Session
from studybuddy.runner.torch_judge import PACKAGES, with_autograd
from studybuddy.runner.torch_mishaps import with_cause
from studybuddy.runner.training import (
    climbs,
    no_measure,
    on_printed_losses,
    on_updates,
    poor_data,
    wrong_sizes,
)

FAREWELL_S = 1.0


@dataclass(slots=True)
class _Seen:
    """What a script did until it ended. `finding` is set if it did not come to its end well."""

    finding: Finding | None = None
    training: Training = field(default_factory=Training)
    ran_to_end: bool = False
    sums: list[Future[None]] = field(default_factory=list)
    """What is reckoned in a thread beside the one that listens to the script."""


@dataclass(slots=True)
class _Examined:
    """What a training script's arrays, gradients and losses are worth; `finding` None: they are right."""

    finding: Finding | None = None
    gradients: tuple[GradientCheck, ...] = ()
    loss_fell: bool = False


def judge_script(bench: Bench, reader: LossReader | None) -> JudgeResult:
    """Run a script once. `reader` follows its output for losses.

    Raises:
        RunnerError: no child can be started.
    """
    return judge_and_watch(bench, reader)[0]


def judge_and_watch(bench: Bench, reader: LossReader | None) -> tuple[JudgeResult, Training]:
    """As `judge_script`, with what was seen of the training.

    Raises:
        RunnerError: no child can be started.
    """
    with bench.session() as session:
        seen = _run(bench, session, reader)
    losses = reader.losses() if reader else ()
    observation = bench.exercise.observation
    if observation is None:
        finding = seen.finding or _unused(bench) or Finding(Verdict.AC, messages.RAN)
        result = bench.result(finding, losses=losses, ran_to_end=seen.ran_to_end, judged=False)
        return result, seen.training
    examined = _examine(bench, observation, seen.training, reader)
    finding = (
        seen.finding
        or examined.finding
        or _unused(bench)
        or Finding(Verdict.AC, messages.TRAINED if observation.loss_pattern else messages.GRADIENTS_MATCH)
    )
    result = bench.result(
        finding,
        gradients=examined.gradients,
        losses=losses,
        ran_to_end=seen.ran_to_end,
        loss_fell=examined.loss_fell,
    )
    return result, seen.training


def _examine(
    bench: Bench, observation: Observation, training: Training, reader: LossReader | None
) -> _Examined:
    losses = reader.losses() if reader else ()
    loss_fell = fell(losses, observation.checkpoints, observation.final_ratio)
    if absent := _absent(observation, training):
        return _Examined(_names_missing(bench, observation, absent), loss_fell=loss_fell)
    first = training.steps[0]
    try:
        steps = [
            training.reckoned.get(number) or reckon(observation, step)
            for number, step in sorted(training.steps.items())
        ]
    except UnfitError as error:
        return _Examined(Finding(Verdict.WA, messages.UNFIT_ARRAYS, "", {"shapes": str(error)}))
    refused = wrong_sizes(observation, first.arrays) or no_measure(steps[0], observation.names)
    if refused:
        return _Examined(refused)
    gradients = _doctored(bench, observation, steps, training)
    if first.unsure and not all(gradient.ok for gradient in gradients):
        return _Examined(_unseen(observation))
    if reader is None:
        on_losses, loss_fell = None, False
    else:
        on_losses = _on_losses(observation, losses) or on_printed_losses(observation, training, reader)
        loss_fell = on_losses is None
    finding = (
        disputed(gradients)
        or _on_gradients(gradients, loss_fell)
        or climbs(observation, steps)
        or on_losses
        or on_updates(observation, steps)
        or poor_data(observation, steps)
    )
    if bench.facts.get("blanks"):
        gradients = tuple(gradient for gradient in gradients if gradient.reason != messages.NO_ARRAY)
    return _Examined(finding, gradients, loss_fell)


def _doctored(
    bench: Bench, observation: Observation, steps: Sequence[Reckoned], training: Training
) -> tuple[GradientCheck, ...]:
    """What the judges say. Autograd is asked if that is wished, and about mistakes where torch is warm."""
    examined = examine(observation, steps, training.slopes, everything=bench.doctor)
    gradients = tuple(one.check for one in examined)
    wrong = not all(gradient.ok for gradient in gradients)
    if bench.doctor or disputed(gradients) or (wrong and bench.workers.knows(PACKAGES)):
        gradients = tuple(one.check for one in with_autograd(bench, observation, examined))
    return gradients


def _unseen(observation: Observation) -> Finding:
    wanted = ", ".join((*observation.gradients, *observation.weights))
    parameters: dict[str, object] = {"names": ", ".join(observation.gradients), "wanted": wanted}
    return Finding(Verdict.NR, messages.UNSEEN, messages.SHOW_STEPS, parameters)


def _run(bench: Bench, session: Session, reader: LossReader | None) -> _Seen:
    seen = _Seen()
    limit = bench.exercise.limits.wall_s
    opened = bench.open(session, limit)
    if isinstance(opened, Finding):
        seen.finding = opened
        return seen
    with ThreadPoolExecutor(1, thread_name_prefix="reckoning") as meanwhile:
        while seen.finding is None and not seen.ran_to_end:
            message = session.next(opened.began + limit)
            if isinstance(message, Ending):
                seen.finding = bench.ended(message, session, bench.out_of_time())
            else:
                _take(message, seen, bench, opened.broken, meanwhile)
            if bench.hasty and (seen.training.doomed or _silent(bench, seen.training, reader)):
                seen.finding = Finding(Verdict.WA, messages.GRADIENT_WRONG, "", {"names": "", "name": ""})
        bench.wall_s = time.monotonic() - opened.began
        if seen.ran_to_end:
            _say_farewell(seen, bench, session)
    for sum_ in seen.sums:
        if isinstance(error := sum_.exception(), MALFORMED):
            seen.finding = seen.finding or Finding(Verdict.NR, messages.TAMPERED)
        elif error is not None:
            raise error
    return seen


def _silent(bench: Bench, training: Training, reader: LossReader | None) -> bool:
    """Whether a loss is missing that was due a whole watched stretch ago: no output is so late."""
    observation = bench.exercise.observation
    if observation is None or reader is None or len(training.steps) < 2:
        return False
    before = sorted(training.steps)[-2]
    return any(step < before and not reader.has(step) for step in observation.checkpoints)


def _take(
    message: Message, seen: _Seen, bench: Bench, broken: dict[str, str], meanwhile: ThreadPoolExecutor
) -> None:
    if message.kind in ("observed", "sketches", "trained"):
        try:
            _observe(message, seen, bench, meanwhile)
        except MALFORMED:
            seen.finding = Finding(Verdict.NR, messages.TAMPERED)
        except ImportError as error:
            parameters: dict[str, object] = {"text": str(error), "package": "numpy"}
            seen.finding = Finding(Verdict.IE, messages.BROKEN, messages.INSTALL, parameters)
    elif message.kind == "finished":
        seen.ran_to_end = True
    elif message.kind == "failed":
        found = explain.of_failure(message.fields, bench.exercise, broken)
        seen.finding = with_cause(found, bench.exercise, bench.source)
    else:
        seen.finding = bench.unexpected(message)


def _observe(message: Message, seen: _Seen, bench: Bench, meanwhile: ThreadPoolExecutor) -> None:
    training = seen.training
    if message.kind == "observed":
        step = unpack_step(message.fields, message.blob)
        training.add_step(step)
        if bench.exercise.observation:
            seen.sums.append(meanwhile.submit(_reckon, bench, bench.exercise.observation, step, training))
    elif message.kind == "sketches":
        training.add_sketches(unpack_sketches(message.fields, message.blob))
    else:
        training.count, training.final = unpack_end(message.fields, message.blob)


def _reckon(bench: Bench, observation: Observation, step: Step, training: Training) -> None:
    """The judge's own arithmetic, while the script goes on. What does not fit is said when it has ended."""
    if step.number == 0 and not training.slopes and not bench.hasty:
        training.slopes = slopes_of(observation, step, everything=bench.doctor)
    with suppress(UnfitError, KeyError):
        training.reckoned[step.number] = reckoned = reckon(observation, step)
        refused = on_updates(observation, [reckoned])
        if bench.hasty:
            refused = refused or climbs(observation, [reckoned]) or wrong_sizes(observation, step.arrays)
            training.doomed |= refused is not None or not follows_rule(observation, reckoned)


def _say_farewell(seen: _Seen, bench: Bench, session: Session) -> None:
    last = session.next(time.monotonic() + FAREWELL_S)
    if isinstance(last, Ending):
        seen.finding = bench.ended(last, session, Finding(Verdict.NR, messages.EXITED))
    elif last.kind == "end":
        session.leave()
    else:
        seen.finding = bench.unexpected(last)


def _absent(observation: Observation, training: Training) -> list[str]:
    """Names that never showed up: gradients never assigned, or arrays not there when they were."""
    step = training.steps.get(0)
    gradients = [name for name in observation.gradients if step is None or name not in step.gradients]
    return gradients or [name for name in observation.names if step is None or name not in step.arrays]


def _names_missing(bench: Bench, observation: Observation, absent: list[str]) -> Finding:
    inside = [name for name in absent if name in bench.facts.get("inside", ())]
    wanted = ", ".join((*observation.names, *observation.gradients))
    parameters: dict[str, object] = {"names": ", ".join(inside or absent), "wanted": wanted}
    message = messages.NAMES_INSIDE if inside else messages.NAMES_MISSING
    return Finding(Verdict.NR, message, messages.TOP_LEVEL, parameters)


def _on_gradients(gradients: tuple[GradientCheck, ...], loss_fell: bool) -> Finding | None:
    wrong = [gradient for gradient in gradients if not gradient.ok]
    if not wrong:
        return None
    names = ", ".join(gradient.name for gradient in wrong)
    message = messages.FELL_BUT_WRONG if loss_fell else messages.GRADIENT_WRONG
    mistakes = [Phrase(gradient.reason, tuple(gradient.parameters.items())) for gradient in wrong]
    alike = len(gradients) > 1 and len(wrong) == len(gradients) and len(set(mistakes)) == 1
    main = main_mistake(mistakes[0])
    together = alike and main.message in AT_THE_START
    hint = FIND_TOGETHER if together else HINTS.get(main.message, messages.ALL_GRADIENTS_FIRST)
    parameters: dict[str, Any] = {"names": names, "name": wrong[0].name, **dict(main.parameters)}
    return Finding(Verdict.WA, message, hint, parameters)


def _on_losses(observation: Observation, losses: Losses) -> Finding | None:
    """Losses that are not finite, or not printed where they are looked at."""
    bad = first_not_finite(losses)
    if bad:
        parameters: dict[str, object] = {"step": bad[0], "value": str(bad[1])}
        return Finding(Verdict.WA, messages.NOT_FINITE, messages.DIVERGED, parameters)
    missing = missing_steps(losses, observation.checkpoints)
    if not missing and losses:
        return None
    steps = ", ".join(map(str, observation.checkpoints))
    parameters = {"steps": str(missing[0]) if missing else "0", "wanted_steps": steps or "0"}
    return Finding(Verdict.WA, messages.NO_LOSSES, messages.PRINT_LOSS, parameters)


def _unused(bench: Bench) -> Finding | None:
    unused = bench.facts.get("unused")
    if not unused:
        return None
    return Finding(Verdict.WA, messages.UNUSED, "", {"names": ", ".join(map(str, unused))})
