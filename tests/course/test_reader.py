from __future__ import annotations

from pathlib import Path

import pytest

from studybuddy.core.block import (
    Callout,
    CodeBlock,
    Heading,
    Link,
    ListBlock,
    MathBlock,
    MathSpan,
    OutputBlock,
    Paragraph,
    Slot,
    Strong,
    Text,
    ThinkingQuestion,
)
from studybuddy.core.card_content import CardContent, CardKind
from studybuddy.core.checklist import ChecklistItem
from studybuddy.core.diagnostic import Severity
from studybuddy.core.exercise import Case, ExerciseKind, Limits, Observation, Signature
from studybuddy.core.lesson import Lesson, SectionKind, Symbol, Term
from studybuddy.course.reader import read_lesson
from tests.course.sample import DEPTH_PY, FILES, PROSE_ZH, changed, write_lesson


def read(folder: Path, language: str = "zh") -> Lesson:
    result = read_lesson(folder, language)
    assert [str(found) for found in result.diagnostics] == []
    assert result.lesson is not None
    return result.lesson


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    return read(write_lesson(tmp_path))


def words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def test_the_frame(lesson: Lesson) -> None:
    assert (lesson.id, lesson.code, lesson.title, lesson.language) == (
        "s1w2d3",
        "S1W2D3",
        "平方（Square）",
        "zh",
    )
    assert [section.kind for section in lesson.sections] == list(SectionKind)
    assert [section.number for section in lesson.sections] == [1, 2, 3, 4, 5, 6, 7]
    assert [section.minutes for section in lesson.sections] == [5, 10, 15, 20, 0, 30, 1]
    assert (lesson.sections[0].id, lesson.sections[0].title) == ("s1w2d3/theory", "理论")
    assert lesson.introduction == (words("引言。"),)
    assert lesson.closing == (words("再见。"),)
    assert lesson.action == (words("现在去推导。"),)
    assert lesson.facts == {"n": 64, "losses": [1.5, 0.25]}
    assert lesson.terms == (Term("链式法则", "chain rule", (Text("沿路相乘 "), MathSpan("dy"))),)
    assert lesson.symbols == (Symbol("X", "(N, D_{in})", (Text("输入 "), MathSpan("X")), "x"),)


def test_both_languages_have_the_same_shape(tmp_path: Path, lesson: Lesson) -> None:
    english = read(write_lesson(tmp_path), "en")
    assert english.title == "Square"
    assert english.action == (words("derive it now."),)

    def shape(lesson: Lesson) -> list[object]:
        return [
            [[type(block) for block in section.blocks] for section in lesson.sections],
            [item.id for things in (lesson.questions, lesson.cards, lesson.checklist) for item in things],
            [step.id for derivation in lesson.derivations for step in derivation.steps],
            [exercise.id for exercise in lesson.exercises],
        ]

    assert shape(english) == shape(lesson)


def test_theory(lesson: Lesson) -> None:
    opening, formula, box, think = lesson.sections[0].blocks
    assert opening == Paragraph(
        (
            Text("一行接着一行，"),
            Strong((Text("注意："),)),
            Text("不要混淆 "),
            MathSpan("x"),
            Text(" 与 "),
            opening.children[-2] if isinstance(opening, Paragraph) else Text(""),
            Text("。"),
        )
    )
    assert formula == MathBlock("y = x^2")
    assert box == Callout("要点", (words("这只是一个框。"),))
    question = (Paragraph((MathSpan("x^2"), Text(" 能是负数吗？"))),)
    assert think == ThinkingQuestion(
        "s1w2d3/think-sign", question, (words("不能。"), words("平方不小于 0。"))
    )


def test_code_and_slots(lesson: Lesson) -> None:
    code, output, slot, after = lesson.sections[1].blocks
    assert code == CodeBlock("python", "y = x ** 2")
    assert output == OutputBlock("作者的一次运行", "4")
    assert slot == Slot("exercise", "s1w2d3/loop")
    assert isinstance(after, Paragraph)
    assert Link((Text("Week 2 Day 4"),), "lesson:s1w2d4") in after.children


def test_derivation(lesson: Lesson) -> None:
    (derivation,) = lesson.derivations
    assert (derivation.id, derivation.title) == ("s1w2d3/square", "平方的导数")
    assert derivation.goal == r"\frac{dy}{dx} = 2x"
    assert derivation.givens == (Paragraph((MathSpan("y = x^2"), Text("。"))),)
    chain, local = derivation.steps
    assert (chain.id, chain.given, chain.hints, chain.explanation) == ("s1w2d3/square/chain", True, (), ())
    assert (local.id, local.given, local.answer) == ("s1w2d3/square/local", False, "2x")
    assert local.prompt == (words("求局部导数。"),)
    assert local.hints == (
        (Text("展开 "), MathSpan("(x+h)^2"), Text("。")),
        (Text("除以 "), MathSpan("h"), Text("。")),
    )
    assert len(local.explanation) == 1
    before, heading, after, slot, more, paragraph = lesson.sections[2].blocks
    assert before == words("先看定义。")
    assert heading == Heading(3, (Text("平方的导数"),))
    assert (after, slot) == (words("推导结束。"), Slot("derivation", "s1w2d3/square"))
    assert (more, paragraph) == (Heading(3, (Text("补充"),)), words("普通的一段。"))


def test_interview(lesson: Lesson) -> None:
    (question,) = lesson.questions
    assert question.id == "s1w2d3/q1"
    assert question.question == (Text("平方的导数是什么？"),)
    assert question.exam_point == (Text("定义。"),)
    assert question.reference == (
        Paragraph((Text("是 "), MathSpan("2x"), Text("。"))),
        words("因为极限如此。"),
    )
    assert question.key_points == ((Text("极限"),), (MathSpan("2x"),))
    assert question.wrong_point == (Text("是 "), MathSpan("x"), Text("。"))
    assert question.common_wrong == (Text("说成 "), MathSpan("x"), Text("。"))
    assert question.follow_up == (words("立方呢？"),)
    assert lesson.sections[3].blocks == (words("先答再看。"), Slot("interview", "s1w2d3/interview"))


def test_summary(lesson: Lesson) -> None:
    items = ListBlock(((words("会推"),), (words("会写"),)), 1)
    assert lesson.sections[6].blocks == (items, Slot("checklist", "s1w2d3/checklist"))
    targets = ("s1w2d3/square/local", "s1w2d3/card/local")
    assert lesson.checklist[0] == ChecklistItem("s1w2d3/math", "Math", "推导", "math", targets)


def test_cards(lesson: Lesson) -> None:
    assert lesson.cards[0] == CardContent(
        id="s1w2d3/card/local",
        kind=CardKind.TYPE_IN,
        front="$x^2$ 的导数？",
        back="$2x$",
        section="s1w2d3/derivation",
        concept="K01",
        accept=("x * 2",),
        checklist="s1w2d3/math",
    )
    assert [card.id for card in lesson.cards[1:]] == ["s1w2d3/card/chain", "s1w2d3/card/value"]
    assert lesson.cards[1].back == ""
    assert lesson.cards[2].tolerance == 0.01


def test_script_exercise(lesson: Lesson) -> None:
    loop = lesson.exercises[0]
    assert (loop.id, loop.kind, loop.section) == ("s1w2d3/loop", ExerciseKind.SCRIPT, "s1w2d3/code")
    assert (loop.title, loop.packages, loop.hints) == ("训练循环", ("numpy",), ("先看形状",))
    assert (loop.starter, loop.reference) == ("x = ...\n", "x = 1\n")
    assert loop.limits == Limits(wall_s=20.0, memory_mb=1024)
    pattern = r"Epoch (\d+): Loss = (\S+)"
    shapes = (("x", (64, 1000)),)
    observation = Observation(("x",), ("grad_x",), "two-layer-relu", pattern, (0, 100), 1e-6, shapes)
    assert loop.observation == observation
    assert observation.weights == ("x",)


def test_function_exercise(lesson: Lesson) -> None:
    depth = lesson.exercises[1]
    assert (depth.id, depth.kind, depth.optional) == ("s1w2d3/depth", ExerciseKind.FUNCTION, True)
    text = "class Solution:\n    def maxDepth(self, root): ..."
    assert depth.signature == Signature("Solution.maxDepth", text, ("tree",), "int")
    assert depth.cases == (
        Case("example", ([3, 9, 20, None, None, 15, 7],), 3, public=True, why="示例"),
        Case("chain", ({"chain": 10000, "side": "left"},), 10000),
    )
    assert depth.misconceptions == (("off-by-one-low", "你数的是边"),)
    assert depth.reference == DEPTH_PY


def test_missing_prose_falls_back_to_the_other_language(tmp_path: Path) -> None:
    result = read_lesson(write_lesson(tmp_path, {"lesson.en.md": None}), "en")
    assert result.lesson is not None
    assert (result.lesson.language, result.lesson.title) == ("zh", "平方（Square）")
    assert result.lesson.cards[0].front == "The derivative of $x^2$?"
    (found,) = result.diagnostics
    assert (found.severity, found.code) == (Severity.WARNING, "translation-missing")
    assert found.path.endswith("lesson.zh.md")


def test_missing_words_fall_back_to_the_other_language(tmp_path: Path) -> None:
    folder = write_lesson(tmp_path, changed("exercises/loop/exercise.toml", 'zh = "先看形状"\n', ""))
    result = read_lesson(folder, "zh")
    assert result.lesson is not None
    assert result.lesson.exercises[0].hints == ("look at the shapes",)
    (found,) = result.diagnostics
    assert (found.severity, found.code, found.line) == (Severity.WARNING, "translation-missing", 26)
    assert read_lesson(folder, "en").diagnostics == ()


def test_an_unknown_language_is_answered_in_another(tmp_path: Path) -> None:
    result = read_lesson(write_lesson(tmp_path), "fr")
    assert result.lesson is not None
    assert result.lesson.language == "zh"


def test_windows_line_ends_and_byte_order_mark(tmp_path: Path, lesson: Lesson) -> None:
    changes: dict[str, str | bytes | None] = {
        name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in FILES.items()
    }
    assert read(write_lesson(tmp_path / "windows", changes)) == lesson


def test_a_slot_that_is_written_stays_where_it_is(tmp_path: Path) -> None:
    changes = changed(
        "lesson.zh.md", "先看定义。", ":::{derivation} square\n:::\n\n先看定义。\n\n:::{checklist}\n:::"
    )
    lesson = read(write_lesson(tmp_path, changes))
    assert lesson.sections[2].blocks[0] == Slot("derivation", "s1w2d3/square")
    slots = [block for section in lesson.sections for block in section.blocks if isinstance(block, Slot)]
    assert len(slots) == 5
    assert not any(isinstance(block, Slot) for block in lesson.sections[6].blocks)


def test_an_exercise_without_slot_is_put_at_the_end_of_its_section(tmp_path: Path) -> None:
    changes = changed("lesson.zh.md", ":::{exercise} loop\n:::\n", "")
    result = read_lesson(write_lesson(tmp_path, changes), "zh")
    assert result.lesson is not None
    assert result.lesson.sections[1].blocks[-1] == Slot("exercise", "s1w2d3/loop")
    assert [found.code for found in result.diagnostics] == ["slot-missing"]


def test_thinking_questions_and_rules_may_stand_between_interview_questions(tmp_path: Path) -> None:
    think = "\n---\n\n> **思考题** {#think-more}：还有吗？\n>\n> **答案**：没有。\n\n## 5 工程"
    lesson = read(write_lesson(tmp_path, changed("lesson.zh.md", "\n## 5 工程", think)))
    assert isinstance(lesson.sections[3].blocks[1], ThinkingQuestion)


def test_words_of_special_labels_may_begin_a_line_of_a_quotation(tmp_path: Path) -> None:
    words = "> **目标**是证明它，\n> **步骤**在后。\n\n接下来见"
    lesson = read(write_lesson(tmp_path, changed("lesson.zh.md", "接下来见", words)))
    box = next(block for block in lesson.sections[1].blocks if isinstance(block, Callout))
    assert box.label == ""


def test_a_label_may_stand_on_a_line_of_its_own(tmp_path: Path) -> None:
    folder = write_lesson(
        tmp_path, changed("lesson.zh.md", "> **参考答案**：是", "> **参考答案**：\n> 是 $ ")
    )
    result = read_lesson(folder, "zh")
    assert result.lesson is not None
    assert len(result.lesson.questions[0].reference) == 2
    (found,) = result.diagnostics
    assert found.code == "lone-dollar"
    assert PROSE_ZH.split("\n")[found.line - 2].startswith("> **参考答案**")


def test_a_lesson_can_be_read_without_cards_or_closing(tmp_path: Path) -> None:
    prose = PROSE_ZH[: PROSE_ZH.index("## 结语")]
    changes: dict[str, str | bytes | None] = {"cards.toml": None, "lesson.zh.md": prose}
    changes |= changed("lesson.toml", ', "card/local"', "")
    result = read_lesson(write_lesson(tmp_path, changes), "zh")
    assert result.lesson is not None
    assert (result.lesson.cards, result.lesson.closing, result.lesson.action) == ((), (), ())
    assert [(found.severity, found.code) for found in result.diagnostics] == [
        (Severity.WARNING, "file-missing")
    ]
