"""Questions and answers in all their forms."""

from __future__ import annotations

import pytest

from studybuddy.course.importing.model import Imported, Prose, Question, Think
from tests.course.importing.asking import body, codes, items, one

FULL = "> **考察点**: 点\n> **参考答案**: 答\n"


def interview(text: str, name: str = "lesson.txt") -> Imported:
    return body("## 4 面试问答\n\n" + text, name)


@pytest.mark.parametrize(
    "question",
    [
        "**Q1: 为何？**",
        "**Q1：为何？**",
        "**Q1**：为何？",
        "**Q1. 为何？**",
        "**Q1、为何？**",
        "Q1: 为何？",
        "q1: 为何？",
        "### Q1：为何？",
        "### **Q1：为何？**",
        "#### 问题1：为何？",
        "**问题一：为何？**",
        "**问 1：为何？**",
        "**Question 1: 为何？**",
        "**Q: 为何？**",
        "问：为何？",
        "### 为何？",
        "### 为何？ {#q1}",
        "### 1. 为何？",
        "### 1、为何？",
        "1. **为何？**",
        "- **Q1: 为何？**",
        "1. **Q1: 为何？**",
        "**Q1: 为\n何？**",
    ],
)
@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_spellings_of_a_question(question: str, gap: str) -> None:
    imported = interview(question + gap + FULL)
    (found,) = items(imported, Question)
    assert found.text.replace("\n", "") == "为何？"
    assert (found.number, found.exam_point, found.reference) == (1, "点", "答")
    assert not codes(imported)


@pytest.mark.parametrize(
    "answer",
    [
        "> **考察点：** 点\n> **参考答案：** 答",
        "> **考点**（一）：点\n> **标准答案** : 答",
        "> **Exam point**: 点\n> **Reference answer**: 答",
        "> 考察点：点\n> 参考答案：答",
        "> **考察点**: 点\n\n> **参考答案**: 答",
        ">**考察点**: 点\n>**参考答案**: 答",
        "**考察点**: 点\n\n**参考答案**: 答",
        "**考察点**: 点\n**参考答案**: 答",
        "考察点：点\n\n答案：答",
        "> **考察点**: 点\n> *答案：答*",
        "**考察点**：点\n\n> 答：答",
        "> **考察点**: 点\n> **A**: 答",
        "> __考察点__: 点\n> __参考答案__: 答",
        "- **考察点**：点\n- **参考答案**：答",
        "* 考察点：点\n* 参考答案：答",
        "> - **考察点**：点\n> - **参考答案**：答",
    ],
)
def test_spellings_of_an_answer(answer: str) -> None:
    imported = interview(f"**Q1: 为何？**\n\n{answer}\n")
    (found,) = items(imported, Question)
    assert (found.exam_point, found.reference) == ("点", "答")
    assert not codes(imported)


def test_all_parts_of_a_question() -> None:
    text = (
        "**Q1: 为何？**\n\n> **考察点**: 点\n> **参考答案**: 答\n"
        "> 第二行\n>\n> 第二段\n> **要点**:\n> - 甲\n> - 乙\n"
        "> **常见错误**: 错\n> **追问**: 再问\n> **错误要点**: 说反\n"
    )
    (found,) = items(interview(text), Question)
    assert found.reference == "答\n第二行\n\n第二段"
    assert found.key_points == "- 甲\n- 乙"
    assert (found.common_wrong, found.follow_up, found.wrong_point) == ("错", "再问", "说反")


def test_an_answer_goes_on_below_its_label() -> None:
    text = (
        "**Q1: 为何？**\n\n**考察点**: 点\n\n**参考答案**: 答\n\n"
        "- 甲\n- 乙\n\n```python\nx = 1\n```\n\n$$\nx\n$$\n"
    )
    imported = interview(text)
    (found,) = items(imported, Question)
    assert found.reference == "答\n\n- 甲\n- 乙\n\n```python\nx = 1\n```\n\n$$\nx\n$$"
    assert imported.counts.code_blocks == 1


def test_what_a_question_lacks() -> None:
    imported = interview("**Q1: 甲？**\n\n> **考察点**: 点\n\n**Q2: 乙？**\n\n> **参考答案**: 答\n")
    found = [(f.code, f.severity, f.place.line) for f in imported.findings if f.code == "QA-MISSING"]
    assert found == [("QA-MISSING", "error", 5), ("QA-MISSING", "warning", 9)]
    assert "1" in imported.findings[-2].said.english()


def test_numbers_that_do_not_count() -> None:
    imported = interview(f"**Q1: 甲？**\n\n{FULL}\n**Q4: 乙？**\n\n{FULL}\n**Q1: 丙？**\n\n{FULL}")
    found = one(imported, "QA-NUMBERS")
    assert found.place.line == 10
    assert "1, 4, 1" in found.said.english()
    assert imported.counts.interview == 3


def test_an_answer_without_a_question() -> None:
    imported = interview("> **参考答案**: 孤儿\n\n> **考察点**: 也是\n")
    found = [(f.severity, f.place.line) for f in imported.findings if f.code == "ANSWER-ORPHAN"]
    assert found == [("error", 5), ("warning", 7)]
    assert [item.lines for item in items(imported, Prose)] == [
        ("> **参考答案**: 孤儿",),
        ("> **考察点**: 也是",),
    ]


def test_an_answer_that_is_there_twice() -> None:
    imported = interview(
        "**Q1: 甲？**\n\n> **考察点**: 一\n> **考察点**: 二\n> **参考答案**: 一\n> **参考答案**: 二\n"
    )
    found = [(f.severity, f.place.line) for f in imported.findings if f.code == "ANSWER-TWICE"]
    assert found == [("warning", 8), ("error", 10)]
    (question,) = items(imported, Question)
    assert (question.exam_point, question.reference) == ("一", "一")


def test_an_id_that_is_there_twice() -> None:
    imported = interview(f"### 甲？ {{#q7}}\n\n{FULL}\n### 乙？ {{#q7}}\n\n{FULL}", "lesson.md")
    assert one(imported, "ID-TWICE").severity == "error"


def test_two_interview_sections() -> None:
    imported = body(f"## 4 面试\n\n**Q1: 甲？**\n\n{FULL}\n## 5 面试二\n\n**Q1: 乙？**\n\n{FULL}")
    assert imported.counts.interview == 2
    assert codes(imported) == ["SECTION-REPEAT"]


def test_a_colon_in_bold_within_an_answer_is_no_label() -> None:
    imported = interview("**Q1: 甲？**\n\n> **考察点**: 点\n> **参考答案**: 先看\n> **对称**：同一层相同。\n")
    (question,) = items(imported, Question)
    assert question.reference == "先看\n**对称**：同一层相同。"


@pytest.mark.parametrize(
    "think",
    [
        "> **思考题**：为何？\n> *答案：因为。*",
        "> **思考题：** 为何？\n> **答案**：因为。",
        "> **思考题**（难）：为何？\n>\n> **答案**：因为。",
        "> **思考题 1**：为何？\n\n> 答案：因为。",
        "**思考题**：为何？\n\n**答案**：因为。",
        "> **Think**: 为何？\n> *Answer: 因为。*",
        "> **Thinking question**: 为何？\n> **Answer**: 因为。",
        "> **思考题：为何？**\n> *答案：因为。*",
        "> 思考题：为何？\n> 答案：因为。",
        "> **思考题** {#think-why}：为何？\n>\n> **答案**：因为。",
    ],
)
def test_spellings_of_a_thinking_question(think: str) -> None:
    imported = body(f"## 1 理论\n\n{think}\n")
    (found,) = items(imported, Think)
    assert (found.question, found.answer) == ("为何？", "因为。")
    assert not codes(imported)


def test_a_thinking_question_without_an_answer() -> None:
    imported = body("## 1 理论\n\n> **思考题**：为何？\n")
    found = one(imported, "THINK-NO-ANSWER")
    assert (found.place.line, found.severity) == (5, "warning")


def test_a_second_answer_and_one_without_a_question() -> None:
    twice = body("## 1 理论\n\n> **思考题**：为何？\n> *答案：一*\n\n> **答案**：二\n")
    assert codes(twice) == ["ANSWER-TWICE"]
    orphan = body("## 1 理论\n\n> **答案**：孤儿\n")
    assert (codes(orphan), orphan.failed) == (["ANSWER-ORPHAN"], False)
    assert items(orphan, Prose)[0].lines == ("> **答案**：孤儿",)


def test_a_thinking_question_among_interview_questions_keeps_its_answer() -> None:
    text = f"**Q1: 甲？**\n\n{FULL}\n> **思考题**：为何？\n> *答案：因为。*\n"
    imported = interview(text)
    assert items(imported, Think)[0].answer == "因为。"
    assert not codes(imported)
