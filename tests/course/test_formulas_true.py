"""Every formula of the lesson and the drills that claims something is proved; one in no table fails."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import fields, is_dataclass

import pytest

from studybuddy.core.block import MathBlock, MathSpan
from studybuddy.core.lesson import Lesson
from studybuddy.course.drills import read_drills
from studybuddy.course.finder import content_root
from studybuddy.course.markdown import read_markdown
from studybuddy.course.reader import read_lesson
from studybuddy.course.report import Report
from studybuddy.derivation.equality import equal
from studybuddy.derivation.exercise import Declaration, Exercise
from studybuddy.derivation.expression import Chain
from studybuddy.derivation.read import read
from tests.course.formula_claims import EQUAL, FIGURES, GIVEN, NEW_NAMES, PROVED_AS_CARDS, RESULTS

_CLAIMS = re.compile(r"=|\\(?:ne|neq|approx|equiv|le|ge|to|in|leftarrow|odot|top|sum)\b|<|>")
"""A relation, or an operation that only a result has."""
TABLES: dict[str, Collection[str]] = {
    "EQUAL": EQUAL,
    "RESULTS": RESULTS,
    "FIGURES": FIGURES,
    "GIVEN": GIVEN,
    "CARDS": PROVED_AS_CARDS,
}


def formulas(part: object) -> Iterator[str]:
    """The LaTeX of every formula below a part of a lesson."""
    if isinstance(part, MathBlock | MathSpan):
        yield part.latex.strip()
    elif isinstance(part, tuple | list):
        for one in part:
            yield from formulas(one)
    elif is_dataclass(part):
        for field in fields(part):
            yield from formulas(getattr(part, field.name))


def lesson(language: str) -> Lesson:
    found = read_lesson(content_root() / "s3w10d1", language).lesson
    assert found is not None
    return found


def places(found: Lesson) -> dict[str, list[str]]:
    """Every formula of a lesson, by where it stands. Answers are proved by `lint`; chains here, too."""
    cards = [read_markdown(side) for card in found.cards for side in (card.front, card.back)]
    derivations = [*formulas(found.derivations), *(one.goal for one in found.derivations)]
    answers = [step.answer for derivation in found.derivations for step in derivation.steps]
    return {
        **{section.kind.value: list(formulas(section.blocks)) for section in found.sections},
        "derivations": [*derivations, *(answer for answer in answers if " = " in answer)],
        "questions": list(formulas(found.questions)),
        "symbols": [*formulas(found.symbols), *(symbol.latex for symbol in found.symbols)],
        "terms": list(formulas(found.terms)),
        "around": list(formulas((found.introduction, found.closing, found.action))),
        "cards": list(formulas(cards)),
    }


LESSONS = {
    language: {
        **places(lesson(language)),
        "drills": [*formulas(read_drills(content_root(), language, Report()))],
    }
    for language in ("zh", "en")
}
FOUND = sorted({one for found in LESSONS.values() for group in found.values() for one in group})


@pytest.mark.parametrize("place", LESSONS["zh"])
def test_both_languages_have_the_same_formulas(place: str) -> None:
    zh, en = (LESSONS[language][place] for language in ("zh", "en"))
    assert set(zh) == set(en)
    assert Counter(filter(_CLAIMS.search, zh)) == Counter(filter(_CLAIMS.search, en))


@pytest.mark.parametrize("formula", [one for one in FOUND if _CLAIMS.search(one)])
def test_every_claim_is_in_a_table(formula: str) -> None:
    assert [name for name, table in TABLES.items() if formula in table], (
        "a formula that nothing proves: say in formula_claims.py what it claims"
    )


def test_the_tables_hold_nothing_that_is_not_in_the_lesson() -> None:
    known = {formula for table in TABLES.values() for formula in table}
    assert known - set(FOUND) == set()


def in_setting(formula: str) -> str:
    for old, new in NEW_NAMES:
        formula = formula.replace(old, new)
    return formula


def holds(declaration: Declaration, formula: str) -> bool:
    """Whether all sides of a formula have one value, in every world."""
    setting = declaration.setting()
    chain = read(in_setting(formula), setting.names).expression
    assert isinstance(chain, Chain), formula
    exercise = Exercise(setting, chain.sides[0])
    return all(equal(exercise, side) for side in chain.sides[1:])


@pytest.mark.parametrize("formula", EQUAL)
def test_sides_are_equal(formula: str) -> None:
    assert holds(EQUAL[formula], special(formula))


def special(formula: str) -> str:
    """Two formulas lean on what the text around them says."""
    return {
        # under the condition that l = j
        r"\frac{\partial \hat{Y}_{il}}{\partial (W_2)_{kj}} = A_{ik}": (
            r"\frac{\partial \hat{Y}_{ij}}{\partial (W_2)_{kj}} = A_{ik}"
        ),
        # W is the second layer's there
        r"\frac{\partial L}{\partial W_{kj}} = \sum_i A_{ik} (\delta_{\hat{Y}})_{ij}": (
            r"\frac{\partial L}{\partial (W_2)_{kj}} = \sum_i A_{ik} (\delta_{\hat{Y}})_{ij}"
        ),
    }.get(formula, formula)


@pytest.mark.parametrize("formula", RESULTS)
def test_results_are_what_the_text_says(formula: str) -> None:
    declaration, goal = RESULTS[formula]
    setting = declaration.setting()
    exercise = Exercise(setting, read(goal, setting.names).expression)
    assert equal(exercise, read(formula, setting.names).expression)


@pytest.mark.parametrize("formula", FIGURES)
def test_figures_are_right(formula: str) -> None:
    assert FIGURES[formula]()


def test_drill_cards_are_proved_elsewhere() -> None:
    """`lint` proves the back of every card about a step; these are such backs."""
    backs = {card.back.strip("$") for card in lesson("en").cards if card.derivation}
    assert backs >= PROVED_AS_CARDS


@pytest.mark.parametrize(
    "wrong",
    [
        r"\frac{\partial L}{\partial W} = X \delta_Z",
        r"\frac{\partial L}{\partial W} = \delta_Z^\top X",
        r"\frac{\partial L}{\partial W} = 2 X^\top \delta_Z",
        r"\frac{\partial L}{\partial X} = W^\top \delta_Z",
        r"\frac{\partial Z_{il}}{\partial W_{kj}} = X_{ik}",
        r"\frac{\partial L}{\partial b_j} = \sum_{j=1}^{M} (\delta_Z)_{ij}",
        r"X_{ik} = (X^\top)_{ik}",
    ],
)
def test_the_proof_refuses_what_is_false(wrong: str) -> None:
    assert not holds(EQUAL[r"\frac{\partial L}{\partial W} = X^\top \delta_Z"], wrong)


def test_the_four_products_of_a_square_layer_differ() -> None:
    """With N = D = M all of them have the same shape, and no two are equal."""
    import numpy as np

    chance = np.random.default_rng(0)
    x, delta = chance.standard_normal((2, 3, 3))
    four = [x.T @ delta, x @ delta, delta @ x, delta.T @ x]
    assert all(not np.allclose(one, other) for n, one in enumerate(four) for other in four[:n])
