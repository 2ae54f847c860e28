"""Markdown that stands alone: the sides of a card, the meaning of a symbol."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studybuddy.core.block import Blocks, CodeBlock, Inlines, Paragraph
from studybuddy.course.blocks import Prose, read_blocks
from studybuddy.course.parser import MAX_BLOCK_BYTES, parse_blocks
from studybuddy.course.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable

    from studybuddy.course.report import Message


def read_markdown(text: str, hear: Callable[[str, Message], None] | None = None) -> Blocks:
    """The blocks of a text, whatever it holds: a text that is too long is shown as it was typed.

    `hear` is told code and message of each finding, for the checks of a lesson's own cards.
    """
    if len(text) > MAX_BLOCK_BYTES:
        return (CodeBlock("", text),)
    try:
        document = parse_blocks(text, slots=False)
    except Exception:  # as in `read_sentence`
        return (CodeBlock("", text),)
    report = Report()
    blocks = read_blocks(document.nodes, Prose("", document.env, report.file(Path())))
    if hear is not None:
        for found in report.diagnostics:
            hear(found.code, found.said)
    return blocks


def read_inline(text: str, hear: Callable[[str, Message], None] | None = None) -> Inlines:
    """The words of a text that should be one sentence; of several paragraphs, those of the first."""
    for block in read_markdown(text, hear):
        if isinstance(block, Paragraph):
            return block.children
    return ()
