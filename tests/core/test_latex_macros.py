from __future__ import annotations

import pytest

from studybuddy.core.latex_macros import Macro, MacroError, expand, macro, read_definitions

MACROS = {
    "dZ": macro(r"\delta_Z"),
    "pd": macro(r"\frac{\partial #1}{\partial #2}"),
    "T": macro(r"\top"),
    "W": macro("W"),
    "norm": Macro(r"\|#2\|_{#1}", 2, "2"),
    "inner": macro(r"\dZ \T"),
}


@pytest.mark.parametrize(
    ("latex", "expanded"),
    [
        (r"X^\T \dZ", r"X^\top \delta_Z"),
        (r"\pd{L}{W}", r"\frac{\partial L}{\partial W}"),
        (r"\pd L{\dZ}", r"\frac{\partial L}{\partial \delta_Z}"),
        (r"\pd\dZ X", r"\frac{\partial \delta_Z}{\partial X}"),
        (r"\T x + \T{}x + \Tx", r"\top x + \top{}x + \Tx"),
        (r"{\T}x", r"{\top}x"),
        (r"\mathbf\W", r"\mathbf W"),
        (r"\norm{x} + \norm[1]{x}", r"\|x\|_{2} + \|x\|_{1}"),
        (r"\inner", r"\delta_Z \top"),
        (r"a \\ \dZ", r"a \\ \delta_Z"),
        (r"\\dZ", r"\\dZ"),
        ("no commands", "no commands"),
    ],
)
def test_commands_are_put_in(latex: str, expanded: str) -> None:
    assert expand(latex, MACROS) == expanded


def test_a_command_that_ends_where_letters_begin_stays_apart() -> None:
    assert expand(r"\pd{\T}{x}\T2", {**MACROS, "one": macro(r"\alpha")}).endswith(r"\top2")
    assert expand(r"\one{}\one\one", {"one": macro(r"\alpha")}) == r"\alpha{}\alpha\alpha"
    assert expand(r"\id\alpha x", {"id": macro("#1")}) == r"\alpha x"
    assert expand(r"\id{\alpha}x", {"id": macro("#1")}) == r"\alpha x"


def test_definitions_are_taken_out() -> None:
    found, rest = read_definitions(
        r"\newcommand{\a}{x}\renewcommand\b[2][y]{#1{#2}} \def\c#1{-#1} \DeclareMathOperator*{\am}{arg\,max}"
        r" \let\d=\delta a + \c{\a}"
    )
    assert found == {
        "a": Macro("x"),
        "b": Macro("#1{#2}", 2, "y"),
        "c": Macro("-#1", 1),
        "am": Macro(r"\operatorname*{arg\,max}"),
        "d": Macro(r"\delta"),
    }
    assert rest.strip() == r"a + \c{\a}"
    assert expand(rest, found).strip() == "a + -x"
    assert read_definitions(r"\define{x} \letter") == ({}, r"\define{x} \letter")


@pytest.mark.parametrize(
    "macros",
    [
        {"a": macro(r"\a")},
        {"a": macro(r"\a\a")},
        {"a": macro(r"x\b"), "b": macro(r"y\a")},
        {"a": macro(r"\b\b\b\b"), "b": macro(r"\c\c\c\c"), "c": macro(r"\d\d\d\d"), "d": macro("x" * 500)},
        {"a": macro("x" * 9000)},
        {"a": macro("#1#1")},
    ],
    ids=range(6),
)
def test_bombs_are_refused(macros: dict[str, Macro]) -> None:
    with pytest.raises(MacroError):
        expand(r"\a", macros)


def test_a_formula_of_a_million_commands_is_refused_at_once() -> None:
    with pytest.raises(MacroError):
        expand(r"\a" * 1_000_000, {"a": macro("x")})


@pytest.mark.parametrize("latex", [r"\newcommand{\a}", r"\newcommand{\a}{x", r"\def\a", r"\def\a{{}"])
def test_a_definition_without_an_end_is_refused(latex: str) -> None:
    with pytest.raises(MacroError):
        read_definitions(latex)


@pytest.mark.parametrize("latex", [r"\pd", r"\pd{L}", r"\pd{L", r"{\pd L}"])
def test_a_missing_parameter_is_refused(latex: str) -> None:
    with pytest.raises(MacroError):
        expand(latex, MACROS)
