"""Formulas made to break the drawing. Each is shown, soon, and in rows of equal width."""

from __future__ import annotations

import pytest

from studybuddy.mathtext import display, display_spans, inline, inline_spans, readable
from studybuddy.text import cell_width, clean_line

pytestmark = pytest.mark.timeout(20)

HOSTILE = {
    "100 kB": r"\frac{a}{b} + " * 7200,
    "100 kB of one word": "x" * 100_000,
    "10,000 braces": "{" * 10_000 + "x" + "}" * 10_000,
    "10,000 open braces": "{" * 10_000,
    "10,000 closing braces": "}" * 10_000,
    "10,000 brackets": "(" * 10_000 + ")" * 10_000,
    "950 brackets": "(" * 950 + ")" * 950,
    "brackets that stretch": r"\left(" * 150 + "x" + r"\right)" * 150,
    "fractions in fractions": r"\frac{1}{1+" * 39 + "x" + "}" * 39,
    "fractions doubled": "".join(r"\frac{" for _ in range(39)) + "1" + "}{2}" * 39,
    "fractions without braces": r"\frac" * 600,
    "scripts on scripts": "x" + "_{x" * 39 + "}" * 39,
    "roots": r"\sqrt" * 390 + "x",
    "a matrix of 200x200": r"\begin{pmatrix}" + (" & ".join("0" * 200) + r" \\ ") * 200 + r"\end{pmatrix}",
    "a matrix that may be drawn": r"\begin{matrix}" + ("a&" * 30 + r"\\") * 30 + r"\end{matrix}",
    "900 columns": r"\begin{matrix}" + "&" * 900 + r"\end{matrix}",
    "400 rows": r"\begin{matrix}" + r"\\" * 400 + r"\end{matrix}",
    "environments that do not match": r"\begin{pmatrix}" * 60 + r"\end{cases}" * 60,
    "combining marks": "x" + "\u0301" * 500 + r"\hat{" + "y" + "\u0302" * 500 + "}",
    "accents on accents": r"\hat{" * 39 + r"\text{长}" + "}" * 39,
    "strokes": r"\cancel{" * 39 + "x" + "}" * 39,
    "emoji families": r"\text{" + "👩\u200d👩\u200d👧\u200d👦" * 30 + "}_{🎉}",
    "flags and skin": r"\text{🇨🇳🇬🇧👍🏽}^{👍🏽} + \frac{🇨🇳}{👩\u200d💻}",
    "right to left": r"\text{" + "\u05d0\u05d1\u05d2" * 20 + "} + \u202e x \u2066 y",
    "control codes": "\x1b]0;x\x07 \\frac{\x9b2J}{\x00} \\text{&#27;[2J}",
    "commands without end": r"\newcommand{\a}{\a\a}\a" + r"\a" * 500,
    "a bomb of commands": "".join(
        rf"\newcommand{{\{n}}}{{\{m}\{m}\{m}\{m}}}" for m, n in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + r"\newcommand{\a}{xxxx}\i",
    "marks in marks": r"\marked{" * 39 + "x" + "}" * 39,
    "open marks": r"\marked{" * 200,
    "1000 marks": r"\unknown " + r"\marked{x}" * 190,
    "numbers of equations": r"x \tag{" * 200,
    "colours": r"\color{red}" * 170 + "x",
    "dollars": r"\text{$" * 250,
    "backslashes": "\\" * 1999,
    "odd spaces": "\u00a0\u2003\u3000\u200b\ufeff" * 300 + "x",
    "surrogates": "\ud800x\udfff",
}


@pytest.mark.parametrize("latex", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("plain", [False, True])
def test_hostile_formulas(latex: str, plain: bool) -> None:
    readable(latex)
    for line in (inline(latex, plain=plain), "".join(text for text, _ in inline_spans(latex, plain=plain))):
        assert clean_line(line) == line
    for width in (None, 8, 72):
        drawn = display(latex, width, plain=plain)
        assert len({cell_width(row) for row in drawn}) == 1
        assert sum(map(len, drawn)) < 250_000
        assert all(clean_line(row) == row for row in drawn)
        pieces = display_spans(latex, width, plain=plain)
        assert len(pieces) == len(drawn)
        assert all(text for row in pieces for text, _ in row)


@pytest.mark.parametrize("name", ["100 kB", "10,000 braces", "commands without end", "a bomb of commands"])
def test_what_is_too_much_is_shown_as_its_source(name: str) -> None:
    source = HOSTILE[name]
    assert inline(source).replace(" ", "") == clean_line(source).replace(" ", "")
    assert not readable(source)
