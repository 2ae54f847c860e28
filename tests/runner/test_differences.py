"""Central differences know no derivative, and say which entries they cannot judge."""

from __future__ import annotations

from typing import Any

import pytest

from studybuddy.core.verdict import GradientJudge
from studybuddy.runner import differences
from studybuddy.runner.differences import slopes
from studybuddy.runner.error_map import MOST_COLUMNS, MOST_ROWS, error_map
from studybuddy.runner.gradients import check, reckon
from studybuddy.runner.networks import two_layer_relu
from studybuddy.runner.observed import Observed, Step
from tests.runner.sample import LOOP
from tests.runner.test_gradients import loss, network

np: Any = pytest.importorskip("numpy")
NAMES = ("x", "y", "w1", "w2")
assert LOOP.observation is not None
OBSERVATION = LOOP.observation


def observed(arrays: dict[str, Any]) -> list[Observed]:
    return [Observed(name, arrays[name]) for name in NAMES]


def test_they_are_the_differences_of_the_loss_itself() -> None:
    arrays = network(3, n=6, d=5, h=4, o=3)
    for weight, found in zip(("w1", "w2"), slopes(observed(arrays)), strict=True):
        assert found.known.all()
        for index in np.ndindex(arrays[weight].shape):
            ends = []
            for sign in (1, -1):
                moved = arrays[weight].copy()
                moved[index] += sign * 1e-5
                ends.append(loss(**{**arrays, weight: moved}))
            assert found.values[index] == pytest.approx((ends[0] - ends[1]) / 2e-5, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("scale", [1e-3, 1.0, 30.0])
def test_they_agree_with_the_derivation_far_better_than_is_asked(scale: float) -> None:
    rng = np.random.RandomState(0)
    arrays = {"x": rng.randn(16, 50), "y": rng.randn(16, 5), "w1": rng.randn(50, 20), "w2": rng.randn(20, 5)}
    arrays |= {"w1": arrays["w1"] * scale, "w2": arrays["w2"] * scale}
    for right, found in zip(two_layer_relu(observed(arrays)), slopes(observed(arrays)), strict=True):
        error = np.abs(found.values - right.answers[0])[found.known].max()
        assert error <= 1e-8 * np.abs(right.answers[0]).max()


def test_entries_at_a_kink_are_left_out_and_those_near_one_get_a_smaller_step() -> None:
    arrays = network(1, n=6, d=5, h=4, o=3)
    arrays["w1"][:, 0] = 0  # h is 0 for the whole unit: the loss has a kink in each of its weights
    arrays["w1"][:, 1] *= 1e-5 / np.abs(arrays["x"] @ arrays["w1"][:, 1]).max()  # within the larger step
    found = slopes(observed(arrays))[0]
    assert found.kinks == 5
    assert not found.known[:, 0].any()
    right = two_layer_relu(observed(arrays))[0].answers[0]
    known = found.known.copy()
    assert known[:, 1:].any()
    assert np.abs(found.values - right)[known].max() <= 1e-6 * np.abs(right).max()


def test_of_a_large_network_some_columns_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    arrays = network(2, n=6, d=5, h=9, o=3)
    monkeypatch.setattr(differences, "MOST_TERMS", 6 * 5 * 3)
    assert slopes(observed(arrays))[0].known.any(axis=0).tolist() == [True, False, False] * 3
    assert slopes(observed(arrays), everything=True)[0].known.all()


def test_both_judges_are_asked_of_every_gradient() -> None:
    arrays = network(7)
    rights = [right.answers[0] for right in two_layer_relu(observed(arrays))]
    gradients = {"grad_w1": Observed("grad_w1", rights[0]), "grad_w2": Observed("grad_w2", rights[1] / 2)}
    step = Step(0, {name: Observed(name, arrays[name]) for name in NAMES}, gradients)
    right, wrong = check(OBSERVATION, [reckon(OBSERVATION, step)])
    for gradient, ok in ((right, True), (wrong, False)):
        judges = {opinion.judge: opinion for opinion in gradient.opinions}
        assert set(judges) == {GradientJudge.RULE, GradientJudge.DIFFERENCES}
        assert all(opinion.ok is ok and opinion.entries for opinion in judges.values())
    assert right.error_map is None
    assert wrong.error_map is not None
    assert set(wrong.error_map.levels) == {0, 4}  # half of each entry is missing, but for a dead unit
    assert [opinion.relative_error for opinion in wrong.opinions] == pytest.approx([0.5, 0.5])


def test_the_map_shows_where() -> None:
    wanted = np.random.RandomState(0).randn(100, 60)
    got = wanted.copy()
    got[:13, :5] *= -1  # the first block of rows, the first two of columns
    got[99, 59] *= 1.01
    found = error_map(got, wanted, np.zeros_like(wanted), 1e-6)
    assert found is not None
    assert (len(found.rows), found.columns) == (MOST_ROWS, MOST_COLUMNS)
    assert list(found.rows[0][:3]) == [8, 8, 0]
    assert found.rows[-1][-1] == 1
    assert sum(level > 0 for level in found.levels) == 3
    assert error_map(got, wanted, np.full_like(wanted, 10.0), 1e-6) == type(found)(24, bytes(8 * 24))
    got[50, 30] = np.nan
    assert max(error_map(got, wanted, np.zeros_like(wanted), 1e-6).levels) == 8  # type: ignore[union-attr]
    small = error_map(np.ones((3, 2)), np.zeros((3, 2)), np.zeros((3, 2)), 1e-6)
    assert small is not None
    assert small.rows == (b"\x08\x08",) * 3
    assert error_map(np.ones(3), np.zeros(3), np.zeros(3), 1e-6) is None
