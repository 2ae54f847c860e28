"""A gradient as judged: what is wrong, what each judge says, and where."""

from __future__ import annotations

from textual.content import Content

from studybuddy.core.verdict import GradientCheck
from studybuddy.i18n import _
from studybuddy.study.gradient_words import (
    map_caption,
    map_legend,
    map_rows,
    mistake_of,
    opinions_of,
    shape_of,
)
from studybuddy.text import clean_line, wrap_text
from studybuddy.tui.widgets.fact_rows import clip

_INDENT = "  "
_TONES = {"✓": "$text-success", "✗": "$text-error"}


def gradient_lines(check: GradientCheck, width: int, *, judges: bool = False) -> list[Content]:
    """The lines of one gradient.

    Args:
        check: as judged.
        width: cells of a line.
        judges: whether each judge gets a line even where all is well.
    """
    mark = "✓" if check.ok else "✗"
    said = clip(mistake_of(check)) or _("relative error {error}", error=f"{check.relative_error:.2g}")
    head = Content.assemble(
        (f"{mark} ", _TONES[mark]),
        (clean_line(check.name, 40), "bold"),
        (f" {shape_of(check)}", "$text-muted"),
    )
    if head.cell_length + 2 + Content(said).cell_length <= width:
        lines = [Content.assemble(head, "  ", said)]
    else:
        lines = [head, *(Content(_INDENT + line) for line in wrap_text(said, max(8, width - 2)))]
    if judges or not check.ok:
        lines += [_opinion(line) for line in opinions_of(check)]
    if check.error_map is not None:
        lines += [
            Content.styled(_INDENT + line, "$text-muted") for line in wrap_text(map_caption(check), width - 2)
        ]
        lines += [Content.styled(_INDENT + row, "$text-error") for row in map_rows(check.error_map)]
        lines += [
            Content.styled(_INDENT + line, "$text-muted") for line in wrap_text(map_legend(), width - 2)
        ]
    return lines


def _opinion(line: str) -> Content:
    return Content.assemble(_INDENT, (line[0], _TONES.get(line[0], "$text-muted")), (line[1:], "$text-muted"))
