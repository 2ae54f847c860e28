"""A training loop and its twin in torch part at the very step where the loop goes wrong."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from studybuddy.core.exercise import Limits
from studybuddy.core.twin import TwinRun
from studybuddy.core.verdict import Verdict
from studybuddy.runner import torch_judge, twin
from studybuddy.runner.parting import WIDTH, compare_runs, first_parting
from studybuddy.runner.twin import NO_TRAINING, NO_UPDATE, ROUNDING, RUNAWAY, run_twin
from studybuddy.runner.warm.workers import Workers
from tests.runner.sample import LOOP, MAX_DEPTH, RIGHT_DEPTH, RIGHT_LOOP
from tests.runner.test_gradient_runs import changed

np: Any = pytest.importorskip("numpy")
EXERCISE = replace(LOOP, limits=Limits(20, 15, 512))
UPDATE_1 = "    w1 -= learning_rate * grad_w1\n"
UPDATE_2 = "    w2 -= learning_rate * grad_w2\n"
ALL = ("grad_w1", "grad_w2", "w1", "w2")
LONG = ("range(200)", "range(500)")
BIG = [("16, 40, 20, 4", "64, 1000, 100, 10"), ("1e-4", "1e-6"), LONG]
"""The sizes of the lesson."""


@pytest.fixture(scope="module")
def workers() -> Iterator[Workers]:
    """Warm processes for all programs of this file."""
    pytest.importorskip("torch")
    with closing(Workers()) as kept:
        yield kept


def beside(workers: Workers, *pairs: tuple[str, str]) -> TwinRun:
    return run_twin(EXERCISE, changed(*pairs), workers=workers)


@pytest.mark.parametrize(
    "pairs", [[LONG], BIG, [*BIG, ("1e-6", "2e-6")], [("RandomState(0)", "RandomState(7)"), LONG]]
)
def test_a_right_loop_never_parts_from_its_twin(workers: Workers, pairs: list[tuple[str, str]]) -> None:
    run = beside(workers, *pairs)
    assert run.parting is None
    assert run.trouble is None
    assert run.steps == 500
    assert run.names == ALL
    assert [weight for weight, _ in run.rates] == ["w1", "w2"]
    assert {rate for _, rate in run.rates} <= {1e-4, 1e-6, 2e-6}
    assert (run.rows[0].step, run.rows[-1].step) == (0, 499)
    assert all(difference < 1e-5 for row in run.rows for difference in row.differences)


RIGHT = {
    "bound anew": [(UPDATE_1, "    w1 = w1 - learning_rate * grad_w1\n")],
    "in place": [(UPDATE_1, "    w1[...] -= learning_rate * grad_w1\n")],
    "w2 first": [(UPDATE_1, ""), (UPDATE_2, UPDATE_2 + UPDATE_1)],
    "two rates": [(UPDATE_1, "    w1 -= 2 * learning_rate * grad_w1\n")],
}


@pytest.mark.parametrize("name", RIGHT)
def test_other_right_loops_do_not_part_either(workers: Workers, name: str) -> None:
    run = beside(workers, *RIGHT[name])
    assert (run.parting, run.trouble, run.steps) == (None, None, 200)


PARTING: dict[str, tuple[list[tuple[str, str]], int, tuple[str, ...]]] = {
    "rate halved at 120": (
        [(UPDATE_1, "    if t == 120: learning_rate /= 2\n" + UPDATE_1)],
        120,
        ("w1", "w2"),
    ),
    "rate decays": ([(UPDATE_2, UPDATE_2 + "    learning_rate *= 0.999999\n")], 1, ("w1", "w2")),
    "no factor 2": ([("2.0 * (", "(")], 0, ALL),
    "no factor 2 from 33 on": ([("2.0 * (", "(1.0 + (t < 33)) * (")], 33, ALL),
    "w1 by the new w2": (
        [(UPDATE_2, ""), ("    grad_h_relu =", UPDATE_2 + "    grad_h_relu =")],
        0,
        ("grad_w1", "w1"),
    ),
    "no mask for one step": ([("(h > 0)", "((h > 0) | (t == 77))")], 77, ("grad_w1", "w1")),
    "one entry of a gradient": (
        [(UPDATE_1, "    if t == 150: grad_w1[3, 7] *= 1.001\n" + UPDATE_1)],
        150,
        ("grad_w1", "w1"),
    ),
    "one weight frozen": (
        [(UPDATE_2, "    if t < 9: w2 -= learning_rate * grad_w2\n    else: w2 -= 0\n")],
        9,
        ("w2",),
    ),
    "weights nudged": ([(UPDATE_2, UPDATE_2 + "    if t == 60: w2[0, 0] += 1e-9\n")], 60, ("w2",)),
    "momentum": (
        [("for t", "v = 0\nfor t"), (UPDATE_1, "    v = 0.5 * v + grad_w1\n    w1 -= learning_rate * v\n")],
        1,
        ("w1",),
    ),
    "another loss printed": (
        [
            (
                '    if t % 50 == 0:\n        print(f"Epoch {t}: Loss = {loss}")',
                '    print(f"Epoch {t}: Loss = {loss * (1 + (t > 99))}")',
            )
        ],
        100,
        ("loss",),
    ),
}


@pytest.mark.parametrize("name", PARTING)
def test_a_loop_parts_at_the_very_step_where_it_goes_wrong(workers: Workers, name: str) -> None:
    pairs, step, names = PARTING[name]
    run = beside(workers, *pairs)
    assert run.parting is not None
    assert (run.parting.step, run.parting.names) == (step, names)
    assert run.parting.difference > run.parting.allowed > 0
    assert {step, step + 1} <= {row.step for row in run.rows}
    if name == "rate halved at 120":
        paces = {pace.weight: (pace.before, pace.here) for pace in run.parting.paces}
        assert paces["w1"] == pytest.approx((1e-4, 5e-5), rel=1e-4)
        assert paces["w2"] == pytest.approx((1e-4, 5e-5), rel=1e-4)
    if name == "no factor 2":
        assert run.parting.difference == pytest.approx(0.5)
    if name in ("momentum", "no factor 2"):
        assert not run.parting.paces


def test_at_the_sizes_of_the_lesson_too(workers: Workers) -> None:
    halved = (UPDATE_1, "    if t == 490: learning_rate /= 2\n" + UPDATE_1)
    run = beside(workers, *BIG, halved)
    assert run.parting is not None
    assert (run.parting.step, run.parting.names) == (490, ("w1", "w2"))


def test_runs_that_rounding_or_size_takes_apart_are_compared_as_far_as_it_means_something(
    workers: Workers,
) -> None:
    run = beside(workers, ("1e-4", "1e-1"))
    assert run.parting is None
    assert run.trouble is not None
    assert run.trouble.message == RUNAWAY
    assert 0 < run.steps < 20
    single = [
        (f"rng.randn({size})", f"rng.randn({size}).astype('f4')")
        for size in ("N, D_in", "N, D_out", "D_in, H", "H, D_out")
    ]
    run = beside(workers, *single, ("range(200)", "range(2000)"))
    assert run.parting is None
    assert run.trouble is not None
    assert run.trouble.message == ROUNDING
    assert run.steps > 20
    assert {rate for _, rate in run.rates} == {1e-4}


def test_without_training_there_is_no_twin(workers: Workers) -> None:
    run = run_twin(EXERCISE, "import numpy as np\nprint(1)\n", workers=workers)
    assert run.result.verdict is Verdict.NR
    assert run.trouble is not None
    assert run.trouble.message == NO_UPDATE
    run = run_twin(EXERCISE, changed((UPDATE_1, ""), (UPDATE_2, "")), workers=workers)
    assert run.trouble is not None
    assert run.trouble.message == NO_UPDATE
    run = run_twin(MAX_DEPTH, RIGHT_DEPTH, workers=workers)
    assert run.result.verdict is Verdict.AC
    assert run.trouble is not None
    assert run.trouble.message == NO_TRAINING
    assert run_twin(EXERCISE, "x = (", workers=workers).result.verdict is Verdict.CE
    stopped = threading.Event()
    stopped.set()
    assert run_twin(EXERCISE, RIGHT_LOOP, stop=stopped, workers=workers).result.verdict is Verdict.STOP


def test_a_run_that_was_cut_short_is_compared_up_to_there(workers: Workers) -> None:
    run = beside(workers, (UPDATE_1, "    if t == 130: 1 / 0\n" + UPDATE_1))
    assert run.result.verdict is Verdict.RTE
    assert run.parting is None
    assert run.steps == 130


def test_without_torch_it_is_said(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch_judge, "PACKAGES", ("numpy",))
    run = beside(workers)
    assert run.result.verdict is Verdict.AC
    assert run.trouble is not None
    assert run.trouble.message == torch_judge.NOT_INSTALLED
    assert run.parting is None


def test_an_answer_that_makes_no_sense_is_none(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> None:
    for fields, blob in (
        ({}, b""),
        ({"rows": 3, "columns": 7}, b"12345678"),
        ({"rows": "x", "columns": -1}, b""),
    ):
        monkeypatch.setattr(twin, "ask_torch", lambda *_, f=fields, b=blob: torch_judge.Answer(f, b))
        run = beside(workers)
        assert run.trouble is not None
        assert run.trouble.message == torch_judge.NO_ANSWER


def test_a_difference_within_what_rounding_did_to_the_twin_is_none() -> None:
    random = np.random.RandomState(0)
    base = random.randn(30, 4 * WIDTH)
    noise = 1e-9 * random.randn(30, 4 * WIDTH)
    names = (("g1", "g2"), ("w1", "w2"))
    compared = compare_runs(base + 3 * noise, np.stack([base, base + noise]), 2.3e-16)
    assert compared.steps == 30
    assert first_parting(compared, *names) is None
    compared = compare_runs(base + 1e5 * noise, np.stack([base, base + noise]), 2.3e-16)
    parting = first_parting(compared, *names)
    assert parting is not None
    assert parting.step == 0
    broken = base.copy()
    broken[12, :WIDTH] = np.nan  # the learner's first weight runs away alone
    parting = first_parting(compare_runs(broken, np.stack([base, base + noise]), 2.3e-16), *names)
    assert parting is not None
    assert (parting.step, parting.names) == (12, ("w1",))
    lost = compare_runs(base, np.stack([base, base + 1e-3 * random.randn(30, 4 * WIDTH)]), 2.3e-16)
    assert lost.hopeless
    assert lost.steps < 30
