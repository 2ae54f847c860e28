"""The training loop as a learner writes it: right ones pass with any seed, wrong ones that learn do not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.runner import messages
from studybuddy.runner import mistake_words as words
from tests.runner.conftest import Judged
from tests.runner.sample import LOOP, RIGHT_LOOP


def changed(*pairs: tuple[str, str]) -> str:
    source = RIGHT_LOOP
    for old, new in pairs:
        assert old in source
        source = source.replace(old, new)
    return source


def wrong(result: JudgeResult) -> dict[str, str]:
    return {gradient.name: gradient.reason for gradient in result.gradients if not gradient.ok}


def test_the_right_loop_is_accepted(judged: Judged) -> None:
    result = judged(LOOP, RIGHT_LOOP)
    assert result.verdict is Verdict.AC
    assert result.ran_to_end
    assert result.loss_fell
    assert [step for step, _ in result.losses] == [0, 50, 100, 150]
    assert result.losses[0][1] == pytest.approx(17305.63541723317)
    assert [(g.name, g.shape) for g in result.gradients] == [("grad_w1", (40, 20)), ("grad_w2", (20, 4))]
    assert all(gradient.relative_error < 1e-12 for gradient in result.gradients)


RIGHT = {
    "no seed": [("RandomState(0)", "RandomState()")],
    "mask h <= 0": [("grad_h_relu * (h > 0)", "np.where(h <= 0, 0, grad_h_relu)")],
    "mask in place": [("grad_h = grad_h_relu * (h > 0)", "grad_h = grad_h_relu.copy(); grad_h[h < 0] = 0")],
    "zero weights, mask h < 0": [
        ("w1 = rng.randn(D_in, H)", "w1 = np.zeros((D_in, H))"),
        ("(h > 0)", "(h >= 0)"),
    ],
    "rebound": [("w1 -= learning_rate * grad_w1", "w1 = w1 - learning_rate * grad_w1")],
    "in place": [("w1 -= learning_rate * grad_w1", "w1[:] -= learning_rate * grad_w1")],
    "filled in later": [
        ("for t in", "grad_w1 = np.zeros((D_in, H))\ngrad_w2 = np.zeros((H, D_out))\nfor t in"),
        ("grad_w1 = x.T @ grad_h", "grad_w1[:] = x.T @ grad_h"),
        ("grad_w2 = h_relu.T @ grad_y_pred", "grad_w2[...] = h_relu.T @ grad_y_pred"),
    ],
    "allocated before the weights": [
        ("x = rng", "grad_w1 = grad_w2 = 0\nx = rng"),
    ],
    "everything in place but the gradients": [
        ("w1 -= learning_rate * grad_w1", "w1[...] -= learning_rate * grad_w1"),
        ("w2 -= learning_rate * grad_w2", "np.subtract(w2, learning_rate * grad_w2, out=w2)"),
    ],
    "row by row": [
        ("w1 -= learning_rate * grad_w1", "for i in range(D_in): w1[i] -= learning_rate * grad_w1[i]"),
        ("w2 -= learning_rate * grad_w2", "for i in range(H): w2[i] -= learning_rate * grad_w2[i]"),
    ],
    "both at once": [
        ("w1 -= learning_rate * grad_w1", "w1, w2 = w1 - 1e-4 * grad_w1, w2 - 1e-4 * grad_w2"),
        ("w2 -= learning_rate * grad_w2", "pass"),
    ],
    "in a function": [
        ("for t in", "def step(w, g): w -= learning_rate * g\nfor t in"),
        ("w1 -= learning_rate * grad_w1", "step(w1, grad_w1)"),
        ("w2 -= learning_rate * grad_w2", "step(w2, grad_w2)"),
    ],
    "in two lines": [("grad_w1 = x.T @ grad_h", "grad_w1 = x.T @ grad_h / 2; grad_w1 *= 2")],
    "allocated before the weights, filled in": [
        ("x = rng", "grad_w1 = np.zeros((D_in, H)); grad_w2 = np.zeros((H, D_out))\nx = rng"),
        ("grad_w1 = x.T @ grad_h", "grad_w1[:] = x.T @ grad_h"),
        ("grad_w2 = h_relu.T @ grad_y_pred", "np.dot(h_relu.T, grad_y_pred, out=grad_w2)"),
    ],
    "cleared after use": [
        ("w2 -= learning_rate * grad_w2", "w2 -= 1e-4 * grad_w2; grad_w1 = grad_w2 = None")
    ],
    "cleared in between": [("w1 -= learning_rate * grad_w1", "w1 -= 1e-4 * grad_w1; grad_w1 = None")],
    "checked by differences": [
        (
            "    w1 -= ",
            "    if t == 0: w1[0, 0] += 1e-4; up = np.square(np.maximum(x @ w1, 0) @ w2 - y).sum(); "
            "w1[0, 0] -= 1e-4; slope = (up - loss) / 1e-4\n    w1 -= ",
        )
    ],
    "trained twice": [
        ("for t in range(200):", "for u in range(400):\n    t = u % 200"),
        ("    h = ", "    if u == 200: w1 = rng.randn(D_in, H); w2 = rng.randn(H, D_out)\n    h = "),
    ],
    "another generator": [("RandomState(0)", "default_rng(3)"), ("rng.randn(", "rng.normal(size=(")]
    + [(f"{size})", f"{size}))") for size in ("N, D_in", "N, D_out", "D_in, H", "H, D_out")],
    "two digits": [("{loss}", "{loss:.2g}")],
    "thousands apart": [("{loss}", "{loss:,.3f}")],
    "the loss after the update": [
        ('    if t % 50 == 0:\n        print(f"Epoch {t}: Loss = {loss}")\n', ""),
        (
            "    w2 -= learning_rate * grad_w2\n",
            "    w2 -= learning_rate * grad_w2\n"
            "    print(f'Epoch {t}: Loss = {np.square(np.maximum(x @ w1, 0) @ w2 - y).sum()}')\n",
        ),
    ],
    "single precision throughout": [
        (f"rng.randn({size})", f"rng.randn({size}).astype('f4')")
        for size in ("N, D_in", "N, D_out", "D_in, H", "H, D_out")
    ],
    "single precision inside": [("h = x @ w1", "h = (x @ w1).astype('f4').astype('f8')")],
    "single precision": [("rng.randn(N, D_in)", "rng.randn(N, D_in).astype('f4')")],
    "lists": [("x = rng.randn(N, D_in)", "x = rng.randn(N, D_in).tolist(); x = np.array(x)")],
    "under the main guard": [
        ("for t in range(200):", "for t in range(200 if __name__ == '__main__' else 0):")
    ],
}


@pytest.mark.parametrize("name", RIGHT)
def test_other_right_loops_are_accepted(judged: Judged, name: str) -> None:
    result = judged(LOOP, changed(*RIGHT[name]))
    assert not wrong(result), result
    assert result.verdict is Verdict.AC or name.startswith("zero")


WRONG = {
    "no factor 2": ([("2.0 * (", "(")], {"grad_w1": words.NO_TWO, "grad_w2": words.NO_TWO}),
    "no mask": ([(" * (h > 0)", "")], {"grad_w1": messages.NO_MASK}),
    "h for h_relu": ([("grad_w2 = h_relu.T", "grad_w2 = h.T")], {"grad_w2": messages.NO_RELU}),
    "sign mask": ([("* (h > 0)", "* (grad_h_relu > 0)")], {"grad_w1": messages.SIGN_MASK}),
    "mean": (
        [("2.0 * (y_pred - y)", "2.0 * (y_pred - y) / y.size")],
        {"grad_w1": words.MEAN, "grad_w2": words.MEAN},
    ),
    "minus": (
        [("(y_pred - y)\n    grad_w2", "(y - y_pred)\n    grad_w2")],
        {"grad_w1": words.WRONG_SIGN, "grad_w2": words.WRONG_SIGN},
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_loop_that_merely_lowers_the_loss_is_told_what_is_wrong(judged: Judged, name: str) -> None:
    pairs, expected = WRONG[name]
    result = judged(LOOP, changed(*pairs))
    assert result.verdict is Verdict.WA
    assert wrong(result) == expected
    assert all(gradient in result.message.format(**result.parameters) for gradient in expected)
    if result.loss_fell:
        assert result.message.startswith("the loss fell, but")


def test_a_weight_changed_before_all_gradients_are_known(judged: Judged) -> None:
    update = "    w2 -= learning_rate * grad_w2\n"
    source = changed((update, "")).replace("    grad_h_relu =", update + "    grad_h_relu =")
    result = judged(LOOP, source)
    assert result.verdict is Verdict.WA
    assert wrong(result) == {"grad_w1": words.EARLY_UPDATE}
    assert "update afterwards" in result.hint


def test_shape_and_type_of_a_gradient(judged: Judged) -> None:
    source = changed(
        ("grad_w1 = x.T @ grad_h", "grad_w1 = grad_h.T @ x"),
        ("* grad_w1", "* grad_w1.T"),
        ("grad_w2 = h_relu.T @ grad_y_pred", "grad_w2 = (h_relu.T @ grad_y_pred).sum(0)"),
    )
    result = judged(LOOP, source)
    assert result.verdict is Verdict.WA
    assert wrong(result) == {"grad_w1": messages.TRANSPOSED, "grad_w2": messages.SHAPE}
    result = judged(
        LOOP, changed(("grad_w1 = x.T @ grad_h", "grad_w1 = ''"), ("w1 -= learning_rate * grad_w1", "pass"))
    )
    assert wrong(result) == {"grad_w1": messages.NO_ARRAY}


def test_names_inside_a_function_are_not_seen(judged: Judged) -> None:
    head, loop = RIGHT_LOOP.split("for t in")
    body = "".join(f"    {line}\n" for line in f"for t in{loop}".splitlines())
    result = judged(LOOP, f"{head}def train():\n    global w1, w2\n{body}\ntrain()\n")
    assert result.verdict is Verdict.NR
    assert "inside a function" in result.message
    assert result.hint.format(**result.parameters).startswith(
        "keep the loop at top level with these names: x, y"
    )
    assert result.ran_to_end
    assert result.loss_fell


def test_names_that_are_missing_are_named(judged: Judged) -> None:
    result = judged(LOOP, RIGHT_LOOP.replace("grad_w1", "g1"))
    assert result.verdict is Verdict.NR
    assert "grad_w1" in result.message.format(**result.parameters)
    result = judged(
        LOOP, RIGHT_LOOP.replace("w1 ", "W1 ").replace("w1\n", "W1\n").replace("grad_W1", "grad_w1")
    )
    assert result.verdict is Verdict.NR
    assert result.parameters["names"] == "w1"


def test_losses_that_do_not_fall(judged: Judged) -> None:
    result = judged(LOOP, changed(("1e-4", "1e-2")))
    assert result.verdict is Verdict.WA
    assert "at step 50" in result.message.format(**result.parameters)
    assert not wrong(result)
    result = judged(LOOP, changed(("1e-4", "1e-12")))
    assert result.verdict is Verdict.WA
    assert "did not fall enough" in result.message
    result = judged(LOOP, changed(("print(", "str(")))
    assert result.verdict is Verdict.WA
    assert "no loss was printed for step 0" in result.message.format(**result.parameters)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("w1 -= learning_rate *", "w1 += learning_rate *", messages.CLIMBS),  # and the loss falls
        ("w2 -= learning_rate *", "w2 = w2 + 1e9 *", messages.CLIMBS),
        ("learning_rate * grad", "1e3 * grad", messages.NOT_FINITE),
    ],
)
def test_a_gradient_that_is_added_is_told_from_a_step_too_large(
    judged: Judged, old: str, new: str, message: str
) -> None:
    result = judged(LOOP, changed((old, new)))
    assert result.verdict is Verdict.WA
    assert result.message == message
    assert all(gradient.ok for gradient in result.gradients)


def test_facts_survive_a_crash_and_a_timeout(judged: Judged) -> None:
    result = judged(LOOP, RIGHT_LOOP + "    if t == 60: 1 / 0\n")
    assert result.verdict is Verdict.RTE
    assert all(gradient.ok for gradient in result.gradients)
    assert [step for step, _ in result.losses] == [0, 50]
    assert not result.ran_to_end
    limits = replace(LOOP.limits, wall_s=2.0)
    result = judged(replace(LOOP, limits=limits), RIGHT_LOOP + "while True: pass\n")
    assert result.verdict is Verdict.TLE
    assert all(gradient.ok for gradient in result.gradients)
    assert result.loss_fell


def test_arrays_that_are_no_network(judged: Judged) -> None:
    source = "import numpy as np\nx = y = w1 = w2 = np.ones(3)\ngrad_w1 = grad_w2 = np.ones(3)\n"
    result = judged(LOOP, source)
    assert result.verdict is Verdict.WA
    assert "x: (3)" in result.message.format(**result.parameters)


def test_early_exit_is_never_accepted(judged: Judged) -> None:
    assert judged(LOOP, RIGHT_LOOP + "import sys; sys.exit(0)\n").verdict is Verdict.NR
    assert judged(LOOP, RIGHT_LOOP + "import os; os._exit(0)\n").verdict is Verdict.NR


def test_tensors_are_observed(judged: Judged) -> None:
    exercise = replace(
        LOOP, packages=("numpy", "torch"), limits=replace(LOOP.limits, memory_mb=1024, wall_s=20, cpu_s=20)
    )
    source = """\
import numpy as np, torch
rng = np.random.RandomState(1)
x, y = (torch.from_numpy(rng.randn(16, k)) for k in (40, 4))
w1, w2 = (torch.from_numpy(rng.randn(*s)).requires_grad_() for s in ((40, 20), (20, 4)))
for t in range(200):
    loss = ((x @ w1).clamp(min=0) @ w2 - y).pow(2).sum()
    if t % 50 == 0:
        print(f"Epoch {t}: Loss = {loss.item()}")
    loss.backward()
    grad_w1 = w1.grad
    grad_w2 = w2.grad
    with torch.no_grad():
        w1 -= 1e-4 * grad_w1
        w2 -= 1e-4 * grad_w2
    w1.grad = None
    w2.grad = None
"""
    assert judged(exercise, source).verdict is Verdict.AC
    result = judged(exercise, source.replace("    w1.grad = None\n", ""))
    assert result.verdict is Verdict.WA
    assert judged(exercise, "import torch\ntorch.empty(10**12)\n").verdict is Verdict.MLE
