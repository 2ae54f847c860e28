"""What was typed beside what should have been, the first difference marked."""

from __future__ import annotations

from textual.content import Content

from studybuddy.i18n import _
from studybuddy.study.faces import Difference
from studybuddy.text import cell_width, clean_line, pad

MARK = "^"
LONGEST = 500


def compared(typed: str, wrong: Difference | None, width: int) -> list[Content]:
    """Lines that say how a typed answer stands to the card's.

    Args:
        typed: the learner's words.
        wrong: how they differ from the nearest right answer; None when they are one.
        width: cells of a line.
    """
    mine, right = _("your answer"), _("right answer")
    indent = max(cell_width(mine), cell_width(right)) + 2
    if wrong is None:
        said = Content.styled("✓ " + _("right"), "bold $text-success")
        return [*_row(mine, typed, None, indent, width), said]
    said = Content.styled("✗ " + _("not the same as the card; judge for yourself"), "bold $text-warning")
    return [
        said,
        *_row(mine, typed, wrong.typed_at, indent, width),
        *_row(right, wrong.reference, wrong.reference_at, indent, width),
    ]


def _row(label: str, text: str, at: int | None, indent: int, width: int) -> list[Content]:
    """A label and a text, from where it differs on in bold and underlined, with a mark below that place."""
    room = max(8, width - indent)
    body = Content(clean_line(text, LONGEST))
    if at is not None and at < len(body.plain):
        body = body.stylize("bold underline", at)
    elif at is not None:
        body = Content.assemble(body, ("…", "bold"))
    lines = body.fold(room)
    rows = [
        Content.assemble((pad(label, indent) if not n else " " * indent, "$text-muted"), line)
        for n, line in enumerate(lines)
    ]
    if at is not None and len(lines) == 1:
        before = cell_width(body.plain[:at])
        rows.append(Content.styled(" " * (indent + before) + MARK, "$text-warning"))
    return rows
