"""The worst that can be typed: a verdict with a place and a reason, never an exception."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.core.derivation import Judgement
from studybuddy.core.phrase import Phrase
from studybuddy.derivation.check import Verdict, check
from studybuddy.derivation.evaluate import BEYOND
from studybuddy.derivation.latex import latex
from tests.derivation.answers import exercise

DW = "s3w10d1/linear-backward/dw"
ELEMENT = "s3w10d1/linear-backward/element"
LETTERS = [a + b for a, b in zip("abcdefghijklmno", "pqrstuvwxyzABCD", strict=True)]


def judged(typed: str, step: str = DW) -> Verdict:
    """A verdict that says something about a place in what was typed."""
    verdict = check(exercise(step), typed)
    if verdict.judgement is not Judgement.RIGHT:
        assert verdict.reason is not None
        assert verdict.reason.english()
        assert verdict.reason != Phrase(BEYOND)
        assert verdict.span is not None
        assert 0 <= verdict.span[0] <= max(len(typed), 1)
        assert verdict.span[0] < verdict.span[1]
    if verdict.reading is not None:
        assert latex(verdict.reading.expression, verdict.span)
    return verdict


UNREADABLE = {
    "": "nothing is written yet",
    " \n\t ": "nothing is written yet",
    "$$": "nothing is written yet",
    "% a comment": "nothing is written yet",
    "X" * 100_000: "an answer may have 2000 characters at most; this one has 100000",
    "(" * 10_000: "an answer may have 2000 characters at most; this one has 10000",
    "(" * 60 + "X" + ")" * 60: "too many brackets within brackets",
    "{" * 60 + "X" + "}" * 60: "too many brackets within brackets",
    "（" * 60 + "X" + "）" * 60: "too many brackets within brackets",
    "X^{": "braces or brackets do not match here",
    "X}": "braces or brackets do not match here",
    r"\frac{X}{": "braces or brackets do not match here",
    r"\left( X": "this bracket is never closed",
    "(X.T @ dZ": "this bracket is never closed",
    "X.T) @ dZ": ") was not expected here",
    r"\foo X": r"\foo is not known here",
    r"\input{/etc/passwd}": r"\input is not known here",
    r"\newcommand{\a}{X}\a": r"\a is not known here",
    r"\begin{pmatrix} X & Y \end{pmatrix}": r"\begin{pmatrix} is not read here",
    r"\begin{aligned} X \\ W \end{aligned}": "two formulas: write one, or a chain a = b = c",
    r"\text{transpose of X} \delta_Z": "transposeofX is not known here",
    "X^T，δ_Z": ", was not expected here",
    "Xᵀ；δ_Z": "; was not expected here",
    "输入的转置": "输 was not expected here",
    "X 🎉": "🎉 was not expected here",
    "x^T dz": "dz is no name of this exercise; do you mean δ_Z?",
    "X^T δ_z": "δ_z is no name of this exercise; do you mean δ_Z?",
    "X^T Q": "Q is no name of this exercise; there are X, W, b, δ_Z, Z, L, N, D, M",
    "X^T δ": "δ of what? Write δ_Z for a gradient, δ_ij with two indices for the Kronecker delta",
    "np.linalg.inv(X)": (
        "np.linalg.inv(X) is not read here: tensors, operators and a few functions of NumPy are"
    ),
    "__import__('os').system('ls')": (
        "__import__('os').system('ls') is not read here: tensors, operators and a few functions of NumPy are"
    ),
    "X.__class__": "X.__class__ is not read here: tensors, operators and a few functions of NumPy are",
    "np.sum(X, where=X > 0)": (
        "np.sum(X, where=X > 0) is not read here: tensors, operators and a few functions of NumPy are"
    ),
    "np.diag(X, 1)": "np.diag(X, 1) is not read here: tensors, operators and a few functions of NumPy are",
    "X.astype(int).T @ dZ": (
        "X.astype(int) is not read here: tensors, operators and a few functions of NumPy are"
    ),
    "X[1]": "an index is a letter here, not a number",
    "X_{1k}": "an index is a letter here, not a number",
    "X_i": "X has the axes (N, D); 1 index was given",
    "9" * 1_900: "this number is too large",
    "1e999 * X": "this number is too large",
    "-" * 1_500 + "X": "this is longer, or deeper, than any formula of the course",
    "X" + "'" * 1_000: "this is longer, or deeper, than any formula of the course",
    "+".join(["X"] * 900): "this is longer, or deeper, than any formula of the course",
    "X @ " * 400 + "X": "this is longer, or deeper, than any formula of the course",
    "\ud800X": "a character that cannot be shown cannot be read",
    "X\u202eδ": "a character that cannot be shown cannot be read",
    "X\x00": "a character that cannot be shown cannot be read",
    "X\x1b[31m": "a character that cannot be shown cannot be read",
    r"\sum_{i=1}^{5} X_{ik}": "a sum ends at a size of the exercise, such as N",
    r"\sum_{i=0}^{N} X_{ik}": "a sum from 0 ends at N−1, one from 1 at N",
    r"\sum X": r"a sum needs an index: \sum_i",
    "X =": "the formula breaks off here",
    "X @": "the formula breaks off here",
    "∂L": "∂ needs a fraction: ∂L/∂W",
    "(X = W) dZ": "an equals sign cannot stand inside a formula",
    "X / 0": "X/0 divides by zero",
    r"X^\top \delta_Z / 0": "Xᵀ δ_Z/0 divides by zero",
    "X.T @ dZ / (N - N)": "Xᵀ δ_Z/(N − N) divides by zero",
    r"\frac{1}{0}": "1/0 divides by zero",
    "X / (X - X)": "X/(X − X) divides by zero",
}


@pytest.mark.parametrize("typed", UNREADABLE, ids=lambda typed: repr(typed[:24]))
def test_unreadable(typed: str) -> None:
    verdict = judged(typed)
    assert verdict.judgement is Judgement.UNREADABLE
    assert verdict.reason is not None
    assert verdict.reason.english() == UNREADABLE[typed]


RESTATED = "this only restates what is wanted: express the derivative by known tensors"
WRONG = {
    r"X^\top \log(\delta_Z)": "log(δ_Z) has no value where its argument is not positive",
    "9**9**9": "9^(9^9) is too large, or no real number",
    r"X_{" + "ijklmnopqrstuvwxyzabcdefghijkl" + "}": "X has the axes (N, D); 30 indices were given",
    "".join(f"X_{{{pair}}}" for pair in LETTERS): "too many different indices in one product",
    "Ｘ Ｗ": "your result has the shape (N, M), the gradient has (D, M)",
    r"\sum_i X_{ik} (\delta_Z)_{ik}": (
        "index k runs over D elsewhere but over M in (δ_Z)_ik: one of the indices is wrong"
    ),
    "X^T D": "your result has the shape (D, N), the gradient has (D, M)",
    "L": "this is one number; what is wanted has the shape (D, M)",
    "0": "this is one number; what is wanted has the shape (D, M)",
    r"L \cdot W": "the shape is right, the values are not: your answer depends on W, b",
    r"X^\top Z": "the shape is right, the values are not: δ_Z is meant, not Z",
    r"\frac{\partial L}{\partial W} + 0": RESTATED,
    r"X^\top \delta_Z + 0 \frac{\partial L}{\partial W}": RESTATED,
    r"\frac{\partial}{\partial W} \sum_i \sum_j (\delta_Z)_{ij} Z_{ij}": RESTATED,
    "dW": RESTATED,
    r"|X^\top \delta_Z|": "the shape is right, the values are not: no abs is meant: Xᵀ δ_Z",
    "dX = X.T @ dZ": "side 1 of the chain: your result has the shape (N, D), the gradient has (D, M)",
    r"\frac{1}{1}" * 30 + "X": "your result has the shape (N, D), the gradient has (D, M)",
    r"\frac{" * 15 + "X" + "}{N}" * 15: "your result has the shape (N, D), the gradient has (D, M)",
}


@pytest.mark.parametrize("typed", WRONG, ids=lambda typed: repr(typed[:24]))
def test_wrong(typed: str) -> None:
    verdict = judged(typed)
    assert verdict.judgement is Judgement.WRONG
    assert verdict.reason is not None
    assert verdict.reason.english().startswith(WRONG[typed])


RIGHT = (
    "Ｘ^Ｔ δ_Ｚ",
    "X\u200b^T δ_Z",
    "（X）ᵀ（δ_Z）",
    "X^T “δ_Z”。",
    "x^t dZ",
    "ans = X.T @ dZ",
    "X^T \\delta_Z % the input turned round",
    "X.T @ dZ  # the input turned round",
    "\n X.T\n@ dZ\n",
    r"\begin{aligned} \nabla_W L &= X^\top \delta_Z \\ &= (\delta_Z^\top X)^\top \end{aligned}",
    "[[[[[[X]]]]]]^T dZ",
)


@pytest.mark.parametrize("typed", RIGHT)
def test_odd_but_right(typed: str) -> None:
    assert judged(typed).judgement is Judgement.RIGHT


def test_the_place_is_where_it_went_wrong() -> None:
    for typed, part in {
        r"X^\top \foo \delta_Z": "\\",
        "Xᵀ；δ_Z": "；",
        "X.T @ open('f')": "o",
        "X^T Q": "Q",
        "αβγ": "α",
    }.items():
        span = judged(typed).span
        assert span is not None
        assert typed[span[0] : span[0] + 1] == part


def test_dimensions_that_happen_to_be_equal_stay_two() -> None:
    """Shapes are compared by name: a transpose that changes no size is still missed."""
    attention = "drill/attention/dv"
    assert judged(r"A \delta_O", attention).judgement is Judgement.WRONG
    assert judged(r"\sum_i A_{ki} (\delta_O)_{ie}", attention).judgement is Judgement.WRONG
    assert judged(r"A^\top \delta_O", attention).judgement is Judgement.RIGHT


class TestBrackets:
    """`AB ⊙ C` is asked about where the other reading is right, and costs nothing."""

    STEP = "drill/two-layer/grad-w1"

    def test_asked(self) -> None:
        verdict = judged(r"X^\top \delta_Z W_2^\top \odot \mathbf{1}[H_1 > 0]", self.STEP)
        assert verdict.judgement is Judgement.UNREADABLE
        assert verdict.reason is not None
        assert verdict.reason.english() == (
            "brackets are missing: (Xᵀ δ_Z W_2ᵀ) ⊙ 1[H_1 > 0] or Xᵀ ((δ_Z W_2ᵀ) ⊙ 1[H_1 > 0])?"
        )

    def test_not_asked_where_brackets_were_written(self) -> None:
        typed = r"(X^\top \delta_Z W_2^\top) \odot \mathbf{1}[H_1 > 0]"
        assert judged(typed, self.STEP).judgement is Judgement.WRONG

    def test_not_asked_where_it_is_right_as_it_stands(self) -> None:
        typed = r"X^\top (\delta_Z W_2^\top \odot \mathbf{1}[H_1 > 0])"
        assert judged(typed, self.STEP).judgement is Judgement.RIGHT

    def test_numpy_says_what_binds(self) -> None:
        assert judged("X.T @ dZ @ W2.T * (H1 > 0)", self.STEP).judgement is Judgement.WRONG


SIGNS = r"XWbZLNDMijkl01()[]{}^_+-*/=<>.,:'@| " + "\\δ∂∑Σ∇ᵀᵢ⊙，（&\n"
MACROS = (
    *(
        r"\sum_{i}",
        r"\frac{",
        r"\partial ",
        r"\delta_Z",
        r"^\top",
        r"\odot ",
        r"\mathbf{1}",
        r"\left(",
        r"\\",
    ),
    *(r"\begin{cases}", r"\end{cases}", r"\sqrt{", r"\log ", r"\text{if}", r"\underbrace{", r"\langle "),
)
WORDS = (
    *("np.", "sum(", "axis=0", ".T", "dZ", "dW", "X[:, None]", "if ", "else "),
    *("for i in range(N)", "np.einsum('ij->ji', "),
)
PIECES = st.sampled_from((*SIGNS, *MACROS, *WORDS))


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES, max_size=24), st.sampled_from([DW, ELEMENT, "drill/softmax-jacobian/gradient"]))
def test_whatever_is_typed_gets_a_verdict(pieces: list[str], step: str) -> None:
    typed = "".join(pieces)
    verdict = check(exercise(step), typed, hint=False)
    assert verdict.judgement is Judgement.RIGHT or verdict.reason not in (None, Phrase(BEYOND))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_any_text_gets_a_verdict(typed: str) -> None:
    judged(typed)


NAMES = st.sampled_from(
    ["X", "W", "dZ", "Z", "b", "N", "X.T", "dZ.T", "2", "0", "X[i, k]", "X[:, None]", "(Z > 0)", "p"]
)
OPERATORS = st.sampled_from(["@", "*", "+", "-", "/", "**"])
CALLS = st.sampled_from(["sum", "exp", "transpose", "diag", "sign", "mean", "softmax", "abs"])
TREES = st.recursive(
    NAMES,
    lambda below: st.one_of(
        st.builds("({} {} {})".format, below, OPERATORS, below),
        st.builds("np.{}({})".format, CALLS, below),
        st.builds("({}).sum(axis={})".format, below, st.sampled_from(["0", "1", "-1"])),
        st.builds("np.where({}, {}, {})".format, below, below, below),
    ),
    max_leaves=8,
)


@settings(max_examples=300, deadline=None)
@given(TREES)
def test_every_expression_of_numpy_gets_a_verdict(typed: str) -> None:
    verdict = check(exercise(DW), typed, hint=False)
    assert verdict.judgement is Judgement.RIGHT or verdict.reason not in (None, Phrase(BEYOND))
