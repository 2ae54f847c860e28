from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.block import CodeSpan, Emphasis, Inline, MathSpan, Strong, Text
from studybuddy.course.markdown import read_inline


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


@pytest.mark.parametrize("source", ["snake_case_name", "2 * 3 * 4", 'a*"b"*c', "中 ** 文 ** 字"])
def test_what_is_no_emphasis_stays_as_typed(source: str) -> None:
    assert read_inline(source) == (Text(source),)


@given(st.text(alphabet="ab *_.,(\"'!é", max_size=40))
def test_latin_text_reads_as_commonmark_says(source: str) -> None:
    from markdown_it import MarkdownIt

    from studybuddy.course.parser import _parser

    assert _parser(False).renderInline(source) == MarkdownIt("commonmark", {"html": False}).renderInline(
        source
    )
