"""What a teacher gets wrong with the first lesson, and whether the words say what to do about it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from studybuddy.course.finder import content_root
from studybuddy.course.lint import lint_lesson
from studybuddy.study.formula_lint import lint_formulas

EN, CARDS, TOML, MEAN = "lesson.en.md", "cards.toml", "lesson.toml", "exercises/mean/exercise.toml"
BACK = "back = '$\\frac{1}{N}$'"

MISTAKES = [
    (EN, "## 1 Theory {#theory}", "## 1 Theory", 5, "needs one of {#theory}"),
    (EN, "## 5 Engineering {#engineering}", "", 1, "write its heading, `## 5 ... {#engineering}`"),
    (EN, "len(numbers))\n```", "len(numbers))", 23, "is not closed"),
    (EN, "{#think-shift}:", "｛#think-shift｝:", 17, "behind its id if it has one: {#id}:"),
    (EN, ":::{exercise} mean", ":::{exercise} means", 85, "no folder exercises/means"),
    (EN, "> **Answer**:", "> **Solution**:", 19, "one answer and no part 'Solution'"),
    (EN, "{#think-shift}", "{#think-shfit}", 17, "has the thinking question think-shift"),
    (EN, ">\n> **Wrong point**: More data makes it safe.\n", "", 54, "a wrong point in the interview"),
    (EN, "of that term is $\\frac{1}{N}", "of that term is $\\frac{1}{N", 46, "do not match: \\frac{1}{N"),
    (EN, "when $c$ is", "when $ c $ is", 17, "write \\$ for the sign"),
    (EN, "(lesson:s1w1d2)", "(s1w1d2)", 79, "lesson:s1w1d1"),
    (
        CARDS,
        "front = '平均值为什么怕离群值？'",
        "front = '平均值为什么怕离群值？",
        43,
        "quotation mark is missing",
    ),
    (CARDS, BACK, BACK[:-1], 32, "quotation mark is missing"),
    (CARDS, "'Write `mean` once more from memory.'", "'Write it.", 56, "quotation mark is missing"),
    (CARDS, "'Write `mean` once more from memory.'", '"""Write it.', 56, "quotation mark is missing"),
    (CARDS, BACK, BACK.replace("'", '"'), 32, "stand between '...'"),
    (CARDS, BACK, 'back = "$N \\times 2$"', 32, "write words with one between '...'"),
    (CARDS, 'kind = "basic"', 'kind = "Basic"', 39, "must be basic or cloze"),
    (CARDS, 'id = "die"', 'id = "mean"', 13, "is there twice"),
    (TOML, 'label = "Math"', "label = “Math”", 74, "straight quotation marks"),
    (TOML, "Derive the gradient of the mean", "Derive $m$", 76, "write ∂L/∂W, not a formula"),
    (TOML, 'targets = ["q1"]', 'targets = ["Q1"]', 81, "called 'Q1'"),
    (TOML, "answer = '\\frac{1}{N}'", "answer = '\\frac{2}{N}'", 63, "it is 2 times what is wanted"),
    (TOML, 'code = "S1W1D1"', 'code = "S1W1D2"', 1, "belongs into the folder s1w1d2"),
    (MEAN, 'parameters = ["list"]\n', "", 12, "the type of each argument"),
    (MEAN, "arguments = [[1, 2, 3]]", "arguments = [1, 2, 3]", 26, "brackets of its own"),
]


@pytest.mark.parametrize(("name", "old", "new", "line", "words"), MISTAKES)
def test_the_words_say_where_and_what_to_do(
    tmp_path: Path, name: str, old: str, new: str, line: int, words: str
) -> None:
    folder = Path(shutil.copytree(content_root() / "template", tmp_path / "s1w1d1"))
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new, 1), "utf-8")
    found = [*lint_lesson(folder), *lint_formulas([folder])]
    said = {one.line: one.message for one in found if Path(one.path) == folder / name}
    assert words in said.get(line, ""), said
