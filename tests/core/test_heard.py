"""Phrases found in what a learner typed: what says them, what denies them, and text that means harm."""

from __future__ import annotations

import pytest

from studybuddy.core.heard import Cues, Heard, hear, readable
from studybuddy.core.slips import slipped

LINEAR: Cues = (("linear model*", "线性模型", "退化 ... 线性", "变成 ... 线性"),)
POINTS: tuple[Cues, ...] = (
    (("h ... 0",), ("gradient* ... 0", "梯度 ... 0")),
    (("损失 ... 不变", "loss ... constant"),),
)


@pytest.mark.parametrize(
    "typed",
    [
        "it becomes a linear model",
        "会退化成线性模型",
        "退化成 Linear Model 了",
        "ｌｉｎｅａｒ　ｍｏｄｅｌ",
        "线\u200b性\u200b模型",
        "变成一个线性的模型",
        "It becomes a **linear model**, not a nonlinear one",
        "it does not learn and becomes a linear model",
        "a linear model that cannot learn curves",
        "参数不动，线性模型",
        "不是不会退化成线性模型",
        "it isn't wrong that it is a linear model",
        "not only a linear model but a bad one",
        "不仅退化成线性模型",
        "说它是线性模型没错",
        "所有单元相同\n于是得到线性模型。",
    ],
)
def test_a_mistake_is_found_however_it_is_typed(typed: str) -> None:
    assert hear(typed, (), LINEAR).wrong


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "not a linear model",
        "It isn't a Linear  Model",
        "the network never turns into a linear model",
        "rather than a linear model it is a constant",
        "it is wrong to say that it becomes a linear model",
        "It becomes a linear model. That is a common mistake",
        "people often say that it becomes a linear model",
        "is it a linear model?",
        "nonlinear model",
        "non-linear model",
        "不是线性模型",
        "并不会退化成线性模型",
        "网络并没有变成一个线性的模型",
        "非线性模型",
        "有人说会退化成线性模型，其实输出恒为 0",
        "“线性模型”的说法是错的",
        "会变成线性模型吗",
        "它并不等价于线性模型",
        "它没退化成线性模型",
        "far from a linear model",
        "it is constant without being a linear model",
        "linear, and a model",
    ],
)
def test_what_is_denied_refuted_or_asked_is_no_mistake(typed: str) -> None:
    assert hear(typed, (), LINEAR).wrong == ()


def test_points_are_found_with_the_words_that_say_them() -> None:
    assert hear("Since H is zero, both Gradients are 0; loss stays constant.", POINTS) == Heard(
        (("H is zero", "Gradients are 0"), ("loss stays constant",))
    )
    assert hear("h＝０，所以两个梯度 都为零。损失保持不变", POINTS) == Heard(
        (("h＝０", "梯度 都为零"), ("损失保持不变",))
    )
    assert hear("参数不动损失不变", POINTS).made == (1,)


@pytest.mark.parametrize(
    "typed",
    ["h 不为 0，梯度为 0", "h is not 0; gradients are 0", "gradients are 0", "h = 0. gradients are non-zero"],
)
def test_a_point_wants_all_its_parts_and_none_denied(typed: str) -> None:
    assert hear(typed, POINTS).made == ()


@pytest.mark.parametrize(
    "typed",
    [
        "h＝０，損失不變，梯度為零",
        "h is 0, teh gradeints are 0 and the loss stays constnat",
        "h is 0, the gradients arent nonzero, gradients are zero",
    ],
)
def test_traditional_characters_and_slips_are_read(typed: str) -> None:
    assert 0 in hear(typed, POINTS).made
    assert hear("會退化成線性模型", (), LINEAR).wrong
    assert hear("it becomes a lienar modle", (), LINEAR).wrong == ()
    assert hear("it doesnt become a linear model", (), LINEAR).wrong == ()


@pytest.mark.parametrize(
    "typed",
    [
        "h 是 0 吗？梯度是 0 吗？损失不变吗？",
        "h is 0? gradients are 0? loss constant?",
        "损失不变是错误的说法",
        "不需要让损失不变",
        "the loss staying constant is wrong",
    ],
)
def test_what_is_asked_or_called_wrong_makes_no_point(typed: str) -> None:
    assert hear(typed, POINTS).made == ()


@pytest.mark.parametrize(
    ("meant", "typed", "prefix", "same"),
    [
        ("hidden", "hiden", False, True),
        ("random", "rnadom", True, True),
        ("symmetr", "symetry", True, True),
        ("constant", "constantt", False, True),
        ("sample", "simple", False, False),
        ("linear", "nonlinear", True, False),
        ("linear", "line", False, False),
        ("loss", "los", False, False),
        ("6.4e-4", "6.4e-", False, False),
    ],
)
def test_a_slip_is_one_letter_too_few_too_many_or_swapped(
    meant: str, typed: str, prefix: bool, same: bool
) -> None:
    assert slipped(meant, typed, prefix=prefix) is same


def test_what_is_far_apart_or_in_another_clause_is_not_said() -> None:
    assert hear("the loss is large, constant is the rate", POINTS).made == ()
    assert hear("the loss " + "very " * 9 + "constant", POINTS).made == ()


@pytest.mark.parametrize(
    "typed",
    [
        "[red]linear\x1b[2Jmodel" * 900,
        "(" * 20_000,
        "不" * 20_000,
        "h " * 10_000,
        "\ud800\U000e0001\u202e线性模型",
        "...…***\\\\",
        "0" * 20_000,
    ],
)
def test_no_text_stops_it(typed: str) -> None:
    heard = hear(typed, POINTS, LINEAR)
    assert len(heard.points) == 2
    for words in (*heard.points, heard.wrong):
        assert all(part in typed for part in words)


def test_a_cue_has_words_on_both_sides_of_its_dots() -> None:
    assert readable("h ... 0")
    assert readable("symmetr*")
    assert not any(map(readable, ("", "...", "h ...", "*", "，", "the")))
