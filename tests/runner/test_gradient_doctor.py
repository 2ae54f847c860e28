"""Wrong programs, run for real: each is told its own mistake, and no other."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from studybuddy.core.exercise import Limits
from studybuddy.core.phrase import Phrase
from studybuddy.core.verdict import GradientCheck, GradientJudge, JudgeResult, Verdict
from studybuddy.runner import messages, networks, torch_judge
from studybuddy.runner import mistake_words as words
from studybuddy.runner.judge import judge
from studybuddy.runner.mistake_words import HINTS
from tests.runner.conftest import Judged
from tests.runner.sample import LOOP, RIGHT_LOOP
from tests.runner.test_gradient_runs import changed
from tests.runner.test_invented_runs import SIZED
from tests.runner.test_naming import explanations

UPDATE_1 = "    w1 -= learning_rate * grad_w1\n"
UPDATE_2 = "    w2 -= learning_rate * grad_w2\n"
ERROR = "2.0 * (y_pred - y)"
MASK = "grad_h_relu * (h > 0)"
EARLY = [(UPDATE_2, ""), ("    grad_h_relu =", UPDATE_2 + "    grad_h_relu =")]
ONE_OUTPUT = [("16, 40, 20, 4", "16, 40, 20, 1"), ("y = rng", "y = 20 * rng")]
"""Only then a mask of (N, D_out) runs at all; with a y as large as y_pred, it is not that of y_pred."""

Named = set[str]
ALONE: dict[str, tuple[list[tuple[str, str]], Named, Named]] = {
    "no factor 2": ([(ERROR, "(y_pred - y)")], {words.NO_TWO}, {words.NO_TWO}),
    "no factor 2 in one": ([("h_relu.T @ grad_y_pred", "h_relu.T @ (y_pred - y)")], set(), {words.NO_TWO}),
    "factor 2 twice": ([(ERROR, "4.0 * (y_pred - y)")], {words.TWO_TWICE}, {words.TWO_TWICE}),
    "wrong sign": ([(ERROR, "2.0 * (y - y_pred)")], {words.WRONG_SIGN}, {words.WRONG_SIGN}),
    "divided by N": ([(ERROR, ERROR + " / N")], {words.DIVIDED}, {words.DIVIDED}),
    "mean": ([(ERROR, ERROR + " / y.size")], {words.MEAN}, {words.MEAN}),
    "y forgotten": ([(ERROR, "2.0 * y_pred")], {words.NO_TARGET}, {words.NO_TARGET}),
    "not derived": ([(ERROR, "(y_pred - y) ** 2")], {words.SQUARED}, {words.SQUARED}),
    "no mask": ([(MASK, "grad_h_relu")], {messages.NO_MASK}, set()),
    "inverted mask": ([(MASK, "grad_h_relu * (h < 0)")], {words.INVERTED_MASK}, set()),
    "mask of the sign": ([(MASK, "np.maximum(grad_h_relu, 0)")], {messages.SIGN_MASK}, set()),
    "times h": ([(MASK, "grad_h_relu * h")], {words.TIMES_H}, set()),
    "times h_relu": ([(MASK, "grad_h_relu * h_relu")], {words.TIMES_H}, set()),
    "sign of h": ([(MASK, "grad_h_relu * np.sign(h)")], {words.SIGN_OF_H}, set()),
    "mask of a weight": (
        [(MASK, "grad_h_relu"), ("= x.T @ grad_h\n", "= (x.T @ grad_h) * (w1 > 0)\n")],
        {words.MASK_BY},
        set(),
    ),
    "mask of y_pred": (
        [*ONE_OUTPUT, (MASK, "grad_h_relu * (y_pred > 0)")],
        {words.MASK_BY},
        set(),
    ),
    "mask of delta": (
        [*ONE_OUTPUT, (MASK, "grad_h_relu * (grad_y_pred > 0)")],
        {words.MASK_BY},
        set(),
    ),
    "h for h_relu": ([("grad_w2 = h_relu.T", "grad_w2 = h.T")], set(), {messages.NO_RELU}),
    "mask for h_relu": ([("grad_w2 = h_relu.T", "grad_w2 = (h > 0).T")], set(), {words.MASK_FOR_RELU}),
    "updated before use": (EARLY, {words.EARLY_UPDATE}, set()),
    "forward without ReLU": ([("y_pred = h_relu", "y_pred = h")], {words.STRAIGHT}, {words.STRAIGHT}),
    "no ReLU at all": (
        [("np.maximum(h, 0)", "h"), (MASK, "grad_h_relu")],
        {messages.NO_RELU_AT_ALL},
        {messages.NO_RELU_AT_ALL},
    ),
    "transposed": (
        [("grad_w1 = x.T @ grad_h", "grad_w1 = grad_h.T @ x"), ("* grad_w1", "* grad_w1.T")],
        {messages.TRANSPOSED},
        set(),
    ),
    "accumulated": (
        [("grad_w1 = x.T @ grad_h", "grad_w1 = x.T @ grad_h + (0 if t == 0 else grad_w1)")],
        {words.ACCUMULATED},
        set(),
    ),
    "kept": (
        [("grad_w2 = h_relu.T @ grad_y_pred", "grad_w2 = h_relu.T @ grad_y_pred if t == 0 else grad_w2 * 1")],
        set(),
        {words.STALE},
    ),
    "seven units forgotten": (
        [(UPDATE_1, "    grad_w1[:, 3:7] = 0\n" + UPDATE_1)],
        {words.SOME_COLUMNS},
        set(),
    ),
}
TOGETHER: dict[str, tuple[list[tuple[str, str]], Named, Named]] = {
    "no 2, no mask": (
        [(ERROR, "(y_pred - y)"), (MASK, "grad_h_relu")],
        {words.NO_TWO, messages.NO_MASK},
        {words.NO_TWO},
    ),
    "mean, wrong sign": (
        [(ERROR, "2 * (y - y_pred) / y.size")],
        {words.MEAN, words.WRONG_SIGN},
        {words.MEAN, words.WRONG_SIGN},
    ),
    "no 2, divided by N": (
        [(ERROR, "(y_pred - y) / N")],
        {words.NO_TWO, words.DIVIDED},
        {words.NO_TWO, words.DIVIDED},
    ),
    "early, inverted": (
        [*EARLY, (MASK, "grad_h_relu * (h < 0)")],
        {words.EARLY_UPDATE, words.INVERTED_MASK},
        set(),
    ),
    "h for h_relu, transposed": (
        [("grad_w2 = h_relu.T @ grad_y_pred", "grad_w2 = grad_y_pred.T @ h"), ("* grad_w2", "* grad_w2.T")],
        set(),
        {messages.NO_RELU, messages.TRANSPOSED},
    ),
    "a seventh without mask": (
        [(ERROR, ERROR + " / 7"), (MASK, "grad_h_relu")],
        {messages.FACTOR, messages.NO_MASK},
        {messages.FACTOR},
    ),
}
PROGRAMS = ALONE | TOGETHER


def phrase(check: GradientCheck) -> Phrase:
    return Phrase(check.reason, tuple(check.parameters.items()))


def named(check: GradientCheck) -> Named:
    """The mistakes of one gradient; two explanations would be one too many."""
    if check.ok:
        return set()
    (only,) = explanations(phrase(check))
    return {mistake.message for mistake in only}


@pytest.mark.parametrize("name", PROGRAMS)
def test_its_mistake_is_named_and_no_other(judged: Judged, name: str) -> None:
    pairs, first, second = PROGRAMS[name]
    result = judged(LOOP, changed(*pairs))
    assert result.verdict is Verdict.WA, result
    assert [named(check) for check in result.gradients] == [first, second]
    for check in result.gradients:
        opinions = check.opinions
        assert all(opinion.ok is check.ok for opinion in opinions if opinion.entries)
        assert {opinion.judge for opinion in opinions} in (
            set(),
            {GradientJudge.RULE, GradientJudge.DIFFERENCES},
        )
        assert (check.error_map is None) is (check.ok or not opinions)
    assert result.hint in {*HINTS.values(), words.FIND_TOGETHER}
    if first == second and words.WRONG_SIGN in first and len(first) == 1:
        assert result.hint == words.FIND_TOGETHER


def test_half_of_a_pair_of_samples_is_said_with_both_explanations(judged: Judged) -> None:
    result = judged(LOOP, changed(("16, 40, 20, 4", "2, 40, 20, 4"), (ERROR, "(y_pred - y)")))
    for check in result.gradients:
        found = [{mistake.message for mistake in one} for one in explanations(phrase(check))]
        assert found == [{words.NO_TWO}, {words.DIVIDED}]
    assert result.hint == words.FIND_EITHER


def test_a_later_mistake_is_named_with_its_step(judged: Judged) -> None:
    result = judged(SIZED, changed(("(h > 0)", "((h > 0) if t < 1 else 1)")))
    (check, _) = result.gradients
    assert check.reason == messages.LATER
    assert check.parameters == {"step": 1, "mistake": Phrase(messages.NO_MASK)}


def test_the_judges_never_blame_the_learner_for_their_own_quarrel(
    judged: Judged, monkeypatch: pytest.MonkeyPatch
) -> None:
    def wrong_rule(*arguments: Any) -> Any:
        rights = real(*arguments)
        return [replace(right, answers=[answer * 2 for answer in right.answers]) for right in rights]

    rule = networks.RULES["two-layer-relu"]
    real = rule.gradients
    monkeypatch.setitem(networks.RULES, "two-layer-relu", rule._replace(gradients=wrong_rule))
    result = judged(LOOP, RIGHT_LOOP)
    assert (result.verdict, result.message) == (Verdict.IE, messages.DISPUTED)
    assert [opinion.ok for opinion in result.gradients[0].opinions] == [False, True, True]


def opinions(result: JudgeResult) -> list[dict[str, bool]]:
    return [{str(opinion.judge): opinion.ok for opinion in check.opinions} for check in result.gradients]


def test_the_doctor_asks_autograd_of_every_gradient() -> None:
    pytest.importorskip("torch")
    exercise = replace(LOOP, limits=Limits(20, 15, 512))
    right = judge(exercise, RIGHT_LOOP, doctor=True)
    assert right.verdict is Verdict.AC
    assert opinions(right) == [{"rule": True, "differences": True, "autograd": True}] * 2
    assert all(opinion.relative_error < 1e-9 for check in right.gradients for opinion in check.opinions)
    wrong = judge(exercise, changed((MASK, "grad_h_relu")), doctor=True)
    assert opinions(wrong) == [
        {"rule": False, "differences": False, "autograd": False},
        {"rule": True, "differences": True, "autograd": True},
    ]
    zero = judge(exercise, changed(("w1 = rng.randn(D_in, H)", "w1 = np.zeros((D_in, H))")), doctor=True)
    kinked = {opinion.judge: opinion for opinion in zero.gradients[0].opinions}
    assert kinked[GradientJudge.DIFFERENCES].entries == 0
    assert kinked[GradientJudge.AUTOGRAD].ok


def test_without_torch_the_third_judge_is_said_to_be_absent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch_judge, "PACKAGES", ("numpy",))
    result = judge(replace(LOOP, limits=Limits(20, 15, 512)), RIGHT_LOOP, doctor=True)
    assert result.verdict is Verdict.AC
    for check in result.gradients:
        assert check.opinions[-1].absent == torch_judge.NOT_INSTALLED
        assert check.opinions[-1].entries == 0
