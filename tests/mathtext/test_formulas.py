from __future__ import annotations

import re
from pathlib import Path

import pytest

from studybuddy.mathtext import display, inline
from studybuddy.mathtext.source import is_blank
from studybuddy.text import cell_width

HERE = Path(__file__).parent


def drawings(name: str) -> list[tuple[str, list[str], str]]:
    """Formulas and how they look: source after `%`, rows after `|`, the one-line form after `>`."""
    cases: list[tuple[str, list[str], str]] = []
    for block in (HERE / name).read_text(encoding="utf-8").split("\n\n"):
        source, *rows, line = block.strip("\n").split("\n")
        cases.append((source.removeprefix("% "), [row[2:] for row in rows], line.removeprefix("> ")))
    return cases


def golden() -> list[tuple[str, list[str], str]]:
    """28 formulas of a deep-learning course, and one for each way of drawing."""
    return drawings("course_formulas.txt") + drawings("formulas.txt")


@pytest.mark.parametrize(("latex", "rows", "line"), golden(), ids=lambda value: None)
def test_formulas_look_as_they_were_approved(latex: str, rows: list[str], line: str) -> None:
    drawn = display(latex)
    assert [row.rstrip() for row in drawn] == rows
    assert len({cell_width(row) for row in drawn}) == 1
    assert inline(latex) == line


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"\delta_Z", "δ_Z"),
        (r"\delta_{ij}", "δᵢⱼ"),
        (r"\delta_Z W^T", "δ_Z Wᵀ"),
        (r"\delta_Z^T", "δ_Z^T"),
        (r"\delta_{\hat{Y}} W_2^T", "δ_\u0176 W₂ᵀ"),
        (r"(\delta_Z)_{ij}^T", "(δ_Z)ᵢⱼᵀ"),
        (r"\hat{y} - \hat{x}", "\u0177 − x\u0302"),
        (r"\mathrm{depth}(n_{left}) n_{left} x", "depth(n_left)n_left x"),
        (r"W_{k,j}", "W_{k,j}"),
        (r"(N, D_{in})", "(N, Dᵢₙ)"),
        (r"\frac{a}{b}c", "(a/b)c"),
        (r"\frac{a+b}{2N}", "(a + b)/(2N)"),
        (r"\frac{\partial^2 L}{\partial x \partial y}", "∂²L/(∂x∂y)"),
        (r"-\frac{1}{2}", "−1/2"),
        (r"2 \times -3, a - b", "2 × −3, a − b"),
        (r"e^{z_j - m}", "e^(zⱼ−m)"),
        (r"1{,}000.5", "1,000.5"),
        (r"a \not= b \not\subset c", "a ≠ b ⊄ c"),
        (r"\mathrm{ReLU}'(x)", "ReLU′(x)"),
        (r"\operatorname*{arg\,max}_x f", "arg maxₓ f"),
        (r"x \, \text{当 $i=j$ 时}", "x 当 i = j 时"),
        (r"\nabla_\theta L", "∇_θ L"),
        (r"\sigma(Z) \cdot Z \to \infty", "σ(Z) · Z → ∞"),
        (r"[0, 1)", "[0, 1)"),
        (r"\newcommand{\pd}[2]{\frac{\partial #1}{\partial #2}} \pd{L}{W}", "∂L/∂W"),
        (r"x := 1, f: X \to Y", "x := 1, f: X → Y"),
        (r"\sqrt2 x + \sqrt{x} (y)", "√2 x + √x (y)"),
        (r"a \widehat{xyz} b \overline{x + y}", "a hat(xyz)b bar(x + y)"),
        (r"\overline{\frac{a}{b}} + \bar x", "bar(a/b) + x\u0304"),
        (r"\bigl\{ x \bigr\} \Big| \bigl( y \bigr)", "{x}|(y)"),
        (r"\tag{3.1} x = y \label{a}", "x = y  (3.1)"),
        (r"x = y \tag*{$\ast$}", "x = y  *"),
        (r"\begin{pmatrix} a & b \end{pmatrix}^{-1}_i", "(a  b)ᵢ⁻¹"),
        (r"\begin{cases} 1, & i=j, \\ 0, & \text{其他} \end{cases}", "{1, i = j; 0, 其他}"),
        (r"\left\{ x \middle| x > 0 \right\}", "{x | x > 0}"),
        (r"\mathbf{x} \in \mathbb{R}^{D}, \boldsymbol\theta", "𝐱 ∈ ℝᴰ, 𝛉"),
        (r"W_z W_Z W^z W^Z", "W_z W_Z WᶻW^Z"),
        (r"\operatorname*{argmin}_{w} \argmin", "arg min_w arg min"),
        (r"\not{x} \not\in \not\leq", "x\u0338 ∉≰"),
        (r"\nicefrac{1}{2} \P \copyright \Alpha x\_", "(1/2)¶©Αx_"),
        ("", ""),
    ],
)
def test_inline(latex: str, line: str) -> None:
    assert inline(latex) == line


def test_a_capital_subscript_stays_capital() -> None:
    for latex in (r"\delta_Z", r"\delta_{Z}", r"x_{Z_1}"):
        assert "Z" in "".join(display(latex))
        assert "ᶻ" not in inline(latex)
        assert "z" not in inline(latex)


@pytest.mark.parametrize(
    "latex",
    [
        r"\frac{a}{",
        r"\unknown{x} + 1",
        r"x_1_2",
        r"\begin{tikzcd} a \end{tikzcd}",
        r"\newcommand{\a}{\a\a} \a",
        r"\newcommand{\a}{b",
        r"\newenvironment{a}{b}{c} x",
        r"\left( x",
        "x" * 3000,
        "{" * 50 + "x" + "}" * 50,
    ],
)
def test_what_cannot_be_drawn_is_shown_as_its_source(latex: str) -> None:
    assert inline(latex) == latex
    assert display(latex) == (latex,)
    assert "".join(display(latex, 30)).replace(" ", "") == latex.replace(" ", "")


def test_control_characters_never_come_through() -> None:
    for latex in ("x\x1b[2J", r"\text{a" + "\x9b" + "b}", r"\text{&#27;[2J}", r"\unicode{x1b}", "\x1b{"):
        shown = inline(latex) + "".join(display(latex))
        assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in shown)
    assert len(inline(r"\hat{" * 30 + "x" + "}" * 30)) < 12


def test_a_comment_ends_with_its_line() -> None:
    assert inline("a % = b\n + c \\% d") == "a + c%d"
    assert display("\\text{two\n words}\n+ x") == ("two words + x",)


def test_no_column_is_lost() -> None:
    assert display(r"\begin{pmatrix} 1 & \\ 2 & 3 \end{pmatrix}") == ("⎛1   ⎞", "⎜    ⎟", "⎝2  3⎠")
    assert display(r"\begin{matrix} a & \end{matrix}")[0].strip() == "a"


UNDRAWN = {r"\limits", r"\middle|"}
"""Commands of TeX that mean nothing by themselves."""


def test_the_macros_of_the_course_are_drawn() -> None:
    macros = (HERE / "macros.txt").read_text(encoding="utf-8").splitlines()
    assert len(macros) == 205
    lost = set()
    for latex in macros:
        drawn = inline(latex) + "".join(display(latex))
        if re.search(r"\\[a-zA-Z]", drawn) or not (drawn.strip() or is_blank(latex)):
            lost.add(latex)
    assert lost == UNDRAWN


@pytest.mark.parametrize("latex", [r"\quad", r"\,", r"\phantom{x}", r"\label{a}", r"\nonumber \displaystyle"])
def test_a_formula_that_asks_for_room_alone_is_blank(latex: str) -> None:
    assert inline(latex) == ""
    assert not "".join(display(latex)).strip()
