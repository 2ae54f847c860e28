"""The frame of lesson.LANG.md: the title, the introduction, the seven sections and the closing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studybuddy.core.lesson import SectionKind
from studybuddy.core.phrase import Phrase
from studybuddy.course.labels import split_anchor
from studybuddy.course.report import shorten
from studybuddy.course.spans import plain
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.blocks import Prose
    from studybuddy.course.parser import Node

CLOSING = "closing"

_TITLE = re.compile(r"([Ss]\d+[Ww]\d+[Dd]\d+(?:\.\d+)?)\s*[：:]\s*(\S.*)\Z", re.DOTALL)
_NUMBERED = re.compile(r"(\d+)[.．、]?\s+(\S.*)\Z", re.DOTALL)


@dataclass(slots=True)
class Chapter:
    """A section as it stands in the file, or the closing (whose kind is None)."""

    kind: SectionKind | None
    number: int
    title: str
    line: int
    nodes: list[Node] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """A whole prose file. `code` and `title` are empty when the first heading does not tell them."""

    code: str = ""
    title: str = ""
    line: int = 1
    introduction: list[Node] = field(default_factory=list)
    chapters: list[Chapter] = field(default_factory=list)


def read_outline(nodes: list[Node], prose: Prose) -> Outline:
    """Cut a file at its headings of level 1 and 2, and check that all seven sections are there in order."""
    outline = Outline()
    current = outline.introduction
    for node in nodes:
        if node.kind != "heading" or node.level > 2:
            current.append(node)
        elif node.level == 1:
            _read_title(node, outline, prose)
        else:
            chapter = _read_chapter(node, outline, prose)
            current = chapter.nodes if chapter else []
    if not outline.title:
        prose.error(1, "title-missing", N_("the file begins with a title: # S1W1D1：title"))
    present = {chapter.kind for chapter in outline.chapters}
    words = N_("the section {{#{kind}}} is missing: write its heading, `## {n} ... {{#{kind}}}`")
    for number, kind in enumerate(SectionKind, 1):
        if kind not in present:
            prose.error(1, "section-missing", Phrase.of(words, kind=kind, n=number))
    return outline


def _read_title(node: Node, outline: Outline, prose: Prose) -> None:
    if outline.title or outline.chapters:
        prose.error(node.line, "title-twice", N_("a lesson has one heading of level 1, at its beginning"))
        return
    outline.line = node.line
    title = plain(prose.inlines(node.content, node.line)).strip()
    match = _TITLE.match(title)
    if match is None:
        prose.error(node.line, "title-form", N_("a title is written # S1W1D1：title"))
        outline.title = title
        return
    outline.code, outline.title = match[1].upper(), match[2]


def _read_chapter(node: Node, outline: Outline, prose: Prose) -> Chapter | None:
    words, anchor = split_anchor(node.content)
    title = plain(prose.inlines(words, node.line)).strip()
    if anchor == CLOSING:
        return _add(Chapter(None, 0, title, node.line), outline, prose)
    kind = next((kind for kind in SectionKind if kind == anchor), None)
    if kind is None:
        wanted = ", ".join(f"{{#{kind}}}" for kind in SectionKind)
        if anchor is None:
            message = Phrase.of(
                N_("this heading of level 2 has no id; it needs one of {wanted}"), wanted=wanted
            )
        else:
            words = N_("this heading of level 2 has the unknown id {id!r}; it needs one of {wanted}")
            message = Phrase.of(words, id=shorten(anchor), wanted=wanted)
        prose.error(node.line, "section-unknown", message)
        return None
    match = _NUMBERED.match(title)
    expected = list(SectionKind).index(kind) + 1
    if match is None or int(match[1][:9]) != expected:
        prose.error(
            node.line,
            "section-number",
            Phrase.of(
                N_("the heading of {{#{kind}}} is written ## {expected} title"), kind=kind, expected=expected
            ),
        )
    return _add(Chapter(kind, expected, match[2] if match else title, node.line), outline, prose)


def _add(chapter: Chapter, outline: Outline, prose: Prose) -> Chapter:
    name = chapter.kind or CLOSING
    last = outline.chapters[-1] if outline.chapters else None
    if any(other.kind is chapter.kind for other in outline.chapters):
        prose.error(
            chapter.line, "section-twice", Phrase.of(N_("the section {{#{name}}} is there twice"), name=name)
        )
        return chapter
    if last is not None and (last.kind is None or 0 < chapter.number < last.number):
        prose.error(
            chapter.line,
            "section-order",
            Phrase.of(
                N_("the section {{#{name}}} stands in the wrong place; the order is {order}"),
                name=name,
                order=", ".join((*SectionKind, CLOSING)),
            ),
        )
    outline.chapters.append(chapter)
    return chapter
