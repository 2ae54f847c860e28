"""A line to type in."""

from __future__ import annotations

from textual import events
from textual.widgets import Input

from studybuddy.text import clean_line


class LineInput(Input):
    """An input that keeps control codes out and takes of a paste what there is room for, not nothing."""

    def _on_paste(self, event: events.Paste) -> None:
        event.stop()
        event.prevent_default()
        first = next((line for line in event.text[:100_000].splitlines() if line.strip()), "")
        taken = len(self.selected_text)
        room = len(first) if self.max_length is None else self.max_length - len(self.value) + taken
        self.replace(clean_line(first, max(0, room)), *self.selection)
