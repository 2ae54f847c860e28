"""Signs and frames in ASCII, for terminals and fonts that have no others. Nothing moves by it."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

_PLAIN = str.maketrans(
    "✓✗▸▾●○·→←↑↓…│─┃━║═█▇▆▅▄▃▂▁░▒▓▌▐▎▊▔▶┌┐└┘├┤┬┴┼╭╮╰╯╔╗╚╝",
    "vx>v*o.><^v~|-|=|=###==-__.:#||||->+++++++++++++++++",
)


class PlainSigns(LineFilter):
    """Writes each sign as an ASCII one of the same width. Letters, of mathematics too, stay what they are."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line with their signs replaced."""
        return [Segment(text.translate(_PLAIN), style, control) for text, style, control in segments]
