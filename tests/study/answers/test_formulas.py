"""Formula cards are judged by the checker of derivations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studybuddy.core.card import Rating
from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.i18n import say, use_language
from studybuddy.study.answers.attempts import Attempts
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.study.answers.judges import judge
from studybuddy.study.answers.proposal import propose_rating
from studybuddy.study.answers.rows import not_turned, plain_rows
from studybuddy.study.wiring import Study

CARDS = "s3w10d1/card/"


@pytest.fixture
def dw(study: Study) -> CardContent:
    use_language("en")
    return card(study, "dw")


def card(study: Study, name: str) -> CardContent:
    found = study.library.card(CARDS + name)
    assert found is not None
    assert found.kind is CardKind.FORMULA
    return found


def judged(content: CardContent, typed: str) -> Judged:
    found = judge(content, typed)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "typed", "mark"),
    [
        ("dw", r"X^{\top}\delta_Z", Mark.RIGHT),
        ("dw", "X' dZ", Mark.RIGHT),
        ("dw", "(dZ.T @ X).T", Mark.RIGHT),
        ("dw", "sum_i X_ik dZ_ij", Mark.RIGHT),
        ("dw", "X dZ", Mark.WRONG),
        ("dw", r"\frac{\partial L}{\partial W}", Mark.WRONG),
        ("dw", r"X^{\top \delta_Z", Mark.UNREADABLE),
        ("dx", "dZ @ W.T", Mark.RIGHT),
        ("dx", "W.T @ dZ", Mark.WRONG),
        ("db", "dZ.sum(axis=0, keepdims=True)", Mark.RIGHT),
        ("db", "1ᵀδ_Z", Mark.RIGHT),
        ("db", "dZ.sum(axis=1)", Mark.WRONG),
        ("squared-loss-gradient", "2(p-y)", Mark.RIGHT),
        ("squared-loss-gradient", "-2 * (y - y_pred)", Mark.RIGHT),
        ("squared-loss-gradient", r"\frac{\partial L}{\partial p_{ij}} = 2 p_{ij} - 2 y_{ij}", Mark.RIGHT),
        ("squared-loss-gradient", "p - y", Mark.WRONG),
        ("squared-loss-gradient", "2 (y - p)", Mark.WRONG),
        ("squared-loss-gradient", r"\frac{\partial L}{\partial p}", Mark.WRONG),
        ("squared-loss-gradient", "2 (p - y", Mark.UNREADABLE),
        ("local-derivative", "x_{ik}", Mark.RIGHT),
        ("local-derivative", "X_{ki}", Mark.WRONG),
        ("kronecker", r"X_{ik}\delta_{jl}", Mark.RIGHT),
        ("kronecker", "X_{ik}", Mark.WRONG),
        ("sum-to-matrix", r"(X^\top \delta_Z)_{kj}", Mark.RIGHT),
        ("sum-to-matrix", "(X.T @ dZ)[k, j]", Mark.RIGHT),
        ("sum-to-matrix", r"\sum_i X_{ik} (\delta_Z)_{ij}", Mark.WRONG),
        ("sum-to-matrix", r"(X \delta_Z)_{kj}", Mark.WRONG),
        ("drill-mse", "2*(Z-Y)/N", Mark.RIGHT),
        ("drill-mse", "2(Z-Y)", Mark.WRONG),
        ("drill-relu-mask", "dA * (Z > 0)", Mark.RIGHT),
        ("drill-attention-v", "A.T @ dO", Mark.RIGHT),
    ],
)
def test_any_notation_is_judged_by_what_it_is_worth(study: Study, name: str, typed: str, mark: Mark) -> None:
    found = judged(card(study, name), typed)
    assert found.mark is mark
    assert (found.reason is None) is found.right


def test_what_is_wrong_is_said_and_the_right_formula_is_drawn(dw: CardContent) -> None:
    found = judged(dw, "X dZ")
    assert found.wanted == "Xᵀδ_Z"
    assert "transpose" in say(found.reason)
    assert "Xᵀδ_Z" in plain_rows(found)
    assert "Xᵀδ_Z" not in say(not_turned(found)), "the answer is not given away before the card is turned"


def test_a_known_misunderstanding_is_named(study: Study) -> None:
    use_language("en")
    study.desk.language = "en"
    assert "mask" in say(judged(card(study, "drill-relu-mask"), "dA").reason)


def test_the_letters_of_the_card_are_right_without_the_checker(dw: CardContent) -> None:
    assert dw.asked is not None
    broken = replace(dw.asked, goal=replace(dw.asked.goal, formula=r"\frac{"))
    content = replace(dw, asked=broken, accept=("abc",))
    assert judged(content, "abc").right
    assert judged(content, "abd").mark is Mark.UNREADABLE, "a declaration that cannot be read costs nobody"


@pytest.mark.parametrize("typed", ["X" * 1_000_000, "\ud800", "(" * 10_000, "\x1b[31mX", "__import__('os')"])
def test_hostile_answers_are_unreadable(dw: CardContent, typed: str) -> None:
    found = judged(dw, typed)
    assert found.mark is Mark.UNREADABLE
    assert propose_rating_of(dw, [typed, typed]) is None
    plain_rows(found)


def propose_rating_of(content: CardContent, typed: list[str], earlier: tuple[int, ...] = ()) -> Rating | None:
    attempts = Attempts()
    for number, answer in enumerate(typed):
        attempts.submit(content, answer, 4000 * (number + 1))
    assert attempts.answer is not None
    found = propose_rating(attempts.answer, earlier)
    return None if found is None else found[0]


@pytest.mark.parametrize(
    ("typed", "earlier", "rating"),
    [
        (["X.T @ dZ"], (), Rating.GOOD),
        (["X.T @ dZ"], (20_000, 30_000, 40_000), Rating.EASY),
        (["X.T @ dZ"], (1000, 1500, 2000), Rating.HARD),
        (["X @ dZ", "X.T @ dZ"], (), Rating.HARD),
        (["X^{", "X.T @ dZ"], (), Rating.GOOD),
        (["X @ dZ", "X @ dZ"], (), Rating.AGAIN),
        (["X @ dZ", ""], (), Rating.AGAIN),
        (["X @ dZ", "dZ @ X", "dZ @ X"], (), Rating.AGAIN),
    ],
)
def test_tries_and_time_propose_the_rating(
    dw: CardContent, typed: list[str], earlier: tuple[int, ...], rating: Rating
) -> None:
    assert propose_rating_of(dw, typed, earlier) is rating


def test_hints_make_it_hard(dw: CardContent) -> None:
    attempts = Attempts()
    attempts.submit(dw, "X.T @ dZ")
    assert attempts.answer is not None
    found = propose_rating(attempts.answer._replace(hints=1))
    assert found is not None
    assert found[0] is Rating.HARD
    assert "1 hint" in say(found[1])


def test_a_wrong_formula_does_not_turn_the_card_and_a_wrong_word_does(dw: CardContent) -> None:
    attempts = Attempts()
    attempts.submit(dw, "X @ dZ")
    assert attempts.answer is None
    attempts.submit(replace(dw, asked=None), "something else entirely")
    assert attempts.answer is not None
