"""Gradients and twins in words, in both languages, from what the runner says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from studybuddy.core.phrase import Phrase
from studybuddy.core.twin import Pace, Parting, TwinRow, TwinRun
from studybuddy.core.verdict import ErrorMap, GradientCheck, GradientJudge, JudgeResult, Opinion, Verdict
from studybuddy.i18n import use_language
from studybuddy.runner import messages
from studybuddy.runner import mistake_words as words
from studybuddy.runner.torch_judge import NOT_INSTALLED
from studybuddy.runner.twin import ROUNDING
from studybuddy.study.gradient_words import SHADES, check_json, map_rows, mistake_of, shade, text_lines
from studybuddy.study.twin_words import twin_json, twin_lines
from studybuddy.text import cell_width

RULE, SLOPES, TORCH = (
    Opinion(GradientJudge.RULE, False, 0.5, 1000),
    Opinion(GradientJudge.DIFFERENCES, False, 0.5, 990, kinks=10),
    Opinion(GradientJudge.AUTOGRAD, absent=NOT_INSTALLED),
)
SOME_MAP = ErrorMap(3, bytes([0, 1, 2, 3, 4, 5, 6, 7, 8]))


@pytest.fixture(params=["en", "zh"], autouse=True)
def language(request: Any) -> Iterator[str]:
    use_language(request.param)
    yield request.param
    use_language("en")


def wrong(mistake: Phrase, **more: Any) -> GradientCheck:
    return GradientCheck(
        "grad_w1", (1000, 100), 0.5, False, mistake.message, dict(mistake.parameters), **more
    )


def test_mistakes_within_mistakes_are_worded(language: str) -> None:
    pair = Phrase.of(words.BOTH, first=Phrase(messages.NO_MASK), second=Phrase(words.NO_TWO))
    either = Phrase.of(words.EITHER, first=pair, second=Phrase.of(words.DIVIDED, size="N", number=2))
    said = mistake_of(wrong(Phrase.of(messages.LATER, step=50, mistake=either)))
    for part in (messages.NO_MASK, words.NO_TWO):
        assert (part in said) is (language == "en")
    assert "50" in said
    assert "N = 2" in said
    assert "Phrase" not in said
    assert "{" not in said


def test_levels_are_signs_that_do_without_colour() -> None:
    assert [shade(level) for level in range(9)] == list("·░░▒▒▓▓██")
    assert (shade(-3), shade(99)) == ("·", "█")
    assert map_rows(SOME_MAP) == ["·░░", "▒▒▓", "▓██"]
    assert map_rows(ErrorMap(4, bytes([4] * 12))) == []
    assert all(cell_width(sign) == 1 for sign in SHADES)


def test_the_lines_of_a_wrong_gradient(language: str) -> None:
    lines = text_lines([wrong(Phrase(words.NO_TWO), opinions=(RULE, SLOPES, TORCH), error_map=SOME_MAP)])
    assert lines[0].startswith("  ✗ grad_w1 (1000, 100) ")
    assert [line.strip()[0] for line in lines[1:4]] == ["✗", "✗", "·"]
    assert "990" in lines[2]
    assert "10" in lines[2]
    assert [line.strip() for line in lines[5:8]] == map_rows(SOME_MAP)
    assert all(sign in lines[8] for sign in SHADES)
    alike = text_lines([wrong(Phrase(words.NO_TWO), error_map=ErrorMap(2, bytes([4, 4])))])
    assert "▒" in alike[1]
    assert len(alike) == 3
    kinked = wrong(Phrase(words.NO_TWO), opinions=(Opinion(GradientJudge.DIFFERENCES, kinks=5),))
    assert "ReLU" in text_lines([kinked])[1]


def test_a_right_gradient_takes_one_line_unless_the_doctor_was_asked() -> None:
    fine = Opinion(GradientJudge.RULE, True, 1e-16, 10)
    right = GradientCheck("grad_w2", (5, 2), 1e-16, True, opinions=(fine,))
    assert len(text_lines([right])) == 1
    asked = GradientCheck(
        "grad_w2", (5, 2), 1e-16, True, opinions=(fine, Opinion(GradientJudge.AUTOGRAD, True, 0.0, 10))
    )
    assert len(text_lines([asked])) == 3


def test_json_has_numbers_and_no_infinity() -> None:
    found = check_json(wrong(Phrase(words.NO_TWO), opinions=(RULE, TORCH), error_map=SOME_MAP))
    assert found["error_map"] == [[0, 1, 2], [3, 4, 5], [6, 7, 8]]
    judges: Any = found["judges"]
    assert [judge["judge"] for judge in judges] == ["rule", "autograd"]
    assert judges[1]["absent"]
    shapeless = check_json(GradientCheck("g", (), float("inf"), False, messages.NO_ARRAY, {"type": "None"}))
    assert shapeless["relative_error"] is None
    assert shapeless["error_map"] is None


RESULT = JudgeResult("loop", Verdict.AC)
NAMES = ("grad_w1", "grad_w2", "w1", "w2")
ROWS = (TwinRow(0, 2.6e7, (1e-16,) * 4), TwinRow(120, 400.0, (1e-15, 1e-15, 5e-6, float("inf"))))
RATES = (("w1", 1e-6), ("w2", 1e-6))


def test_a_parting_is_told_with_its_step_and_its_cause(language: str) -> None:
    parting = Parting(120, ("w1", "w2"), 5e-6, 1e-13, (Pace("w1", 1e-6, 5e-7),))
    lines = twin_lines(TwinRun(RESULT, NAMES, RATES, 500, parting, ROWS))
    said = "\n".join(lines)
    assert "120" in said
    assert "5e-07" in said
    assert [line[0] for line in lines if line.startswith(("✗", "✓"))] == ["✗", "✗"]  # the row and the verdict
    header = next(line for line in lines if "grad_w1" in line and "w2" in line)
    row = next(line for line in lines if line.startswith("✗    120"))
    at = len("  ") + 6 + len("  ") + 11  # where the first difference stands, in cells
    assert cell_width(header[: header.index("grad_w1")]) == at
    assert row.index("1.0e-15") == at
    for first, word in (("loss", "print"), ("grad_w1", "grad_w1")):
        lines = twin_lines(TwinRun(RESULT, NAMES, RATES, 500, Parting(3, (first,), 0.5, 1e-9), ROWS))
        assert word in lines[-1] or language == "zh"


def test_agreement_trouble_and_json() -> None:
    lines = twin_lines(TwinRun(RESULT, NAMES, RATES, 500, None, ROWS))
    assert lines[-1].startswith("✓ ")
    assert "500" in lines[-1]
    trouble = TwinRun(RESULT, NAMES, RATES, 77, None, ROWS, trouble=Phrase.of(ROUNDING, step=77))
    assert twin_lines(trouble)[-1].startswith("· ")
    assert twin_lines(TwinRun(RESULT, trouble=Phrase(NOT_INSTALLED)))[0].startswith("· ")
    found: Any = twin_json(TwinRun(RESULT, NAMES, RATES, 500, Parting(3, ("w1",), 0.5, 1e-9), ROWS))
    assert found["parting"]["step"] == 3
    assert found["rows"][1]["differences"]["w2"] is None
    assert found["rates"] == {"w1": 1e-6, "w2": 1e-6}
