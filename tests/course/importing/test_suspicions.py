"""Where a formula was lost, and where none was."""

from __future__ import annotations

import pytest

from studybuddy.course.importing.suspicions import gaps_of, strays_of
from tests.course.importing.asking import body, codes, one, read
from tests.course.importing.sample import code_cell, markdown_cell, notebook


@pytest.mark.parametrize(
    ("line", "columns"),
    [
        ("在运算中， 的形状必须和  一样吗？", [5, 12]),
        ("> 2. 分析 : ... (补充)", [7]),
        ("形状一致，即 。", [6]),
        ("`a` 是 ，`b` 是 。", [5, 12]),
        ("只有  才对", [2]),
        ("the shape is .", [12]),
        ("the shape , and more", [9]),
        ("令  为批的大小。", [1]),
        ("和 、 相乘", [1]),
        ("a\u00a0b 是 ；", [5]),
    ],
)
def test_gaps(line: str, columns: list[int]) -> None:
    assert [start for start, _ in gaps_of(line)] == columns


@pytest.mark.parametrize(
    "line",
    [
        "证明  $x = y$",
        "求 $W$ 的梯度 $\\frac{a}{b}$，就是",
        "由 `x` ，得 `y` 。",
        "$x$ 和 $y$ : 都要",
        "**设定** ：令",
        "a b  c  d",
        "The end.  A new sentence.",
        "见 [这里](https://a.b/c) 。",
        "- 输入 $X$: 形状 $(N, D_{in})$",
        "代码 (Numpy 手写)",
        "在 PyTorch 里用 `.mm` 。",
        "深度 = dfs(root.left)，右 = dfs(root.right)。",
        "use .T and .grad here",
        "``a  b`` 与 $c  d$",
        "",
        "   ",
        "　　段首空两格。",
    ],
)
def test_no_gaps(line: str) -> None:
    assert not gaps_of(line)


@pytest.mark.parametrize("line", ["传u回来", "出啊u你回"])
def test_strays(line: str) -> None:
    assert len(strays_of(line)) == 1


@pytest.mark.parametrize(
    "line", ["第k个", "沿x轴", "令x为", "共n维", "在i和j处", "A类", "用py写", "`啊u你`", "$啊u你$", "abc"]
)
def test_letters_that_are_variables_or_words(line: str) -> None:
    assert not strays_of(line)


def test_code_output_tables_and_formulas_are_not_looked_at() -> None:
    text = (
        "## 2 代码\n\n```python\n# 甲  乙 ，丙\nx = 1\n```\n\n"
        "```output\n甲  乙\n```\n\n| 甲  乙 | 丙 ， |\n| - | - |\n\n"
        "$$\n甲  乙\n$$\n\nIn [1]:\ny = 1  # 甲  乙\nprint('甲  乙')\n\n甲  乙\n"
    )
    assert not codes(body(text))
    cells = [markdown_cell("# S3W10D2：名\n\n## 2 代码"), code_cell("# 甲  乙\nx = 1", "甲  乙\n")]
    assert not codes(read(notebook(cells), "lesson.ipynb"))


def test_the_message_shows_ten_characters_around() -> None:
    imported = body("## 1 理论\n\n一二三四五六七八九十甲乙  丙丁一二三四五六七八九十\n")
    found = one(imported, "LOST-FORMULA")
    assert (
        found.said.english() == "a formula seems to be lost here: 三四五六七八九十甲乙  丙丁一二三四五六七八"
    )
    assert (found.place[:2], found.proposal) == ((5, 13), "")


@pytest.mark.parametrize(
    ("sentence", "proposal"),
    [
        ("`w` 的形状是 。", "$(H, D_{out})$"),
        ("与 `w` 一致，即 ，再看", "$(H, D_{out})$"),
        ("`g` 为 。", "$(N, D_{out})$"),
        ("`a` 是 。", "$(N, H)$"),
        ("`unknown` 是 。", ""),
        ("只有  才对", ""),
        ("把 `a.T @ g` 写出来，\n只有  才对", r"$(H, N) \times (N, D_{out})$"),
    ],
)
def test_proposals_from_the_shapes_of_the_code(sentence: str, proposal: str) -> None:
    code = (
        "h = x.dot(v)  # (N, D) -> (N, H)\na = np.maximum(h, 0)\n"
        "w = np.random.randn(H, D_out)\ng = f(a)  # Shape: (N, D_out)"
    )
    imported = body(f"## 2 代码\n\n```python\n{code}\n```\n\n{sentence}\n")
    assert one(imported, "LOST-FORMULA").proposal == proposal


def test_very_many_gaps_are_counted() -> None:
    imported = body("## 1 理论\n\n" + "甲  乙\n\n" * 3000)
    found = [finding for finding in imported.findings if finding.code == "LOST-FORMULA"]
    assert len(found) == 51
    assert found[-1].said.english() == "2950 more like this"
