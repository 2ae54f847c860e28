"""The labels that begin the parts of a quotation: `> **思考题** {#think-shape}：...`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from studybuddy.course.parser import Node

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


class Role(StrEnum):
    """What a labelled part is for."""

    THINK = "think"
    ANSWER = "answer"
    EXAM_POINT = "exam-point"
    REFERENCE = "reference"
    KEY_POINTS = "key-points"
    WRONG_POINT = "wrong-point"
    COMMON_WRONG = "common-wrong"
    FOLLOW_UP = "follow-up"
    GIVENS = "givens"
    GOAL = "goal"
    STEP = "step"
    HINT = "hint"
    EXPLANATION = "explanation"
    ACTION = "action"


LABELS = {
    "思考题": Role.THINK,
    "thinking question": Role.THINK,
    "答案": Role.ANSWER,
    "answer": Role.ANSWER,
    "考察点": Role.EXAM_POINT,
    "exam point": Role.EXAM_POINT,
    "参考答案": Role.REFERENCE,
    "reference answer": Role.REFERENCE,
    "要点": Role.KEY_POINTS,
    "key points": Role.KEY_POINTS,
    "错误要点": Role.WRONG_POINT,
    "wrong point": Role.WRONG_POINT,
    "常见错答": Role.COMMON_WRONG,
    "common wrong answer": Role.COMMON_WRONG,
    "追问": Role.FOLLOW_UP,
    "follow-up": Role.FOLLOW_UP,
    "设定": Role.GIVENS,
    "givens": Role.GIVENS,
    "目标": Role.GOAL,
    "goal": Role.GOAL,
    "步骤": Role.STEP,
    "step": Role.STEP,
    "提示": Role.HINT,
    "hint": Role.HINT,
    "解释": Role.EXPLANATION,
    "explanation": Role.EXPLANATION,
    "行动": Role.ACTION,
    "action": Role.ACTION,
}


def as_written(roles: Iterable[Role]) -> str:
    """How the labels of some roles are written, in either language: `答案 / answer, 追问 / follow-up`."""
    written = {role: " / ".join(label for label, other in LABELS.items() if other is role) for role in roles}
    return ", ".join(written.values())


NEEDS_ID = frozenset({Role.THINK, Role.STEP})

_LABEL = re.compile(
    r"\*\*(?P<label>(?:[^*\n\\]|\\.|\*(?!\*))+?)(?P<inner>[:：])?\*\*[ \t]*"
    r"(?P<anchor>\{#(?P<id>[^{}\n]*)\})?[ \t]*(?P<outer>[:：])?[ \t]*"
)
_LATER_LABEL = re.compile(r"\n[ \t]*\*\*([^*\n]{1,40}?)[:：]?\*\*")


@dataclass(slots=True)
class Part:
    """A labelled part: its label, then the rest of that paragraph and the blocks up to the next label.

    `role` is None for a label of the author's own; a part without a label is what stands before the first.
    """

    line: int
    label: str = ""
    role: Role | None = None
    id: str | None = None
    colon: bool = False
    nodes: list[Node] = field(default_factory=list)


def split_anchor(content: str) -> tuple[str, str | None]:
    """The words of a heading and the id `{#id}` behind them, None when it has none."""
    words, opening, anchor = content.rstrip().rpartition("{#")
    word = anchor.removesuffix("}")
    if not opening or word == anchor or "{" in word or "}" in word:
        return content, None
    return words.rstrip(), word


def read_label(node: Node) -> Part | None:
    """The part that a paragraph opens, None when it begins with no label."""
    match = _LABEL.match(node.content) if node.kind == "paragraph" else None
    if match is None:
        return None
    role = LABELS.get(match["label"].strip().lower())
    rest = node.content[match.end() :]
    colon = bool(match["inner"] or match["outer"])
    if role is None and match["anchor"] is None and not colon and rest:
        return None
    part = Part(node.line, match["label"].strip(), role, match["id"], colon)
    if rest.strip():
        words = rest.lstrip("\n")
        part.nodes.append(Node("paragraph", node.line + len(rest) - len(words), words))
    return part


def read_parts(quotation: Node) -> list[Part]:
    """The parts of a quotation, in their order; every labelled paragraph opens one."""
    parts: list[Part] = []
    for node in quotation.children:
        part = read_label(node)
        if part is not None:
            parts.append(part)
        elif parts:
            parts[-1].nodes.append(node)
        else:
            parts.append(Part(node.line, nodes=[node]))
    return parts


def swallowed_label(node: Node, roles: Collection[Role]) -> tuple[int, str] | None:
    """Line and words of a label for one of `roles` within a paragraph instead of at its beginning."""
    for match in _LATER_LABEL.finditer(node.content) if node.kind == "paragraph" else ():
        if LABELS.get(match[1].strip().lower()) in roles:
            return node.line + node.content.count("\n", 0, match.end()), match[1].strip()
    for child in node.children:
        found = swallowed_label(child, roles)
        if found is not None:
            return found
    return None
