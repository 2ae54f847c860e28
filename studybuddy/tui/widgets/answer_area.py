"""A text area for words: bounded, so that a huge paste leaves the app alive, and free of control codes."""

from __future__ import annotations

from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from studybuddy.study.reading import LONGEST_ANSWER
from studybuddy.text import clean


class AnswerArea(TextArea):
    """Takes what an answer may hold; what is pasted beyond that is left out."""

    def edit(self, edit: Edit) -> EditResult:
        """As any text area does, with foreign characters made harmless and the length bounded."""
        if edit.text:
            removed = len(self.document.get_text_range(edit.top, edit.bottom))
            room = max(0, LONGEST_ANSWER - len(self.text) + removed)
            edit.text = clean(edit.text.replace("\r\n", "\n").replace("\r", "\n"), room)
        return super().edit(edit)
