from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.mathtext import display, inline
from studybuddy.text import cell_width


def golden() -> list[tuple[str, list[str], str]]:
    """The formulas of `formulas.txt`: source after `%`, rows after `|`, the one-line form after `>`."""
    cases: list[tuple[str, list[str], str]] = []
    for block in Path(__file__).with_name("formulas.txt").read_text(encoding="utf-8").split("\n\n"):
        source, *rows, line = block.strip("\n").split("\n")
        cases.append((source.removeprefix("% "), [row[2:] for row in rows], line.removeprefix("> ")))
    return cases


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
        r"\newcommand{\a}{b} \a",
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
