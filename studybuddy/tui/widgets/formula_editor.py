"""Where an answer to a step is typed: a line that Enter checks, and more lines for those who want them."""

from __future__ import annotations

from rich.text import Text
from textual import events

from studybuddy.tui.private import forget_lines, restart_blink
from studybuddy.tui.widgets.answer_area import AnswerArea

NEW_LINE_KEYS = frozenset({"ctrl+j", "shift+enter", "alt+enter", "ctrl+enter"})
"""Which of them a terminal can tell from Enter differs; the first one all can."""


class FormulaEditor(AnswerArea):
    """Leaves Enter to the screen as long as one line is written. A stretch of the text can be underlined."""

    COMPONENT_CLASSES = {"formula-editor--marked"}
    DEFAULT_CSS = """
    FormulaEditor {
        height: auto; min-height: 3; max-height: 8; margin: 0 1; scrollbar-size-vertical: 1;
        & .formula-editor--marked { color: $text-error; text-style: underline; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(soft_wrap=True, show_line_numbers=False, id=id)
        self._marked: tuple[int, int] | None = None

    @property
    def one_line(self) -> bool:
        """Whether Enter checks: nothing is written below the first line."""
        return self.document.line_count == 1 or "\n" not in self.text.strip()

    def mark(self, span: tuple[int, int] | None) -> None:
        """Underline a stretch, by indices into the text; the end of the text itself can be meant, too."""
        if span != self._marked:
            self._marked = span
            self.highlight_cursor_line = span is None  # its colours would lie over those of the mark
            forget_lines(self)
            self.refresh()

    def get_line(self, line_index: int) -> Text:
        """A line as it is drawn."""
        line = super().get_line(line_index)
        if self._marked is not None:
            before = sum(len(self.document.get_line(n)) + 1 for n in range(line_index))
            start, end = (place - before for place in self._marked)
            if end > 0 and start < max(1, len(line)):
                style = self.get_component_rich_style("formula-editor--marked", partial=True)
                line.stylize(style, max(0, start), min(end, len(line)))
        return line

    def put(self, text: str) -> None:
        """Put another text in the place of this one; undo brings this one back."""
        self.history.checkpoint()
        self.replace(text, (0, 0), self.document.end, maintain_selection_offset=False)
        self.history.checkpoint()
        self.move_cursor(self.document.end)

    async def _on_key(self, event: events.Key) -> None:
        if self.read_only or event.key == "escape" or (event.key == "enter" and self.one_line):
            event.prevent_default()
        elif event.key in NEW_LINE_KEYS:
            event.stop()
            event.prevent_default()
            restart_blink(self)
            self.replace("\n", *self.selection, maintain_selection_offset=False)
