"""What rescheduling would do; nothing is moved before this was read."""

from __future__ import annotations

from datetime import timedelta

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, day_name, say
from studybuddy.study.rescheduling import DAYS, Preview
from studybuddy.study.rescheduling_words import preview_phrases
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.load_bars import load_bars
from studybuddy.tui.widgets.plain import PlainText


class RescheduleModal(Window[bool]):
    """Answers True where the cards are to be moved."""

    BINDINGS = [
        Binding("y,enter", "answer(True)", N_("move them"), id="reschedule.yes"),
        Binding("n,escape,q", "answer(False)", N_("leave them"), id="reschedule.no"),
        Binding("down,j", "scroll(1)", N_("down"), id="reschedule.down"),
        Binding("up,k", "scroll(-1)", N_("up"), id="reschedule.up"),
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    RescheduleModal { align: center middle; }
    RescheduleModal > Vertical {
        width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        border: round $primary; background: $surface; border-title-style: bold;
    }
    RescheduleModal VerticalScroll { height: auto; max-height: 70vh; scrollbar-size-vertical: 1; }
    RescheduleModal #note { color: $text-warning; margin-bottom: 1; }
    RescheduleModal #moves { text-style: bold; margin-bottom: 1; }
    RescheduleModal #bars { margin-top: 1; height: auto; }
    RescheduleModal #keys { color: $text-muted; margin-top: 1; }
    """

    def __init__(self, preview: Preview, note: Phrase | None = None) -> None:
        """Take what would be done, and why it is shown once more where it is."""
        super().__init__()
        self.preview = preview
        self._note = note

    def compose(self) -> ComposeResult:
        """Why it is shown again, what would happen, the days to come, the keys."""
        with Vertical():
            with VerticalScroll(can_focus=False):
                yield PlainText(id="note")
                yield PlainText(id="moves")
                yield PlainText(id="words")
                yield Static(id="bars", markup=False)
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Word everything."""
        self._word()

    def on_resize(self) -> None:
        """Fit the bars to the window."""
        self.call_after_refresh(self._draw)

    async def retranslate(self) -> None:
        """Word everything again."""
        self._word()

    def _word(self) -> None:
        self.query_one(Vertical).border_title = _("Reschedule the cards?")
        note = self.query_one("#note", PlainText)
        note.display = self._note is not None
        keys = _("y moves them   Esc leaves them") if self.preview.moves else _("Esc closes this")
        note.update(say(self._note))
        first, *others = map(say, preview_phrases(self.preview))
        self.query_one("#moves", PlainText).update(first)
        self.query_one("#words", PlainText).update("\n".join(others))
        self.query_one("#keys", PlainText).update(keys)
        self._draw()

    def _draw(self) -> None:
        bars = self.query_one("#bars", Static)
        bars.display = bool(self.preview.moves)
        width = self.query_one(VerticalScroll).content_size.width
        if bars.display and width > 0:
            last = day_name(self.preview.day + timedelta(days=DAYS - 1))
            rows = [(_("now"), self.preview.before), (_("then"), self.preview.after)]
            bars.update(Content("\n").join(load_bars(rows, _("today"), last, width)))

    def action_answer(self, answer: bool) -> None:
        """Close with the answer; where nothing moves there is nothing to agree to."""
        self.close(answer and bool(self.preview.moves))

    def action_scroll(self, lines: int) -> None:
        """Move through the words."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)
