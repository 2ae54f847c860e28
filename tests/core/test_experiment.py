from __future__ import annotations

import ast
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.experiment import (
    Change,
    Outcome,
    changed_source,
    expression,
    missing_change,
    outcome_of,
)

PROGRAM = """\
lr, n = 1e-6, 4
# 中文 w = 1
w = rng.randn(  3,
    4)  # 形状
名 = 1; rate: float = 0.5
for t in range(n):
    if t%100  ==  0 or t == n - 1:
        w = w - 1
    g = g * (h>0) + (h > 0)
"""


def test_the_first_assignment_at_the_top_level_is_changed_whatever_its_layout() -> None:
    found = changed_source(PROGRAM, [Change("0 * {value}", name="w")])
    assert found is not None
    assert "w = 0 * (rng.randn(  3,\n    4))  # 形状" in found
    assert "        w = w - 1" in found
    assert changed_source(PROGRAM, [Change("2", name="rate")]) == PROGRAM.replace("0.5", "2")
    assert changed_source(PROGRAM, [Change("2", name="名")]) == PROGRAM.replace("名 = 1", "名 = 2")


def test_every_equal_expression_is_changed() -> None:
    found = changed_source(PROGRAM, [Change("h >= 0", find="h > 0"), Change("t < 5", find="t % 100 == 0")])
    assert found is not None
    assert "(h >= 0) + (h >= 0)" in found
    assert "if t < 5 or t ==" in found


def test_what_has_no_place_is_said_unless_it_may_be_left_out() -> None:
    lost = Change("1", name="w2")
    for change in (lost, Change("1", name="lr"), Change("0", find="absent + 1"), Change("0", find="g *")):
        assert changed_source(PROGRAM, [change]) is None
    assert missing_change(PROGRAM, [Change("1", name="w"), lost]) is lost
    assert missing_change(PROGRAM, [Change("1", name="w")]) is None
    assert changed_source(PROGRAM, [Change("1", name="w2", optional=True)]) == PROGRAM


@pytest.mark.parametrize("program", ["", "x = = 1", "\0", "(" * 5000, "x" + " + x" * 50_000, "\ud800"])
def test_programs_that_are_none_have_no_place_for_anything(program: str) -> None:
    assert changed_source(program, [Change("0", name="zz")]) is None
    assert changed_source(program, [Change("0", find="a + b")]) is None


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_all_line_ends_count(ends: str) -> None:
    program = ends.join(["a = 1", "名字 = '中'; b = 2", "c = 3", ""])
    found = changed_source(program, [Change("9", name="b"), Change("8", name="c")])
    assert found == program.replace("b = 2", "b = 9").replace("c = 3", "c = 8")


@given(st.text(alphabet="ab+*() \n#'中", max_size=30))
def test_a_changed_program_is_a_program(text: str) -> None:
    program = f"before = {text.strip() or 1}\nx = 1 + 2\n"
    try:
        ast.parse(program)
    except (SyntaxError, ValueError):
        assert changed_source(program, [Change("5", name="x")]) is None
        return
    found = changed_source(program, [Change("{value} ** 2", name="x")])
    assert found is not None
    assert "(1 + 2) ** 2" in found
    ast.parse(found)


def test_what_a_loss_did() -> None:
    assert outcome_of([(0, 100.0), (1, 1.0)]) is Outcome.FALLS
    assert outcome_of([(0, 100.0), (1, 50.0), (2, 90.0)]) is Outcome.STAYS
    assert outcome_of([(0, 1.0), (1, 10.0)]) is Outcome.EXPLODES
    assert outcome_of([(0, 1.0), (1, math.inf), (2, 0.0)]) is Outcome.EXPLODES
    assert outcome_of([(0, 1.0), (1, math.nan)]) is Outcome.EXPLODES
    assert outcome_of([(0, 0.0), (1, 0.0)]) is Outcome.STAYS
    assert outcome_of([(0, 1.0)]) is None
    assert outcome_of([]) is None


def test_an_expression_is_one_and_nothing_else() -> None:
    assert expression("h > 0") is not None
    assert expression("a,\nb") is not None
    for text in ("x = 1", "a; b", "", "a)\n(b", "#", "yield"):
        found = expression(text)
        assert found is None or isinstance(found, ast.expr)
    assert expression("x = 1") is None
    assert expression("a)\n(b") is None or isinstance(expression("a)\n(b"), ast.Call)
