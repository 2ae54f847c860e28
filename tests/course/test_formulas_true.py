"""Every formula of the lesson and the drills that claims something is proved."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

from studybuddy.core.lesson import Lesson
from studybuddy.course.drills import read_drills
from studybuddy.course.finder import content_root
from studybuddy.course.reader import read_lesson
from studybuddy.course.report import Report
from studybuddy.derivation.equality import equal
from studybuddy.derivation.exercise import Declaration, Exercise
from studybuddy.derivation.expression import Chain
from studybuddy.derivation.read import read
from studybuddy.study.proving.claims import CLAIM, Claims, read_claims
from studybuddy.study.proving.formulas import formulas, formulas_of
from studybuddy.study.proving.proof import prove_drills, prove_lesson_formulas
from studybuddy.study.proving.scripts import Figure

FOLDER = content_root() / "s3w10d1"
SCRIPTS = "".join(path.read_text("utf-8") for path in (FOLDER / "numbers").glob("*.py"))
FIGURES = {name: Figure(1.0, "") for name in re.findall(r'print\("(holds-[a-z0-9-]+) =', SCRIPTS)}
"""What the scripts find is proved where they are run: `studybuddy lint --prove` in CI."""


def lesson(language: str) -> Lesson:
    found = read_lesson(FOLDER, language).lesson
    assert found is not None
    return found


LESSONS = {
    language: {
        **formulas_of(lesson(language)),
        "drills": [*formulas(read_drills(content_root(), language, Report()))],
    }
    for language in ("zh", "en")
}


@pytest.mark.parametrize("place", LESSONS["zh"])
def test_both_languages_have_the_same_formulas(place: str) -> None:
    zh, en = (
        [re.sub(r"\\text\{[^{}]*\}", "word", formula) for formula in LESSONS[language][place]]
        for language in ("zh", "en")
    )
    assert set(zh) == set(en)
    assert Counter(filter(CLAIM.search, zh)) == Counter(filter(CLAIM.search, en))


def test_every_formula_is_drawn_and_every_claim_proved() -> None:
    report = Report()
    prove_lesson_formulas(FOLDER, [lesson("zh"), lesson("en")], FIGURES, report)
    prove_drills(content_root(), report)
    assert [str(one) for one in report.diagnostics] == []


@pytest.mark.parametrize(
    "wrong",
    [
        r"\frac{\partial L}{\partial W} = X \delta_Z",
        r"\frac{\partial L}{\partial W} = \delta_Z^\top X",
        r"\frac{\partial L}{\partial W} = 2 X^\top \delta_Z",
        r"\frac{\partial L}{\partial X} = W^\top \delta_Z",
        r"\frac{\partial Z_{il}}{\partial W_{kj}} = X_{ik}",
        r"\frac{\partial L}{\partial b_j} = \sum_{j=1}^{M} (\delta_Z)_{ij}",
        r"X_{ik} = (X^\top)_{ik}",
        r"\delta_A = \delta_{\hat{Y}} W_2",
        r"\sqrt{1000} \approx 31.7",
        r"(N, H) \times (N, D_{out}) \to (H, D_{out})",
    ],
)
def test_the_proof_refuses_what_is_false(wrong: str) -> None:
    """In no setting of the lesson, which is what a formula without an entry has to pass."""
    claims: Claims = read_claims((FOLDER, content_root()), Report())
    assert not claims.holds(wrong, {})


def test_a_setting_says_how_its_tensors_are_drawn(tmp_path: Path) -> None:
    """Only where each row of Y has one 1 is the gradient of softmax with cross-entropy P - Y."""
    setting = """[settings.loss]
    tensors = {Z = ["N", "C"], Y = ["N", "C"]}
    definitions.P = '\\operatorname{softmax}(Z)'
    definitions.L = '-\\sum_i \\sum_j Y_{ij} \\log P_{ij}'
    """
    for drawn, right in (("", None), ("drawn.Y = 'onehot'\n", True)):
        (tmp_path / "claims.toml").write_text(setting + drawn, "utf-8")
        report = Report()
        claims = read_claims((tmp_path,), report)
        assert (report.diagnostics, claims.holds(r"\frac{\partial L}{\partial Z} = P - Y", {})) == ((), right)


def test_what_has_no_value_is_told_from_what_is_false(tmp_path: Path) -> None:
    entry = "[[claim]]\nsetting = 'loss'\nformula = '{}'\n"
    formulas = ["X = X Q", "X = X^T X", "X = 2 X"]
    text = "[settings.loss.tensors]\nX = ['N', 'D']\n" + "".join(map(entry.format, formulas))
    (tmp_path / "claims.toml").write_text(text, "utf-8")
    claims = read_claims((tmp_path,), Report())
    said = [str(claims.unread(formula) or "") for formula in formulas]
    assert not any(claims.holds(formula, {}) for formula in formulas)
    assert ["has no value in [settings" in words for words in said] == [True, False, False]


def test_a_setting_is_no_rubber_stamp() -> None:
    """The network of section 2 tells its own gradients from its neighbours'."""
    network: Declaration = read_claims((FOLDER,), Report()).settings["network"]
    setting = network.setting()

    def holds(formula: str) -> bool:
        chain = read(formula, setting.names).expression
        assert isinstance(chain, Chain)
        return all(equal(Exercise(setting, chain.sides[0]), side) for side in chain.sides[1:])

    assert holds(r"\frac{\partial L}{\partial W_2} = A^\top \delta_P")
    assert not holds(r"\frac{\partial L}{\partial W_2} = Z_1^\top \delta_P")
    assert not holds(r"\frac{\partial L}{\partial W_1} = X^\top \delta_A")
