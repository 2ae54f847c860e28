"""An imported lesson in our own format: read without an error, always, and its ids outlive an edit."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from studybuddy.core.block import Callout, Slot, ThinkingQuestion
from studybuddy.core.diagnostic import Severity
from studybuddy.core.errors import UsageError
from studybuddy.core.lesson import Lesson
from studybuddy.course.importing.lesson_files import LessonFiles, lesson_files
from studybuddy.course.importing.model import Imported
from studybuddy.course.importing.programs import without_bodies
from studybuddy.course.importing.stable_ids import Ids, Wanted
from studybuddy.course.reader import read_lesson
from tests.course.importing.asking import body, read
from tests.course.importing.sample import CELL, FORMS, SOLUTION


def opened(root: Path, imported: Imported, files: LessonFiles | None = None) -> Lesson:
    """The lesson as our reader reads it from the folder that the import makes."""
    files = files or lesson_files(imported)
    folder = root / files.id
    for name, text in files.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    result = read_lesson(folder, imported.language)
    wrong = [str(found) for found in result.diagnostics if found.severity is Severity.ERROR]
    assert result.lesson is not None, wrong
    return result.lesson


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    """The sample lesson after its import."""
    return opened(tmp_path, read(FORMS["lesson.txt"]()))


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_form_gives_the_same_files(form: str) -> None:
    files = lesson_files(read(FORMS[form](), form))
    assert files == lesson_files(read(FORMS["lesson.txt"]()))
    assert files.id == "s3w10d1"
    assert sorted(files.files) == [
        "cards.toml",
        *(f"exercises/{name}/{file}" for name in ("code-1", "engineering-1", "lc-104") for file in _EXERCISE),
        "lesson.toml",
        "lesson.zh.md",
    ]


_EXERCISE = ("exercise.toml", "reference.py", "starter.py")


def test_what_the_reader_reads(lesson: Lesson) -> None:
    assert (lesson.code, lesson.title) == ("S3W10D1", "自己写的一课——梯度（Gradients）")
    assert len(lesson.sections) == 7
    assert [symbol.latex for symbol in lesson.symbols][:2] == ["X", "W"]
    assert [question.id for question in lesson.questions] == ["s3w10d1/q1", "s3w10d1/q2"]
    assert len(lesson.questions[0].key_points) == 2
    (derivation,) = lesson.derivations
    assert derivation.goal == r"\frac{\partial L}{\partial W} = X^T \delta_Z"
    assert [(step.id.rpartition("/")[2], step.given) for step in derivation.steps] == [
        ("step-1", True),
        ("step-2", False),
        ("step-3", False),
    ]
    assert len(derivation.steps[1].hints) == 1
    assert [item.id for item in lesson.checklist] == [
        f"s3w10d1/{n}" for n in ("math", "code", "interview", "algo")
    ]
    assert lesson.checklist[3].targets == ("s3w10d1/lc-104",)
    assert lesson.checklist[1].targets == ()
    assert lesson.action
    assert lesson.closing


def test_cards(lesson: Lesson) -> None:
    found = [(card.id.rpartition("/")[2], card.kind) for card in lesson.cards]
    assert found == [
        *((f"symbol-{number}", "shape") for number in range(1, 6)),
        ("think-1", "basic"),
    ]
    assert lesson.cards[0].back == "(N, D_{in})"


def test_programs(lesson: Lesson) -> None:
    code, torch, problem = lesson.exercises
    assert code.reference == "\n".join(CELL) + "\n"
    assert (code.packages, torch.packages, problem.packages) == (("numpy",), ("torch",), ())
    assert [exercise.self_report for exercise in lesson.exercises] == [True, True, False]
    assert [exercise.problem for exercise in lesson.exercises] == [0, 0, 104]
    assert (problem.of_bank, problem.title) == (True, "Maximum Depth of Binary Tree")
    assert len(problem.cases) > 10
    files = lesson_files(read(FORMS["lesson.txt"]())).files
    assert files["exercises/lc-104/reference.py"].rstrip().endswith("\n".join(SOLUTION).rstrip())
    assert "deeper" not in files["exercises/lc-104/starter.py"]
    assert files["exercises/lc-104/starter.py"].rstrip().endswith("...")
    assert problem.hints[0] == "用递归。"


def test_the_solution_is_not_on_the_page(lesson: Lesson) -> None:
    page = lesson_files(read(FORMS["lesson.txt"]())).files["lesson.zh.md"]
    assert "deeper" not in page
    blocks = lesson.sections[5].blocks
    assert Slot("exercise", "s3w10d1/lc-104") in blocks
    assert any(isinstance(block, Callout) and block.label == "进阶挑战" for block in blocks)
    assert "[Week 10 Day 6](lesson:s3w10d6)" in page


def test_a_thinking_question_hides_its_answer(lesson: Lesson) -> None:
    (think,) = [block for block in lesson.sections[0].blocks if isinstance(block, ThinkingQuestion)]
    assert think.id == "s3w10d1/think-1"
    assert think.answer


def test_an_english_lesson(tmp_path: Path) -> None:
    text = (
        "# S3W10D2: Name\n\n## 1 Theory\n\nWords of it.\n\n> **Think**: why?\n> *Answer: because.*\n\n"
        "## 4 Interview\n\n**Q1: Why?**\n\n> **Exam point**: it\n> **Reference answer**: One. Two.\n\n"
        "## 7 Checklist\n\n- [ ] **Sleep**: well\n"
    )
    imported = read(text, "lesson.md")
    lesson = opened(tmp_path, imported)
    assert lesson.language == "en"
    assert lesson.sections[0].blocks[0]
    assert len(lesson.questions[0].key_points) == 2
    assert lesson.checklist[0].rule == "hand"


def test_nothing_that_a_text_says_breaks_the_page(tmp_path: Path) -> None:
    nasty = [
        *(
            ":::{exercise} x",
            "**答案**：不在引文里",
            "**思考题** {#x}：",
            "# 标题",
            "### 标 {#q9}",
            "$ x $ 与 $y",
            "`` ` ``",
        ),
        *(
            "> **答案**：孤儿",
            "> **步骤** {#x}：",
            "> **注意**：",
            ">",
            "| a |\n| - |",
            "- [ ] x",
            "    四格",
            "\\",
            "<b>",
            "***",
        ),
        *(
            "[x]: y",
            "![](x)",
            "{{gap}}",
            "````",
            "$$",
            "1. 一",
            "**要点**：\n- 甲",
            "~~~\n**答案**：\n~~~",
            "{#x}",
        ),
    ]
    text = "\n\n".join(nasty)
    for heading in (
        "## 1 理论",
        "## 3 推导",
        "## 4 面试\n\n**Q1: x？**",
        "## 6 算法",
        "## 7 总结",
        "### 结语",
    ):
        imported = body(f"{heading}\n\n{text}\n")
        opened(tmp_path, imported)
    quoted = text.replace("\n", "\n> ")
    for label in (
        "**Q1: x？**\n\n> **考察点**: a",
        "**Q1: x？**\n\n> **参考答案**: a",
        "> **思考题**：为何\n> **答案**：a",
    ):
        opened(tmp_path, body(f"## 4 面试\n\n{label}\n> {quoted}\n"))


@pytest.mark.parametrize("heading", ["\u00a0## 3 推导", "# ", "### 甲", "> 甲\n\n# "])
def test_a_heading_before_the_questions_is_none_of_them(tmp_path: Path, heading: str) -> None:
    text = "**Q1: 甲？**\n\n> **考察点**: 点\n> **参考答案**: 答\n"
    assert len(opened(tmp_path, body(f"## 4 面试\n{heading}\n\n{text}")).questions) >= 1


def test_sections_that_are_missing_repeated_or_unknown(tmp_path: Path) -> None:
    imported = body("一段。\n\n## 附录\n\n甲\n\n## 2 代码\n\n乙\n\n## 3 代码\n\n丙\n\n## 别的\n\n丁\n")
    lesson = opened(tmp_path, imported)
    page = lesson_files(imported).files["lesson.zh.md"]
    assert all(word in page for word in "甲乙丙丁")
    assert len(lesson.sections) == 7
    assert lesson.introduction


def test_a_lesson_without_a_code_or_with_another_one(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no lesson can be called"):
        lesson_files(read("## 1 理论\n"))
    files = lesson_files(read("## 1 理论\n"), "s4w1d2")
    assert opened(tmp_path, read("## 1 理论\n"), files).code == "S4W1D2"


def test_code_that_is_no_python_stays_text(tmp_path: Path) -> None:
    imported = body("## 2 代码\n\n```python\nx = (\n```\n\n```python\n%time y = 1\n```\n", "lesson.md")
    lesson = opened(tmp_path, imported)
    assert [exercise.reference for exercise in lesson.exercises] == ["pass  # %time y = 1\n"]


def test_cells_of_a_section_are_one_program(tmp_path: Path) -> None:
    imported = body("## 2 代码\n\n```python\nx = 1\n```\n\n```python\nprint(x)\n```\n", "lesson.md")
    assert opened(tmp_path, imported).exercises[0].reference == "x = 1\n\n\nprint(x)\n"


def test_a_lesson_too_long_for_a_page_keeps_its_programs(tmp_path: Path) -> None:
    cell = "\n".join(f"value_{number} = {number}  # {'x' * 40}" for number in range(400))
    text = "## 2 代码\n\n" + f"```python\n{cell}\n```\n\n" * 60
    imported = body(text, "lesson.md")
    lesson = opened(tmp_path, imported)
    assert lesson.exercises[0].reference.count("\n") > 20_000


def test_prose_too_long_for_a_page_is_refused_in_one_line() -> None:
    with pytest.raises(UsageError, match="larger than 1 MB"):
        lesson_files(body("## 1 理论\n\n" + ("长" * 30_000 + "\n\n") * 13))


def test_long_blocks_are_cut_into_pieces_that_can_be_read(tmp_path: Path) -> None:
    code = "\n".join(f"value_{number} = '{'长' * 20}'" for number in range(2000))
    output = "\n".join("9" * 300 for _ in range(1000))
    text = (
        f"## 2 代码\n\n```python\n{code}\n```\n\n```output\n{output}\n```\n\n## 1 理论\n\n"
        + "文字\n" * 20_000
    )
    opened(tmp_path, body(text, "lesson.md"))


def test_the_files_are_valid_toml() -> None:
    imported = body("## 7 总结\n\n- [ ] **Ma\"th**: 引\"号 \\ 与 ''' 和 `x`\n")
    table = tomllib.loads(lesson_files(imported).files["lesson.toml"])
    assert table["checklist"][0]["zh"] == "引\"号 \\ 与 ''' 和 `x`"


QUESTIONS = (
    "## 4 面试\n\n**Q1: 甲？**\n\n> **考察点**: 一\n> **参考答案**: 一\n\n"
    "**Q2: 乙？**\n\n> **参考答案**: 二\n"
)


def test_ids_outlive_an_insertion_a_removal_and_a_rewording() -> None:
    first = lesson_files(body(QUESTIONS))
    more = QUESTIONS.replace("**Q1: 甲？**", "**Q0: 新？**\n\n> **参考答案**: 新\n\n**Q1: 甲？**")
    second = lesson_files(body(more), known=first.items)
    assert "### 新？ {#q3}" in second.files["lesson.zh.md"]
    assert "### 甲？ {#q1}" in second.files["lesson.zh.md"]
    assert "### 乙？ {#q2}" in second.files["lesson.zh.md"]
    reworded = lesson_files(body(QUESTIONS.replace("乙？", "乙在哪里？")), known=first.items)
    assert "### 乙在哪里？ {#q2}" in reworded.files["lesson.zh.md"]
    fewer = lesson_files(body("## 4 面试\n\n**Q2: 乙？**\n\n> **参考答案**: 二\n"), known=first.items)
    assert "### 乙？ {#q2}" in fewer.files["lesson.zh.md"]


def test_the_same_file_gives_the_same_ids_with_and_without_memory() -> None:
    imported = read(FORMS["lesson.txt"]())
    first = lesson_files(imported)
    assert lesson_files(imported, known=first.items) == first == lesson_files(imported)


def test_ids_of_the_file_are_kept_if_they_can_be() -> None:
    ids = Ids()
    assert ids.give(
        "question", "q", [Wanted("a", "why"), Wanted("b", "Bad Id"), Wanted("c", "why"), Wanted("d")]
    ) == [
        "why",
        "q2",
        "q3",
        "q4",
    ]
    assert ids.give("think", "think-", [Wanted("a", "why"), Wanted("b", "theory")], {"theory"}) == [
        "think-1",
        "think-2",
    ]


@pytest.mark.parametrize(
    ("code", "starter"),
    [
        ("def f(a,\n      b):\n    '''x'''\n    return a\n", "def f(a,\n      b):\n    ...\n"),
        (
            "class S:\n    def f(self):\n        return 1\n\n    x = 1\n",
            "class S:\n    def f(self):\n        ...\n\n    x = 1\n",
        ),
        ("def f(): return 1\n", "def f(): return 1\n"),
        ("x = 1\n", "x = 1\n"),
        ("def f(\n", "def f(\n"),
    ],
)
def test_a_solution_is_opened(code: str, starter: str) -> None:
    assert without_bodies(code) == starter
