from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.mathtext import display, display_spans, inline, inline_spans
from studybuddy.text import cell_width
from tests.mathtext.test_formula_width import formulas
from tests.mathtext.test_formulas import HERE, drawings

CHINESE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


@pytest.mark.parametrize(("latex", "rows", "line"), drawings("plain_formulas.txt"), ids=lambda value: None)
def test_formulas_in_ascii(latex: str, rows: list[str], line: str) -> None:
    drawn = display(latex, plain=True)
    assert [row.rstrip() for row in drawn] == rows
    assert len({cell_width(row) for row in drawn}) == 1
    assert inline(latex, plain=True) == line
    assert CHINESE.sub("", line + "".join(rows)).isascii()


def test_every_macro_of_the_course_has_an_ascii_form() -> None:
    for latex in (HERE / "macros.txt").read_text(encoding="utf-8").splitlines():
        assert (inline(latex, plain=True) + "".join(display(latex, plain=True))).isascii(), latex


def test_marked_parts_in_ascii() -> None:
    latex = (
        r"\hat{\marked{x}} + \marked{\delta_Z}^\top \frac{\marked{\partial L}}{b}"
        r" \marked{\in} \marked{\sqrt{a}}"
    )
    line = "".join(f"«{text}»" if marked else text for text, marked in inline_spans(latex, plain=True))
    assert line == "«x_hat» + «delta_Z»^T («dL»/b) «in sqrt(a)»"
    assert "".join(text for text, _ in display_spans(latex, plain=True)[1]) == display(latex, plain=True)[1]


def test_what_cannot_be_drawn_stays_its_source() -> None:
    assert inline(r"\unknown{δ}", plain=True) == r"\unknown{δ}"


@given(formulas(), st.none() | st.integers(6, 80))
@settings(deadline=None)
def test_any_formula_has_an_ascii_form(latex: str, width: int | None) -> None:
    drawn = display(latex, width, plain=True)
    assert len({cell_width(row) for row in drawn}) == 1
    assert all(CHINESE.sub("", row).isascii() for row in (*drawn, inline(latex, plain=True)))
