"""What goes wrong with autograd, run for real, and what the learner is told."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from studybuddy.core.exercise import Limits
from studybuddy.core.verdict import GradientJudge, Verdict
from studybuddy.runner import messages
from studybuddy.runner import mistake_words as words
from studybuddy.runner import torch_mishaps as mishaps
from studybuddy.runner.finding import Finding
from studybuddy.runner.judge import judge
from studybuddy.runner.warm.workers import Workers
from tests.runner.sample import LOOP

TORCH = replace(LOOP, packages=("numpy", "torch"), limits=Limits(30, 30, 1024))
SOURCE = """\
import numpy as np
import torch
rng = np.random.RandomState(1)
x = torch.from_numpy(rng.randn(16, 40))
y = torch.from_numpy(rng.randn(16, 4))
w1 = torch.from_numpy(rng.randn(40, 20))
w2 = torch.from_numpy(rng.randn(20, 4))
w1.requires_grad_(True)
w2.requires_grad_(True)
for t in range(200):
    y_pred = (x @ w1).clamp(min=0) @ w2
    loss = (y_pred - y).pow(2).sum()
    if t % 50 == 0:
        print(f"Epoch {t}: Loss = {loss.item()}")
    loss.backward()
    grad_w1 = w1.grad
    grad_w2 = w2.grad
    if t == 0:
        print(grad_w1.shape, grad_w2.shape)
    with torch.no_grad():
        w1 -= 1e-4 * grad_w1
        w2 -= 1e-4 * grad_w2
    w1.grad = None
    w2.grad = None
"""
CLEAR = "    w1.grad = None\n    w2.grad = None\n"
UPDATE = "    with torch.no_grad():\n        w1 -= 1e-4 * grad_w1\n        w2 -= 1e-4 * grad_w2\n"
FREE = UPDATE.replace("    with torch.no_grad():\n", "").replace("        ", "    ")
ANEW = "w1 = w1 - 1e-4 * grad_w1"

RAISED = {
    "update in the graph": ((UPDATE, FREE), mishaps.UNDER_NO_GRAD),
    "no backward": (("    loss.backward()\n", ""), mishaps.NO_BACKWARD),
    "detached hidden layer": ((".clamp(min=0)", ".clamp(min=0).detach()"), mishaps.DETACHED),
    "detached prediction": (("(y_pred - y)", "(y_pred.detach() - y)"), mishaps.DETACHED),
    "bound anew": ((UPDATE, FREE.replace("-= 1e-4", "= W - 1e-4")), mishaps.BOUND_ANEW),
    "bound anew without graph": ((UPDATE, UPDATE.replace("w1 -= 1e-4 * grad_w1", ANEW)), mishaps.BOUND_ANEW),
    "one weight not asked for": (("w1.requires_grad_(True)\n", ""), mishaps.NOT_ASKED),
    "forward untracked": (("    y_pred =", "    with torch.no_grad(): y_pred ="), mishaps.NOT_TRACKED),
    "backward twice": (("    loss.backward()\n", "    loss.backward(); loss.backward()\n"), mishaps.TWICE),
    "backward of a number": (("loss.backward()", "loss.item().backward()"), mishaps.PLAIN_NUMBER),
    "two dtypes": (
        ("w1 = torch.from_numpy(rng.randn(40, 20))", "w1 = torch.randn(40, 20)"),
        mishaps.ONE_DTYPE,
    ),
}
WRONG = {
    "nothing cleared": ((CLEAR, ""), [words.ACCUMULATED, words.ACCUMULATED]),
    "one not cleared": (("    w1.grad = None\n", ""), [words.ACCUMULATED, ""]),
    "cleared too early": (
        ("    with torch", "    w1.grad.zero_(); w2.grad.zero_()\n    with torch"),
        [words.ZERO, words.ZERO],
    ),
    "mean": ((".pow(2).sum()", ".pow(2).mean()"), [words.MEAN, words.MEAN]),
    "no ReLU": ((".clamp(min=0)", ""), [messages.NO_RELU_AT_ALL, messages.NO_RELU_AT_ALL]),
    "minus in the loss": (("(y_pred - y)", "(y_pred + y * 0)"), [words.NO_TARGET, words.NO_TARGET]),
}


def program(pair: tuple[str, str]) -> str:
    assert pair[0] in SOURCE
    changed = SOURCE.replace(*pair)
    return changed.replace("w1 = W", "w1 = w1").replace("w2 = W", "w2 = w2")


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Warm processes for all programs of this file: a cold torch takes a second or three."""
    pytest.importorskip("torch")
    with closing(Workers()) as kept:
        yield kept


@pytest.mark.parametrize("name", RAISED)
def test_an_exception_of_torch_comes_with_its_cause(workers: Workers, name: str) -> None:
    pair, hint = RAISED[name]
    result = judge(TORCH, program(pair), workers=workers)
    assert (result.verdict, result.hint) == (Verdict.RTE, hint), result


@pytest.mark.parametrize("name", WRONG)
def test_what_autograd_was_asked_wrongly_is_named(workers: Workers, name: str) -> None:
    pair, reasons = WRONG[name]
    result = judge(TORCH, program(pair), workers=workers)
    assert result.verdict is Verdict.WA
    assert [check.reason for check in result.gradients] == reasons
    judges = {opinion.judge for check in result.gradients for opinion in check.opinions}
    assert judges == set(GradientJudge)  # torch is warm: asking it costs nothing


def test_the_right_program_is_accepted(workers: Workers) -> None:
    assert judge(TORCH, SOURCE, workers=workers).verdict is Verdict.AC


def test_a_program_that_cannot_be_read_gets_the_plain_cause() -> None:
    raised = Finding(Verdict.RTE, messages.RAISED, parameters={"error": "TypeError: NoneType"})
    assert mishaps.with_cause(raised, TORCH, "((" * 300).hint == mishaps.NO_GRADIENT
    assert mishaps.with_cause(raised, LOOP, SOURCE) == raised
    other = Finding(Verdict.RTE, messages.RAISED, parameters={"error": "ZeroDivisionError: 0"})
    assert mishaps.with_cause(other, TORCH, SOURCE) == other
