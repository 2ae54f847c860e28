from __future__ import annotations

import pytest

from studybuddy.core.block import (
    Block,
    Blocks,
    Callout,
    CodeBlock,
    CodeSpan,
    Emphasis,
    Heading,
    Inline,
    Link,
    ListBlock,
    MathBlock,
    MathSpan,
    OutputBlock,
    Paragraph,
    Slot,
    Strong,
    Table,
    Text,
    ThinkingQuestion,
)
from studybuddy.study.page import Anchor, Labels, Page, Span, layout, plain
from studybuddy.text import cell_width

WIDTHS = (40, 72, 88)
CHAIN = (
    r"\frac{\partial L}{\partial W_{kj}} = \sum_{i=1}^{N} \frac{\partial L}{\partial Z_{ij}}"
    r" \frac{\partial Z_{ij}}{\partial W_{kj}}"
)


def words(*children: Inline | str) -> Paragraph:
    return Paragraph(tuple(Text(child) if isinstance(child, str) else child for child in children))


def cells(*texts: str) -> tuple[tuple[Inline, ...], ...]:
    return tuple((Text(text),) for text in texts)


ZH: Blocks = (
    Heading(3, (Text("网络是复合函数"),)),
    words(
        "计算图的每个节点做一次", Strong((Text("简单运算"),)), "。写作 ", MathSpan(r"\delta_Z"), "，见下式："
    ),
    MathBlock(CHAIN),
    Callout(
        "要点", (words("形状相同是", Strong((Text("必要条件"),)), "，不是充分条件。"), words("再想一想。"))
    ),
    ListBlock(
        (
            (words("终止条件：如果 root 为 None，返回 0，不要忘记这一步的意义。"),),
            (words("递归步骤"), ListBlock(((words("左子树"),), (words("右子树"),)))),
        ),
        start=1,
    ),
    Table(
        (*cells("符号"), *cells("形状"), *cells("含义")),
        (
            ((MathSpan("X"),), (MathSpan("(N, D_{in})"),), (Text("输入"),)),
            (
                (MathSpan(r"\delta_Z"),),
                (MathSpan("(N, D_{out})"),),
                (Text("损失对线性输出的上游梯度，从后一层传来"),),
            ),
        ),
    ),
    ThinkingQuestion("s3w10d1/think-shape", (words("形状必须相同吗？"),), (words("必须相同。"),)),
    Slot("exercise", "s3w10d1/training-loop"),
)

EN: Blocks = (
    Heading(4, (Text("Upstream and local gradient"),)),
    words(
        "Run ",
        CodeSpan("loss.backward()"),
        " and ",
        Emphasis((Text("look"),)),
        " at the gradients it left behind.",
    ),
    CodeBlock(
        "python",
        "def f(x):\n\treturn x  # a comment that is much too long to fit on a narrow line\n\n\nf(1)\n",
    ),
    OutputBlock("the author's run (unseeded)", "Epoch 0: Loss = 25274173.275672376\n"),
    words(
        Link((Text("Week 10 Day 6"),), "lesson:s3w10d6"),
        " and ",
        Link((Text("docs"),), "https://pytorch.org/docs"),
    ),
)


def shown(*blocks: Block, width: int = 40, latex_source: bool = False) -> list[str]:
    return plain(layout(blocks, width, latex_source=latex_source)).split("\n")


def style_of(page: Page, text: str) -> str:
    return next(span.style for line in page.lines for span in line if text in span.text)


def test_a_chinese_page() -> None:
    assert plain(layout(ZH, 40)).split("\n") == [
        "网络是复合函数",
        "计算图的每个节点做一次简单运算。写作",
        "δ_Z，见下式：",
        "",
        "     ∂L     N   ∂L  ∂Zᵢⱼ",
        "    ──── =  ∑  ──── ────",
        "    ∂Wₖⱼ   i=1 ∂Zᵢⱼ ∂Wₖⱼ",
        "",
        "│ 要点：形状相同是必要条件，不是充分条",
        "│ 件。",
        "│",
        "│ 再想一想。",
        "",
        "1. 终止条件：如果 root 为 None，返回 0，",
        "   不要忘记这一步的意义。",
        "2. 递归步骤",
        "   • 左子树",
        "   • 右子树",
        "",
        "符号  形状       含义",
        "────  ─────────  ───────────────────────",
        "X     (N, Dᵢₙ)   输入",
        "δ_Z   (N, Dₒᵤₜ)  损失对线性输出的上游梯",
        "                 度，从后一层传来",
        "",
        "│ Thinking question: 形状必须相同吗？",
        "│",
        "│ Answer hidden",
        "",
        "▸ Exercise · training-loop",
    ]


def test_an_english_page() -> None:
    assert plain(layout(EN, 40)).split("\n") == [
        "Upstream and local gradient",
        "Run loss.backward() and look at the",
        "gradients it left behind.",
        "",
        "  def f(x):",
        "      return x  # a comment that is much",
        "  ↳  too long to fit on a narrow line",
        "",
        "",
        "  f(1)",
        "",
        "  the author's run (unseeded)",
        "  Epoch 0: Loss = 25274173.275672376",
        "",
        "Week 10 Day 6 and docs",
        "(https://pytorch.org/docs)",
    ]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("blocks", [ZH, EN], ids=["zh", "en"])
@pytest.mark.parametrize("latex_source", [False, True])
def test_no_line_is_wider_than_the_page(blocks: Blocks, width: int, latex_source: bool) -> None:
    page = layout(blocks, width, latex_source=latex_source, reveal=frozenset({"s3w10d1/think-shape"}))
    assert max(cell_width(line) for line in plain(page).split("\n")) <= width
    assert len(plain(page).split("\n")) == len(page.lines)


def test_anchors_say_where_there_is_something_to_do() -> None:
    page = layout(
        (words("One."), Callout("Note", (Slot("derivation", "d/x"),)), *ZH, Slot("checklist", "c")), 72
    )
    lines = plain(page).split("\n")
    assert [anchor.kind for anchor in page.anchors] == ["derivation", "think", "exercise", "checklist"]
    assert [lines[anchor.line] for anchor in page.anchors] == [
        "│ ▸ Derivation · x",
        "│ Thinking question: 形状必须相同吗？",
        "▸ Exercise · training-loop",
        "▸ Checklist · c",
    ]
    assert page.anchors[1] == Anchor("think", "s3w10d1/think-shape", page.anchors[1].line)


def test_an_answer_is_hidden_until_its_question_is_revealed() -> None:
    assert "必须相同。" not in plain(layout(ZH, 72))
    open_page = plain(layout(ZH, 72, reveal=frozenset({"s3w10d1/think-shape"})))
    assert "│ Answer: 必须相同。" in open_page
    assert "Answer hidden" not in open_page


def test_the_words_of_the_page_come_from_the_caller() -> None:
    labels = Labels(thinking_question="思考题", answer="答案", answer_hidden="答案已隐藏", exercise="练习")
    page = plain(layout(ZH, 72, labels=labels))
    assert "│ 思考题：形状必须相同吗？" in page
    assert "│ 答案已隐藏" in page
    assert "▸ 练习 · training-loop" in page


def test_latex_source_instead_of_drawings() -> None:
    assert shown(words("see ", MathSpan("x_1")), MathBlock("a = b"), latex_source=True) == [
        "see $x_1$",
        "",
        "    $$ a = b $$",
    ]
    assert shown(MathBlock("a\n= b"), latex_source=True) == ["    $$", "    a", "    = b", "    $$"]


def test_styles() -> None:
    page = layout((*ZH, *EN), 88)
    wanted = {
        "网络": "heading",
        "Upstream": "heading2",
        "简单": "strong",
        "look": "emphasis",
        "δ_Z": "math",
        "∂Wₖⱼ": "math",
        "loss.b": "code",
        "def f": "code",
        "要点": "label",
        "│ ": "quote-bar",
        "符号": "table-head",
        "───": "math",
        "the author": "dim",
        "Epoch": "output",
        "Week 10": "link",
        "https": "dim",
        "▸": "link",
        "hidden": "dim",
        "不是充分": "",
    }
    assert {text: style_of(page, text) for text in wanted} == wanted
    assert Span("─" * 4 + "  ", "rule") in {span for line in page.lines for span in line}


def test_strong_inside_a_heading_keeps_the_headings_look() -> None:
    page = layout((Heading(3, (Strong((Text("Bold"),)), MathSpan("x"))),), 40)
    assert page.lines == ((Span("Bold", "heading"), Span("x", "math")),)


def test_a_formula_that_fits_stays_on_one_line() -> None:
    formula = MathSpan(r"\frac{\partial L}{\partial W} = X^\top \delta_Z")
    assert shown(words("梯度的公式是这样的：", formula, "，记住它。"), width=30) == [
        "梯度的公式是这样的：",
        "∂L/∂W = Xᵀδ_Z，记住它。",
    ]


def test_a_display_formula_breaks_inside_the_page() -> None:
    lines = shown(MathBlock(CHAIN + r" = \sum_i X_{ik} (\delta_Z)_{ij}"), width=40)
    assert max(cell_width(line) for line in lines) <= 40
    assert all(line.startswith("    ") or not line for line in lines)


def test_lists() -> None:
    items = tuple((words(f"item {n}"),) for n in range(3))
    assert shown(ListBlock(items, start=9)) == [" 9. item 0", "10. item 1", "11. item 2"]
    assert shown(ListBlock(((words("a"), CodeBlock("", "b")), ()))) == ["• a", "", "    b", "", "•"]
    deep: Block = words("core")
    for _ in range(60):
        deep = ListBlock(((deep,),))
    assert max(map(cell_width, shown(deep))) <= 40
    assert shown(deep)[-1].endswith("core")


def test_a_table_that_cannot_fit_lists_its_cells() -> None:
    table = Table(
        cells("名称", "a_very_long_identifier", "another_long_name"),
        (cells("x", "value_of_the_first", "value_of_the_second"), cells("y", "1", "2")),
    )
    assert shown(table, width=24)[:3] == ["名称: x", "a_very_long_identifier:", "value_of_the_first"]
    assert shown(table, width=88)[0] == "名称  a_very_long_identifier  another_long_name"
    assert shown(Table((), (cells("1", "2"), cells("3"))), width=20) == ["1  2", "3"]


def test_empty_pages() -> None:
    assert plain(layout((), 40)) == ""
    assert layout((Table((), ()), Paragraph(())), 40).anchors == ()
    assert shown(Callout("", ())) == [""]


def test_hostile_text_is_harmless() -> None:
    evil = "\x1b]52;c;x\x07\u202e[/b]\x9b2J"
    blocks: Blocks = (
        Heading(3, (Text(evil),)),
        words(
            evil,
            CodeSpan(evil),
            MathSpan(evil),
            Strong((Text(evil),)),
            Link((Text(evil),), "https://a/" + evil),
        ),
        CodeBlock(evil, evil),
        OutputBlock(evil, evil),
        MathBlock(evil),
        MathBlock(r"\text{" + evil + "}"),
        ListBlock(((words(evil),),)),
        Table(cells(evil), (cells(evil),)),
        Callout(evil, (words(evil),)),
        ThinkingQuestion(evil, (words(evil),), (words(evil),)),
        Slot("exercise", evil),
    )
    for latex_source in (False, True):
        page = plain(layout(blocks, 40, latex_source=latex_source, reveal=frozenset({evil})))
        assert not set(page) & set("\x1b\x07\x9b\u202e")
        assert max(cell_width(line) for line in page.split("\n")) <= 40
        assert "[/b]" in page


def test_formulas_in_ascii() -> None:
    page = layout((words("So ", MathSpan(r"\delta_Z")), MathBlock(CHAIN)), 60, ascii_formulas=True)
    assert plain(page).isascii()
    assert plain(page).startswith("So delta_Z\n\n     dL      N   dL   dZ_ij\n")


def test_columns_stand_as_their_author_wants() -> None:
    table = Table(
        cells("名称", "数", "x"),
        (
            (*cells("一"), (MathSpan(r"\delta_Z"),), *cells("1.5")),
            (*cells("第二个"), (MathSpan("(N, D_{in})"),), *cells("10")),
        ),
        ("left", "center", "right"),
    )
    assert shown(table) == [
        "名称       数       x",
        "──────  ────────  ───",
        "一        δ_Z     1.5",
        "第二个  (N, Dᵢₙ)   10",
    ]
    narrow = shown(
        Table(cells("a", "b"), (cells("1", "一个很长的句子要折成几行才放得下"),), ("right",)), width=20
    )
    assert narrow == [" a  b", "──  ────────────────", " 1  一个很长的句子要", "    折成几行才放得下"]


def test_tasks() -> None:
    items = tuple((words(text),) for text in ("推导", "检查", "其余"))
    assert shown(ListBlock(items, done=(False, True, None))) == ["[ ] 推导", "[x] 检查", "• 其余"]
    assert shown(ListBlock(items[:1], start=3, done=(True,))) == ["3. [x] 推导"]


def test_a_table_keeps_apart_from_its_heading() -> None:
    page = layout(
        (Heading(3, (Text("H"),)), Table(cells("a"), (cells("1"),)), Heading(3, (Text("I"),)), words("x")), 20
    )
    assert plain(page).split("\n") == ["H", "", "a", "─", "1", "", "I", "x"]
