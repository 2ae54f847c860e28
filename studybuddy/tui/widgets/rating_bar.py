"""The four buttons of a review, each with the interval it leads to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from studybuddy.core.card import Rating
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import _, say
from studybuddy.study.outcome_words import RATING_WORDS

COLOURS = {
    Rating.AGAIN: "$text-error",
    Rating.HARD: "$text-warning",
    Rating.GOOD: "$text-success",
    Rating.EASY: "$text-primary",
}


class RatingBar(Widget):
    """Before the answer a hint how to get it; then `1 Again` to `4 Easy`. A click is as good as a key."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    RatingBar {
        height: 3;
        width: 100%;
        max-width: 80;
        border-top: solid $foreground 25%;
    }
    """

    intervals: reactive[Mapping[Rating, Phrase] | None] = reactive(None)
    """What each button promises; None as long as the answer is hidden."""
    proposed: reactive[Rating | None] = reactive(None)
    """The rating that evidence speaks for; it is marked."""
    hint: reactive[Phrase | None] = reactive(None)
    """How to see the answer."""

    @dataclass
    class Rated(Message):
        """A button was pressed."""

        rating: Rating

    @dataclass
    class RevealRequested(Message):
        """The hint was clicked."""

    def render(self) -> Content:
        """Two lines: the buttons and their intervals, or the hint."""
        width = self.content_size.width
        if self.intervals is None:
            return _centred(Content.styled(say(self.hint), "$text-muted"), width)
        room = width // len(Rating)
        buttons, intervals = [], []
        for rating in Rating:
            marked = rating is self.proposed
            label = Content.assemble(
                ("▸ " if marked else "", "bold $foreground"),
                (str(int(rating)), "bold $foreground"),
                (f" {_(RATING_WORDS[rating])}", f"bold {COLOURS[rating]}" + (" underline" if marked else "")),
            )
            buttons.append(_centred(label, room))
            interval = Content.styled(say(self.intervals.get(rating)), "$text-muted")
            intervals.append(_centred(interval, room))
        return Content("\n").join([Content("").join(buttons), Content("").join(intervals)])

    async def _on_click(self, event: events.Click) -> None:
        if self.intervals is None:
            self.post_message(self.RevealRequested())
            return
        offset = event.get_content_offset(self)
        room = self.content_size.width // len(Rating)
        if offset is not None and room and offset.x // room < len(Rating):
            self.post_message(self.Rated(Rating(offset.x // room + 1)))


def _centred(text: Content, width: int) -> Content:
    """The text in the middle of exactly `width` cells."""
    text = text.truncate(max(width, 0), ellipsis=True)
    left = (width - text.cell_length) // 2
    return Content.assemble(" " * left, text, " " * (width - text.cell_length - left))
