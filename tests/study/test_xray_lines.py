"""Shapes set in lines: what is shown of an operation, how it breaks, which sizes have names."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.exercise import Exercise, ExerciseKind
from studybuddy.core.phrase import Phrase
from studybuddy.core.xray import Part, Step, Value, XrayTrace
from studybuddy.study.page_line import Line
from studybuddy.study.shape_names import in_symbols, size_names
from studybuddy.study.xray_lines import arrays_at, place_words, step_lines, table_lines
from studybuddy.text import cell_width

SCRIPT = Exercise("test/loop", ExerciseKind.SCRIPT, "", "", "", "")
NAMES = {64: "N", 1000: "D_in", 100: "H", 10: "D_out"}
MODULE = Value(text="module", plain=True)


def array(*shape: int) -> Value:
    return Value(shape=shape, dtype="float64")


def text(lines: list[Line]) -> list[str]:
    return ["".join(span.text for span in line).rstrip() for line in lines]


def step(*parts: Part, bound: tuple[tuple[str, Value], ...] = (), **more: object) -> Step:
    return replace(Step(0, "Assign", 1, 1, "", parts=parts, bound=bound), **more)  # type: ignore[arg-type]


PRODUCT = step(
    Part(0, "h_relu", "name", (), array(64, 100)),
    Part(1, "h_relu.T", ".T", (0,), array(100, 64)),
    Part(2, "grad_y_pred", "name", (), array(64, 10)),
    Part(3, "h_relu.T @ grad_y_pred", "@", (1, 2), array(100, 10)),
    bound=(("grad_w2", array(100, 10)),),
)


def test_a_product_with_symbols_under_its_shapes() -> None:
    assert text(step_lines(PRODUCT, NAMES, 80)) == [
        "h_relu (64, 100).T → (100, 64)",
        "       (N, H)        (H, N)",
        "h_relu.T (100, 64) @ grad_y_pred (64, 10) → grad_w2 (100, 10)",
        "         (H, N)                  (N, D_out)         (H, D_out)",
    ]


def test_a_loop_over_an_array_shows_what_its_target_is() -> None:
    loop = step(
        Part(0, "x", "name", (), array(64, 10)),
        Part(1, "list(x)", "call", (0,), Value(text="list × 64")),
        bound=(("row", array(10)),),
        kind="For",
    )
    assert text(step_lines(loop, NAMES, 80)) == [
        "list(x (64, 10)) → list × 64",
        "       (N, D_out)",
        "row → (10,)",
        "      (D_out,)",
    ]


def test_a_narrow_screen_breaks_before_an_operator() -> None:
    assert text(step_lines(PRODUCT, NAMES, 40))[2:] == [
        "h_relu.T (100, 64)",
        "         (H, N)",
        "  @ grad_y_pred (64, 10)",
        "                (N, D_out)",
        "  → grad_w2 (100, 10)",
        "            (H, D_out)",
    ]


def test_functions_methods_constants_and_numbers() -> None:
    called = step(
        Part(0, "np", "name", (), MODULE),
        Part(1, "h", "name", (), array(64, 7)),
        Part(2, "0", "const"),
        Part(3, "np.maximum(h, 0)", "call.maximum", (0, 1, 2), array(64, 7)),
        bound=(("h_relu", array(64, 7)),),
    )
    assert text(step_lines(called, NAMES, 80)) == [
        "np.maximum(h (64, 7), 0) → h_relu (64, 7)",
        "             (N, 7)               (N, 7)",
    ]
    method = step(
        Part(0, "h", "name", (), array(64, 7)),
        Part(1, "axis=0", "const"),
        Part(2, "h.sum(axis=0)", "call.sum", (0, 1), array(7)),
    )
    assert text(step_lines(method, {}, 80)) == ["h (64, 7).sum(axis=0) → (7,)"]
    sizes = step(bound=(("N", Value(text="64")), ("rng", Value(text="RandomState", plain=True))))
    assert text(step_lines(sizes, NAMES, 80)) == ["N → 64"]
    assert text(step_lines(step(), NAMES, 80)) == ["no arrays on this line"]


def test_a_failure_and_a_doubt_have_signs_and_names() -> None:
    note = Phrase.of("{shapes}: the inner sizes differ, {left} ≠ {right}", shapes="a @ b", left=64, right=3)
    failing = step(
        Part(0, "a", "name", (), array(10, 64)),
        Part(1, "b", "name", (), array(3, 10)),
        Part(2, "a @ b", "@", (0, 1)),
        failed=True,
        failing=2,
        notes=(note,),
    )
    assert text(step_lines(failing, NAMES, 80)) == [
        "a (10, 64) @ b (3, 10) → ✗",
        "  (D_out, N)   (3, D_out)",
        "✗ a @ b: the inner sizes differ, 64 (N) ≠ 3",
    ]
    assert text(step_lines(replace(failing, failed=False), NAMES, 80))[-1].startswith("▸ ")


@pytest.mark.parametrize("hostile", ["\x1b[2J\u202e中文", "x" * 5000, "[bold]/[/]"])
def test_foreign_names_do_no_harm(hostile: str) -> None:
    found = step(
        Part(0, hostile, "name", (), array(64, 10)),
        Part(1, f"{hostile} + {hostile}", "+", (0, 0), array(64, 10)),
        bound=((hostile, array(64, 10)),),
        function=hostile,
    )
    lines = [*text(step_lines(found, NAMES, 60)), place_words(found)]
    trace = XrayTrace("e", "", (found,))
    lines += text(table_lines(arrays_at(trace, 0), NAMES, 60))
    assert not any(char in line for line in lines for char in "\x1b\u202e")
    assert all(cell_width(line) < 200 for line in lines)


@given(
    st.lists(st.integers(0, 2000), max_size=4), st.lists(st.integers(1, 2000), max_size=4), st.integers(1, 90)
)
def test_symbols_stand_under_their_shapes_at_any_width(left: list[int], right: list[int], width: int) -> None:
    found = step(
        Part(0, "a", "name", (), array(*left)),
        Part(1, "b", "name", (), array(*right)),
        Part(2, "a * b", "*", (0, 1), array(*left)),
        bound=(("c", array(*left)),),
    )
    lines = step_lines(found, NAMES, width)
    shown = text(lines)
    for number, line in enumerate(lines):
        if line[0].style == "symbols":
            above = shown[number - 1]
            for start in [at for at, char in enumerate(shown[number]) if char == "("]:
                assert above[start] == "("


def test_names_of_sizes() -> None:
    trace = XrayTrace("e", "", sizes=(("N", 64), ("D", 10), ("M", 10), ("one", 1)))
    assert size_names(trace, SCRIPT) == {64: "N"}
    lesson = replace(SCRIPT, reference="import x\nN, H = 32, 100\nK = 7\nsteps = 500\na, *b = 1, 2\n")
    assert size_names(trace, lesson) == {64: "N", 100: "H", 7: "K"}
    assert size_names(XrayTrace("e", ""), replace(SCRIPT, reference="(((")) == {}
    assert in_symbols((64, 3), {64: "N"}) == "(N, 3)"
    assert in_symbols((64,), {64: "N"}) == "(N,)"
    assert in_symbols((3,), {64: "N"}) == ""


def test_arrays_that_have_a_name() -> None:
    steps = (
        step(bound=(("x", array(2, 3)), ("n", Value(text="2"))), call=1),
        step(bound=(("z", array(4)),), call=2, function="f"),
        step(bound=(("return", array(4)),), call=2, function="f"),
        step(bound=(("x", Value(text="None")), ("y", array(4))), call=1),
    )
    trace = XrayTrace("e", "", steps)
    assert [(name, fresh) for name, _, fresh in arrays_at(trace, 1)] == [("x", False), ("z", True)]
    assert [(name, fresh) for name, _, fresh in arrays_at(trace, 3)] == [("y", True)]
    assert place_words(replace(steps[1], turns=((5, 2),))) == "in f() · pass 2 of the loop"
    assert place_words(replace(steps[0], turns=((5, 2), (6, 1)))) == (
        "pass 2 of the loop in line 5 · pass 1 of the loop in line 6"
    )
