from __future__ import annotations

from typing import Any

import pytest

from studybuddy.runner import messages
from studybuddy.runner import mistake_words as words
from studybuddy.runner.gradients import check, reckon
from studybuddy.runner.networks import UnfitError, two_layer_relu, two_layer_relu_loss
from studybuddy.runner.observed import Observed, Step, unpack_end, unpack_step
from tests.runner.sample import LOOP

np: Any = pytest.importorskip("numpy")
assert LOOP.observation is not None
OBSERVATION = LOOP.observation


def network(seed: int = 0, n: int = 5, d: int = 4, h: int = 4, o: int = 3) -> dict[str, Any]:
    rng = np.random.RandomState(seed)
    return {"x": rng.randn(n, d), "y": rng.randn(n, o), "w1": rng.randn(d, h), "w2": rng.randn(h, o)}


def loss(x: Any, y: Any, w1: Any, w2: Any) -> float:
    return float(((np.maximum(x @ w1, 0) @ w2 - y) ** 2).sum())


def right_gradients(arrays: dict[str, Any]) -> list[Any]:
    answers = two_layer_relu([Observed(name, arrays[name]) for name in ("x", "y", "w1", "w2")])
    return [right.answers[0] for right in answers]


def checked(
    arrays: dict[str, Any], grad_w1: Any, grad_w2: Any, item_bytes: int = 8
) -> dict[str, tuple[bool, str]]:
    gradients = {
        "grad_w1": Observed("grad_w1", grad_w1, item_bytes),
        "grad_w2": Observed("grad_w2", grad_w2, item_bytes),
    }
    step = Step(0, {name: Observed(name, value) for name, value in arrays.items()}, gradients)
    return {
        result.name: (result.ok, result.reason) for result in check(OBSERVATION, [reckon(OBSERVATION, step)])
    }


@pytest.mark.parametrize("weight", ["w1", "w2"])
def test_the_judges_own_gradients_are_the_slopes_of_the_loss(weight: str) -> None:
    arrays, eps = network(3), 1e-6
    gradient = right_gradients(arrays)[0 if weight == "w1" else 1]
    for index in np.ndindex(arrays[weight].shape):
        nudge = np.zeros_like(arrays[weight])
        nudge[index] = eps
        up = loss(**{**arrays, weight: arrays[weight] + nudge})
        down = loss(**{**arrays, weight: arrays[weight] - nudge})
        assert gradient[index] == pytest.approx((up - down) / (2 * eps), rel=1e-5, abs=1e-5)


def test_the_judges_own_loss_is_the_sum_of_squares() -> None:
    arrays = network(5)
    found = two_layer_relu_loss([Observed(name, arrays[name]) for name in ("x", "y", "w1", "w2")])
    assert found.value == pytest.approx(loss(**arrays), rel=1e-14)
    assert 0 < found.noise < 1e-12 * found.value


def test_both_conventions_at_zero_are_right() -> None:
    arrays = network()
    arrays["w1"] = np.zeros_like(arrays["w1"])
    up = 2 * -arrays["y"] @ arrays["w2"].T
    zero_w2 = np.zeros_like(arrays["w2"])
    for grad_w1 in (arrays["x"].T @ up, np.zeros_like(arrays["w1"])):
        assert checked(arrays, grad_w1, zero_w2) == {"grad_w1": (True, ""), "grad_w2": (True, "")}


def test_mistakes_are_named() -> None:
    arrays = network(1)
    grad_w1, grad_w2 = right_gradients(arrays)
    assert checked(arrays, grad_w1, grad_w2) == {"grad_w1": (True, ""), "grad_w2": (True, "")}
    assert checked(arrays, grad_w1.T, grad_w2.T) == {
        "grad_w1": (False, messages.TRANSPOSED),  # square: the shape alone does not tell
        "grad_w2": (False, messages.TRANSPOSED),
    }
    assert checked(arrays, grad_w1 / 7, -grad_w2) == {
        "grad_w1": (False, messages.FACTOR),
        "grad_w2": (False, words.WRONG_SIGN),
    }
    assert checked(arrays, grad_w1[:2], grad_w2 * np.nan) == {
        "grad_w1": (False, messages.SHAPE),
        "grad_w2": (False, messages.NOT_NUMBERS),
    }
    grad_w1[0, 0] += 1e-3 * np.abs(grad_w1).max()
    found = checked(arrays, grad_w1, np.zeros_like(grad_w2))
    assert found == {"grad_w1": (False, words.SOME_COLUMNS), "grad_w2": (False, words.ZERO)}


def test_single_precision_is_allowed_its_rounding() -> None:
    arrays = network(2)
    grad_w1, grad_w2 = (gradient * (1 + 1e-5) for gradient in right_gradients(arrays))
    assert not checked(arrays, grad_w1, grad_w2)["grad_w1"][0]
    assert checked(arrays, grad_w1, grad_w2, item_bytes=4)["grad_w1"][0]
    assert not checked(arrays, grad_w1 * 1.01, grad_w2, item_bytes=4)["grad_w1"][0]


@pytest.mark.parametrize(("divisor", "text"), [(7, "1/7"), (-640, "-1/640"), (0.2, "5"), (0.7, "1.429")])
def test_factors_read_well(divisor: float, text: str) -> None:
    arrays = network(4)
    grad_w1, grad_w2 = right_gradients(arrays)
    gradients = {
        "grad_w1": Observed("grad_w1", grad_w1 / divisor),
        "grad_w2": Observed("grad_w2", grad_w2),
    }
    step = Step(0, {name: Observed(name, value) for name, value in arrays.items()}, gradients)
    assert check(OBSERVATION, [reckon(OBSERVATION, step)])[0].parameters == {"factor": text}


def test_arrays_that_do_not_fit_are_said() -> None:
    arrays = network()
    for name, value in (("x", np.zeros((5, 9))), ("y", np.zeros(5)), ("w2", None)):
        observed = [
            Observed(
                key, (arrays | {name: value})[key], bad="NoneType" if value is None and key == name else ""
            )
            for key in arrays
        ]
        with pytest.raises(UnfitError):
            two_layer_relu(observed)


def test_a_forged_message_is_refused() -> None:
    item = {"name": "x", "dtype": "<f8", "shape": [2], "size": 16, "bad": ""}
    rest: dict[str, Any] = {
        "number": 0,
        "unsure": False,
        "drifted": False,
        "gradients": [],
        "assigned": [],
        "after": [],
    }
    blob = np.array([1.0, 2.0]).tobytes()
    assert unpack_step({"arrays": [item], **rest}, blob).arrays["x"].values.tolist() == [1, 2]
    assert unpack_end({"steps": 3, "arrays": [item]}, blob)[0] == 3
    for change in (
        {"dtype": "|O"},
        {"dtype": "<c16"},
        {"size": -1},
        {"size": 8},
        {"shape": [10**12]},
        {"shape": None},
    ):
        with pytest.raises((ValueError, TypeError, KeyError)):
            unpack_step({"arrays": [item | change], **rest}, b"\0" * 16)
    with pytest.raises(KeyError):
        unpack_step({}, b"")
