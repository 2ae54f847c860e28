"""Signs and frames in ASCII, for terminals and fonts that have no others. Nothing moves by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from studybuddy.study.plain_signs import plain_signs

if TYPE_CHECKING:
    from textual.app import App


def are_plain(app: App[object]) -> bool:
    """Whether the app writes signs in ASCII; formulas are to be drawn so, too."""
    return bool(getattr(app, "signs", None))


class PlainSigns(LineFilter):
    """Writes each sign as an ASCII one of the same width. Formulas were drawn in ASCII already."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments of a line with their signs replaced."""
        return [Segment(plain_signs(text), style, control) for text, style, control in segments]
