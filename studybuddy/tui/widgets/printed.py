"""Output of a program with its colours, in those of the app."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content

from studybuddy.study.printed import Piece, Style, printed_lines
from studybuddy.tui.widgets.fact_rows import SHOWN_LINES

_HUES = {
    "red": "$text-error",
    "green": "$text-success",
    "yellow": "$text-warning",
    "blue": "$text-primary",
    "magenta": "$text-secondary",
    "cyan": "$text-cyan",
}


def printed_content(line: Iterable[Piece]) -> Content:
    """A line of output, its hues as those of the theme."""
    return Content.assemble(*((piece.text, _style(piece.style)) for piece in line))


def printed_rows(text: str, width: int) -> list[Content]:
    """An output as lines of at most `width` cells; what is too long loses its middle."""
    lines = printed_lines(text, text.count("\n") + 1)
    half = SHOWN_LINES // 2
    rows = [printed_content(line) for line in lines]
    if len(rows) > SHOWN_LINES:
        rows = [*rows[:half], Content.styled(f"…(+{len(rows) - 2 * half})", "$text-muted"), *rows[-half:]]
    return [piece for row in rows for piece in (row.fold(max(width, 2)) or [row])]


def _style(style: Style) -> str:
    """The style in Textual's words. A coloured ground is drawn as colour reversed, so that it can be read."""
    hue = _HUES.get(style.ground or style.hue, "$text-muted" if style.dim else "")
    reversed_ = style.reverse != bool(style.ground)
    words = [
        *(("bold",) if style.bold else ()),
        *(("italic",) if style.italic else ()),
        *(("underline",) if style.underline else ()),
        *(("strike",) if style.strike else ()),
        *(("reverse",) if reversed_ else ()),
        hue,
    ]
    return " ".join(word for word in words if word)
