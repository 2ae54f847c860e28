from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studybuddy.core.block import (
    Block,
    Callout,
    CodeBlock,
    Heading,
    Inline,
    ListBlock,
    MathBlock,
    MathSpan,
    OutputBlock,
    Paragraph,
    Table,
    Text,
)
from studybuddy.course.markdown import read_inline, read_markdown
from studybuddy.course.parser import MAX_BLOCK_BYTES


def words(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def cells(texts: str) -> tuple[tuple[Inline, ...], ...]:
    return tuple((Text(text),) for text in texts)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a\n\nb", (words("a"), words("b"))),
        ("$$\nx^2\n$$", (MathBlock("x^2"),)),
        ("$$ x^2 $$", (MathBlock("x^2"),)),
        ("- a\n- b", (ListBlock(((words("a"),), (words("b"),))),)),
        ("- a\n\n  c\n- b", (ListBlock(((words("a"), words("c")), (words("b"),))),)),
        ("3. a\n4. b", (ListBlock(((words("a"),), (words("b"),)), 3),)),
        ("```py\nx = 1\n```", (CodeBlock("py", "x = 1"),)),
        ("```output mine\n1\n```", (OutputBlock("mine", "1"),)),
        ("#### h", (Heading(4, (Text("h"),)),)),
        ("# h", (Heading(3, (Text("h"),)),)),
        ("a\n\n---\n\nb", (words("a"), words("b"))),
        ("> a", (Callout("", (words("a"),)),)),
        ("> **Note**: a\n>\n> b", (Callout("Note", (words("a"), words("b"))),)),
        ("> **Note:** a", (Callout("Note", (words("a"),)),)),
        ("> **Note**\n>\n> b", (Callout("Note", (words("b"),)),)),
        ("> **Backprop** is", (Callout("", read_markdown("**Backprop** is")),)),
        ("> **目标**是证明", (Callout("", read_markdown("**目标**是证明")),)),
        ("> **答案**：不藏", (Callout("答案", (words("不藏"),)),)),
        ("|a|\n|-|\n|$b$|", (Table(((Text("a"),),), (((MathSpan("b"),),),)),)),
        (
            "|a|b|c|\n|:-|:-:|-:|\n|1|2|3|",
            (Table(cells("abc"), (cells("123"),), ("left", "center", "right")),),
        ),
        (
            "- [ ] a\n- [x] b\n- c",
            (ListBlock(((words("a"),), (words("b"),), (words("c"),)), None, (False, True, None)),),
        ),
        ("2. [X] a", (ListBlock(((words("a"),),), 2, (True,)),)),
        ("- [x]a\n- [ ]", (ListBlock(((words("[x]a"),), (words("[ ]"),))),)),
        (":::{exercise} x\n:::", (words(":::{exercise} x :::"),)),
        ("[a]: https://b.c\n", ()),
        ("", ()),
    ],
)
def test_blocks(source: str, expected: tuple[Block, ...]) -> None:
    assert read_markdown(source) == expected


def test_an_inline_text_is_its_first_paragraph() -> None:
    assert read_inline("# h\n\nthe *first*\n\nsecond") == read_inline("the *first*")
    assert read_inline("- list") == ()


def test_a_text_that_is_too_long_is_shown_as_typed() -> None:
    text = "*a* " * MAX_BLOCK_BYTES
    assert read_markdown(text) == (CodeBlock("", text),)


def test_what_the_parser_fails_over_is_shown_as_typed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> None:
        raise RecursionError

    heard: list[str] = []
    monkeypatch.setattr("studybuddy.course.spans.parse_sentence", fail)
    assert read_markdown("a *b* $c$", lambda code, _: heard.append(code)) == (words("a *b* $c$"),)
    assert heard == ["markdown"]
    monkeypatch.setattr("studybuddy.course.markdown.parse_blocks", fail)
    assert read_markdown("a *b*") == (CodeBlock("", "a *b*"),)


def test_a_long_chinese_block_is_counted_in_bytes() -> None:
    heard: list[str] = []
    blocks = read_markdown("中" * (MAX_BLOCK_BYTES // 2), lambda code, _: heard.append(code))
    assert blocks == ()
    assert heard == ["block-too-long"]


@pytest.mark.timeout(20)
@pytest.mark.parametrize("pattern", ["[", "*a", "**a ", "`", "![[", "$a", "> ", "- ", "|a", "<", "\\*", "_*"])
def test_hostile_repetitions_end_soon(pattern: str) -> None:
    text = pattern * (MAX_BLOCK_BYTES // len(pattern))
    assert read_markdown(text) is not None


@given(
    st.text(
        alphabet=st.sampled_from("ab中。 \n\r\t*_`$>#-|[]()!\\{}:1.\"'<&;~=\x00\x1b\u202e\ud800"),
        max_size=120,
    )
)
def test_any_text_is_read(source: str) -> None:
    assert isinstance(read_markdown(source), tuple)
