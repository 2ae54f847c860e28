"""One lesson of our own words in the form of the course's exports, and the other three forms of it.

Its sizes are those of the real first day: 52, 27 and 16 lines of code, 7 lines of output, 5 symbols, a
thinking question, 2 interview questions, 3 steps, 2 of them open, 4 checklist items, a challenge, a call to
action, and 7 formulas that the export lost on 5 lines, beside one stray letter.
"""

from __future__ import annotations

import json
import re

_TRAINING = [
    "import numpy as np",
    "",
    "N, D_in, H, D_out = 8, 30, 20, 4",
    "rng = np.random.RandomState(7)",
    "x = rng.standard_normal((N, D_in))",
    "y = rng.standard_normal((N, D_out))",
    "",
    "w1 = np.random.randn(D_in, H)",
    "w2 = np.random.randn(H, D_out)",
    "",
    "rate = 1e-4",
    "",
    'print("开始")',
    "",
    "for t in range(500):",
    "    # 前向",
    "    h = x.dot(w1)  # (N, D_in) @ (D_in, H) -> (N, H)",
    "    a = np.maximum(h, 0)",
    "    out = a.dot(w2)  # -> (N, D_out)",
    "",
    "    loss = np.square(out - y).sum()",
    "    if t % 100 == 0:",
    '        print(f"step {t}: loss = {loss}")',
    "",
    "    # 反向",
    "    g_out = 2.0 * (out - y)  # Shape: (N, D_out)",
    "    # 先求第二层",
    "    g_w2 = a.T.dot(g_out)",
    "    g_a = g_out.dot(w2.T)  # Shape: (N, H)",
    "",
    "    g_h = g_a.copy()",
    "    g_h[h < 0] = 0",
    "    # 再求第一层",
    "    g_w1 = x.T.dot(g_h)",
    "",
]
CELL = [
    *_TRAINING,
    *(f"    # 说明 {number}" for number in range(1, 52 - len(_TRAINING) - 3)),
    "    w1 -= rate * g_w1",
    "    w2 -= rate * g_w2",
    "",
    'print("结束，共 (500) 步。")',
]
CELL[1:1] = [""] * (52 - len(CELL))
OUTPUT = [
    "开始",
    "step 0: loss = 19874.25",
    "step 100: loss = 31.5",
    "step 200: loss = 2.25",
    "step 300: loss = 0.5",
    "step 400: loss = 0.125",
    "结束，共 (500) 步。",
]
TORCH = [
    "import torch",
    "",
    *(f"v{number} = torch.randn({number}, 3)" for number in range(1, 24)),
    "print(v1.shape)",
    "",
]
SOLUTION = [
    "# class TreeNode:",
    "#     def __init__(self, val=0, left=None, right=None):",
    "#         self.val = val",
    "#         self.left = left",
    "#         self.right = right",
    "class Solution:",
    "    def maxDepth(self, root: Optional[TreeNode]) -> int:",
    "        if root is None:",
    "            return 0",
    "",
    "        one = self.maxDepth(root.left)",
    "        other = self.maxDepth(root.right)",
    "",
    "        deeper = max(one, other)",
    "        return deeper + 1",
    "",
]
assert (len(CELL), len(OUTPUT), len(TORCH), len(SOLUTION)) == (52, 7, 27, 16)

HEAD = r"""# S3W10D1：自己写的一课——梯度（Gradients）

## 1 理论知识讲解

**要点一**：
一个网络是许多小函数接起来的：
$$Y = f_3(f_2(f_1(X)))$$
求 $\frac{\partial L}{\partial W}$ 时，误差从后面传u回来，再乘上局部的导数。

**今日符号**（Batch First）：

- 输入 $X$: 形状 $(N, D_{in})$
- 权重 $W$: 形状 $(D_{in}, D_{out})$
- 偏置 $b$: 形状 $(1, D_{out})$
- 线性输出 $Z = XW + b$: 形状 $(N, D_{out})$
- 激活 $A = \sigma(Z)$: 形状 $(N, D_{out})$

> **思考题**：对矩阵求导时， 的形状必须和  一样吗？
> *答案：是，每个分量有一个导数。*

## 2 代码实现 (NumPy)

下面**不用自动求导**，前后都自己写。

"""

REST = r"""## 3 深度理论 (LaTeX 手推练习)

请补充下面的推导，说明代码里为何有 `.T`。

**设定**：
$L$ 是标量，$Z = XW$，$X \in \mathbb{R}^{N \times D}$。
已知 $\frac{\partial L}{\partial Z}$，记为 $\delta_Z$。

**推导目标**：证明  $\frac{\partial L}{\partial W} = X^T \delta_Z$

**你的推导 (用 LaTeX)**:

> 提示：先看一个元素 $Z_{ij} = \sum_k X_{ik} W_{kj}$
> 1. 链式法则：$CHAIN$
> 2. 分析 : ... (此处请补充)
> 3. 写成矩阵: ...
>
>

## 4 模拟面试问答

**Q1: 权重全是同一个数会怎样？**

> **考察点**: 对称。
> **参考答案**: 同层各单元的梯度永远相同。它们等于一个单元。

**Q2: 为什么 `g_w2` 是 `a.T.dot(g_out)` 而不是 `g_out.dot(a)`?**

> **考察点**: 维度。
> **参考答案**: 先看维度。`g_w2` 与 `w2` 一致，即 。
> `a` 是 ，`g_out` 是 。
> 只有  才对得上。对 Batch 中的样本要**求和**。

## 5 工程封装

框架会自己建图。

```python
TORCH
```

## 6 今日算法练习

**题目**: LeetCode 104. Maximum Depth of Binary Tree
**思路**:
用递归。

1. **停**: 空节点为 0。
2. **走**: 左右都求。
3. **合**: 取大的加 1。

```python
SOLUTION
```

> **进阶挑战 (Optional)**: 用 `collections.deque` 按层写一遍，对 Week 10 Day 6 有用。

---

## 7 今日任务总结

* [ ] **Math**: 能推出线性层的反向。
* [ ] **Code**: 跑通程序，看到 loss 下降。
* [ ] **Interview**: 能答对称的问题。
* [ ] **Algo**: AC LeetCode 104。

---

### 导师结语

写过一遍，就不会忘。

**Action**: 请完成第 3 部分的推导，卡住时把求和展开。"""
CHAIN = (
    r"\frac{\partial L}{\partial W_{kj}} = "
    r"\sum_i \frac{\partial L}{\partial Z_{ij}} \frac{\partial Z_{ij}}{\partial W_{kj}}"
)
REST = (
    REST.replace("TORCH", "\n".join(TORCH)).replace("SOLUTION", "\n".join(SOLUTION)).replace("CHAIN", CHAIN)
)

COUNTS = {
    "sections": 7,
    "symbols": 5,
    "think": 1,
    "code_blocks": 3,
    "output_lines": 7,
    "interview": 2,
    "steps": 3,
    "blanks": 2,
    "tasks": 4,
    "challenges": 1,
}


def text_export() -> str:
    """As plain text: the cell has no frame, and two blank lines follow its output."""
    return HEAD + "In [2]:\n" + "\n".join(CELL) + "\n\n" + "\n".join(OUTPUT) + "\n\n\n" + REST


def fenced_markdown() -> str:
    """As Markdown with fences around code and output."""
    code, output = "\n".join(CELL), "\n".join(OUTPUT)
    return f"{HEAD}```python\n{code}\n```\n\n```output\n{output}\n```\n\n{REST}"


def nbconvert_markdown() -> str:
    """As a notebook's own Markdown export: what was printed stands four spaces in."""
    code, output = "\n".join(CELL), "\n".join(f"    {line}" for line in OUTPUT)
    return f"{HEAD}```python\n{code}\n```\n\n{output}\n\n\n{REST}"


def notebook_cells() -> list[dict[str, object]]:
    """The cells of the notebook: one for the beginning, the program, one a section."""
    sections = [section for section in re.split(r"(?m)^(?=## )", REST) if section]
    return [
        markdown_cell(HEAD.rstrip("\n")),
        code_cell("\n".join(CELL), "".join(f"{line}\n" for line in OUTPUT), 2),
        *(markdown_cell(section.rstrip("\n")) for section in sections),
    ]


def markdown_cell(text: str) -> dict[str, object]:
    """A cell of Markdown, its source as a list of lines."""
    return {"cell_type": "markdown", "metadata": {}, "source": text.splitlines(keepends=True)}


def code_cell(source: str, output: str = "", count: int | None = None) -> dict[str, object]:
    """A cell of code with what it printed."""
    outputs = [{"output_type": "stream", "name": "stdout", "text": output.splitlines(keepends=True)}]
    return {
        "cell_type": "code",
        "execution_count": count,
        "metadata": {},
        "source": source,
        "outputs": outputs if output else [],
    }


def notebook(
    cells: list[dict[str, object]] | None = None, *, escaped: bool = False, **changes: object
) -> str:
    """A notebook of version 4."""
    whole: dict[str, object] = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "language": "python"}},
        "cells": notebook_cells() if cells is None else cells,
    }
    return json.dumps(whole | changes, ensure_ascii=escaped, indent=1)


FORMS = {
    "lesson.txt": text_export,
    "lesson.md": fenced_markdown,
    "nbconvert.md": nbconvert_markdown,
    "lesson.ipynb": notebook,
}
