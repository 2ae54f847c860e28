"""A gradient as judged: what is wrong, what each judge says, and where."""

from __future__ import annotations

from collections.abc import Iterable

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
from studybuddy.text import cell_width, clean_line, wrap_text
from studybuddy.tui.widgets.fact_rows import clip

_INDENT = "  "
_TONES = {"✓": "$text-success", "✗": "$text-error"}


def gradient_lines(checks: Iterable[GradientCheck], width: int) -> list[Content]:
    """The lines of all gradients of a run; `width`: cells of a line."""
    lines: list[Content] = []
    last = 0
    for check in checks:
        lines += _head(check, width)
        lines += [part for line in opinions_of(check) for part in _opinion(line, width)]
        if check.error_map is not None:
            lines += _muted(map_caption(check, check.error_map), width)
            lines += [Content.styled(_INDENT + row, "$text-error") for row in map_rows(check.error_map)]
            last = len(lines)
    return [*lines[:last], *(_muted(map_legend(), width) if last else []), *lines[last:]]


def _head(check: GradientCheck, width: int) -> list[Content]:
    mark = "✓" if check.ok else "✗"
    said = clip(mistake_of(check)) or _("relative error {error}", error=f"{check.relative_error:.2g}")
    name, shape = clean_line(check.name, 40), f" {shape_of(check)}"
    head = Content.assemble((f"{mark} ", _TONES[mark]), (name, "bold"), (shape, "$text-muted"))
    if head.cell_length + 2 + cell_width(said) <= width:
        return [Content.assemble(head, "  ", said)]
    return [head, *(Content(_INDENT + line) for line in wrap_text(said, max(8, width - len(_INDENT))))]


def _muted(text: str, width: int) -> list[Content]:
    lines = wrap_text(text, max(8, width - len(_INDENT)))
    return [Content.styled(_INDENT + line, "$text-muted") for line in lines]


def _opinion(line: str, width: int) -> list[Content]:
    first, *others = wrap_text(line, max(8, width - 2 * len(_INDENT)))
    tone = _TONES.get(first[:1], "$text-muted")
    return [
        Content.assemble(_INDENT, (first[:1], tone), (first[1:], "$text-muted")),
        *(Content.styled(2 * _INDENT + other, "$text-muted") for other in others),
    ]
