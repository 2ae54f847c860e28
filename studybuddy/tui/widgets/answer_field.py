"""A line to type an answer in."""

from __future__ import annotations

from studybuddy.text import clean_line
from studybuddy.tui.widgets.line_input import LineInput

LONGEST = 500


class AnswerField(LineInput):
    """An input that draws itself quietly."""

    DEFAULT_CSS = """
    AnswerField {
        height: 3;
        padding: 0 1;
        border: round $foreground 25%;
        background: $background;
        &:focus { border: round $primary; background-tint: $foreground 0%; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(max_length=LONGEST, select_on_focus=False, id=id, classes=classes)

    def validate_value(self, value: str) -> str:
        """Whatever way a text comes in, it is made harmless first."""
        return clean_line(value, LONGEST)
