"""Judges a script: runs it as it stands and looks at its first gradients and at the losses it prints."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

from studybuddy.core.exercise import Observation
from studybuddy.core.verdict import GradientCheck, JudgeResult, Verdict
from studybuddy.runner import explain, messages
from studybuddy.runner.bench import MALFORMED, Bench
from studybuddy.runner.finding import Finding
from studybuddy.runner.gradients import Observed, UnfitError, check, unpack
from studybuddy.runner.losses import Losses, LossReader, at_checkpoints, fell, first_not_finite, missing_steps
from studybuddy.runner.protocol import Message
from studybuddy.runner.session import Ending, Session

FAREWELL_S = 1.0
_WHAT_TO_DO = {
    messages.FACTOR: messages.FIND_FACTOR,
    messages.TRANSPOSED: messages.FIND_TRANSPOSE,
    messages.SHAPE: messages.FIND_SHAPE,
    messages.NO_MASK: messages.FIND_MASK,
    messages.SIGN_MASK: messages.FIND_SIGN,
    messages.NO_RELU: messages.FIND_RELU,
    messages.NO_ARRAY: messages.FIND_ARRAY,
}
_OTHERWISE = messages.ALL_GRADIENTS_FIRST


@dataclass(slots=True)
class _Seen:
    """What a script did until it ended. `finding` is set if it did not come to its end well."""

    finding: Finding | None = None
    groups: dict[str, dict[str, Observed]] = field(default_factory=dict)
    ran_to_end: bool = False


def judge_script(bench: Bench, reader: LossReader | None) -> JudgeResult:
    """Run a script once. `reader` follows its output for losses.

    Raises:
        RunnerError: no child can be started.
    """
    with bench.session() as session:
        seen = _run(bench, session)
    losses = reader.losses() if reader else ()
    observation = bench.exercise.observation
    if observation is None:
        finding = seen.finding or _unused(bench) or Finding(Verdict.AC, messages.RAN)
        return bench.result(finding, losses=losses, ran_to_end=seen.ran_to_end)
    loss_fell = fell(losses, observation.checkpoints, observation.final_ratio)
    gradients: tuple[GradientCheck, ...] = ()
    found: Finding | None = None
    if absent := _absent(observation, seen.groups):
        found = _names_missing(bench, observation, absent)
    else:
        try:
            gradients = check(observation, seen.groups)
        except UnfitError as error:
            found = Finding(Verdict.WA, messages.UNFIT_ARRAYS, "", {"shapes": str(error)})
    finding = (
        seen.finding
        or found
        or _on_gradients(gradients, loss_fell)
        or _on_losses(observation, losses, loss_fell)
        or _unused(bench)
        or Finding(Verdict.AC, messages.TRAINED if observation.loss_pattern else messages.GRADIENTS_MATCH)
    )
    return bench.result(
        finding, gradients=gradients, losses=losses, ran_to_end=seen.ran_to_end, loss_fell=loss_fell
    )


def _run(bench: Bench, session: Session) -> _Seen:
    seen = _Seen()
    limit = bench.exercise.limits.wall_s
    opened = bench.open(session, limit)
    if isinstance(opened, Finding):
        seen.finding = opened
        return seen
    while seen.finding is None and not seen.ran_to_end:
        message = session.next(opened.began + limit)
        if isinstance(message, Ending):
            seen.finding = bench.ended(message, session, bench.out_of_time())
        else:
            _take(message, seen, bench, opened.broken)
    bench.wall_s = time.monotonic() - opened.began
    if seen.ran_to_end:
        _say_farewell(seen, bench, session)
    return seen


def _take(message: Message, seen: _Seen, bench: Bench, broken: dict[str, str]) -> None:
    if message.kind == "observed":
        try:
            seen.groups = unpack(message.fields, message.blob)
        except MALFORMED:
            seen.finding = Finding(Verdict.NR, messages.TAMPERED)
        except ImportError as error:
            parameters: dict[str, object] = {"text": str(error), "package": "numpy"}
            seen.finding = Finding(Verdict.IE, messages.BROKEN, messages.INSTALL, parameters)
    elif message.kind == "finished":
        seen.ran_to_end = True
    elif message.kind == "failed":
        seen.finding = explain.of_failure(message.fields, bench.exercise, broken)
    else:
        seen.finding = bench.unexpected(message)


def _say_farewell(seen: _Seen, bench: Bench, session: Session) -> None:
    last = session.next(time.monotonic() + FAREWELL_S)
    if isinstance(last, Ending):
        seen.finding = bench.ended(last, session, Finding(Verdict.NR, messages.EXITED))
    elif last.kind == "end":
        session.leave()
    else:
        seen.finding = bench.unexpected(last)


def _absent(observation: Observation, groups: dict[str, dict[str, Observed]]) -> list[str]:
    """Names that never showed up: gradients never assigned, or arrays not there when they were."""
    gradients = [name for name in observation.gradients if name not in groups.get("first", {})]
    if gradients:
        return gradients
    return [name for name in observation.names if name not in groups.get("arrays", {})]


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
    parameters: dict[str, Any] = {"names": names, "name": wrong[0].name, **wrong[0].parameters}
    return Finding(Verdict.WA, message, _WHAT_TO_DO.get(wrong[0].reason, _OTHERWISE), parameters)


def _on_losses(observation: Observation, losses: Losses, loss_fell: bool) -> Finding | None:
    if not observation.loss_pattern or loss_fell:
        return None
    bad = first_not_finite(losses)
    if bad:
        parameters: dict[str, object] = {"step": bad[0], "value": str(bad[1])}
        return Finding(Verdict.WA, messages.NOT_FINITE, messages.DIVERGED, parameters)
    missing = missing_steps(losses, observation.checkpoints)
    if missing or not losses:
        steps = ", ".join(map(str, observation.checkpoints))
        first = str(missing[0]) if missing else "0"
        parameters = {"steps": first, "wanted_steps": steps or "0"}
        return Finding(Verdict.WA, messages.NO_LOSSES, messages.PRINT_LOSS, parameters)
    looked_at = at_checkpoints(losses, observation.checkpoints)
    parameters = {"first": looked_at[0], "last": looked_at[-1]}
    return Finding(Verdict.WA, messages.NOT_FALLEN, messages.UPDATE, parameters)


def _unused(bench: Bench) -> Finding | None:
    unused = bench.facts.get("unused")
    if not unused:
        return None
    return Finding(Verdict.WA, messages.UNUSED, "", {"names": ", ".join(map(str, unused))})
