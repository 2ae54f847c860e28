"""Why an answer is wrong: always something that stands in it, in both languages."""

from __future__ import annotations

import re

import pytest

from studybuddy.core.derivation import Judgement
from studybuddy.derivation.check import Verdict, check
from studybuddy.derivation.equality import equal
from studybuddy.derivation.latex import latex
from studybuddy.derivation.read import read
from studybuddy.i18n import say, use_language
from tests.derivation.answers import by_step, exercise

WRONG = by_step("wrong")
DW = "s3w10d1/linear-backward/dw"
ELEMENT = "s3w10d1/linear-backward/element"
BARE = {"the shape is right, the values are not", "the indices fit, the values do not"}
NAMES = re.compile(
    r"\([A-Z1?][A-Z1, ]*\)|\bindex\b|\bindices\b|axis|axes|shape|factor|sign|transpose|term|mask|bracket|"
    r"sum\b|times|everywhere|exchanged|restates|may not stay|meant|missing|too many|right where|wrong where|"
    r"right for|depends on|divides|power|order|derivative|value|einsum|vectors"
)


def judged(step: str, typed: str) -> Verdict:
    return check(exercise(step), typed)


def reason(step: str, typed: str) -> str:
    found = judged(step, typed).reason
    return found.english() if found else ""


@pytest.mark.timeout(240)
@pytest.mark.parametrize("step", WRONG)
def test_every_reason_names_something(step: str) -> None:
    for typed in WRONG[step]:
        verdict = judged(step, typed)
        assert verdict.reason is not None, typed
        sentence = verdict.reason.english()
        tail = sentence.rpartition(": ")[2] if verdict.judgement is Judgement.WRONG else sentence
        assert tail not in BARE, typed
        if verdict.judgement is Judgement.WRONG:
            assert NAMES.search(sentence), (typed, sentence)
            assert "right combination" not in sentence, typed
        for said in (sentence, verdict.fix.advice.english() if verdict.fix else ""):
            assert "ᵀᵀ" not in said, typed
            assert not re.search(r"(?:^|: |; and )(\S+) is meant, not \1(?:;|$)", said), typed
        assert not re.search(r"(?<!_)\{[a-z]{2,}\}", sentence), (typed, sentence)
        assert verdict.span is not None
        assert 0 <= verdict.span[0] < verdict.span[1]


CLASSIC = {
    r"X \delta_Z": "shapes do not fit: X is (N, D), δ_Z is (N, M); D and N must agree "
    "— a transpose is missing",
    r"\delta_Z X^\top": "shapes do not fit: δ_Z is (N, M), Xᵀ is (D, N); M and D must agree "
    "— in the other order they would fit",
    r"\delta_Z^\top X": "your result has the shape (M, D), the gradient has (D, M): it is transposed",
    r"\frac{1}{N} X^\top \delta_Z": "the shape is right, the values are not: it is 1/N times what is wanted",
    r"-X^\top \delta_Z": "the shape is right, the values are not: it has the opposite sign of what is wanted",
    r"X^\top \odot \delta_Z": "elementwise product of Xᵀ (D, N) and δ_Z (N, M): the shapes do not fit "
    "— did you mean a matrix product?",
}


@pytest.mark.parametrize("typed", CLASSIC)
def test_the_classic_mistakes_of_the_weights(typed: str) -> None:
    assert reason(DW, typed) == CLASSIC[typed]


def test_the_classic_mistakes_with_indices() -> None:
    assert reason(ELEMENT, r"X_{ik} (\delta_Z)_{ij}") == (
        "index i is still free, but the left side depends only on k, j: a sum over i is missing"
    )
    assert reason(ELEMENT, r"\sum_i X_{ki} (\delta_Z)_{ij}") == (
        "index k runs over D elsewhere but over N in X_ki: one of the indices is wrong"
    )


HINTS = {
    (DW, "X.T @ np.abs(dZ)"): "no abs is meant: δ_Z",
    (DW, "np.outer(X, dZ)"): "a matrix product is meant: Xᵀ δ_Z",
    (DW, "X.T.T @ dZ"): "Xᵀ must not be transposed",
    ("s3w10d1/linear-backward/db", r"\mathbf{1}_M^\top \delta_Z"): "1_N is meant, not 1_M",
    ("s3w10d1/linear-backward/db", "dZ[0]"): "δ_Z[0] is the first row alone: all rows are to be summed",
    ("drill/softmax-jacobian/gradient", "p * (np.eye(C) - p)"): "p must stand as a column: p[:, None]",
    ("drill/sigmoid/gradient", r"\delta_A \odot \tanh'(Z)"): "σ′(Z) is meant, not tanh′(Z)",
    ("drill/sigmoid/gradient", r"\delta_A \odot A \odot A"): "1 − A is meant, not A",
    ("drill/sigmoid/gradient", "dA / (A * (1 - A))"): "A ⊙ (1 − A) is a factor, not a divisor",
    ("drill/attention/dv", "softmax(S.T) @ dO"): "transpose behind softmax, not in front of it: softmax(S)ᵀ",
    ("drill/attention/dv", "softmax(S, axis=0).T @ dO"): (
        "softmax runs over each row, not over each column: axis=1"
    ),
    ("drill/attention/dv", "softmax(K @ Q.T / np.sqrt(D)) @ dO"): (
        "K Qᵀ/sqrt(D) lies the other way round: softmax must run over its columns"
    ),
    (DW, r"X \delta_Z"): "X must be transposed",
    (DW, r"\delta_Z X^\top"): "the order of the factors is wrong: Xᵀ δ_Z",
    (DW, r"X^\top \odot \delta_Z"): "a matrix product is meant, not ⊙",
    (DW, r"X^\top Z"): "δ_Z is meant, not Z",
    (ELEMENT, r"\sum_i X_{ki} (\delta_Z)_{ij}"): "the indices of X_ki are in the wrong order",
    (ELEMENT, r"\sum_{i=2}^{N} X_{ik} (\delta_Z)_{ij}"): "the sum over i must run over all its values",
    ("drill/relu-mask/gradient", r"\delta_A"): "the mask ⊙ 1[Z > 0] is missing",
    ("drill/relu-mask/gradient", r"\delta_A \odot Z"): "the mask 1[Z > 0] is meant, not Z",
    (
        "drill/relu-mask/gradient",
        r"\delta_A \odot \mathbf{1}[Z < 0]",
    ): "the comparison is the wrong way round",
    ("drill/relu-mask/gradient", r"Z \odot \mathbf{1}[\delta_A > 0]"): "Z and δ_A are exchanged",
    ("drill/mse/gradient", r"\frac{2}{M} (Z - Y)"): "it is 1/N, not 1/M",
    ("drill/mse/gradient", r"\frac{2}{N} Z - Y"): "brackets are missing: 2/N (Z − Y)",
    ("drill/softmax-jacobian/gradient", r"p_i (1 - p_j)"): "the 1 should be δ_ij",
    (
        "drill/softmax-jacobian/gradient",
        r"p_i (\delta_{ij} + p_j)",
    ): "the sign between the two terms is wrong",
    ("drill/two-layer/grad-w1", r"X^\top (\delta_Z W_2^\top)"): "the mask ⊙ 1[H_1 > 0] is missing",
    ("drill/attention/dv", r"\operatorname{softmax}(Q K^\top)^\top \delta_O"): (
        "in softmax(Q Kᵀ) a factor 1/√D is missing"
    ),
}


@pytest.mark.parametrize(("step", "typed"), HINTS)
def test_hints(step: str, typed: str) -> None:
    fix = judged(step, typed).fix
    assert fix is not None
    assert fix.advice.english() == HINTS[step, typed]


DIAGNOSES = {
    ("drill/softmax-jacobian/gradient", "np.diag(p)"): "the term −p pᵀ is missing",
    ("drill/softmax-jacobian/gradient", "p_i p_j"): (
        "for i ≠ j it has the opposite sign, for i = j it is wrong"
    ),
    ("s3w10d1/linear-backward/local-general", r"X_{ik} (1 - \delta_{lj})"): (
        "your answer is 0 just where what is wanted is not, and the other way round"
    ),
    ("drill/softmax-cross-entropy/gradient", r"-\frac{1}{N} \frac{Y}{P}"): (
        "your answer is 0 where Y = 0, what is wanted is not"
    ),
    ("drill/sigmoid/gradient", r"\delta_A \odot (1 - A^2)"): (
        "the factor 1 − A^2 is not right; what stands beside it is"
    ),
    ("drill/mse/gradient", "2 * Z * Y / N"): (
        "when Z changes its sign, what is wanted changes in another way; your answer changes its sign, too"
    ),
    ("drill/relu-mask/gradient", r"\delta_A"): "right where Z > 0, wrong elsewhere",
    ("drill/relu-mask/gradient", r"\delta_A \odot A"): "wrong where Z > 0, right elsewhere",
    ("drill/relu-mask/gradient", r"\operatorname{ReLU}(\delta_A)"): (
        "what is wanted depends on Z, your answer does not"
    ),
    ("drill/softmax-jacobian/gradient", "-p_i p_j"): "right for i ≠ j, wrong for i = j",
    ("drill/softmax-cross-entropy/gradient", r"\frac{1}{N} P"): "wrong where Y > 0, right elsewhere",
    ("drill/mse/gradient", r"\frac{2}{N} Z"): "the term −2/N Y is missing",
    ("drill/mse/gradient", r"\frac{2}{NM} (Z - Y)"): "it is 1/M times what is wanted",
    ("drill/attention/da", r"V \delta_O^\top"): "it is the transpose of what is wanted",
    ("drill/attention/da", r"\frac{1}{\sqrt{D}} \delta_O V^\top"): "it is 1/√D times what is wanted",
    ("drill/sigmoid/gradient", r"\delta_A \odot A"): "element by element the factor (1 − A) is missing",
    ("s3w10d1/linear-backward/dx", "X @ W @ W.T"): (
        "what is wanted depends on δ_Z; your answer depends on X instead"
    ),
    ("s3w10d1/linear-backward/dw", r"X^\top \delta_Z + W"): "the term W is too many",
}


@pytest.mark.parametrize(("step", "typed"), DIAGNOSES)
def test_diagnoses(step: str, typed: str) -> None:
    assert reason(step, typed).rpartition(": ")[2] == DIAGNOSES[step, typed]


def test_the_mask_cannot_be_left_to_a_derivative() -> None:
    said = reason("drill/two-layer/grad-w1", r"X^\top \frac{\partial L}{\partial H_1}")
    assert said == "∂L/∂H_1 may not stay in the answer: express it by known tensors"


SIGMOID = "drill/sigmoid/gradient"


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        (r"\delta_A \odot \sigma(Z)(1-\sigma(Z))", r"\sigma(Z)(1-\sigma(Z))"),
        (r"A (1 - A) \odot \delta_A", "A (1 - A)"),
    ],
)
def test_a_product_without_a_sign_is_asked_about(typed: str, part: str) -> None:
    verdict = judged(SIGMOID, typed)
    assert verdict.judgement is Judgement.UNREADABLE
    assert verdict.span is not None
    assert verdict.span[0] == typed.index(part)
    assert reason(SIGMOID, typed).startswith("which product is ")
    assert judged(SIGMOID, typed.replace(part, rf"({part})")).judgement is Judgement.WRONG
    fixed = part.replace("(1", r" \odot (1")
    assert judged(SIGMOID, typed.replace(part, f"({fixed})")).judgement is Judgement.RIGHT


def test_a_mistake_is_marked_where_it_is() -> None:
    typed = r"\frac{\partial L}{\partial W} = X \delta_Z"
    span = judged(DW, typed).span
    assert span is not None
    assert typed[slice(*span)] == "X"


MARKED = {
    (DW, r"\frac{1}{N} X^\top \delta_Z"): r"\frac{1}{N}",
    (DW, r"3 X^\top \delta_Z"): "3",
    (DW, "X.T @ dZ / N"): "N",
    (DW, "-X.T @ dZ"): "-",
    (DW, r"X^\top \delta_Z + W"): "W",
    (ELEMENT, r"\frac{1}{N} \sum_i X_{ik} (\delta_Z)_{ij}"): r"\frac{1}{N}",
    (ELEMENT, r"\sum_i X_{ik} (\delta_Z)_{ij} Z_{ij}"): "Z_{ij}",
    ("drill/mse/gradient", r"\frac{2}{N M} (Z - Y)"): "M",
    ("drill/mse/gradient", r"\frac{2}{M} (Z - Y)"): "M",
    ("drill/mse/gradient", r"\frac{1}{N} (Z - Y)"): "1",
    ("drill/mse/gradient", r"\frac{2}{N} (Z + Y)"): "+",
}


@pytest.mark.parametrize(("step", "typed"), MARKED)
def test_a_wrong_factor_of_the_whole_is_marked(step: str, typed: str) -> None:
    verdict = judged(step, typed)
    assert verdict.span is not None
    assert verdict.reading is not None
    assert typed[slice(*verdict.span)].strip() == MARKED[step, typed]
    assert r"\marked{" in latex(verdict.reading.expression, verdict.span)


def test_what_a_hint_offers_is_right_and_no_tautology() -> None:
    for step, answers in WRONG.items():
        for typed in answers[:6]:
            fix = judged(step, typed).fix
            if fix is not None:
                assert exercise(step).form.restated(fix.answer) is None
                assert equal(exercise(step), fix.answer)


@pytest.mark.parametrize("typed", [*CLASSIC, r"X^\top Z", r"\delta_Z"])
def test_reasons_are_worded_in_chinese(typed: str) -> None:
    verdict = judged(DW, typed)
    use_language("zh")
    for sentence in (say(verdict.reason), say(verdict.fix.advice) if verdict.fix else "——"):
        assert re.search("[一-鿿]|——", sentence), sentence
        assert not re.search(r"\b(the|is|are|wanted|shape|factor)\b", sentence), sentence


def test_the_checker_takes_every_name_from_the_exercise() -> None:
    assert read("x^T dZ", exercise(DW).setting.names).expression == (
        read(r"X^\top \delta_Z", exercise(DW).setting.names).expression
    )
