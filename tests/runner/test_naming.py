"""A mistake is named if, and only if, the gradient it gives is the learner's."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studybuddy.core.phrase import Phrase
from studybuddy.runner import messages
from studybuddy.runner import mistake_words as words
from studybuddy.runner.factors import named_factors
from studybuddy.runner.mistakes import TwoLayerMistakes
from studybuddy.runner.naming import REPRODUCED, both, error_of, main_mistake, name_mistake
from studybuddy.runner.networks import two_layer_relu
from studybuddy.runner.observed import Observed, Step

np: Any = pytest.importorskip("numpy")
NAMES = ("x", "y", "w1", "w2")
LIMIT = 1e-6


def a_step(seed: int, sizes: tuple[int, int, int, int], *, updated: bool = True) -> Step:
    """Random arrays of a network and, if wanted, its weights after an update."""
    rng = np.random.RandomState(seed)
    n, d, h, o = sizes
    arrays = dict(
        zip(NAMES, (rng.randn(n, d), rng.randn(n, o), rng.randn(d, h), rng.randn(h, o)), strict=True)
    )
    rights = [right.answers[0] for right in two_layer_relu([Observed(k, v) for k, v in arrays.items()])]
    after = {
        name: Observed(name, arrays[name] - 0.01 * right)
        for name, right in zip(NAMES[2:], rights, strict=True)
    }
    return Step(0, {k: Observed(k, v) for k, v in arrays.items()}, {}, after=after if updated else {})


def answers(step: Step, gradient: int) -> list[Any]:
    return two_layer_relu([step.arrays[name] for name in NAMES])[gradient].answers


def named(step: Step, gradient: int, values: Any) -> Phrase:
    return name_mistake(values, answers(step, gradient), TwoLayerMistakes(step, NAMES), gradient, LIMIT)


def explanations(phrase: Phrase) -> list[frozenset[Phrase]]:
    """The sets of mistakes between which nothing decides; of one certain explanation, itself."""
    if phrase.message in (words.EITHER, words.EITHER_MORE):
        return [found for _, part in phrase.parameters for found in explanations(part)]  # type: ignore[arg-type]
    if phrase.message == words.BOTH:
        first, second = (part for _, part in phrase.parameters)
        return [one | other for one in explanations(first) for other in explanations(second)]  # type: ignore[arg-type]
    return [frozenset((phrase,))]


SIZES = (9, 7, 6, 4)


@pytest.mark.parametrize("gradient", [0, 1])
@pytest.mark.parametrize("count", [1, 2])
def test_every_known_mistake_is_named_alone(gradient: int, count: int) -> None:
    step = a_step(1, SIZES)
    wrong = list(TwoLayerMistakes(step, NAMES).wrong(gradient, count))
    assert len(wrong) >= 5
    for mistakes, values in wrong:
        assert explanations(named(step, gradient, values)) == [frozenset(mistakes)], mistakes


@pytest.mark.parametrize("gradient", [0, 1])
def test_a_constant_is_named_alone_and_beside_any_other_mistake(gradient: int) -> None:
    step = a_step(2, SIZES)
    right = answers(step, gradient)[0]
    for count in (1, 2):
        for factors, factor in named_factors(SIZES[0], SIZES[3], count):
            assert explanations(named(step, gradient, factor * right)) == [frozenset(factors)], factors
    for mistakes, values in TwoLayerMistakes(step, NAMES).wrong(gradient, 1):
        for factors, factor in named_factors(SIZES[0], SIZES[3], 1):
            found = explanations(named(step, gradient, factor * values))
            assert found == [frozenset((*mistakes, *factors))], (mistakes, factors)
        nameless = Phrase.of(messages.FACTOR, factor="1/7")
        assert explanations(named(step, gradient, values / 7)) == [frozenset((*mistakes, nameless))]
    assert named(step, gradient, right * 0.0).message == words.ZERO


def test_what_lies_on_its_side_may_be_wrong_besides() -> None:
    for sizes in (SIZES, (9, 6, 6, 6)):  # with square weights the shape does not tell
        step = a_step(3, sizes)
        for gradient in (0, 1):
            right = answers(step, gradient)[0]
            assert main_mistake(named(step, gradient, right.T)).message == messages.TRANSPOSED
            found = explanations(named(step, gradient, right.T / 2))
            assert [{mistake.message for mistake in one} for one in found] == [
                {messages.TRANSPOSED, words.NO_TWO}
            ]
        unmasked = next(
            values
            for mistakes, values in TwoLayerMistakes(step, NAMES).wrong(0, 1)
            if mistakes[0].message == messages.NO_MASK
        )
        found = explanations(named(step, 0, unmasked.T))
        assert [{m.message for m in one} for one in found] == [{messages.TRANSPOSED, messages.NO_MASK}]


def test_sizes_that_make_two_mistakes_alike_are_said_with_both() -> None:
    step = a_step(4, (2, 7, 6, 4))  # N = 2: divided by N looks like the missing factor
    right = answers(step, 0)[0]
    found = explanations(named(step, 0, right / 2))
    assert [{m.message for m in one} for one in found] == [{words.NO_TWO}, {words.DIVIDED}]
    assert main_mistake(named(step, 0, right / 2)).message == words.EITHER
    step = a_step(4, (5, 7, 6, 5))  # N = D_out
    found = explanations(named(step, 1, answers(step, 1)[0] / 5))
    assert [dict(next(iter(one)).parameters)["size"] for one in found] == ["N", "D_out"]


def test_data_that_make_two_mistakes_alike_are_said_with_both() -> None:
    rng = np.random.RandomState(5)
    x, y, w1, w2 = rng.randn(9, 7), rng.rand(9, 4) - 100, rng.randn(7, 6), rng.rand(6, 4)
    step = Step(0, {name: Observed(name, v) for name, v in zip(NAMES, (x, y, w1, w2), strict=True)}, {})
    up = 2 * (np.maximum(x @ w1, 0) @ w2 - y) @ w2.T
    assert (up > 0).all()  # a mask of the gradient's sign masks nothing
    found = explanations(named(step, 0, x.T @ up))
    assert [{m.message for m in one} for one in found] == [{messages.NO_MASK}, {messages.SIGN_MASK}]


def test_a_mistake_that_changes_nothing_is_not_named() -> None:
    rng = np.random.RandomState(6)
    x, y, w1, w2 = rng.rand(9, 7), rng.randn(9, 4), rng.rand(7, 6), rng.randn(6, 4)
    step = Step(0, {name: Observed(name, v) for name, v in zip(NAMES, (x, y, w1, w2), strict=True)}, {})
    right = answers(step, 0)[0]  # every unit is on for every sample: no mask is as good as the mask
    assert explanations(named(step, 0, right / 2)) == [frozenset((Phrase(words.NO_TWO),))]


def test_the_share_that_is_right_is_said_where_nothing_fits() -> None:
    step = a_step(6, SIZES)
    values = answers(step, 0)[0].copy()
    values[:, 2] = np.random.RandomState(0).randn(len(values))
    phrase = named(step, 0, values)
    assert phrase.message == words.SOME_COLUMNS
    assert dict(phrase.parameters)["right"] == 5
    values = answers(step, 0)[0].copy()
    values[1] = 17.0
    assert named(step, 0, values).message == words.SOME_ROWS
    noise = np.random.RandomState(1).randn(*values.shape)
    assert named(step, 0, noise).message == messages.DIFFERS


def test_both_is_a_phrase_of_phrases() -> None:
    one, other = Phrase(words.NO_TWO), Phrase(messages.NO_MASK)
    assert both((one,)) == one
    assert main_mistake(both((one, other))) == one


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    seed=st.integers(0, 10_000),
    sizes=st.tuples(*(st.integers(1, 7) for _ in range(4))),
    gradient=st.sampled_from([0, 1]),
    count=st.sampled_from([0, 1, 2]),
    pick=st.integers(0, 1000),
    factor=st.sampled_from([1.0, 0.5, -1.0, 2.0, 1 / 3, 0.1, 1e-6, -0.37]),
    disturbed=st.sampled_from([0.0, 1e-9, 1e-4, 0.3]),
    sideways=st.booleans(),
)
def test_a_named_mistake_reproduces_the_gradient_and_the_right_one_does_not(
    seed: int,
    sizes: tuple[int, int, int, int],
    gradient: int,
    count: int,
    pick: int,
    factor: float,
    disturbed: float,
    sideways: bool,
) -> None:
    step = a_step(seed, sizes)
    known = TwoLayerMistakes(step, NAMES)
    rights = answers(step, gradient)
    wrong = list(known.wrong(gradient, count))
    if not wrong or not rights[0].any():
        return
    values = factor * wrong[pick % len(wrong)].values
    values = values + disturbed * np.abs(values).max() * np.random.RandomState(seed).randn(*values.shape)
    values = values.T if sideways else values
    if values.shape == rights[0].shape and error_of(values, rights) <= LIMIT:
        return  # right after all, with these arrays
    phrase = named(step, gradient, values)
    for mistakes in explanations(phrase):
        messages_said = {mistake.message for mistake in mistakes}
        if messages_said & {messages.DIFFERS, words.SOME_ROWS, words.SOME_COLUMNS, words.ZERO}:
            continue
        view, rest = values, mistakes
        if messages.TRANSPOSED in messages_said:
            view = values.T
            rest = frozenset(m for m in mistakes if m.message != messages.TRANSPOSED)
        if not rest:  # on its side and nothing else
            assert error_of(view, rights) <= REPRODUCED or values.shape != rights[0].shape
            continue
        assert any(
            error_of(view, [scale * found.values]) <= 2 * REPRODUCED
            for structural in (0, 1, 2)
            for found in known.wrong(gradient, structural)
            if set(found.mistakes) <= rest
            for scale in [np.vdot(view, found.values) / (np.vdot(found.values, found.values) or 1)]
            if {m.message for m in rest - set(found.mistakes)} <= SCALES
        ), phrase
        if view is values:
            assert error_of(values, rights) > LIMIT


SCALES = {words.NO_TWO, words.TWO_TWICE, words.WRONG_SIGN, words.DIVIDED, words.MEAN, messages.FACTOR}
