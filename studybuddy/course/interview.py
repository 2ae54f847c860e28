"""The interview section: questions, each with one quotation of labelled parts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from studybuddy.core.block import Blocks, Inlines, ListBlock, Paragraph
from studybuddy.core.lesson import InterviewQuestion
from studybuddy.core.phrase import Phrase
from studybuddy.course.labels import Part, Role, as_written, read_label, split_anchor
from studybuddy.course.parts import known_parts, read_part, read_part_sentence
from studybuddy.course.report import shorten
from studybuddy.i18n import N_

if TYPE_CHECKING:
    from studybuddy.course.blocks import Prose
    from studybuddy.course.parser import Node

ROLES = (
    Role.EXAM_POINT,
    Role.REFERENCE,
    Role.KEY_POINTS,
    Role.WRONG_POINT,
    Role.COMMON_WRONG,
    Role.FOLLOW_UP,
)
REQUIRED = (Role.EXAM_POINT, Role.REFERENCE, Role.KEY_POINTS)
EXPECTED = (Role.COMMON_WRONG, Role.FOLLOW_UP)


@dataclass(slots=True)
class _Draft:
    id: str
    heading: Node
    words: str
    parts: dict[Role, Part] = field(default_factory=dict)
    answered: bool = False


def read_interview(nodes: list[Node], prose: Prose) -> tuple[tuple[InterviewQuestion, ...], list[Node]]:
    """The questions of the section, and the nodes that are left for its page."""
    drafts: list[_Draft] = []
    rest: list[Node] = []
    for node in nodes:
        if node.kind == "heading" and node.level == 3:
            words, anchor = split_anchor(node.content)
            drafts.append(_Draft(prose.claim(anchor, node.line), node, words))
        elif not drafts or node.kind in ("colon_fence", "hr") or _opens_thinking(node):
            rest.append(node)
        elif node.kind == "blockquote":
            _read_quotation(node, drafts[-1], prose)
        else:
            message = N_("under a question stands one quotation with its labelled parts, and nothing else")
            prose.error(node.line, "interview-stray", message)
    return tuple(_finish(draft, prose) for draft in drafts if draft.id), rest


def _opens_thinking(node: Node) -> bool:
    first = read_label(node.children[0]) if node.kind == "blockquote" and node.children else None
    return first is not None and first.role is Role.THINK


def _read_quotation(node: Node, draft: _Draft, prose: Prose) -> None:
    if draft.answered:
        message = N_("a question has one quotation; join its parts with empty > lines")
        prose.error(node.line, "interview-stray", message)
    draft.answered = True
    for role, part in known_parts(node, ROLES, prose):
        if role in draft.parts:
            prose.error(
                part.line, "label-twice", Phrase.of(N_("{label!r} is there twice"), label=shorten(part.label))
            )
        draft.parts.setdefault(role, part)


def _finish(draft: _Draft, prose: Prose) -> InterviewQuestion:
    line = draft.heading.line
    missing = [role for role in REQUIRED if role not in draft.parts]
    if missing:
        prose.error(
            line, "part-missing", Phrase.of(N_("this question lacks: {labels}"), labels=as_written(missing))
        )
    for role in EXPECTED:
        if role not in draft.parts:
            prose.findings.warning(
                line,
                "part-missing",
                Phrase.of(N_("this question lacks: {labels}"), labels=as_written([role])),
            )
    return InterviewQuestion(
        id=draft.id,
        question=prose.inlines(draft.words, line),
        exam_point=_sentence(draft, Role.EXAM_POINT, prose),
        reference=_blocks(draft, Role.REFERENCE, prose),
        key_points=_key_points(draft, prose),
        common_wrong=_sentence(draft, Role.COMMON_WRONG, prose),
        follow_up=_blocks(draft, Role.FOLLOW_UP, prose),
        wrong_point=_sentence(draft, Role.WRONG_POINT, prose),
    )


def _blocks(draft: _Draft, role: Role, prose: Prose) -> Blocks:
    part = draft.parts.get(role)
    return read_part(part, prose) if part else ()


def _sentence(draft: _Draft, role: Role, prose: Prose) -> Inlines:
    part = draft.parts.get(role)
    return read_part_sentence(part, prose) if part else ()


def _key_points(draft: _Draft, prose: Prose) -> tuple[Inlines, ...]:
    part = draft.parts.get(Role.KEY_POINTS)
    if part is None:
        return ()
    points: list[Inlines] = []
    for block in read_part(part, prose):
        items = block.items if isinstance(block, ListBlock) else ((block,),)
        for item in items:
            if isinstance(block, ListBlock) and len(item) == 1 and isinstance(item[0], Paragraph):
                points.append(item[0].children)
            else:
                prose.error(part.line, "key-points", N_("key points are a list, each item one paragraph"))
    return tuple(points)
