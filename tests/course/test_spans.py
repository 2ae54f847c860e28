from __future__ import annotations

import pytest

from studybuddy.core.block import CodeSpan, Emphasis, Inline, Link, MathSpan, Strong, Text
from studybuddy.course.cjk import is_cjk, joins
from studybuddy.course.markdown import read_inline
from studybuddy.course.spans import MAX_NESTING, balanced, plain


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("中\n文", "中文"),
        ("中，\n文", "中，文"),
        ("结束。\nAdam", "结束。Adam"),
        ("Adam\n（一种优化器）", "Adam（一种优化器）"),
        ("他说\n“你好”", "他说“你好”"),
        ("he said\n“hello”", "he said “hello”"),
        ("中文\nAdam", "中文 Adam"),
        ("one\ntwo", "one two"),
        ("**中文**\n中文", "中文中文"),
        ("中文\n`x`", "中文 x"),
        ("中文，\n$x$", "中文，x"),
        ("$x$\n中文", "x 中文"),
    ],
)
def test_a_soft_break_joins_chinese(source: str, expected: str) -> None:
    assert plain(read_inline(source)) == expected


@pytest.mark.parametrize("char", ["中", "。", "，", "（", "：", "カ", "\U00020000", "「"])
def test_characters_of_chinese_text(char: str) -> None:
    assert is_cjk(char)
    assert joins(char, "中")


@pytest.mark.parametrize("char", ["a", "“", "…", ".", "é", "1", "—", "\U0001f600"])
def test_characters_of_any_text(char: str) -> None:
    assert not is_cjk(char)
    assert not joins(char, "a")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("$X$ has shape 3", (MathSpan("X"), Text(" has shape 3"))),
        ("$x$的维度是5", (MathSpan("x"), Text("的维度是5"))),
        (r"costs \$5 and \$6", (Text("costs $5 and $6"),)),
        ("costs $5 and $6", (Text("costs $5 and $6"),)),
        (r"$\frac{a}{b}$", (MathSpan(r"\frac{a}{b}"),)),
        ("`$x$`", (CodeSpan("$x$"),)),
        ("[x](lesson:s3w10d6)", (Link((Text("x"),), "lesson:s3w10d6"),)),
        ("<https://a.b/c>", (Link((Text("https://a.b/c"),), "https://a.b/c"),)),
        ("[x](/etc/passwd)", (Text("x"),)),
        ("[x](javascript:alert)", (Text("[x](javascript:alert)"),)),
        ("[x](vscode://evil)", (Text("x"),)),
        ("[x](s3w10d6)", (Text("x"),)),
        ("![a picture](x.png)", (Text("a picture"),)),
        ("<b>bold</b>", (Text("<b>bold</b>"),)),
        ("***a***", (Emphasis((Strong((Text("a"),)),)),)),
        ("{{链式法则}}的 {{$x$}}", (Text("{{链式法则}}的 {{"), MathSpan("x"), Text("}}"))),
    ],
)
def test_sentences(source: str, expected: tuple[Inline, ...]) -> None:
    assert read_inline(source) == expected


@pytest.mark.parametrize(
    ("source", "code"),
    [
        ("a $ x$ b", "lone-dollar"),
        ("text\n$$\nx\n$$", "lone-dollar"),
        ("![a](b.png)", "image"),
        ("[a](b.md)", "link-target"),
        ("a\\\nb", "hard-break"),
        (r"$\frac{a$", "formula-braces"),
        ("$$\n\\frac{a\n$$", "formula-braces"),
    ],
)
def test_doubts_are_told(source: str, code: str) -> None:
    heard: list[str] = []
    read_inline(source, lambda found, _: heard.append(found))
    assert heard == [code]


def test_emphasis_is_not_nested_without_end() -> None:
    inlines: tuple[Inline, ...] = read_inline("*a " * 3000 + "b" + "*" * 3000)
    depth = 0
    while any(isinstance(child, Strong | Emphasis) for child in inlines):
        inner = next(child for child in inlines if isinstance(child, Strong | Emphasis))
        inlines, depth = inner.children, depth + 1
    assert 0 < depth <= MAX_NESTING


@pytest.mark.parametrize(
    ("latex", "expected"),
    [("{a}", True), (r"\{a", True), ("{a", False), ("a}{", False), (r"\frac{a}{b_{c}}", True), ("\\", True)],
)
def test_braces(latex: str, expected: bool) -> None:
    assert balanced(latex) is expected
