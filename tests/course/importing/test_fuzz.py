"""Whatever a file holds, it is read in bounded time, nothing raises, and what comes of it opens."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studybuddy.core.diagnostic import Severity
from studybuddy.course.importing.lesson_files import lesson_files
from studybuddy.course.importing.model import Imported
from studybuddy.course.importing.reading import read_import
from studybuddy.course.reader import read_lesson
from studybuddy.i18n import translation
from tests.course.importing.asking import TITLE, read
from tests.course.importing.sample import FORMS, notebook_cells, text_export

PIECES = [
    *(
        "```",
        "```python\n",
        "~~~",
        "\n",
        "\n\n",
        "**",
        "$",
        "$$\n",
        "> ",
        ">",
        "- [ ] ",
        "# ",
        "## ",
        "### ",
        "    ",
    ),
    *(
        "In [1]:\n",
        "In [ ]: ",
        "Out[1]:\n",
        "**Q1: ",
        "**Q:**",
        "**思考题**：",
        "*答案：",
        "**答案**：",
        "> **考察点**: ",
    ),
    *(
        "> **参考答案**: ",
        "**设定**：",
        "**推导目标**：",
        "**你的推导**：",
        "提示：",
        "1. ",
        "2. ...",
        "**题目**: ",
        "**思路**:",
    ),
    *(
        "LeetCode 104",
        "**Action**: ",
        "> **进阶挑战**: ",
        "- [x ",
        "□ ",
        "［ ］",
        "## 3 推导\n",
        "## 4 面试\n",
        "## 6 算法\n",
    ),
    *(
        "## 7 总结\n",
        "### 结语\n",
        "# S3W10D3：另\n",
        "---\n",
        "===\n",
        "| a | b |\n| - | - |\n",
        "\\(",
        "\\)",
        "{#q1}",
        ":::",
    ),
    *(
        ":::{exercise} x\n",
        "x = 1\n",
        "def f():\n",
        "'''",
        '"""',
        "(",
        "%magic\n",
        "!ls\n",
        "print('a')\n",
        "甲  乙",
        " ，",
    ),
    *(
        "a",
        "\t",
        "\u00a0",
        "\u3000",
        "…",
        "____",
        "<b>",
        "&amp;",
        "\\",
        "`",
        "``",
        "****",
        "形状 $(N, D)$",
        "- $X$: ",
    ),
]

texts = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """The sample lesson after a few accidents."""
    lines = text_export().split("\n")
    for _ in range(draw(st.integers(1, 5))):
        at = draw(st.integers(0, len(lines) - 1))
        accident = draw(st.sampled_from(["drop", "insert", "swap", "cut", "repeat", "indent"]))
        if accident == "drop":
            del lines[at : at + draw(st.integers(1, 4))]
        elif accident == "insert":
            lines.insert(at, draw(st.sampled_from(PIECES)))
        elif accident == "swap":
            other = draw(st.integers(0, len(lines) - 1))
            lines[at], lines[other] = lines[other], lines[at]
        elif accident == "cut":
            lines[at] = lines[at][: draw(st.integers(0, len(lines[at])))]
        elif accident == "repeat":
            lines[at:at] = lines[at : at + draw(st.integers(1, 8))]
        else:
            lines[at] = draw(st.sampled_from(["> ", "    ", "\t", "- "])) + lines[at]
        lines = lines or [""]
    return "\n".join(lines)


def check(imported: Imported, lines: int) -> None:
    """Every finding has a place in the file and words in both languages; the counts agree with the parts."""
    for finding in imported.findings:
        assert finding.place.line >= 1
        assert finding.place.column >= 1
        assert finding.place.cell or finding.place.line <= max(1, lines)
        assert finding.phrase.english()
    assert imported.counts.tasks >= 0
    assert imported.failed == any(finding.severity is Severity.ERROR for finding in imported.findings)


def check_opens(imported: Imported) -> None:
    """Our reader finds no error in what the import makes."""
    files = lesson_files(imported, imported.code or "S1W1D1")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / files.id
        for path, text in files.files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(text.encode())
        found = read_lesson(folder, imported.language).diagnostics
    assert not [str(one) for one in found if one.severity is Severity.ERROR]


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=texts, name=st.sampled_from(["lesson.txt", "lesson.md"]), titled=st.booleans())
def test_any_pieces(text: str, name: str, titled: bool) -> None:
    whole = (TITLE if titled else "") + text
    imported = read(whole, name)
    check(imported, whole.count("\n") + 1)
    if titled and imported.code == "S3W10D2":
        check_opens(imported)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=damaged())
def test_a_damaged_lesson(text: str) -> None:
    imported = read(text)
    check(imported, text.count("\n") + 1)
    if imported.code.startswith("S"):
        check_opens(imported)


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400), name=st.sampled_from(["a.txt", "a.md", "a.ipynb", "a"]))
def test_any_bytes(data: bytes, name: str) -> None:
    check(read_import(name, data), data.count(b"\n") + data.count(b"\r") + 1)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=300), name=st.sampled_from(["a.txt", "a.md"]))
def test_any_text(text: str, name: str) -> None:
    data = text.encode(errors="surrogatepass")
    check(read_import(name, data), data.count(b"\n") + data.count(b"\r") + 1)


_scalars = (
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("markdown") | st.just("code")
)
_values = st.recursive(
    _scalars,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                ["cell_type", "source", "outputs", "text", "data", "output_type", "metadata", "text/plain"]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=150, deadline=None)
@given(
    value=_values,
    place=st.integers(0, 8),
    key=st.sampled_from(["source", "outputs", "cell_type", "execution_count"]),
)
def test_any_notebook(value: object, place: int, key: str) -> None:
    cells = notebook_cells()
    cells[place % len(cells)][key] = value
    data = {"nbformat": 4, "metadata": value, "cells": [*cells, value]}
    check(read_import("a.ipynb", json.dumps(data).encode()), 1)


HUGE = {
    "headings": "## 1 理论\n\n" * 10_000,
    "subheadings": "### Q1: 甲？\n" * 10_000,
    "prompts": "In [1]:\nx = 1\n\n" * 10_000,
    "open fence": "## 2 代码\n\n```python\n" + "x = 1\n" * 30_000,
    "fences": "```python\n" * 20_000,
    "quotes": "> **思考题**：为何？\n\n" * 5_000,
    "questions": "## 4 面试\n\n" + "**Q1: 甲？**\n\n> **考察点**: 点\n> **参考答案**: 答\n\n" * 2_000,
    "more text": "## 4 面试\n\n**Q1: 甲？**\n\n> **参考答案**: 答\n\n" + "文字\n\n" * 5_000,
    "boxes": "## 7 总结\n\n" + "- [ ] **Math**: 推\n" * 10_000,
    "loose boxes": "## 7 总结\n\n" + "□ 推\n" * 10_000,
    "steps": "## 3 推导\n\n**目标**：$x$\n\n" + "> 1. a ...\n" * 10_000,
    "long step": "## 3 推导\n\n> 1. a\n" + "> b\n" * 10_000,
    "dollars": "## 1 理论\n\n" + "$" * 60_000,
    "backticks": "## 1 理论\n\n" + "`a" * 20_000,
    "spaces": "## 1 理论\n\n甲" + " " * 60_000 + "乙",
    "stars": "## 1 理论\n\n" + "*" * 60_000 + "\n\n" + "**a" * 5_000,
    "brackets": "## 1 理论\n\n" + "[" * 60_000,
    "html": "## 1 理论\n\n" + "<a " * 20_000,
    "pipes": "## 1 理论\n\n" + "|" * 900 + "\n" + "|-" * 400 + "\n" + ("|" * 900 + "\n") * 200,
    "formulas": "## 1 理论\n\n" + "$$\n" * 20_001,
    "displays": "\\[\n" * 20_000,
    "lists": "- a\n" * 30_000,
    "nested": "\n".join(" " * (number % 500) + "- a" for number in range(5_000)),
    "underlines": "a\n===\n" * 10_000,
    "decorators": "In [1]:\n" + "@d\n" * 20_000,
    "strings": "In [1]:\n" + '"""\n' * 20_001,
    "parentheses": "In [1]:\n" + "(" * 5_000 + "\n",
    "operators": "In [1]:\nx = " + "-" * 50_000 + "1\n",
    "literals": "In [1]:\nx = 1\n\n" + "True\n" * 20_000,
    "prints": "In [1]:\n" + "print('a b')\n" * 5_000 + "\n" + "a b\n" * 5_000,
    "front matter": "---\n" + "a: b\n" * 10_000 + "---\n",
    "tables": "a|b\n-|-\n" * 5_000,
}


@pytest.mark.parametrize("name", sorted(HUGE))
@pytest.mark.parametrize("file", ["lesson.txt", "lesson.md"])
def test_huge_and_hostile(name: str, file: str) -> None:
    imported = read(TITLE + HUGE[name], file)
    check(imported, (TITLE + HUGE[name]).count("\n") + 1)
    assert len(imported.findings) < 1500


def test_every_sentence_has_its_chinese_words() -> None:
    text = TITLE + "".join(HUGE[name][:400] for name in sorted(HUGE))
    for imported in (read(text), read(FORMS["lesson.txt"]())):
        for finding in imported.findings:
            assert translation(finding.said.message, "zh") != finding.said.message
