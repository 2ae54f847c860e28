"""Links from one lesson to another: a way to go there, or the word that it is still to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from studybuddy.core.block import (
    Block,
    Blocks,
    Callout,
    Emphasis,
    Heading,
    Inlines,
    Link,
    ListBlock,
    Paragraph,
    Slot,
    Strong,
    Table,
    Text,
    ThinkingQuestion,
)
from studybuddy.i18n import _

SCHEME = "lesson:"


def with_lesson_links(blocks: Blocks, installed: frozenset[str]) -> Blocks:
    """A page whose links to lessons say `coming`, or are followed by a slot that opens the lesson.

    Args:
        blocks: The page.
        installed: Ids of the lessons that are there.
    """
    page: list[Block] = []
    for block in blocks:
        page.append(_marked(block, installed))
        wanted = dict.fromkeys(target for target in _targets(block) if target in installed)
        page += (Slot("lesson", target) for target in wanted)
    return tuple(page)


def _marked(block: Block, installed: frozenset[str]) -> Block:
    def inside(children: Blocks) -> Blocks:
        return tuple(_marked(child, installed) for child in children)

    match block:
        case Heading() | Paragraph():
            return replace(block, children=_sentence(block.children, installed))
        case Callout():
            return replace(block, children=inside(block.children))
        case ListBlock():
            return replace(block, items=tuple(inside(item) for item in block.items))
        case ThinkingQuestion():
            return replace(block, question=inside(block.question), answer=inside(block.answer))
        case Table():
            rows = tuple(tuple(_sentence(cell, installed) for cell in row) for row in block.rows)
            return replace(block, rows=rows)
    return block


def _sentence(inlines: Inlines, installed: frozenset[str]) -> Inlines:
    words: list[Inlines] = []
    for child in inlines:
        if isinstance(child, Strong | Emphasis):
            words.append((replace(child, children=_sentence(child.children, installed)),))
        elif isinstance(child, Link) and child.target.startswith(SCHEME) and _lesson(child) not in installed:
            words.append((*child.children, Text(_(" (coming)"))))
        elif isinstance(child, Text) and words and _ends_full_width(words[-1]):
            words.append((Text(child.text.removeprefix(" ")),))
        else:
            words.append((child,))
    return tuple(word for group in words for word in group)


def _ends_full_width(words: Inlines) -> bool:
    """Whether words end in a bracket that brings its own space."""
    return bool(words) and isinstance(words[-1], Text) and words[-1].text.endswith("）")


def _targets(block: Block) -> Iterator[str]:
    """Lessons a block links to."""
    match block:
        case Heading() | Paragraph():
            yield from _links(block.children)
        case Callout():
            for child in block.children:
                yield from _targets(child)
        case ListBlock():
            for item in block.items:
                for child in item:
                    yield from _targets(child)
        case Table():
            for row in block.rows:
                for cell in row:
                    yield from _links(cell)


def _links(inlines: Inlines) -> Iterator[str]:
    for child in inlines:
        if isinstance(child, Link) and child.target.startswith(SCHEME):
            yield _lesson(child)
        elif isinstance(child, Strong | Emphasis):
            yield from _links(child.children)


def _lesson(link: Link) -> str:
    return link.target.removeprefix(SCHEME).lower()
