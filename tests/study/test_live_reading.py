"""How typing is read: a picture of it, or a reason and a place, whatever is typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from studybuddy.core.errors import ContentError
from studybuddy.i18n import say
from studybuddy.study.given_shapes import given_definitions, given_shapes, wanted_form
from studybuddy.study.live_reading import make_ready, read_latex, read_live
from studybuddy.study.wiring import Study

DW = "s3w10d1/linear-backward/dw"


@pytest.mark.parametrize("typed", [r"X^\top \delta_Z", "X.T @ dZ", "Xᵀ δ_Z", "X' dZ", r"$X^T\delta_Z$"])
def test_each_notation_is_read_as_the_same(study: Study, typed: str) -> None:
    found = read_live(*study.derivations.find(DW), typed)
    assert found.latex == r"X^{\top} \delta_{Z}"
    assert found.reason is None


@pytest.mark.parametrize(
    ("typed", "place"), [("X^{", 3), ("X^T Q", 4), ("__import__('os').system('true')", 0), ("X.T @", 5)]
)
def test_what_is_not_readable_yet_has_a_reason_and_a_place(study: Study, typed: str, place: int) -> None:
    found = read_live(*study.derivations.find(DW), typed)
    assert found.latex == ""
    assert say(found.reason)
    assert found.place <= len(typed)
    assert abs(found.place - place) <= 1


@pytest.mark.parametrize(
    "typed",
    ["X" * 1_000_000, "(" * 10_000, "X " * 999, "\x00", "\ud800", "{" * 41, r"\frac" * 300, "+" * 1999],
)
def test_hostile_typing_never_raises(study: Study, typed: str) -> None:
    found = read_live(*study.derivations.find(DW), typed)
    assert bool(found.latex) != bool(found.reason)
    assert -1 <= found.place <= len(typed)


def test_nothing_is_read_as_nothing(study: Study) -> None:
    for typed in ("", " \n\t "):
        assert read_live(*study.derivations.find(DW), typed) == ("", None, 0)


def test_a_step_without_a_declaration_is_not_read(study: Study) -> None:
    derivation, step = study.derivations.find(DW)
    make_ready(derivation, step)
    bare = replace(derivation, quantities=None)
    for ask in (lambda: read_live(bare, step, "X"), lambda: make_ready(bare, step)):
        with pytest.raises(ContentError):
            ask()
    assert given_shapes(bare) == ()
    assert given_definitions(bare) == ()
    assert wanted_form(replace(step, goal=None)) is None


def test_latex_alone_is_drawn_where_nothing_is_declared() -> None:
    assert read_latex("x.T @ dZ") == ("", None, 0), "no LaTeX: nothing to read"
    assert read_latex("$X_{ik}$").latex == "X_{ik}"
    for broken in (r"\frac{", r"\nonsense{x}", "x_", "a^^b", r"\frac{1}{2", "}{", r"\left(x"):
        assert say(read_latex(broken).reason)
    assert read_latex("\\frac{a}{b}\x1b[2J" * 400).place == -1


def test_what_is_given_in_its_shortest_form(study: Study) -> None:
    derivation, step = study.derivations.find(DW)
    assert [tuple(given) for given in given_shapes(derivation)] == [
        ("X", "(N, D)"),
        ("W", "(D, M)"),
        ("b", "(1, M)"),
        (r"\delta_{Z}", "(N, M)"),
    ]
    assert given_definitions(derivation) == ("Z = X W + b",), "of the loss its gradient is known"
    form = wanted_form(step)
    assert form is not None
    assert form.derivatives == ("∂L/∂Z",)
    mse = study.derivations.get("drill/mse")
    assert given_definitions(mse)[0].startswith("L = "), "there the loss is what is derived"
