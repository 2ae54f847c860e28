"""A small lesson that is right in every way, for tests to break."""

from __future__ import annotations

from pathlib import Path

LESSON = "s1w2d3"

LESSON_TOML = r"""code = "S1W2D3"

[[section]]
kind = "theory"
minutes = 5
[[section]]
kind = "code"
minutes = 10
[[section]]
kind = "derivation"
minutes = 15
[[section]]
kind = "interview"
minutes = 20
[[section]]
kind = "engineering"
minutes = 0
[[section]]
kind = "algorithm"
minutes = 30
[[section]]
kind = "summary"
minutes = 1

[[symbol]]
latex = "X"
shape = "(N, D_{in})"
code = "x"
zh = "输入 $X$"
en = "input $X$"

[[term]]
zh = "链式法则"
en = "chain rule"
short.zh = "沿路相乘 $dy$"
short.en = "multiply along a path, $dy$"

[[derivation]]
id = "square"
  [[derivation.step]]
  id = "chain"
  given = true
  answer = '\frac{dL}{dx} = \frac{dL}{dy} \frac{dy}{dx}'
  [[derivation.step]]
  id = "local"
  answer = '2x'

[[checklist]]
id = "math"
rule = "math"
targets = ["square/local", "card/local"]
label = "Math"
zh = "推导"
en = "derive"

[[checklist]]
id = "algo"
rule = "algo"
targets = ["depth"]
label = "Algo"
zh = "算法"
en = "solve"

[facts]
n = 64
losses = [1.5, 0.25]
"""

PROSE_ZH = r"""# S1W2D3：平方（Square）

引言。

## 1 理论 {#theory}

一行
接着一行，**注意：**不要混淆 $x$ 与 `x`。

$$
y = x^2
$$

> **要点**：这只是一个框。

> **思考题** {#think-sign}：$x^2$ 能是负数吗？
>
> **答案**：不能。
>
> 平方不小于 0。

## 2 代码 {#code}

```python
y = x ** 2
```

```output 作者的一次运行
4
```

:::{exercise} loop
:::

接下来见 [Week 2 Day 4](lesson:s1w2d4)。

## 3 推导 {#derivation}

先看定义。

### 平方的导数 {#square}

> **设定**：$y = x^2$。

> **目标**：$\frac{dy}{dx} = 2x$。

> **步骤** {#chain}：链式法则。

> **步骤** {#local}：求局部导数。
>
> **提示**：展开 $(x+h)^2$。
>
> **提示**：除以 $h$。
>
> **解释**：只剩 $2x$。

推导结束。

### 补充

普通的一段。

## 4 面试 {#interview}

先答再看。

### 平方的导数是什么？ {#q1}

> **考察点**：定义。
>
> **参考答案**：是 $2x$。
>
> 因为极限如此。
>
> **要点**：
>
> - 极限
> - $2x$
>
> **错误要点**：是 $x$。
>
> **常见错答**：说成 $x$。
>
> **追问**：立方呢？

## 5 工程 {#engineering}

无。

## 6 算法 {#algorithm}

| 名称 | 值 |
| --- | --- |
| $n$ | 1 |

:::{exercise} depth
:::

## 7 总结 {#summary}

1. 会推
2. 会写

## 结语 {#closing}

再见。

> **Action**：现在去推导。
"""

PROSE_EN = r"""# S1W2D3: Square

Introduction.

## 1 Theory {#theory}

One line
and another, **note:** do not mix up $x$ and `x`.

$$
y = x^2
$$

> **Key points**: this is only a box.

> **Thinking question** {#think-sign}: can $x^2$ be negative?
>
> **Answer**: no.
>
> A square is at least 0.

## 2 Code {#code}

```python
y = x ** 2
```

```output a run of the author
4
```

:::{exercise} loop
:::

Next is [Week 2 Day 4](lesson:s1w2d4).

## 3 Derivation {#derivation}

The definition first.

### The derivative of a square {#square}

> **Givens**: $y = x^2$.

> **Goal**: $\frac{dy}{dx} = 2x$

> **Step** {#chain}: the chain rule.

> **Step** {#local}: the local derivative.
>
> **Hint**: expand $(x+h)^2$.
>
> **Hint**: divide by $h$.
>
> **Explanation**: only $2x$ is left.

The derivation ends.

### More

An ordinary paragraph.

## 4 Interview {#interview}

Answer first.

### What is the derivative of a square? {#q1}

> **Exam point**: the definition.
>
> **Reference answer**: it is $2x$.
>
> The limit says so.
>
> **Key points**:
>
> - the limit
> - $2x$
>
> **Wrong point**: it is $x$.
>
> **Common wrong answer**: it is $x$.
>
> **Follow-up**: and of a cube?

## 5 Engineering {#engineering}

Nothing.

## 6 Algorithm {#algorithm}

| name | value |
| --- | --- |
| $n$ | 1 |

:::{exercise} depth
:::

## 7 Summary {#summary}

1. derive
2. write

## Closing {#closing}

Farewell.

> **Action**: derive it now.
"""

CARDS_TOML = r"""[[card]]
id = "local"
kind = "type-in"
section = "derivation"
concept = "K01"
checklist = "math"
accept = ["x * 2"]
  [card.zh]
  front = "$x^2$ 的导数？"
  back = "$2x$"
  [card.en]
  front = "The derivative of $x^2$?"
  back = "$2x$"

[[card]]
id = "chain"
kind = "cloze"
section = "theory"
  [card.zh]
  front = "导数用{{链式法则}}求"
  back = ""
  [card.en]
  front = "Use the {{chain rule}}"
  back = ""

[[card]]
id = "value"
kind = "numeric"
section = "code"
tolerance = 0.01
  [card.zh]
  front = "二的平方？"
  back = "4"
  [card.en]
  front = "Two squared?"
  back = "4"
"""

LOOP_TOML = r"""kind = "script"
section = "code"
packages = ["numpy"]

[title]
zh = "训练循环"
en = "Training loop"

[task]
zh = "补上空白。"
en = "Fill in the blanks."

[observe]
names = ["x"]
gradients = ["grad_x"]
rule = "two-layer-relu"
shapes.x = [64, 1000]
loss_pattern = 'Epoch (\d+): Loss = (\S+)'
checkpoints = [0, 100]
final_ratio = 1e-6

[limits]
wall_s = 20
memory_mb = 1024

[[hint]]
zh = "先看形状"
en = "look at the shapes"
"""

DEPTH_TOML = r"""kind = "function"
section = "algorithm"
requires = ["deque"]
optional = true

[title]
zh = "最大深度"
en = "Maximum depth"

[task]
zh = "返回深度。"
en = "Return the depth."

[signature]
entry = "Solution.maxDepth"
text = '''
class Solution:
    def maxDepth(self, root): ...'''
parameters = ["tree"]
returns = "int"

[[search]]
size = [0, 10000]
values = [-100, 100]

[[case]]
name = "example"
public = true
arguments = [[3, 9, 20, "null", "null", 15, 7]]
expected = 3
why.zh = "示例"
why.en = "example"

[[case]]
name = "chain"
arguments = [{ chain = 10000, side = "left" }]
expected = 10000

[[misconception]]
rule = "off-by-one-low"
zh = "你数的是边"
en = "you count edges"
"""

DEPTH_PY = """from collections import deque


class Solution:
    def maxDepth(self, root):
        queue = deque([root])
        return len(queue)
"""

FILES = {
    "lesson.toml": LESSON_TOML,
    "lesson.zh.md": PROSE_ZH,
    "lesson.en.md": PROSE_EN,
    "cards.toml": CARDS_TOML,
    "exercises/loop/exercise.toml": LOOP_TOML,
    "exercises/loop/starter.py": "x = ...\n",
    "exercises/loop/reference.py": "x = 1\n",
    "exercises/depth/exercise.toml": DEPTH_TOML,
    "exercises/depth/starter.py": "class Solution:\n    ...\n",
    "exercises/depth/reference.py": DEPTH_PY,
}


def write_lesson(
    root: Path, changes: dict[str, str | bytes | None] | None = None, lesson: str = LESSON
) -> Path:
    """The lesson as a folder below `root`, with some of its files changed or (None) left out."""
    folder = root / lesson
    for name, text in {**FILES, **(changes or {})}.items():
        if text is None:
            continue
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return folder


def changed(name: str, old: str, new: str) -> dict[str, str | bytes | None]:
    """A change of one file in one place."""
    assert FILES[name].count(old) == 1, f"{old!r} stands {FILES[name].count(old)} times in {name}"
    return {name: FILES[name].replace(old, new)}
