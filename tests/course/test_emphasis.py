from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.block import CodeSpan, Emphasis, Inline, Inlines, MathSpan, Strong, Text
from studybuddy.course.markdown import read_inline
from studybuddy.course.spans import plain


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("**注意：**不要", (Strong((Text("注意："),)), Text("不要"))),
        ("**考察点：**形状", (Strong((Text("考察点："),)), Text("形状"))),
        ("这是**“关键”**步骤", (Text("这是"), Strong((Text("“关键”"),)), Text("步骤"))),
        ("梯度**（gradient）**是", (Text("梯度"), Strong((Text("（gradient）"),)), Text("是"))),
        ("使用**`loss`**函数", (Text("使用"), Strong((CodeSpan("loss"),)), Text("函数"))),
        ("用**$X^T$**乘", (Text("用"), Strong((MathSpan("X^T"),)), Text("乘"))),
        ("**Math**：能够", (Strong((Text("Math"),)), Text("：能够"))),
        ("**考察点**: 形状", (Strong((Text("考察点"),)), Text(": 形状"))),
        ("中*文。*字", (Text("中"), Emphasis((Text("文。"),)), Text("字"))),
        ("**甲。**乙**丙**", (Strong((Text("甲。"),)), Text("乙"), Strong((Text("丙"),)))),
    ],
)
def test_emphasis_closes_beside_chinese(source: str, expected: tuple[Inline, ...]) -> None:
    assert read_inline(source) == expected


SAMPLES = {
    "**Math**：能够": "[Math]：能够",
    "**考察点**: 形状": "[考察点]: 形状",
    "**考察点：**形状不符": "[考察点：]形状不符",
    "**注意：**不要": "[注意：]不要",
    "这是**“关键”**步骤": "这是[“关键”]步骤",
    "**「重要」**です": "[「重要」]です",
    "使用**`loss`**函数": "使用[loss]函数",
    "用**$X^T$**乘": "用[X^T]乘",
    "梯度**（gradient）**是": "梯度[（gradient）]是",
    "**Adam（自适应矩）**优化器": "[Adam（自适应矩）]优化器",
    "a**中文，**b": "a[中文，]b",
    "*代入*上式": "/代入/上式",
    "**1. 链式法则。**然后": "[1. 链式法则。]然后",
    "是**学习率（lr）**。": "是[学习率（lr）]。",
    "__考察点：__形状": "[考察点：]形状",
    "**a**b": "[a]b",
}
"""Sentences of the course, and the same with bold in brackets and italics between strokes."""


def shown(children: Inlines) -> str:
    words = []
    for child in children:
        match child:
            case Strong(inner):
                words.append(f"[{shown(inner)}]")
            case Emphasis(inner):
                words.append(f"/{shown(inner)}/")
            case _:
                words.append(plain((child,)))
    return "".join(words)


@pytest.mark.parametrize("source", SAMPLES)
def test_the_sixteen_samples_of_the_course(source: str) -> None:
    assert len(SAMPLES) == 16
    assert shown(read_inline(source)) == SAMPLES[source]


@pytest.mark.parametrize(
    "source", ["变量_名称_是", "学习_率__lr", "snake_case_name", "2 * 3 * 4", 'a*"b"*c', "中 ** 文 ** 字"]
)
def test_what_is_no_emphasis_stays_as_typed(source: str) -> None:
    assert read_inline(source) == (Text(source),)


@given(st.text(alphabet="ab *_.,(\"'!é", max_size=40))
def test_latin_text_reads_as_commonmark_says(source: str) -> None:
    from markdown_it import MarkdownIt

    from studybuddy.course.parser import _parser

    assert _parser(False).renderInline(source) == MarkdownIt("commonmark", {"html": False}).renderInline(
        source
    )
