"""Programs that print a falling loss without training by right gradients: none of them is accepted."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studybuddy.core.verdict import JudgeResult, Verdict
from studybuddy.runner import messages
from studybuddy.runner.training import watched_steps
from tests.runner.conftest import Judged
from tests.runner.sample import LOOP, RIGHT_LOOP
from tests.runner.test_gradient_runs import changed

assert LOOP.observation is not None
SIZED = replace(
    LOOP,
    observation=replace(
        LOOP.observation, shapes=(("x", (16, 40)), ("y", (16, 4)), ("w1", (40, 20)), ("w2", (20, 4)))
    ),
)
HEAD = RIGHT_LOOP[: RIGHT_LOOP.index("for t in")]
PRINT = 'print(f"Epoch {t}: Loss = {loss}")'
INVENTED = 'print(f"Epoch {t}: Loss = {1e8 * 10 ** (-t / 20)}")'
PRINT_ALL = f"for t in range(0, 200, 50):\n    {INVENTED}\n"
FIRST_STEP = """\
h = x @ w1
a = np.maximum(h, 0)
d = 2 * (a @ w2 - y)
loss = np.square(a @ w2 - y).sum()
grad_w1 = x.T @ ((d @ w2.T) * (h > 0))
grad_w2 = a.T @ d
"""
NO_TRAINING = "grad_w1 = np.zeros_like(w1)\ngrad_w2 = np.zeros_like(w2)\n" + PRINT_ALL
W1 = "w1 -= learning_rate * grad_w1"
W2 = "w2 -= learning_rate * grad_w2"
UNMASKED = "x.T @ grad_h_relu"
OWN = f"np.subtract(a, learning_rate * ({UNMASKED}), out=a)"

FAKES: dict[str, tuple[str, Verdict, str]] = {
    "all four (1, 1)": (
        "import numpy as np\nx = y = w1 = w2 = np.zeros((1, 1))\n" + NO_TRAINING,
        Verdict.WA,
        messages.WRONG_SIZES,
    ),
    "right sizes, all zero": (
        "import numpy as np\nx, y = np.zeros((16, 40)), np.zeros((16, 4))\n"
        "w1, w2 = np.zeros((40, 20)), np.zeros((20, 4))\n" + NO_TRAINING,
        Verdict.WA,
        messages.NOTHING_TO_LEARN,
    ),
    "zeros in a loop": (
        changed(("rng.randn(", "0 * rng.randn("), (PRINT, INVENTED)),
        Verdict.WA,
        messages.NOTHING_TO_LEARN,
    ),
    "learning rate 0": (changed(("= 1e-4", "= 0"), (PRINT, INVENTED)), Verdict.WA, messages.LOSS_DIFFERS),
    "learning rate 0, first loss true": (
        changed(("= 1e-4", "= 0"), ("{loss}", "{loss * 10 ** (-t / 20)}")),
        Verdict.WA,
        messages.LOSS_DIFFERS,
    ),
    "sizes 1": (
        changed(("16, 40, 20, 4", "1, 1, 1, 1"), (PRINT, INVENTED)),
        Verdict.WA,
        messages.WRONG_SIZES,
    ),
    "true losses after false ones": (
        changed((PRINT, INVENTED + "; " + PRINT)),
        Verdict.WA,
        messages.LOSS_DIFFERS,
    ),
    "mean printed": (changed(("{loss}", "{loss / y.size}")), Verdict.WA, messages.LOSS_DIFFERS),
    "coarse numbers": (
        changed(("= 1e-4", "= 1e-9"), (PRINT, 'print(f"Epoch {t}: Loss = {2 - t // 50}e4")')),
        Verdict.WA,
        messages.LOSS_DIFFERS,
    ),
    "shrinking data": (
        changed(("= 1e-4", "= 1e-12"), (W2, W2 + "\n    x = x * 0.95; y = y * 0.95")),
        Verdict.WA,
        messages.LOSS_DIFFERS,
    ),
    "not a number in between": (
        changed((W2, W2 + "\n    if t == 9: w1 = w1 * np.nan"), ("{loss}", "{1e4 / (t + 1)}")),
        Verdict.WA,
        messages.LOSS_DIFFERS,
    ),
    "one step": (HEAD + FIRST_STEP + W1 + "\n" + W2 + "\n" + PRINT_ALL, Verdict.NR, messages.FEW_UPDATES),
    "no update": (HEAD + FIRST_STEP + PRINT_ALL, Verdict.NR, messages.FEW_UPDATES),
    "empty updates": (
        HEAD + FIRST_STEP + f"for t in range(200):\n    w1 = w1 - 0\n    w2 = w2 - 0\n    {INVENTED}\n",
        Verdict.NR,
        messages.FEW_UPDATES,
    ),
    "the count forged": (
        HEAD + FIRST_STEP + f"{W1}\n{W2}\nt = 0\n{PRINT}\nglobals()._recorder._number = 200\n" + PRINT_ALL,
        Verdict.NR,
        messages.FEW_UPDATES,
    ),
    "every second step": (
        changed(("    grad_y_pred =", "    if t % 2: continue\n    grad_y_pred =")),
        Verdict.NR,
        messages.FEW_UPDATES,
    ),
    "gradient of the update not kept": (
        changed((W1, f"w1 -= learning_rate * ({UNMASKED})")),
        Verdict.WA,
        messages.OTHER_UPDATE,
    ),
    "only the first update by the gradient": (
        changed((W1, f"w1 -= learning_rate * (grad_w1 if t == 0 else {UNMASKED})")),
        Verdict.WA,
        messages.OTHER_UPDATE,
    ),
    "update in place by another gradient": (
        changed((W1, f"w1[...] -= learning_rate * ({UNMASKED})"), (W2, "w2[...] -= learning_rate * grad_w2")),
        Verdict.WA,
        messages.OTHER_UPDATE,
    ),
    "update hidden before an assignment": (
        changed((W1, f"w1[...] -= learning_rate * ({UNMASKED})\n    w1 = w1")),
        Verdict.WA,
        messages.OTHER_UPDATE,
    ),
    "trained between the updates": (
        changed(
            ("= 1e-4", "= 1e-12"),
            (W2, W2 + f"\n    k = 1e-4\n    w1[...] -= k * ({UNMASKED}); w2[...] -= k * grad_w2"),
        ),
        Verdict.WA,
        messages.DRIFTED,
    ),
    "an update of its own": (
        changed(
            ("x = rng", f"class A(np.ndarray):\n    def __isub__(a, b): {OWN}; return a\nx = rng"),
            ("rng.randn(D_in, H)", "rng.randn(D_in, H).view(A)"),
        ),
        Verdict.WA,
        messages.OTHER_UPDATE,
    ),
}


def diagnosis(result: JudgeResult) -> dict[str, str]:
    return {gradient.name: gradient.reason for gradient in result.gradients if not gradient.ok}


@pytest.mark.parametrize("name", FAKES)
def test_invented_training_is_not_accepted(judged: Judged, name: str) -> None:
    source, verdict, message = FAKES[name]
    result = judged(SIZED, source)
    assert (result.verdict, result.message) == (verdict, message), result
    assert result.loss_fell is (message in (messages.OTHER_UPDATE, messages.DRIFTED))


LATER = {
    "multiplied after it was right": (
        [("grad_w1 = x.T @ grad_h", "grad_w1 = x.T @ grad_h; grad_w1 = grad_w1 * 3")],
        messages.FACTOR,
    ),
    "multiplied in place": (
        [("grad_w1 = x.T @ grad_h", "grad_w1 = x.T @ grad_h; np.multiply(grad_w1, 3, out=grad_w1)")],
        messages.FACTOR,
    ),
    "mask in the first step only": ([("(h > 0)", "((h > 0) if t == 0 else 1)")], messages.LATER),
    "mask in the printed steps only": (
        [("(h > 0)", "((h > 0) if t % 50 == 0 or t == 1 else 1)")],
        messages.LATER,
    ),
    "half precision as an excuse": (
        [("rng.randn(N, D_in)", "rng.randn(N, D_in).astype('f2')"), (" * (h > 0)", "")],
        messages.NO_MASK,
    ),
    "NumPy patched": (
        [
            ("rng = ", "real = np.array\nnp.array = lambda *a, **k: real(*a, **k) * 0\nrng = "),
            ("(h > 0)", "1"),
            ("\nN, D", "\nnp.count_nonzero = lambda a: 0\nN, D"),
        ],
        messages.NO_MASK,
    ),
}


@pytest.mark.parametrize("name", LATER)
def test_the_gradient_that_is_used_must_be_right_at_every_step(judged: Judged, name: str) -> None:
    pairs, reason = LATER[name]
    result = judged(SIZED, changed(*pairs))
    assert result.verdict is Verdict.WA
    assert diagnosis(result) == {"grad_w1": reason}, result


def test_data_that_hide_a_mistake_prove_nothing(judged: Judged) -> None:
    assert SIZED.observation is not None
    easy = replace(SIZED, observation=replace(SIZED.observation, final_ratio=0.99))
    positive = [
        ("x = rng.randn(N, D_in)", "x = rng.rand(N, D_in)"),
        ("w1 = rng.randn(D_in, H)", "w1 = 1 + rng.rand(D_in, H)"),
        ("= 1e-4", "= 1e-8"),
    ]
    for mask in ("(h > 0)", "1"):
        result = judged(easy, changed(*positive, ("(h > 0)", mask)))
        assert (result.verdict, result.message) == (Verdict.NR, messages.POOR_DATA), result
    assert judged(easy, RIGHT_LOOP).verdict is Verdict.AC


def test_gradients_lost_in_rounding_are_not_judged(judged: Judged) -> None:
    opposite = "1e17 * np.repeat([[1.0], [-1.0]], 10, 0) * np.ones((1, D_out))"
    source = changed(("w2 = rng.randn(H, D_out)", f"w1[:, 10:] = w1[:, :10]; w2 = {opposite}"))
    result = judged(SIZED, source)
    assert (result.verdict, result.message) == (Verdict.WA, messages.NO_MEASURE), result


def test_what_cannot_be_seen_is_no_wrong_answer(judged: Judged) -> None:
    source = changed(
        ("for t in", "grad_w1 = np.empty_like(w1)\ngrad_w2 = np.empty_like(w2)\nfor t in"),
        ("grad_w1 = x.T @ grad_h", "np.dot(x.T, grad_h, out=grad_w1)"),
        ("grad_w2 = h_relu.T @ grad_y_pred", "np.dot(h_relu.T, grad_y_pred, out=grad_w2)"),
        (W1, "w1[...] -= learning_rate * grad_w1"),
        (W2, "w2[...] -= learning_rate * grad_w2"),
    )
    result = judged(SIZED, source)
    assert (result.verdict, result.message) == (Verdict.NR, messages.UNSEEN)
    assert result.hint.format(**result.parameters).startswith("assign grad_w1, grad_w2, w1, w2 in the loop")
    assert result.gradients == ()


def test_an_open_blank_has_no_gradient_line(judged: Judged) -> None:
    source = changed(("grad_w1 = x.T @ grad_h", "grad_w1 = ..."))
    result = judged(SIZED, source)
    assert result.message == messages.BLANKS_LEFT
    assert [gradient.name for gradient in result.gradients] == ["grad_w2"]
    source = source.replace("grad_w2 = h_relu.T @ grad_y_pred", "grad_w2 = ...")
    assert judged(SIZED, source).gradients == ()


def test_losses_without_checkpoints_are_held_against_both_ends(judged: Judged) -> None:
    assert SIZED.observation is not None
    free = replace(SIZED, observation=replace(SIZED.observation, checkpoints=()))
    assert judged(free, RIGHT_LOOP).verdict is Verdict.AC
    result = judged(
        free, changed(("= 1e-4", "= 1e-9"), (PRINT, 'print(f"Epoch {t}: Loss = {loss / (1 + t)}")'))
    )
    assert (result.verdict, result.message) == (Verdict.WA, messages.NOT_FALLEN)
    result = judged(free, HEAD + FIRST_STEP + f"t = 0\n{PRINT}\n" + PRINT_ALL)
    assert (result.verdict, result.message) == (Verdict.NR, messages.FEW_UPDATES)


def test_steps_between_the_checkpoints_cannot_be_foreseen() -> None:
    chosen = {tuple(watched_steps((0, 100, 200))) for _ in range(40)}
    assert len(chosen) > 1
    for steps in chosen:
        assert {0, 1, 100, 200} < set(steps)
        assert any(1 < step < 100 for step in steps)
        assert any(100 < step < 200 for step in steps)
    assert {0, 1, 2} < set(watched_steps(()))
    assert watched_steps((0, 1, 2)) == [0, 1, 2]
