from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from studybuddy.core.block import (
    Block,
    Callout,
    CodeBlock,
    CodeSpan,
    Heading,
    Inlines,
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
from studybuddy.study.page import layout, plain
from studybuddy.text import cell_width, clean

text = st.text(st.sampled_from("ab 学习，。（）\n\t\x1b👩\u200d👧\u0301x_"), max_size=30)
latex = st.sampled_from(["x", r"\delta_Z = X^T", r"\frac{a}{b} + c", r"\text{中文}", r"\broken{", ""])
inlines: st.SearchStrategy[Inlines] = st.lists(
    text.map(Text) | text.map(CodeSpan) | latex.map(MathSpan) | text.map(lambda own: Strong((Text(own),))),
    max_size=4,
).map(tuple)
cells = st.lists(inlines, max_size=4).map(tuple)
leaves: st.SearchStrategy[Block] = (
    st.builds(Heading, st.integers(3, 6), inlines)
    | st.builds(Paragraph, inlines)
    | st.builds(CodeBlock, st.just("python"), text)
    | st.builds(OutputBlock, text, text)
    | latex.map(MathBlock)
    | st.builds(Table, cells, st.lists(cells, max_size=3).map(tuple))
    | st.builds(Slot, st.sampled_from(["exercise", "interview"]), text)
)


def nested(inner: st.SearchStrategy[Block]) -> st.SearchStrategy[Block]:
    several = st.lists(inner, max_size=3).map(tuple)
    items = st.lists(several, max_size=3).map(tuple)
    return (
        st.builds(Callout, text, several)
        | st.builds(ListBlock, items, st.none() | st.integers(0, 2000))
        | st.builds(ThinkingQuestion, st.just("t"), several, several)
    )


@given(
    st.lists(st.recursive(leaves, nested, max_leaves=8), max_size=4).map(tuple),
    st.integers(12, 90),
    st.booleans(),
)
@settings(deadline=None)
def test_any_blocks_fit_the_page(blocks: tuple[Block, ...], width: int, latex_source: bool) -> None:
    page = layout(blocks, width, latex_source=latex_source, reveal=frozenset({"t"}))
    lines = plain(page).split("\n")
    assert all(cell_width(line) <= width for line in lines)
    assert all(
        clean(span.text) == span.text and "\n" not in span.text for line in page.lines for span in line
    )
    assert all(0 <= anchor.line < len(page.lines) for anchor in page.anchors)
    assert all(
        anchor.line <= other.line for anchor, other in zip(page.anchors, page.anchors[1:], strict=False)
    )
