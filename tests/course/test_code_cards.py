"""Cards that ask an exercise again."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.block import CodeBlock
from studybuddy.core.card_content import CardKind
from studybuddy.core.lesson import Lesson
from studybuddy.course.blanks import OpenPlace, open_place
from studybuddy.course.finder import content_root
from studybuddy.course.index import load_index
from studybuddy.course.lint import lint_lesson
from studybuddy.course.markdown import read_markdown
from studybuddy.course.reader import read_lesson
from tests.course.sample import CARDS_TOML, DEPTH_PY, write_lesson

STARTER = """import numpy as np

for t in range(3):
    # forward
    h = x @ w1

    # backward
    grad_y = 2.0 * h  # (N, D)
    grad_w = ...      # (D, M)

    w1 -= grad_w
"""
REFERENCE = """import numpy as np

for t in range(3):
    # forward
    h = x @ w1

    # backward
    grad_y = 2.0 * h     # (N, D)
    grad_w = x.T @ grad_y  # (D, M) = (D, N) @ (N, M)

    w1 -= grad_w
"""
CARD = """
[[card]]
id = "code-depth"
kind = "code"
exercise = "depth"
concept = "K18"
  [card.zh]
  front = "凭记忆写 `maxDepth`。"
  back = "别忘了空树。"
  [card.en]
  front = "Write `maxDepth` from memory."
"""
BLANK = """
[[card]]
id = "code-loop-x"
kind = "code"
exercise = "loop"
blank = "x"
  [card.zh]
  front = "补上 `x`。"
  [card.en]
  front = "Fill in `x`."
"""


def place() -> OpenPlace:
    found = open_place(STARTER, REFERENCE, "grad_w")
    assert found is not None
    return found


def read(tmp_path: Path, cards: str, language: str = "zh") -> Lesson:
    result = read_lesson(write_lesson(tmp_path, {"cards.toml": CARDS_TOML + cards}), language)
    assert [str(found) for found in result.diagnostics] == []
    assert result.lesson is not None
    return result.lesson


def test_the_reference_stands_but_for_one_line_which_does_not_give_itself_away() -> None:
    found = place()
    assert found.line == 9
    assert found.answer == "grad_w = x.T @ grad_y  # (D, M) = (D, N) @ (N, M)"
    assert found.lines[8] == "    grad_w = ...           # (D, M)"
    assert found.program == REFERENCE.replace("    " + found.answer, found.lines[8])
    assert found.excerpt == ("# backward\ngrad_y = 2.0 * h     # (N, D)\ngrad_w = ...           # (D, M)")


@pytest.mark.parametrize(
    "typed",
    [
        "x.T @ grad_y",
        "grad_w = x.T @ grad_y",
        "  grad_w=x.T @ grad_y  # so",
        "\n\tgrad_w = x.T @ grad_y\n",
        "grad_w: object = x.T @ grad_y",
    ],
)
def test_the_whole_line_or_its_right_side_may_be_typed(typed: str) -> None:
    program = place().filled(typed)
    assert "...  " not in program
    ast.parse(program)
    assert program.split("\n")[8].strip().startswith("grad_w")
    assert program.count("grad_w = ") + program.count("grad_w=") + program.count("grad_w:") == 1


def test_a_comparison_or_another_name_is_no_assignment_of_the_place() -> None:
    assert "grad_w = grad_w == 1\n" in place().filled("grad_w == 1")
    assert "grad_w = grad_w2 = 1\n" in place().filled("grad_w2 = 1")


def test_several_lines_stand_at_the_depth_of_the_place() -> None:
    program = place().filled("grad_w = (\n    x.T\n    @ grad_y\n)")
    assert "    grad_w = (\n        x.T\n        @ grad_y\n    )\n" in program
    ast.parse(program)


@given(st.text(max_size=200))
def test_whatever_is_typed_the_lines_around_it_stand(typed: str) -> None:
    found = place()
    program = found.filled(typed)
    assert program.startswith("\n".join(found.lines[:8]) + "\n")
    assert program.endswith("\n".join(found.lines[9:]) + "\n")


@pytest.mark.parametrize(
    ("starter", "reference"),
    [
        (STARTER.replace("grad_w = ...", "grad_w = 1"), REFERENCE),
        (STARTER + "grad_w = ...\n", REFERENCE),
        (STARTER, REFERENCE + "grad_w = 2\n"),
        (STARTER, REFERENCE.replace("x.T @ grad_y", "...")),
        (STARTER, REFERENCE.replace("x.T @ grad_y", "(\n        x.T @ grad_y)")),
        (STARTER, REFERENCE.replace("grad_w = x.T", "a = 1; grad_w = x.T")),
        (STARTER.replace("for", "for for"), REFERENCE),
        (STARTER, "x = \x00"),
        (STARTER, "(" * 10_000),
        ("", ""),
    ],
)
def test_a_place_that_cannot_be_told(starter: str, reference: str) -> None:
    assert open_place(starter, reference, "grad_w") is None


def test_a_card_holds_task_and_reference_in_both_languages(tmp_path: Path) -> None:
    for language, words in (("zh", "凭记忆写"), ("en", "Write")):
        card = read(tmp_path / language, CARD, language).cards[-1]
        assert (card.id, card.kind) == ("s1w2d3/card/code-depth", CardKind.CODE)
        assert (card.exercise, card.blank, card.section) == ("s1w2d3/depth", "", "s1w2d3/algorithm")
        assert card.front.startswith(words)
        front, back = read_markdown(card.front), read_markdown(card.back)
        assert front[1] == CodeBlock("python", "class Solution:\n    def maxDepth(self, root): ...")
        assert back[0] == CodeBlock("python", DEPTH_PY.strip())
        assert len(back) == (2 if language == "zh" else 1)


def test_a_card_of_one_place(tmp_path: Path) -> None:
    card = read(tmp_path, BLANK).cards[-1]
    assert (card.exercise, card.blank, card.section) == ("s1w2d3/loop", "x", "s1w2d3/code")
    assert "x = ..." in card.front
    assert card.back == "```python\nx = 1\n```"


def test_a_reference_that_holds_fences_stays_one_block(tmp_path: Path) -> None:
    reference = DEPTH_PY + '\nNOTE = """\n```\nx\n````\n"""\n'
    folder = write_lesson(
        tmp_path, {"cards.toml": CARDS_TOML + CARD, "exercises/depth/reference.py": reference}
    )
    lesson = read_lesson(folder, "en").lesson
    assert lesson is not None
    assert read_markdown(lesson.cards[-1].back) == (CodeBlock("python", reference.strip()),)


@pytest.mark.parametrize(
    ("cards", "code", "words"),
    [
        (CARD.replace('"depth"', '"dept"'), "unknown-id", "no exercise 'dept'"),
        (CARD.replace('"depth"', "7"), "wrong-type", "exercise"),
        (CARD.replace('kind = "code"', 'kind = "basic"'), "card-exercise", "kind code"),
        (CARD.replace("concept =", 'accept = ["x"]\nconcept ='), "card-exercise", "accept"),
        (CARD.replace("concept =", 'section = "code"\nconcept ='), "card-exercise", "section"),
        (CARD.replace("concept =", 'checklist = "math"\nconcept ='), "card-exercise", "checklist"),
        (CARD.replace("concept =", "tolerance = 0.1\nconcept ="), "card-exercise", "tolerance"),
        (CARD.replace("concept =", 'blank = "root"\nconcept ='), "card-blank", "root"),
        (BLANK.replace('blank = "x"', 'blank = "y"'), "card-blank", "'y' is no open place"),
        (BLANK.replace('blank = "x"', "blank = 1"), "wrong-type", "blank"),
        (BLANK.replace('exercise = "loop"\n', 'section = "code"\n'), "unknown-key", "blank"),
        (BLANK.replace('  front = "Fill in `x`."\n', ""), "missing-key", "front"),
    ],
)
def test_what_is_wrong_with_a_card_is_said_with_its_line(
    tmp_path: Path, cards: str, code: str, words: str
) -> None:
    folder = write_lesson(tmp_path, {"cards.toml": CARDS_TOML + cards})
    found = [diagnostic for diagnostic in lint_lesson(folder) if diagnostic.code == code]
    assert found, [str(diagnostic) for diagnostic in lint_lesson(folder)]
    assert words in found[0].message
    assert Path(found[0].path).name == "cards.toml"
    assert found[0].line > CARDS_TOML.count("\n")


def test_an_exercise_that_cannot_be_read_is_told_once(tmp_path: Path) -> None:
    changes: dict[str, str | bytes | None] = {"cards.toml": CARDS_TOML + CARD + BLANK}
    changes |= {"exercises/loop/starter.py": None, "exercises/depth/exercise.toml": "kind ="}
    found = read_lesson(write_lesson(tmp_path, changes), "zh").diagnostics
    assert {diagnostic.code for diagnostic in found} == {"file-missing", "toml-syntax"}


def test_the_index_knows_what_a_card_asks_again(tmp_path: Path) -> None:
    write_lesson(tmp_path, {"cards.toml": CARDS_TOML + CARD + BLANK})
    for _ in range(2):  # made, then from the cache
        (lesson,) = load_index(tmp_path, tmp_path / "cache").lessons
        assert [(card.exercise, card.blank) for card in lesson.cards[-2:]] == [
            ("s1w2d3/depth", ""),
            ("s1w2d3/loop", "x"),
        ]
        assert lesson.cards[0].exercise == ""


def test_every_blank_of_the_course_is_the_reference_when_filled_with_its_answer() -> None:
    blanks = 0
    for indexed in load_index(content_root(), None).lessons:
        lesson = read_lesson(content_root() / indexed.id, "en").lesson
        assert lesson is not None
        exercises = {exercise.id: exercise for exercise in lesson.exercises}
        for card in lesson.cards:
            if card.blank:
                blanks += 1
                exercise = exercises[card.exercise]
                found = open_place(exercise.starter, exercise.reference, card.blank)
                assert found is not None
                assert found.filled(found.answer) == exercise.reference
                assert found.answer not in card.front
    assert blanks >= 4
