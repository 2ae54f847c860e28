"""What the course declares is proved by its own checker, and `lint` says where it does not hold."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studybuddy.course.finder import content_root
from studybuddy.course.lint import lint
from studybuddy.study.formula_lint import lint_formulas
from tests.course.sample import write_lesson

DRILLS, LESSON, CARDS = "drills.toml", "s3w10d1/lesson.toml", "s3w10d1/cards.toml"


@pytest.fixture
def course(tmp_path: Path) -> Path:
    return Path(shutil.copytree(content_root(), tmp_path / "content"))


def broken(course: Path, name: str, old: str, new: str) -> int:
    """Change the first place of a file; its line."""
    path = course / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return text[: text.index(old)].count("\n") + 1


def found(course: Path) -> list[tuple[str, str, int]]:
    return [
        (one.code, str(Path(one.path).relative_to(course)), one.line)
        for one in (*lint([course]), *lint_formulas([course]))
    ]


def test_everything_the_course_declares_is_true() -> None:
    assert [str(one) for one in lint_formulas([content_root()])] == []


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        (DRILLS, r"answer = '\delta_A \odot \mathbf{1}[Z > 0]'", r"answer = '\delta_A'", "answer-wrong"),
        (DRILLS, r"answer = '\frac{2}{N} (Z - Y)'", r"answer = '\frac{2}{N} (Z - '", "answer-wrong"),
        (DRILLS, r"answer = '\delta_A \odot A'", r"answer = '\delta_A \odot [Z > 0]'", "misconception-right"),
        (DRILLS, r"answer = '\operatorname{ReLU}(\delta_A)'", r"answer = '\foo'", "formula-unread"),
        (DRILLS, r"goal = '\frac{\partial p_i}{\partial z_j}'", r"goal = '\foo'", "formula-unread"),
        (DRILLS, r"goal = '\frac{\partial p_i}{\partial z_j}'", r"goal = 'p p'", "formula-unread"),
        (LESSON, r"answer = 'X^\top \delta_Z'", r"answer = 'X \delta_Z'", "answer-wrong"),
        (LESSON, r"answer = 'X_{ik}'", r"answer = '\frac{\partial Z_{ij}}{\partial W_{kj}}'", "answer-wrong"),
        (CARDS, 'derivation = "linear-backward/dw"', 'derivation = "linear-backward/dx"', ""),
        (CARDS, 'form = "product"', 'form = "matrix"', ""),
        (CARDS, 'derivation = "linear-backward/dw"', 'derivation = "linear-backward/dq"', "unknown-id"),
        (CARDS, 'derivation = "drill/mse/gradient"', 'derivation = "drill/mse/slope"', "unknown-id"),
        (CARDS, 'form = "product"', 'form = "nice"', "unknown-word"),
        (CARDS, 'accept = ["grad_h_relu * (h > 0)"', 'accept = ["grad_h_relu * (h1 > 0)"', "formula-unread"),
        (CARDS, 'accept = ["grad_h_relu * (h > 0)"', 'accept = ["grad_h_relu * (h > 0"', "formula-unread"),
        (CARDS, "back = '`grad_h_relu * (h > 0)`'", "back = '`grad_h_relu * h`'", ""),
        (CARDS, 'kind = "formula"\nderivation', 'kind = "type-in"\nderivation', "card-derivation"),
    ],
)
def test_what_is_untrue_is_named_with_file_and_line(
    course: Path, name: str, old: str, new: str, code: str
) -> None:
    line = broken(course, name, old, new)
    rows = found(course)
    if code:
        assert min(row[2] for row in rows if row[:2] == (code, name)) == line
        assert {row[1] for row in rows} <= {name, CARDS}, "a card about a broken step is named, too"
    else:
        assert {(row[0], row[1]) for row in rows} == {("answer-wrong", CARDS)}


def test_a_definition_that_cannot_be_read_is_said_once_where_it_stands(course: Path) -> None:
    line = broken(course, DRILLS, r"A = '\sigma(Z)'", r"A = '\sigma(Z'")
    rows = set(found(course))
    assert ("formula-unread", DRILLS, line) in rows


def test_a_definition_is_a_whole_tensor(course: Path) -> None:
    line = broken(course, DRILLS, r"A = '\sigma(Z)'", r"A = '\sigma(Z_{ij})'")
    said = {one.line: one.message for one in lint_formulas([course])}
    assert said == {line: "the indices i, j stay open here: define whole tensors, as in softmax(Z) or exp(Z)"}


def test_a_goal_needs_tensors(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path)
    path = folder / "lesson.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("answer = '2x'", "answer = '2x'\n  goal = 'x'"), encoding="utf-8")
    (one,) = lint_formulas([folder])
    assert one.code == "goal-unfounded"


def test_a_lesson_without_goals_has_nothing_to_prove(tmp_path: Path) -> None:
    assert lint_formulas([write_lesson(tmp_path), tmp_path / "nowhere"]) == ()


def test_the_file_of_drills_may_be_named_itself(course: Path) -> None:
    assert lint([course / DRILLS]) == ()
    broken(course, DRILLS, "title = ", "titel = ")
    assert {Path(one.path).name for one in lint([course / DRILLS])} == {DRILLS}


def test_translations_of_a_drill_have_the_same_hints(course: Path) -> None:
    broken(course, DRILLS, "hints = ['ReLU works", "hints = ['a', 'ReLU works")
    assert ("translation-ids", DRILLS, 1) in found(course)
