"""The foot of an interview: the buttons to grade with, and then what the grade led to."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widget import Widget

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import _, say
from studybuddy.study.outcome_words import RATING_WORDS
from studybuddy.tui.interview_pages import NEXT, Attempt, Part
from studybuddy.tui.widgets.plain import PlainText
from studybuddy.tui.widgets.rating_bar import COLOURS, RatingBar


class GradeLine(Widget):
    """Two lines in the place of the buttons."""

    DEFAULT_CSS = """
    GradeLine { height: 3; max-width: 80; border-top: solid $foreground 25%; padding: 0 1; }
    """

    def __init__(self) -> None:
        super().__init__()
        self._attempt: Attempt | None = None

    def show(self, attempt: Attempt) -> None:
        """Show a graded attempt."""
        self._attempt = attempt
        self.refresh()

    def render(self) -> Content:
        """The grade, why it is not better, and the next review."""
        attempt = self._attempt
        if attempt is None or attempt.graded is None:
            return Content()
        grade = attempt.graded
        head = Content.styled(f"{int(grade)} {_(RATING_WORDS[grade])}", f"bold {COLOURS[grade]}")
        if attempt.wrong_point:
            head = Content.assemble(head, " · ", _("the wrong point allows Hard at most"))
        back = _("comes back in {interval}", interval=say(attempt.comes_back))
        lines = (head, Content.styled(back, "$text-muted"))
        width = self.content_size.width
        return Content("\n").join(line.truncate(width, ellipsis=True) for line in lines)


class GradeFoot(Horizontal):
    """Says how to see the answer, then offers the grades, then shows the one given."""

    DEFAULT_CSS = """
    GradeFoot { height: auto; }
    GradeFoot #beside { width: 1fr; height: 1; display: none; }
    GradeFoot #grades { width: 1fr; height: auto; align-horizontal: center; }
    GradeFoot #next { color: $text-muted; width: 100%; max-width: 80; padding: 0 2; }
    """

    def compose(self) -> ComposeResult:
        """What comes next, the buttons, and the line that takes their place."""
        yield PlainText(id="beside")
        with Vertical(id="grades"):
            yield PlainText(id="next")
            yield RatingBar()
            yield GradeLine()

    def show(self, attempt: Attempt, following: Part | None) -> None:
        """Show how far an attempt is, and what `following` brings."""
        bar, line = self.query_one(RatingBar), self.query_one(GradeLine)
        following_words = NEXT[following] if following is not None else ""
        bar.hint = Phrase(following_words) if following_words else None
        told = self.query_one("#next", PlainText)
        told.update(_(following_words) if following_words else "")
        told.display = bool(following_words) and attempt.part >= Part.REFERENCE
        bar.intervals = attempt.kept_promises if attempt.part >= Part.REFERENCE else None
        bar.display = attempt.graded is None
        line.display = attempt.graded is not None
        line.show(attempt)
        bar.refresh()
