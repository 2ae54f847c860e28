"""What was typed beside what should have been, and what differs, in three lines."""

from __future__ import annotations

from itertools import zip_longest

from textual.content import Content

from studybuddy.i18n import _
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.study.answers.rows import Row, indent, rows
from studybuddy.study.tree_drawing import tree_lines
from studybuddy.text import cell_width, pad

_TONES = {
    Mark.RIGHT: "bold $text-success",
    Mark.CLOSE: "bold $text-warning",
    Mark.WRONG: "bold $text-error",
    Mark.UNREADABLE: "bold $text-muted",
    Mark.UNKNOWN: "bold $text-muted",
}
_ROLES = {
    "same": "",
    "extra": "$text-error strike",
    "missing": "bold underline $text-success",
    "sign": "$text-muted",
}
_NARROWEST = 8
_GAP = 4


def compared(judged: Judged, width: int) -> list[Content]:
    """Lines that say how a typed answer stands to the card's.

    Args:
        judged: what the judge says of it.
        width: cells of a line.
    """
    found = rows(judged)
    column = indent(found)
    lines = [line for row in found for line in _row(row, _TONES[judged.mark], column, width)]
    if judged.trees and not judged.right:
        lines += [Content(), *_trees(judged, width)]
    return lines


def _row(row: Row, tone: str, column: int, width: int) -> list[Content]:
    label = Content.styled(pad(row.label, column), tone if row.verdict else "$text-muted")
    body = Content.assemble(*((span.text, _ROLES[span.role]) for span in row.spans))
    first, *others = body.fold(max(_NARROWEST, width - column)) or [Content()]
    return [label + first, *(Content(" " * column) + other for other in others)]


def _trees(judged: Judged, width: int) -> list[Content]:
    """The learner's tree beside the wanted one, or above it where there is no room."""
    heads = (_("your answer"), _("right answer"))
    half = (width - _GAP) // 2
    mine, right = (tree_lines(list(tree), half) for tree in judged.trees)
    column = max(map(cell_width, (heads[0], *mine))) + _GAP
    if column + max(map(cell_width, (heads[1], *right))) > width:
        above = [Content.styled(heads[0], "$text-muted"), *map(Content, mine), Content()]
        return [*above, Content.styled(heads[1], "$text-muted"), *map(Content, right)]
    first = Content.styled(pad(heads[0], column) + heads[1], "$text-muted")
    pairs = zip_longest(mine, right, fillvalue="")
    return [first, *(Content(pad(one, column) + other) for one, other in pairs)]
