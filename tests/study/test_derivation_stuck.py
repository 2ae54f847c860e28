"""A step in small numbers: what is written out is true, and computed from the declaration."""

from __future__ import annotations

from functools import partial
from itertools import product

import pytest

from studybuddy.core.block import MathBlock, Paragraph, Text
from studybuddy.core.errors import ContentError
from studybuddy.core.lesson import Derivation, DerivationStep
from studybuddy.derivation.entries import entry
from studybuddy.derivation.evaluate import Evaluation
from studybuddy.derivation.expression import Expression, Indexed, Number, Symbol, mapped
from studybuddy.derivation.world import World
from studybuddy.i18n import use_language
from studybuddy.mathtext import display
from studybuddy.study.derivation_stuck import _Shown, small_numbers
from studybuddy.study.given_shapes import given_definitions, given_shapes
from studybuddy.study.wiring import Study


def steps(study: Study) -> list[tuple[Derivation, DerivationStep]]:
    found = [study.derivations.get(identifier) for identifier in study.derivations.ids()]
    return [(derivation, step) for derivation in found for step in derivation.steps]


def formulas(study: Study, step: str) -> list[str]:
    derivation, found = study.derivations.find(step)
    return [block.latex for block in small_numbers(derivation, found) if isinstance(block, MathBlock)]


def test_the_weight_gradient_in_small_numbers(study: Study) -> None:
    given, entry, everything, whole = formulas(study, "s3w10d1/linear-backward/dw")
    assert given == (
        r"X = \begin{pmatrix} 1 & 2 \\ 3 & -1 \end{pmatrix}, \quad "
        r"\delta_{Z} = \begin{pmatrix} 2 & 1 \\ 3 & -2 \end{pmatrix}"
    )
    assert r"\frac{\partial L}{\partial W_{21}} &= X_{12} \left(\delta_{Z}\right)_{11}" in entry
    assert r"&= 2 \cdot 2 + (-1) \cdot 3" in entry
    assert r"&= 1 " in entry
    gradient = r"\begin{pmatrix} 11 & -5 \\ 1 & 4 \end{pmatrix}"
    assert everything == rf"\frac{{\partial L}}{{\partial W}} = {gradient}"
    assert r"\begin{pmatrix} 1 & 3 \\ 2 & -1 \end{pmatrix}" in whole, "X is shown transposed"
    assert gradient in whole


def test_the_local_gradient_is_read_off_the_definition(study: Study) -> None:
    _given, definition, slope = formulas(study, "s3w10d1/linear-backward/local")
    assert definition == "Z_{22} = X_{21} W_{12} + X_{22} W_{22} + b_{2}"
    assert r"\frac{\partial Z_{22}}{\partial W_{12}} &= X_{21} \\ &= 3" in slope


def test_a_slope_that_is_nothing_is_shown_too(study: Study) -> None:
    assert formulas(study, "s3w10d1/linear-backward/local-general")[-1].endswith("= 0")


def test_every_entry_of_every_step_is_worth_what_the_derivative_is(study: Study) -> None:
    """The terms are evaluated as they are written: with the numbers of the small world in their places."""
    for derivation, step in steps(study):
        shown = _Shown(derivation, step)
        assert shown.forms, step.id
        for place in product(*(range(1, size + 1) for size in shown.truth.shape)):
            for form in shown.forms:
                terms = entry(form.expression, shown.world, shown._point(place, form))
                worth = Evaluation(shown.world).run(mapped(terms, partial(figure, shown.world))).array
                assert float(worth) == pytest.approx(shown._at(place)), (step.id, place)


def figure(world: World, node: Expression) -> Expression:
    """An entry of a tensor as its number."""
    if isinstance(node, Indexed) and isinstance(node.base, Symbol):
        place = tuple(int(label) - 1 for label in node.labels)
        return Number(float(world.values[node.base.name].array[place]))
    return node


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_step_is_shown_and_every_formula_can_be_drawn(study: Study, language: str) -> None:
    use_language(language)
    for derivation, step in steps(study):
        blocks = small_numbers(derivation, step)
        assert sum(isinstance(block, MathBlock) for block in blocks) >= 2, step.id
        for block in blocks:
            if isinstance(block, MathBlock):
                drawn = "\n".join(display(block.latex))
                assert "\\" not in drawn, block.latex
            else:
                assert isinstance(block, Paragraph)
                assert all(isinstance(child, Text) and child.text for child in block.children)


def test_the_formulas_are_the_same_in_both_languages(study: Study) -> None:
    found: dict[str, list[list[str]]] = {}
    for language in ("zh", "en"):
        study.desk.language = language
        use_language(language)
        found[language] = [formulas(study, step.id) for _derivation, step in steps(study)]
    assert found["zh"] == found["en"]


def test_a_step_without_a_declaration_has_no_numbers(study: Study) -> None:
    from dataclasses import replace

    derivation, step = study.derivations.find("s3w10d1/linear-backward/dw")
    with pytest.raises(ContentError):
        small_numbers(derivation, replace(step, goal=None))


def test_the_bias_is_a_row_as_in_the_lesson(study: Study) -> None:
    step = "s3w10d1/linear-backward/db"
    derivation, _step = study.derivations.find(step)
    assert ("b", "(1, M)") in given_shapes(derivation)
    assert "Z = X W + b" in given_definitions(derivation)
    _given, entry, everything = formulas(study, step)
    assert entry.startswith(r"\begin{aligned} \frac{\partial L}{\partial b_{2}}")
    assert everything == r"\frac{\partial L}{\partial b} = \begin{pmatrix} 5 & -1 \end{pmatrix}", "a row"
