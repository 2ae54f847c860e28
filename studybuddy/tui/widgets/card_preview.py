"""Both sides of a card beside the list it stands in."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Rule, Static

from studybuddy.core.errors import StudybuddyError
from studybuddy.i18n import word
from studybuddy.study.faces import CardFace
from studybuddy.text import clean_line
from studybuddy.tui.widgets.page_view import PageView


class CardPreview(VerticalScroll, can_focus=False):
    """Question, a rule, answer; above them where the card is from."""

    DEFAULT_CSS = """
    CardPreview {
        border: round $foreground 25%; padding: 0 1; scrollbar-size-vertical: 1;
        border-title-color: $text-muted;
        PageView { height: auto; scrollbar-gutter: auto; }
        #preview-about { color: $text-muted; height: auto; }
        Rule.-horizontal { margin: 0; color: $foreground 25%; }
    }
    CardPreview.-empty > * { display: none; }
    CardPreview.-unreadable > PageView, CardPreview.-unreadable > Rule { display: none; }
    """

    def compose(self) -> ComposeResult:
        """Where it is from, both sides."""
        yield Static(id="preview-about", markup=False)
        yield PageView(inset=0, id="preview-front")
        yield Rule()
        yield PageView(inset=0, id="preview-back")

    def show(self, found: CardFace | StudybuddyError | None, about: str) -> None:
        """Show a card, why it cannot be shown, or nothing."""
        self.set_class(found is None, "-empty")
        self.set_class(isinstance(found, StudybuddyError), "-unreadable")
        if isinstance(found, StudybuddyError):
            about = word(found)
        self.query_one("#preview-about", Static).update(Content(clean_line(about, 400)))
        front, back = (found.front, found.back) if isinstance(found, CardFace) else ((), ())
        self.query_one("#preview-front", PageView).show(front)
        self.query_one("#preview-back", PageView).show(back)
        self.scroll_home(animate=False)
