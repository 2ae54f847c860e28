from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.block import CodeBlock, MathBlock, MathSpan, Paragraph, Text, ThinkingQuestion
from studybuddy.core.latex_macros import macro
from studybuddy.core.lesson import Lesson
from studybuddy.course.macros import in_formulas
from studybuddy.course.reader import read_lesson
from tests.course.sample import FILES, write_lesson

MACROS = "[macros]\nsq = '#1^2'\nX = '\\mathbf{X}'\n"
DEFINITION = "$$\n\\newcommand{\\sq}[1]{#1^2}\n\\newcommand{\\X}{\\mathbf{X}}\n$$\n"
USES = {
    "lesson.toml": ('latex = "X"', "latex = '\\X'"),
    "cards.toml": ('front = "$x^2$ 的导数？"', "front = '$\\sq x$ 的导数？`\\sq`'"),
    "exercises/loop/exercise.toml": ('zh = "先看形状"', "zh = '先看 $\\X$ 的形状'"),
}
PROSE = (
    ("y = x^2\n$$", "y = \\sq{x}\n$$"),
    ("能是负数吗", "能是 $\\X$ 吗"),
    ("y = x ** 2\n```", "y = '\\sq{x} $\\sq{x}$'\n```"),
)


def lesson_with(root: Path, *, facts: str = "", prose: str = "") -> Path:
    """The sample lesson with commands in all of its files, defined in lesson.toml or in the prose."""
    files: dict[str, str] = {}
    for name, (old, new) in USES.items():
        assert old in FILES[name]
        files[name] = FILES[name].replace(old, new)
    facts = files["lesson.toml"] + "\n" + facts
    text = FILES["lesson.zh.md"]
    for old, new in PROSE:
        assert old in text
        text = text.replace(old, new)
    files["lesson.zh.md"] = text.replace("引言。", prose + "\n引言。")
    files["lesson.toml"] = facts
    return write_lesson(root, {**files})


def read(folder: Path) -> Lesson:
    result = read_lesson(folder, "zh")
    assert [str(found) for found in result.diagnostics] == []
    assert result.lesson is not None
    return result.lesson


@pytest.mark.parametrize("where", ["facts", "prose"])
def test_commands_of_a_lesson_reach_all_of_its_formulas(tmp_path: Path, where: str) -> None:
    own = {"facts": MACROS} if where == "facts" else {"prose": DEFINITION}
    lesson = read(lesson_with(tmp_path, **own))
    theory, code = lesson.sections[0].blocks, lesson.sections[1].blocks
    assert MathBlock("y = x^2") in theory
    question = next(block for block in theory if isinstance(block, ThinkingQuestion)).question[0]
    assert isinstance(question, Paragraph)
    assert MathSpan(r"\mathbf{X}") in question.children
    assert code[0] == CodeBlock("python", "y = '\\sq{x} $\\sq{x}$'")
    assert lesson.symbols[0].latex == r"\mathbf{X}"
    assert lesson.cards[0].front == "$x^2$ 的导数？`\\sq`"
    assert r"$\mathbf{X}$" in lesson.exercises[0].hints[0]
    assert lesson.introduction == (Paragraph((Text("引言。"),)),)


def test_definitions_move_no_line(tmp_path: Path) -> None:
    folder = lesson_with(tmp_path, prose=DEFINITION)
    prose = folder / "lesson.zh.md"
    text = prose.read_text().replace("再见。", "#### 一\n\n## 二")
    prose.write_text(text)
    found = [row for row in read_lesson(folder, "zh").diagnostics if row.code == "section-unknown"]
    assert [row.line for row in found] == [text[: text.index("## 二")].count("\n") + 1]


@pytest.mark.parametrize(
    ("facts", "line"),
    [
        ("[macros]\nx1 = 'a'", 2),
        ("[macros]\nq = '{a'", 2),
        ("[macros]\nq = 3", 2),
        ("[macros]\nq = '\\q\\q'", 2),
        ("[macros]\np = 'x'\nq = '\\r'\nr = '\\q'", 3),
        (
            "[macros]\n" + "".join(f"a{'bcdefghijk'[n // 26]}{chr(97 + n % 26)} = 'x'\n" for n in range(201)),
            1,
        ),
    ],
)
def test_a_command_that_cannot_be_used_is_said_with_its_line(tmp_path: Path, facts: str, line: int) -> None:
    folder = write_lesson(tmp_path, {"lesson.toml": FILES["lesson.toml"] + facts})
    found = read_lesson(folder, "zh").diagnostics
    first = FILES["lesson.toml"].count("\n")
    assert found
    assert {row.code for row in found} <= {"bad-macro", "wrong-type", "too-many"}
    assert found[0].line == first + line


def test_code_and_escaped_dollars_are_left_alone() -> None:
    macros = {"a": macro("A")}
    text = "`$\\a$` ``x ` $\\a$`` \\$\\a\\$ $\\a$\n~~~\n$\\a$\n~~~\n$$\n\\a\n$$ > \\a"
    assert in_formulas(text, macros) == (
        "`$\\a$` ``x ` $\\a$`` \\$\\a\\$ $A$\n~~~\n$\\a$\n~~~\n$$\nA\n$$ > \\a"
    )


@pytest.mark.parametrize(
    "text",
    ["`" * 60_000, "` " * 30_001, "$" * 60_001, "$x " * 30_000, "``` \n" * 20_000, "\\" * 60_000],
    ids=range(6),
)
def test_texts_made_to_take_long_do_not(text: str) -> None:
    assert in_formulas(text + "\\a", {"a": macro("A")}) == text + "\\a"
