"""The elements from the derivation to the closing, and where each is served."""

from __future__ import annotations

from studybuddy.core.block import Link, Slot, ThinkingQuestion
from studybuddy.study.day import LessonPlan
from studybuddy.study.settings import SETTINGS
from studybuddy.tui.lesson_pages import LessonState, section_page
from tests.course.inventory import (
    ID,
    Check,
    Course,
    Row,
    both,
    card,
    command,
    exercise,
    inside,
    item,
    marks,
    output,
    question,
    says,
    slot,
    step,
    symbol,
    term,
    word,
)


def last_page(course: Course) -> set[object]:
    """Where the last page of the lesson leads, as the screen shows it."""
    lesson = course.lesson
    if not lesson.sections:
        return set()
    state = LessonState(lesson, LessonPlan(ID, lesson.code, lesson.title, (), (), False), {})
    return {block for block in section_page(state, 6) if isinstance(block, Slot)}


SECOND = [
    Row(41, "section 3, LaTeX by hand", (slot("derivation", "derivation", "linear-backward"), word("check"))),
    Row(42, "double-click and complete", (command("lesson.derive", "today.derive", "derivation.write"),)),
    Row(
        43,
        "aim: why .T",
        (says("derivation", "目标是证明第 2 节里的 .T", "prove that each .T of section 2"),),
    ),
    Row(
        44,
        "givens",
        (
            says("linear-backward", r"X \in \mathbb{R}^{N \times D}"),
            says("linear-backward", r"Z \in \mathbb{R}^{N \times M}"),
            symbol(r"D,\ M", ""),
            command("derivation.givens"),
        ),
    ),
    Row(
        45,
        "δ_Z is known",
        (
            says("linear-backward", r"\delta_Z = \frac{\partial L}{\partial Z}"),
            symbol(r"\delta_Z = \frac{\partial L}{\partial Z}", "(N, D_{out})"),
        ),
    ),
    Row(
        46,
        "target",
        (
            Check(
                "goal",
                lambda c: (
                    (d := c.derivation()) and d.goal == r"\frac{\partial L}{\partial W} = X^\top \delta_Z"
                ),
            ),
            step("dw", "goal", lambda s: s.goal is not None),
        ),
    ),
    Row(
        47,
        "own derivation",
        (command("derivation.check", "derivation.history", "derivation.new_line"), word("check")),
    ),
    Row(
        48,
        "hint",
        (
            step("local", "hints", lambda s: len(s.hints) >= 2),
            says("linear-backward", r"Z_{ij} = \sum_{r=1}^{D} X_{ir} W_{rj}"),
            command("derivation.hint"),
        ),
    ),
    Row(
        49,
        "step 1 is given",
        (
            step(
                "chain",
                "given",
                lambda s: s.given and r"\sum_{i=1}^{N} \frac{\partial L}{\partial Z_{ij}}" in s.answer,
            ),
        ),
    ),
    Row(
        50,
        "step 2 to fill",
        (
            step("local", "X_ik", lambda s: not s.given and s.answer == "X_{ik}" and s.goal is not None),
            card("local-derivative"),
        ),
    ),
    Row(
        51,
        "step 3 to fill",
        (
            step("element", "sum", lambda s: not s.given and s.goal is not None),
            step("dw", "matrix", lambda s: s.answer == r"X^\top \delta_Z"),
            card("sum-to-matrix", "dw", "why-transpose"),
        ),
    ),
    Row(
        52,
        "room to write",
        (
            step("dw", "nothing prefilled", lambda s: s.answer not in str(s.prompt)),
            command("derivation.write"),
        ),
    ),
    Row(
        53,
        "section 4, mock interview",
        (
            both("six questions", lambda one: len(one.questions) == 6),
            command("today.interview", "interview.reveal", "interview.write", "interview.good"),
            word("interview"),
        ),
    ),
    Row(54, "Q1: all weights 0", (question("q1", "question", "所有权重都初始化为 0", "all weights at 0"),)),
    Row(
        55,
        "Q1: what it looks for",
        (
            question("q1", "exam_point", "打破对称", "symmetry breaking"),
            term(("打破对称", "symmetry breaking")),
        ),
    ),
    Row(
        56,
        "Q1: reference, corrected",
        (
            question("q1", "reference", "什么都学不到", "Nothing is learnt"),
            question("q1", "reference", "627.6356", "627.6356"),
            question("q1", "wrong_point", "线性模型", "linear model"),
            card("zero-init", "constant-init", "break-symmetry"),
        ),
    ),
    Row(
        57,
        "Q2: why the transpose",
        (question("q3", "question", "h_relu.T @ grad_y_pred", "h_relu.T @ grad_y_pred"),),
    ),
    Row(58, "Q2: what it looks for", (question("q3", "exam_point", "从下标推出形状", "from the indices"),)),
    Row(
        59,
        "Q2: reference, its shapes restored",
        (
            question("q3", "reference", "$(H, D_{out})$", "$(H, D_{out})$"),
            question("q3", "reference", "$(N, H)$", "$(N, H)$"),
            question("q3", "reference", "$(N, D_{out})$", "$(N, D_{out})$"),
            question("q3", "reference", r"$(H, N) \times (N, D_{out})$", r"$(H, N) \times (N, D_{out})$"),
            question("q3", "reference", "所有样本的贡献累加", "contributions of all samples"),
        ),
    ),
    Row(
        60,
        "section 5: autograd builds the graph",
        (
            says(
                "engineering", "在前向时记录计算图", "records the computational graph during the forward pass"
            ),
            term(("自动求导", "automatic differentiation")),
        ),
    ),
    Row(
        61,
        "torch program",
        (
            exercise(
                "autograd", "torch", lambda e: "torch" in e.packages and "64, 1000, 100, 10" in e.starter
            ),
            slot("engineering", "exercise", "autograd"),
        ),
    ),
    Row(
        62,
        "requires_grad",
        (
            exercise("autograd", "leaves", lambda e: "w1.requires_grad_(True)" in e.starter),
            card("leaf-tensor"),
            term(("叶子张量", "leaf tensor")),
        ),
    ),
    Row(
        63,
        "learning rate used",
        (
            exercise("autograd", "update", lambda e: e.reference.count("learning_rate") >= 3),
            card("no-grad", "clear-gradients"),
        ),
    ),
    Row(64, "forward chain", (says("engineering", "y_pred = (x @ w1).clamp(min=0) @ w2"),)),
    Row(65, "loss", (says("engineering", "(y_pred - y).pow(2).sum()"),)),
    Row(
        66,
        "backward() is the derivation",
        (
            says("engineering", "做的正是第 2 节的五步", "precisely the five steps of section 2"),
            says("engineering", "相对误差不超过约 1e-15", "no more than about 1e-15"),
            command("lab.twin"),
        ),
    ),
    Row(67, "gradient shapes", (output("engineering", "grad_w1: (1000, 100)", "grad_w2: (100, 10)"),)),
    Row(
        68,
        "LeetCode 104",
        (
            says(
                "algorithm",
                "LeetCode 104，Maximum Depth of Binary Tree",
                "LeetCode 104, Maximum Depth of Binary Tree",
            ),
            says("algorithm", "[3,9,20,null,null,15,7]"),
            says("algorithm", r"0 到 $10^4$ 之间", r"between 0 and $10^4$ nodes"),
        ),
    ),
    Row(
        69,
        "idea: recursion, behind a reveal",
        (
            Check(
                "a thinking question",
                lambda c: any(
                    isinstance(block, ThinkingQuestion) and block.id == f"{ID}/think-depth"
                    for block in c.blocks("algorithm", "zh")
                ),
            ),
            term(("深度优先搜索", "depth-first search")),
        ),
    ),
    Row(
        70,
        "three points",
        (
            says("algorithm", "终止条件：没有节点时返回 0", "Base case: no node, return 0"),
            exercise("max-depth", "hints in steps", lambda e: len(e.hints) >= 3),
            command("lab.hint"),
        ),
    ),
    Row(
        71,
        "TreeNode",
        (
            says("algorithm", "有 val、left、right 三个属性", "a TreeNode with val, left and right"),
            exercise("max-depth", "starter", lambda e: "Optional[TreeNode]" in e.starter),
        ),
    ),
    Row(
        72,
        "reference, judged",
        (
            exercise(
                "max-depth",
                "cases",
                lambda e: (
                    sum(c.public for c in e.cases) >= 3
                    and sum(not c.public for c in e.cases) >= 8
                    and "def maxDepth" in e.reference
                ),
            ),
            slot("algorithm", "exercise", "max-depth"),
            card("depth-recursion"),
            command("lab.reference"),
        ),
    ),
    Row(
        73,
        "challenge: BFS",
        (
            exercise(
                "max-depth-bfs",
                "deque",
                lambda e: e.optional and e.requires == ("deque",) and len(e.cases) >= 8,
            ),
            slot("algorithm", "exercise", "max-depth-bfs"),
            card("freeze-level-size"),
            says(
                "algorithm",
                "这个挑战不影响今天的 Algo 一项",
                "The challenge does not count towards today's Algo item",
            ),
        ),
    ),
    Row(
        74,
        "pointer to Week 10 Day 6",
        (
            Check(
                "link",
                lambda c: all(
                    any(
                        isinstance(one, Link) and one.target == "lesson:s3w10d6"
                        for one in inside(c.blocks("algorithm", lang))
                    )
                    for lang in c.lessons
                ),
            ),
        ),
    ),
    Row(75, "rules are no content", (Check("a rule", lambda c: len(c.markdown("1\n\n---\n\n2")) == 2),)),
    Row(
        76,
        "Math",
        (
            item(
                "math",
                "math",
                *(f"linear-backward/{name}" for name in ("local", "element", "dw", "dx", "db")),
            ),
            both(
                "explained",
                lambda one: (
                    one.checklist
                    and one.checklist[0].needs.explained == (f"{ID}/card/why-transpose", f"{ID}/q3/2")
                ),
            ),
            command("checklist.toggle"),
            word("tick", "untick"),
        ),
    ),
    Row(
        77,
        "Code",
        (
            item("code", "code", "training-loop"),
            both("ratio", lambda one: one.checklist and one.checklist[1].needs.ratio == 1e-6),
        ),
    ),
    Row(78, "Interview", (item("interview", "interview", "q1"),)),
    Row(79, "Algo", (item("algo", "algo", "max-depth"),)),
    Row(
        80,
        "closing words",
        (
            says("closing", "遇到不收敛或梯度爆炸", "does not converge, or its gradients explode"),
            Check(
                "the learner's name is a setting",
                lambda c: c.lesson.closing and any(s.key == "name" for s in SETTINGS),
            ),
        ),
    ),
    Row(
        81,
        "Action",
        (
            says("closing", "完成第 3 节的推导", "Do the derivation of section 3"),
            says("derivation", "用小数字展开", "with small numbers"),
            Check(
                "doors",
                lambda c: (
                    last_page(c) >= {Slot(kind, f"{ID}/linear-backward") for kind in ("derivation", "stuck")}
                ),
            ),
            command("derivation.stuck"),
        ),
    ),
    Row(
        82,
        "inline markup",
        (
            Check(
                "every kind",
                lambda c: (
                    marks(c)
                    >= {
                        "Strong",
                        "CodeSpan",
                        "MathSpan",
                        "MathBlock",
                        "Callout",
                        "ListBlock",
                        "Table",
                        "CodeBlock",
                        "OutputBlock",
                    }
                ),
            ),
        ),
    ),
]
