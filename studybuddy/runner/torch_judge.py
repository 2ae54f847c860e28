"""Asks torch: what the gradients are, and how a training run goes on from the same arrays.

The app never imports torch. A child does, with the limits of any other; where torch is warm it is forked from
there. What it computes are the judge's own networks (`harness/tensors.py`), nothing of the learner's.
"""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from studybuddy.core.exercise import Limits
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import GradientJudge, Opinion
from studybuddy.i18n import N_
from studybuddy.runner.bench import MALFORMED, START_S, Bench
from studybuddy.runner.gradients import Examined, agrees
from studybuddy.runner.naming import error_of
from studybuddy.runner.observed import Observed
from studybuddy.runner.output import Output
from studybuddy.runner.protocol import Message
from studybuddy.runner.session import Cause, Ending

if TYPE_CHECKING:
    from studybuddy.core.exercise import Observation
    from studybuddy.runner.networks import Array

PACKAGES = ("numpy", "torch")
LIMITS = Limits(wall_s=60.0, cpu_s=60.0, memory_mb=1024, output_kb=64)
NOT_INSTALLED = N_("torch is not installed")
NO_ANSWER = N_("torch gave no answer")
STOPPED = N_("stopped before torch was asked")


class Answer(NamedTuple):
    """What came back, or why nothing did."""

    fields: dict[str, Any]
    blob: bytes
    absent: str = ""
    """A catalogue id."""


def ask_torch(bench: Bench, request: dict[str, Any]) -> Answer:
    """Have a child of its own answer a request.

    Args:
        bench: the submission that the request belongs to; its limits are left alone.
        request: `task`, `rule`, `arrays` and what the task needs.

    Raises:
        RunnerError: no child can be started.
    """
    exercise = replace(bench.exercise, packages=PACKAGES, limits=LIMITS)
    own = replace(bench, exercise=exercise, output=Output(LIMITS.output_kb), cpu_s=0.0, peak_mb=0.0, facts={})
    limits = {"cpu_s": LIMITS.cpu_s, "memory_mb": LIMITS.memory_mb}
    with own.session({"kind": "tensors", **limits, **request}) as session:
        ready = session.next(time.monotonic() + START_S)
        if isinstance(ready, Ending):
            return _nothing(ready)
        message = session.next(time.monotonic() + LIMITS.wall_s)
        if isinstance(message, Ending):
            return _nothing(message)
        session.leave()
    return _checked(message)


def array_fields(array: Observed) -> dict[str, Any]:
    """An array for a request, in the precision that the learner gave it."""
    kind = {8: "<f8", 4: "<f4"}.get(array.item_bytes, "<f4")
    data = array.values.astype(kind).tobytes()
    return {"dtype": kind, "shape": list(array.values.shape), "data": b64encode(data).decode("ascii")}


def with_autograd(
    bench: Bench, observation: Observation, examined: Sequence[Examined]
) -> tuple[Examined, ...]:
    """Add what autograd says of each gradient.

    Raises:
        RunnerError: no child can be started.
    """
    answers: dict[int, list[list[Array]] | str] = {}
    found = []
    for index, one in enumerate(examined):
        number = one.at.step.number
        if number not in answers:
            arrays = [one.at.step.arrays[name] for name in observation.names]
            answers[number] = gradients_by_torch(bench, observation.rule, arrays)
        said = answers[number]
        opinion = (
            Opinion(GradientJudge.AUTOGRAD, absent=said)
            if isinstance(said, str)
            else _opinion(one, index, said)
        )
        opinions = (*one.check.opinions, opinion) if one.check.opinions else ()
        found.append(replace(one, check=replace(one.check, opinions=opinions)))
    return tuple(found)


def gradients_by_torch(bench: Bench, rule: str, arrays: Sequence[Observed]) -> list[list[Array]] | str:
    """The gradients of the weights, each for both slopes that the ReLU may have at 0; or why there are none.

    Raises:
        RunnerError: no child can be started.
    """
    import numpy as np

    whole = [replace(array, item_bytes=8) for array in arrays]
    request = {"task": "gradients", "rule": rule, "arrays": [array_fields(array) for array in whole]}
    answer = ask_torch(bench, request)
    if answer.absent:
        return answer.absent
    weights = arrays[2:]
    sizes = [array.values.size for array in weights]
    try:
        numbers = np.frombuffer(answer.blob, dtype="<f8").reshape((int(answer.fields["answers"]), sum(sizes)))
    except MALFORMED:
        return NO_ANSWER
    ends = np.cumsum(sizes)[:-1]
    rows = [np.split(row, ends) for row in numbers]
    return [[row[index].reshape(weight.values.shape) for row in rows] for index, weight in enumerate(weights)]


def _opinion(one: Examined, index: int, said: list[list[Array]]) -> Opinion:
    if not one.check.opinions:
        return Opinion(GradientJudge.AUTOGRAD)
    answers, noise = said[index], one.at.rights[index].noise
    ok = any(agrees(one.got.values, answer, noise, one.tolerance) for answer in answers)
    error = error_of(one.got.values, answers)
    return Opinion(GradientJudge.AUTOGRAD, ok, error, one.got.values.size)


def absence(answer: Answer) -> Phrase | None:
    """Why there is no answer, if there is none."""
    return Phrase(answer.absent) if answer.absent else None


def _nothing(ending: Ending) -> Answer:
    return Answer({}, b"", STOPPED if ending.cause is Cause.STOPPED else NO_ANSWER)


def _checked(message: Message) -> Answer:
    if message.kind != "tensors":
        return Answer({}, b"", NO_ANSWER)
    return Answer(message.fields, message.blob, NOT_INSTALLED if message.fields.get("absent") else "")
