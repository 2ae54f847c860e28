"""The quiet line above the keys: what just happened, or how to go on."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import say
from studybuddy.text import cell_width, clean_line, wrap_text
from studybuddy.tui.widgets.fitting import fit

MOST_ROWS = 3
"""Beyond it the page above would be pushed away."""


class StatusLine(Widget):
    """One line, and more only for words that do not fit: a reason cut short is none.

    It keeps phrases, not words, so that a switch of language rewords it.
    """

    DEFAULT_CSS = """
    StatusLine {
        height: 1;
        padding: 0 1;
        color: $text-muted;
        &.-good { color: $text-success; }
        &.-warn { color: $text-warning; }
    }
    """

    phrase: reactive[Phrase | None] = reactive(None)
    """What the line says; None leaves it empty."""

    def show(self, phrase: Phrase | None, tone: str = "") -> None:
        """Say something; `tone` is `good`, `warn` or empty."""
        self.set_class(tone == "good", "-good")
        self.set_class(tone == "warn", "-warn")
        self.phrase = phrase

    def render(self) -> Content:
        """The phrase in the language in use; what is too long even for the last row is cut."""
        words, width = clean_line(say(self.phrase)), self.content_size.width
        rows = self._rows(words, width)
        if len(rows) != self.size.height:
            self.call_later(self._grow, len(rows))
        return Content("\n").join([*map(Content, rows[:-1]), fit(Content(rows[-1]), width)])

    def _rows(self, words: str, width: int) -> list[str]:
        if not width or cell_width(words) <= width:
            return [words]
        rows = wrap_text(words, width)
        return [*rows[: MOST_ROWS - 1], " ".join(rows[MOST_ROWS - 1 :])] if len(rows) > MOST_ROWS else rows

    def _grow(self, rows: int) -> None:
        self.styles.height = rows
