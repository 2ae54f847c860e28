"""The quiet line above the keys: what just happened, or how to go on."""

from __future__ import annotations

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import say
from studybuddy.text import clean_line
from studybuddy.tui.widgets.fitting import fit


class StatusLine(Widget):
    """One line. It keeps phrases, not words, so that a switch of language rewords it."""

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
        """The phrase in the language in use, cut to the line."""
        return fit(Content(clean_line(say(self.phrase))), self.content_size.width)
