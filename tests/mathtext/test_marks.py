from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.mathtext import Spans, display, display_spans, inline, inline_spans, readable
from studybuddy.text import cell_width
from tests.mathtext.test_formula_width import formulas
from tests.mathtext.test_formulas import golden


def shown(row: Spans) -> str:
    return "".join(f"«{text}»" if marked else text for text, marked in row).rstrip()


def line(latex: str) -> str:
    return shown(inline_spans(latex))


def rows(latex: str, width: int | None = None) -> list[str]:
    return list(map(shown, display_spans(latex, width)))


@pytest.mark.parametrize(
    ("latex", "wanted"),
    [
        (r"\frac{\marked{a}}{b}", "«a»/b"),
        (r"x_{\marked{ij}} y^{\marked{2}}", "x«ᵢⱼ»y«²»"),
        (r"x_{i\marked{j}}^{\marked{C}}", "x_{i«j»}^«C»"),
        (r"\marked{X}^\top Y", "«X»ᵀY"),
        (r"X^{\marked{\top}} Y", "X«ᵀ»Y"),
        (r"\sqrt{a + \marked{b}}", "√(a + «b»)"),
        (r"\marked{\sum_{i=1}^N} X_{ij}", "«∑ᵢ₌₁ᴺ» Xᵢⱼ"),
        (r"a \marked{+} b \marked{=} c", "a «+» b «=» c"),
        (r"\marked{-}x + \marked{-y}", "«−»x + «−y»"),
        (r"\hat{\marked{x}} \marked{\hat{y}}", "«x\u0302\u0177»"),
        (r"\marked{(X)}_{ij} (\marked{X})_{ij}", "«(X)»ᵢⱼ(«X»)ᵢⱼ"),
        (r"\marked{\delta_Z} W", "«δ_Z» W"),
        (r"\marked{W}' \marked{\log} x", "«W»′ «log» x"),
        (r"\marked{\text{中文}} x_{\marked{\text{输入}}}", "«中文»x_{«输入»}"),
        (r"\marked{\marked{a} b} c", "«ab»c"),
        (r"\color{red}{x} + \textcolor{blue}{y}^2 + \textcolor[rgb]{1,0,0}{z}", "x + y² + z"),
    ],
)
def test_a_marked_part_on_one_line(latex: str, wanted: str) -> None:
    assert line(latex) == wanted
    assert "".join(text for text, _ in inline_spans(latex)) == inline(latex)


def test_a_marked_part_in_two_dimensions() -> None:
    assert rows(r"\marked{\frac{a+1}{b}} = \sqrt{\frac{\marked{x}}{y}}") == [
        "         ┌─",
        "«a + 1»    │«x»",
        "«─────» =  │─",
        "  «b»     ╲│y",
    ]
    assert rows(r"\left(\marked{\frac{a}{b}}\right)^{\marked{\top}} \marked{\left(\frac{x}{y}\right)}") == [
        "⎛«a»⎞«ᵀ⎛x⎞»",
        "⎜«─»⎟ «⎜─⎟»",
        "⎝«b»⎠ «⎝y⎠»",
    ]
    assert rows(r"\begin{pmatrix} \marked{a} & b \\ c & \marked{\hat{y}} \end{pmatrix}") == [
        "⎛«a»  b⎞",
        "⎜    ⎟",
        "⎝c  «\u0177»⎠",
    ]
    assert rows(
        r"\marked{\begin{aligned} a &= b \\ &= c \end{aligned}} + \marked{\xrightarrow{\text{to}}}"
    ) == [
        "        «to»",
        "«a = b» + «──→»",
        "  «= c»",
    ]


def test_a_marked_part_breaks_like_any_other() -> None:
    latex = r"y = \marked{a_1 + a_2 + a_3 + a_4 + a_5} - b"
    assert rows(latex, 20) == ["y = «a₁ + a₂ + a₃»", "  «+ a₄ + a₅» − b"]
    plain = latex.replace(r"\marked{", "").replace("}", "")
    assert ["".join(text for text, _ in row) for row in display_spans(latex, 20)] == list(display(plain, 20))


def test_a_source_that_cannot_be_drawn_keeps_its_mark() -> None:
    assert line(r"\unknown{a} + \marked{x{y}} + \marked{z}") == r"\unknown{a} + «x{y}» + «z»"
    assert rows(r"\unknown{a} + \marked{x}") == [r"\unknown{a} + «x»"]
    assert line(r"\marked{") == r"\marked{"
    assert readable(r"\marked{x}")


def test_the_sign_that_carries_a_mark_never_comes_through() -> None:
    assert inline_spans("a\u2064b") == (("ab", False),)
    assert display("a\u2064b") == ("ab",)
    assert inline("\\unknown \u2064x") == "\\unknown x"
    assert "\u2064" not in inline(r"\text{a&#x2064;b}") + "".join(display(r"\text{a&#x2064;b}"))


@pytest.mark.parametrize("latex", [latex for latex, _, _ in golden()])
def test_a_mark_moves_nothing(latex: str) -> None:
    marked = rf"\marked{{{latex}}}"
    assert display(marked) == display(latex)
    assert inline(marked) == inline(latex)
    assert all(flag or text.isspace() for row in display_spans(marked) for text, flag in row)


@given(formulas(), st.none() | st.integers(6, 80))
@settings(deadline=None)
def test_marking_a_whole_formula_changes_no_cell(latex: str, width: int | None) -> None:
    pieces = display_spans(rf"\marked{{{latex}}}", width)
    assert tuple("".join(text for text, _ in row) for row in pieces) == display(latex, width)
    assert all(flag or text.isspace() for row in pieces for text, flag in row)
    assert len({cell_width("".join(text for text, _ in row)) for row in pieces}) == 1
