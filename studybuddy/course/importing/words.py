"""The words that a lesson's own files need, in the language of the lesson (not that of the screen)."""

from __future__ import annotations

from typing import NamedTuple

from studybuddy.course.importing.model import PartKind


class Words(NamedTuple):
    """The labels and sentences of one language."""

    think: str
    answer: str
    exam_point: str
    reference: str
    key_points: str
    wrong_point: str
    common_wrong: str
    follow_up: str
    givens: str
    goal: str
    step: str
    hint: str
    challenge: str
    action: str
    closing: str
    colon: str
    output: str
    failed: str
    no_section: str
    nothing_given: str
    derive: str
    part: str
    shape_of: str
    left_out: str
    run_task: str
    solve_task: str
    titles: dict[PartKind, str]


ZH = Words(
    think="思考题",
    answer="答案",
    exam_point="考察点",
    reference="参考答案",
    key_points="要点",
    wrong_point="错误要点",
    common_wrong="常见错答",
    follow_up="追问",
    givens="设定",
    goal="目标",
    step="步骤",
    hint="提示",
    challenge="进阶挑战",
    action="行动",
    closing="结语",
    colon="：",
    output="原课的运行记录",
    failed="原课的运行记录（以错误结束）",
    no_section="原课没有这一节。",
    nothing_given="原课没有写。",
    derive="推导",
    part="第 {number} 部分：{title}",
    shape_of="${latex}$（{meaning}）的形状？",
    left_out="…… 还有 {n} 行",
    run_task="运行本节的程序，改一改，看看会怎样。这里没有测试：由你自己判断。",
    solve_task="先自己写，再看原课的解法。",
    titles={
        PartKind.THEORY: "理论",
        PartKind.CODE: "代码",
        PartKind.DERIVATION: "推导",
        PartKind.INTERVIEW: "面试",
        PartKind.ENGINEERING: "工程",
        PartKind.ALGORITHM: "算法",
        PartKind.SUMMARY: "总结",
    },
)
EN = Words(
    think="Thinking question",
    answer="Answer",
    exam_point="Exam point",
    reference="Reference answer",
    key_points="Key points",
    wrong_point="Wrong point",
    common_wrong="Common wrong answer",
    follow_up="Follow-up",
    givens="Givens",
    goal="Goal",
    step="Step",
    hint="Hint",
    challenge="Challenge",
    action="Action",
    closing="Closing",
    colon=": ",
    output="recorded with the lesson",
    failed="recorded with the lesson (ended in an error)",
    no_section="The lesson has no such section.",
    nothing_given="The lesson does not say.",
    derive="Derivation",
    part="Part {number}: {title}",
    shape_of="The shape of ${latex}$ ({meaning})?",
    left_out="… {n} more lines",
    run_task="Run this section's program, change it, and see what happens. There are no tests: you judge.",
    solve_task="Write your own first, then look at the lesson's solution.",
    titles={
        PartKind.THEORY: "Theory",
        PartKind.CODE: "Code",
        PartKind.DERIVATION: "Derivation",
        PartKind.INTERVIEW: "Interview",
        PartKind.ENGINEERING: "Engineering",
        PartKind.ALGORITHM: "Algorithm",
        PartKind.SUMMARY: "Summary",
    },
)


def words_of(language: str) -> Words:
    """The words of `zh` or `en`."""
    return ZH if language == "zh" else EN
