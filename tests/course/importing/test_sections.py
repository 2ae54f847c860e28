"""Derivations, problems, checklists, symbols and calls to action, in the forms that people give them."""

from __future__ import annotations

import pytest

from studybuddy.course.importing.derivation import is_blank
from studybuddy.course.importing.model import Action, Challenge, Derivation, Imported, Problem, Prose, Task
from tests.course.importing.asking import body, codes, items, one


def derivation(text: str) -> Imported:
    return body("## 3 推导\n\n" + text, "lesson.md")


def test_a_derivation_without_quotations() -> None:
    text = (
        "先看定义。\n\n**已知**：$Z = XW$。\n\n$$\nL = f(Z)\n"
        "$$\n\n**目标**：$dW = X^T dZ$\n\n**提示**：看下标。\n\n"
        "1. 链式：$a = b$\n2. 求局部: ____\n   写出下标\n3. 合并 ……\n"
    )
    imported = derivation(text)
    (found,) = items(imported, Derivation)
    assert found.givens == "$Z = XW$。\n\n$$\nL = f(Z)\n$$"
    assert (found.goal, found.hints) == ("$dW = X^T dZ$", ("看下标。",))
    assert [(step.text, step.blank) for step in found.steps] == [
        ("链式：$a = b$", False),
        ("求局部: ____\n写出下标", True),
        ("合并 ……", True),
    ]
    assert codes(imported) == ["STEP-NO-ACCEPT", "STEP-NO-ACCEPT"]


def test_an_answer_of_the_lesson_is_kept_for_its_step() -> None:
    imported = derivation("**目标**：$y = x$\n\n> 1. 求: ...\n> **答案**：$x$\n")
    (found,) = items(imported, Derivation)
    assert found.steps[0].accept == "$x$"
    assert not codes(imported)


def test_two_derivations_in_one_section_and_in_two() -> None:
    one_ = "**设定**：$a$\n\n**目标**：$b$\n\n> 1. 甲 $c$\n\n"
    assert [len(found.steps) for found in items(derivation(one_ * 2), Derivation)] == [1, 1]
    imported = body(f"## 3 推导一\n\n{one_}## 4 推导二\n\n{one_}")
    assert (imported.counts.steps, codes(imported)) == (2, ["SECTION-REPEAT"])


def test_what_a_learner_wrote_is_a_draft_and_no_content() -> None:
    text = (
        "**设定**：$a$\n\n**目标**：$b$\n\n**你的推导**：\n\n"
        "我先写 $c$。\n\n$$\nd\n$$\n\n> 提示：看 $e$\n> 1. 甲: ...\n"
    )
    imported = derivation(text)
    (found,) = items(imported, Derivation)
    assert found.draft == "我先写 $c$。\n\n$$\nd\n$$"
    assert found.hints == ("看 $e$",)
    assert not items(imported, Prose)


@pytest.mark.parametrize(
    "text", ["写: ...", "（此处请补充）", "a …", "a = ____", "待补充", "fill in the rest", "TODO"]
)
def test_open_steps(text: str) -> None:
    assert is_blank(text)


@pytest.mark.parametrize("text", ["$f(...f_1(X)...)$ 展开", "`x[...]`", "由 $a$ 得 $b$", ""])
def test_steps_that_are_filled_in(text: str) -> None:
    assert not is_blank(text)


def test_several_problems_in_one_section() -> None:
    text = (
        "**题目**：LeetCode 226. Invert Binary Tree\n\n"
        "**思路**：交换。\n\n```python\ndef f(): return 1\n```\n\n"
        "**题目**：力扣 101 对称二叉树\n\n- 递归\n\n```python\n"
        "def g(): return 2\n```\n\n### LeetCode 110 平衡\n\n文字。\n"
    )
    found = items(body("## 6 算法\n\n" + text, "lesson.md"), Problem)
    assert [(problem.number, problem.title) for problem in found] == [
        (226, "Invert Binary Tree"),
        (101, "对称二叉树"),
        (110, "平衡"),
    ]
    assert [len(problem.programs) for problem in found] == [1, 1, 0]
    assert found[0].idea == "交换。"


def test_a_problem_that_only_the_heading_names() -> None:
    imported = body("## 6 LeetCode 543 直径\n\n1. 求深度\n\n```python\nx = 1\n```\n", "lesson.md")
    (found,) = items(imported, Problem)
    assert (found.number, found.title) == (543, "直径")


def test_a_problem_of_nobody() -> None:
    imported = body("## 6 算法\n\n**Problem**: Count the ways\n\n```python\nx = 1\n```\n", "lesson.md")
    (found,) = items(imported, Problem)
    assert (found.number, found.title) == (0, "Count the ways")


BOXES = [
    *(
        "* [ ] **Math**: 推",
        "- [x] **Math**: 推",
        "+ [X] **Math**：推",
        "- [] **Math：** 推",
        "- [√] **Math**: 推",
    ),
    *("* ［ ］ **Math**: 推", "  - [✓] **Math**: 推", "1. [ ] **Math**: 推"),
]
LOOSE = [
    *("- [ **Math**: 推", "- [x **Math**: 推", "□ **Math**: 推", "- ☐ **Math**: 推", "- () **Math**: 推"),
    *("【 】 **Math**: 推", "[ ] **Math**: 推", "☑ **Math**: 推", "- (x) **Math**: 推"),
    *("- [ x **Math**: 推", "* ［ x **Math**: 推"),
]


@pytest.mark.parametrize("box", BOXES)
def test_boxes(box: str) -> None:
    imported = body(f"## 7 总结\n\n{box}\n")
    (task,) = items(imported, Task)
    assert (task.label, task.text, task.kind) == ("Math", "推", "math")
    assert task.done == any(mark in box for mark in "xX√✓")
    assert not codes(imported)


@pytest.mark.parametrize("box", LOOSE)
def test_boxes_of_another_form_are_read_and_said(box: str) -> None:
    imported = body(f"## 7 总结\n\n先做完。\n\n{box}\n")
    (task,) = items(imported, Task)
    assert (task.label, task.text, task.done) == ("Math", "推", any(mark in box for mark in "x☑"))
    found = one(imported, "TASK-FORM")
    assert (found.place.line, found.severity) == (7, "warning")
    assert "- [" in found.said.english()


def test_many_boxes_one_below_the_other() -> None:
    imported = body("## 7 总结\n\n□ **Math**: 甲\n□ **Code**: 乙\n还有一句\n□ 丙\n")
    assert [task.text for task in items(imported, Task)] == ["甲", "乙", "丙"]
    assert [prose.lines for prose in items(imported, Prose)] == [("还有一句",)]


def test_a_box_without_a_bullet_ends_the_item_above() -> None:
    imported = body("## 7 总结\n\n- [ ] **Math**: 甲\n接着写\n［ ］ **Code**: 乙\n- [ ] **Algo**: 丙\n")
    assert [task.text for task in items(imported, Task)] == ["甲\n接着写", "乙", "丙"]


@pytest.mark.parametrize("line", ["- [link](https://x.y) **a**", "- [0, 1) 区间", "- 普通一项", "- [1] 文献"])
def test_lists_that_are_no_boxes(line: str) -> None:
    imported = body(f"## 7 总结\n\n{line}\n")
    assert (imported.counts.tasks, codes(imported)) == (0, [])


@pytest.mark.parametrize(
    ("text", "label", "kind"),
    [
        ("- [ ] 无标签", "", "other"),
        ("- [ ] Code: 跑通", "Code", "code"),
        ("- [ ] 算法：AC", "算法", "algo"),
        ("- [ ] 看：一遍", "", "other"),
    ],
)
def test_items_without_a_bold_label(text: str, label: str, kind: str) -> None:
    imported = body(f"## 7 总结\n\n{text}\n")
    (task,) = items(imported, Task)
    assert (task.label, task.kind) == (label, kind)
    assert one(imported, "TASK-LABEL").place.line == 5


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Math", "math"),
        ("数学", "math"),
        ("代码", "code"),
        ("面试", "interview"),
        ("LeetCode", "algo"),
        ("睡", "other"),
    ],
)
def test_kinds_of_items(label: str, kind: str) -> None:
    assert items(body(f"## 7 总结\n\n- [ ] **{label}**: 做\n"), Task)[0].kind == kind


def test_an_item_of_several_lines_and_nested_ones() -> None:
    imported = body("## 7 总结\n\n- [ ] **Math**: 甲\n  接着\n  - [ ] **Code**: 乙\n")
    assert [task.text for task in items(imported, Task)] == ["甲\n接着", "乙"]


@pytest.mark.parametrize(
    ("row", "symbol"),
    [
        ("- 输入 $X$: 形状 $(N, D)$", ("X", "(N, D)", "输入")),
        ("* $X$：输入，形状 $(N, D)$", ("X", "(N, D)", "输入")),
        ("- Input $X$: shape $(N, D)$", ("X", "(N, D)", "Input")),
        ("- $X$: the input, shape (N, D)", ("X", "(N, D)", "the input")),
        (r"- 输入 $X \in \mathbb{R}^{N \times D}$", ("X", "(N, D)", "输入")),
        ("- `x`：输入，形状 (N, D)", ("x", "(N, D)", "输入")),
    ],
)
def test_symbols_of_a_list(row: str, symbol: tuple[str, str, str]) -> None:
    (found,) = body(f"## 1 理论\n\n{row}\n").parts[0].symbols
    assert (found.latex, found.shape, found.meaning) == symbol


def test_symbols_of_a_table() -> None:
    text = (
        "| 符号 | 形状 | 含义 |\n| --- | :-: | --- |\n| $X$ | $(N, D)$ | 输入 |\n| $W$ | $(D, M)$ |\n\n文字\n"
    )
    imported = body(f"## 1 理论\n\n{text}")
    assert [(row.latex, row.shape, row.meaning) for row in imported.parts[0].symbols] == [
        ("X", "(N, D)", "输入"),
        ("W", "(D, M)", ""),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "> **进阶挑战 (Optional)**: 写",
        "> **进阶挑战**：写",
        "**Challenge**: 写",
        "> **挑战：** 写",
        "> 进阶挑战：写",
    ],
)
def test_challenges(text: str) -> None:
    imported = body(f"## 6 算法\n\n{text}\n")
    assert [item.text for item in items(imported, Challenge)] == ["写"]


@pytest.mark.parametrize(
    ("text", "section"),
    [("第 3 部分", 3), ("第三节", 3), ("section 4", 4), ("everything", 0)],
)
def test_calls_to_action(text: str, section: int) -> None:
    imported = body(f"## 7 总结\n\n### 结语\n\n好。\n\n**Action**: 做 {text}。\n")
    (action,) = items(imported, Action)
    assert action.section == section


def test_nothing_is_dropped_of_a_section_nobody_knows() -> None:
    text = (
        "## 8 附录\n\n一段。\n\n| a | b |\n| - | - |\n| 1 | 2 |\n"
        "\n> 引文\n\n- 甲\n  - 乙\n\n```bash\nls\n```\n"
    )
    imported = body(text)
    (part,) = imported.parts
    assert part.kind == "other"
    assert len(part.items) == 5
