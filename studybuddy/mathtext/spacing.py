"""How far apart the parts of a row stand, and where a line may break between them.

The rules are TeX's (The TeXbook, chapter 18), in whole cells: one cell around relations and binary operators,
one after punctuation, one beside a word such as log.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from studybuddy.mathtext.nodes import Node, Role, Root, Scripts, Space, Symbol, bare, only, role
from studybuddy.mathtext.scripts import ends_open

_BEFORE_TAG = 4
NEVER = 1000.0
"""Cost of a break that must not happen."""

_NO_OPERAND_BEFORE = (Role.RELATION, Role.BINARY, Role.UNARY, Role.PUNCTUATION, Role.OPENING, Role.OPERATOR)
_OPERANDS = (Role.ORDINARY, Role.FENCED, Role.FRACTION, Role.WORD, Role.TEXT, Role.CLOSING)


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a row with the cells before it and the cost of breaking the line there."""

    node: Node
    role: Role
    gap: int
    cost: float


def placed(items: Sequence[Node], *, tight: bool, airy: bool) -> tuple[Placed, ...]:
    """The parts of a row with the gaps between them.

    Args:
        items: The parts; spaces among them widen the gap they stand in.
        tight: In a script, where only words keep their distance.
        airy: In two dimensions, where a fraction keeps one cell away from its neighbours.
    """
    row: list[Placed] = []
    asked = 0
    parts = [item for item in items if not isinstance(item, Space)]
    left = len(parts)
    for item in items:
        if isinstance(item, Space):
            asked += item.cells
            continue
        left -= 1
        before = row[-1].role if row else None
        own = _role(role(item), before, last=left == 0)
        gap = max(asked, _gap(before, own, tight=tight, airy=airy))
        row.append(Placed(item, own, gap, _cost(item, before, own, asked)))
        asked = 0
    return tuple(row)


def _role(own: Role, before: Role | None, *, last: bool) -> Role:
    """The role in this place: `-` is a sign when nothing stands before it."""
    if own is not Role.BINARY:
        return own
    if last:
        return Role.ORDINARY
    return Role.UNARY if before is None or before in _NO_OPERAND_BEFORE else own


def _gap(before: Role | None, own: Role, *, tight: bool, airy: bool) -> int:
    if before is None:
        return 0
    pair = (before, own)
    if own is Role.TAG:
        return _BEFORE_TAG
    if Role.WORD in pair and _beside_word(before, own):
        return 1
    if tight:
        return 0
    if Role.RELATION in pair or Role.MIDDLE in pair:
        return int(before is not own)
    if Role.BINARY in pair:
        return 1
    if own is Role.PUNCTUATION:
        return 0
    if before is Role.PUNCTUATION or before is Role.OPERATOR:
        return 1
    if own is Role.OPERATOR:
        return int(before not in (Role.OPENING, Role.UNARY))
    return int(airy and Role.FRACTION in pair and before is not Role.OPENING and own is not Role.CLOSING)


def _beside_word(before: Role, own: Role) -> bool:
    if before is Role.WORD:
        return own in (Role.ORDINARY, Role.WORD, Role.FRACTION, Role.OPERATOR, Role.UNARY)
    return before in (Role.ORDINARY, Role.FENCED, Role.FRACTION, Role.OPERATOR)


def runs_on(part: Placed, content: str, following: Placed) -> bool:
    """Whether the next letter would be read into a script that has no brackets: `δ_Z W`."""
    if following.gap or following.role not in (Role.ORDINARY, Role.FRACTION, Role.FENCED):
        return False
    node = only(part.node)
    if isinstance(node, Root):
        return True
    return following.role is not Role.FENCED and isinstance(node, Scripts) and ends_open(content)


def _cost(node: Node, before: Role | None, own: Role, asked: int) -> float:
    """What it costs to break the line before a part; implications and relations are the best places."""
    if before is None or own in (Role.PUNCTUATION, Role.CLOSING) or before in (Role.OPENING, Role.UNARY):
        return NEVER
    if before is Role.PUNCTUATION:
        return 0.5 if asked > 1 else 8.0
    if own is Role.TAG:
        return 0.3
    if before in (Role.RELATION, Role.BINARY, Role.OPERATOR, Role.MIDDLE) or own is Role.ORDINARY is before:
        return NEVER
    if own is Role.RELATION:
        sign = bare(node)
        return 0.3 if isinstance(sign, Symbol) and sign.text in "⇒⇔⇐" else 1.0
    if own is Role.BINARY:
        return 3.0
    return NEVER if before is Role.WORD else 12.0
