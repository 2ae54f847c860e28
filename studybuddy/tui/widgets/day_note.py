"""A few quiet lines below the day: how to begin, or that it is done."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import say
from studybuddy.text import clean_line
from studybuddy.tui.widgets.fitting import fit

SUN = (r"  \ | /  ", r" -- ✓ -- ", r"  / | \  ")
"""The mark of a finished day."""
GAP = "  "


class DayNote(Widget):
    """Phrases, a line each, beside a small drawing where the day is done."""

    DEFAULT_CSS = """
    DayNote {
        height: auto;
        padding: 0 2;
        color: $text-muted;
    }
    """

    def __init__(self) -> None:
        super().__init__()
        self._phrases: Sequence[Phrase] = ()
        self._done = False

    def tell(self, phrases: Sequence[Phrase], *, done: bool = False) -> None:
        """Say something, nothing if there are no phrases; `done` draws the mark."""
        self._phrases, self._done = phrases, done
        self.display = bool(phrases)
        self.refresh(layout=True)

    def render(self) -> Content:
        """The mark and the lines, cut to the width."""
        words = [clean_line(say(phrase), 400) for phrase in self._phrases]
        width = self.content_size.width
        if not self._done:
            return Content("\n").join(fit(Content(line), width) for line in words)
        lines = []
        for number, mark in enumerate(SUN):
            text = words[number] if number < len(words) else ""
            style = "bold $text-success" if number == 0 else ""
            lines.append(fit(Content.assemble((mark, "$warning"), GAP, (text, style)), width))
        return Content("\n").join(lines)
