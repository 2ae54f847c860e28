from __future__ import annotations

import re
from unicodedata import normalize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.mathtext import display, inline
from studybuddy.mathtext.breaking import broken
from studybuddy.mathtext.layout import lay
from studybuddy.mathtext.line import write
from studybuddy.mathtext.mathml import read
from studybuddy.text import cell_width, clean_line

CHAIN = (
    r"\frac{\partial L}{\partial W_{kj}} = \sum_{i=1}^{N} X_{ik} (\delta_Z)_{ij}"
    r" = (X^\top \delta_Z)_{kj} \Rightarrow \frac{\partial L}{\partial W} = X^\top \delta_Z"
)


def rows(latex: str, width: int) -> list[str]:
    return [row.rstrip() for row in display(latex, width)]


def test_a_wide_formula_breaks_before_relations() -> None:
    assert rows(CHAIN, 40) == [
        " ∂L     N",
        "──── =  ∑  Xᵢₖ(δ_Z)ᵢⱼ = (Xᵀδ_Z)ₖⱼ",
        "∂Wₖⱼ   i=1",
        "",
        "      ∂L",
        "    ⇒ ── = Xᵀδ_Z",
        "      ∂W",
    ]
    assert rows(CHAIN, 24)[3:] == [
        "",
        "  = (Xᵀδ_Z)ₖⱼ",
        "",
        "    ∂L",
        "  ⇒ ── = Xᵀδ_Z",
        "    ∂W",
    ]
    assert rows(CHAIN, 80) == rows(CHAIN, 60)


def test_a_wide_formula_without_relations_breaks_before_operators() -> None:
    assert rows("a_1 + a_2 + a_3 + a_4 + a_5 - a_6", 20) == ["a₁ + a₂ + a₃ + a₄", "  + a₅ − a₆"]


def test_a_group_is_no_hindrance() -> None:
    assert rows("y = {a_1 + a_2 + a_3 + {a_4 + a_5}} - b", 20) == ["y = a₁ + a₂ + a₃", "  + a₄ + a₅ − b"]


def test_equations_in_rows_break_row_by_row() -> None:
    latex = r"\begin{aligned} y &= a_1 + a_2 + a_3 \\ &= b_1 + b_2 + b_3 + b_4 \end{aligned}"
    assert rows(latex, 30) == ["y = a₁ + a₂ + a₃", "  = b₁ + b₂ + b₃ + b₄"]
    assert rows(latex, 18) == ["y = a₁ + a₂ + a₃", "  = b₁ + b₂ + b₃", "    + b₄"]


def test_what_cannot_be_broken_in_two_dimensions_is_written_on_lines() -> None:
    latex = r"\left( \frac{a}{b} + \frac{c}{d} + \frac{e}{f} + \frac{g}{h} + \frac{i}{j} \right)"
    drawn = display(latex, 16)
    assert max(cell_width(row) for row in drawn) <= 16
    assert "".join(drawn).replace(" ", "") == "(a/b+c/d+e/f+g/h+i/j)"


@pytest.mark.parametrize("width", [24, 32, 40, 68, 84])
def test_the_formulas_of_the_course_fit(width: int) -> None:
    assert max(cell_width(row) for row in display(CHAIN, width)) <= width


TOKENS = r"""
\frac \sum \prod \int _ ^ { } [ ] ( ) \left( \right) \left. \right| \begin{cases} \end{cases} & \\ \hat
\begin{pmatrix} \end{pmatrix} \begin{aligned} \end{aligned} \sqrt \text{中文} \text{ \mathrm{softmax} x W
\mathbf{1} \mathbb{R} \partial \delta 1 2.5 = + - , ; ' \top \quad \limits \operatorname{tr} \log \max
\underbrace \overline \boxed \cancel \phantom \color{red} \binom \not \middle| \| | \{ \} \hspace{100em}
\over \substack \pmod \verb|x| % \unknown \tag{1} \unicode{x1b} &#27; < > \stackrel \genfrac \root
\bigl( \xrightarrow \def \array ~ 中 . '' ^\prime _Z ^T {} \displaystyle
"""
tokens = st.sampled_from(TOKENS.split())


@given(st.lists(tokens, max_size=40), st.integers(4, 60))
@settings(deadline=None)
def test_no_input_raises_or_breaks_the_grid(parts: list[str], width: int) -> None:
    latex = " ".join(parts)
    line = inline(latex)
    assert clean_line(line) == line
    for drawn in (display(latex), display(latex, width)):
        assert len({cell_width(row) for row in drawn}) == 1
        assert all(clean_line(row) == row for row in drawn)


@given(st.text(st.characters(codec=None), max_size=60))
@settings(deadline=None)
def test_any_text_is_shown(text: str) -> None:
    assert len({cell_width(row) for row in display(text, 40)}) == 1
    assert "\n" not in inline(text)


def formulas() -> st.SearchStrategy[str]:
    atoms = st.sampled_from(
        [
            "x",
            "W",
            "2",
            r"\delta_Z",
            r"\partial L",
            r"\mathbb{R}",
            r"\text{中文}",
            r"\log",
            r"\top",
            "-1",
            r"\quad",
        ]
    )
    signs = st.sampled_from([" + ", " - ", " = ", " ", ", ", r" \odot ", r" \to "])

    def grow(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        shapes = st.sampled_from(
            [
                r"\frac{%s}{%s}",
                r"{%s}_{%s}",
                r"{%s}^{%s}",
                r"\sum_{%s}^{%s} x",
                r"\left(%s\right)_{%s}",
                r"\begin{cases} %s & a \\ b & %s \end{cases}",
                r"\begin{aligned} %s &= a \\ &= %s \end{aligned}",
                r"\sqrt{%s} + \hat{%s}",
                r"(%s)^T [%s]",
                r"\underbrace{%s}_{%s}",
                r"\max_{%s} \overline{%s}",
            ]
        )
        joined = st.tuples(inner, signs, inner).map("".join)
        return joined | st.tuples(shapes, inner, inner).map(lambda parts: parts[0] % parts[1:])

    return st.recursive(atoms, grow, max_leaves=12)


@given(formulas(), st.integers(6, 80))
@settings(deadline=None)
def test_well_formed_formulas_are_drawn_and_keep_their_letters(latex: str, width: int) -> None:
    tree = read(latex)
    box, line = lay(tree), write(tree)
    assert len({cell_width(row) for row in box.rows}) == 1
    drawn = normalize("NFD", "".join(box.rows))  # a letter and its hat may be one character
    for letter in set(re.findall(r"(?<![a-zA-Z\\{])[W2](?![a-zA-Z])", latex)):
        assert set(drawn) & set(_shapes(letter))
        assert set(normalize("NFD", line)) & set(_shapes(letter))
    lines = broken(tree, width)
    assert lines is None or max(map(cell_width, lines)) <= width


def _shapes(letter: str) -> str:
    return {"W": "Wᵂ", "2": "2²₂"}[letter]


@pytest.mark.parametrize(
    "latex",
    [
        "(a" * 999,
        "x'" * 999,
        "a=" * 999,
        r"\begin{matrix}" + "a&" * 900 + r"\end{matrix}",
        r"\frac{a}{" * 39 + "b" + "}" * 39,
        "a^{" * 39 + "b" + "}" * 39,
        r"\sqrt" * 300 + "x",
        r"\boxed{" * 39 + "x" + "}" * 39,
        r"\hat{" * 39 + "x" + "}" * 39,
        r"\cancel{" * 39 + "x" + "}" * 39,
    ],
    ids=lambda latex: latex[:12],
)
def test_hostile_formulas_are_drawn_in_bounded_time(latex: str) -> None:
    drawn = display(latex, 60)
    inline(latex)
    assert sum(len(row) for row in drawn) < 100_000
