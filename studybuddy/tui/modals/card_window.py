"""What is known of a card: why it is here now, and how it was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studybuddy.i18n import N_, _, day_name, ngettext, say
from studybuddy.study.outcome_words import RATING_WORDS
from studybuddy.study.spans import days_phrase
from studybuddy.study.why import why
from studybuddy.study.why_words import reason_words, why_rows
from studybuddy.text import cell_width, clean_line, pad, truncate, wrap_text
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.fact_rows import Fact, fact_rows
from studybuddy.tui.widgets.plain import PlainText
from studybuddy.tui.widgets.recall_view import BELOW, RecallView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studybuddy.study.answer_log import Answer
    from studybuddy.study.why import Why
    from studybuddy.tui.app import StudybuddyApp
    from studybuddy.tui.screens.base import StudyScreen

WIDTH = 84
AROUND = 4
"""Cells of frame and padding on both sides."""
MOST_ROWS, LEAST_ROWS = 12, 5
"""Rows of the curve."""
MOST_ANSWERS = 200
QUESTION_LINES = 2


class CardWindow(Window[None]):
    """Two views of one card: why it is asked, with its curve of forgetting, and its answers."""

    BINDINGS = [
        Binding("escape,q", "dismiss", N_("close"), id="card.close"),
        Binding("tab,enter,space,h,w", "turn", N_("turn"), id="card.turn"),
        Binding("down,j", "scroll(1)", N_("down"), id="card.down"),
        Binding("up,k", "scroll(-1)", N_("up"), id="card.up"),
        Binding("pagedown", "scroll(10)", N_("page"), id="card.page_down"),
        Binding("pageup", "scroll(-10)", N_("page"), id="card.page_up"),
        Binding("home,g", "scroll(-99999)", N_("top"), id="card.top"),
        Binding("end,G", "scroll(99999)", N_("end"), id="card.end"),
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    CardWindow { align: center middle; }
    CardWindow > Vertical {
        width: 84; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        border: round $primary; background: $surface; border-title-style: bold;
    }
    CardWindow #question { text-style: bold; margin-bottom: 1; }
    CardWindow #reason { color: $text-accent; text-style: bold; }
    CardWindow #facts { height: auto; margin-bottom: 1; }
    CardWindow VerticalScroll { height: auto; max-height: 100vh; scrollbar-size-vertical: 1; }
    CardWindow #answers-view { display: none; }
    CardWindow.-answers #answers-view { display: block; }
    CardWindow.-answers #why-view { display: none; }
    CardWindow #keys { color: $text-muted; margin-top: 1; dock: bottom; }
    """
    if TYPE_CHECKING:

        @property
        def app(self) -> StudybuddyApp:  # type: ignore[override]  # App is invariant in its result
            """The one app there is."""

    def __init__(self, found: Why, *, answers: bool = False) -> None:
        """Show a card, beginning with its answers or with why it is asked."""
        super().__init__()
        self._why = found
        self.set_class(answers, "-answers")

    def compose(self) -> ComposeResult:
        """The question, either view, the keys."""
        with Vertical():
            yield PlainText(id="question")
            with VerticalScroll(id="why-view", can_focus=False):
                yield PlainText(id="reason")
                yield Static(id="facts", markup=False)
                yield RecallView()
            with VerticalScroll(id="answers-view", can_focus=False):
                yield PlainText(id="answers")
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Word everything."""
        self._word()

    def on_resize(self) -> None:
        """Fit the words and the curve to the terminal."""
        self._word()

    async def retranslate(self) -> None:
        """Ask again, in the other language."""
        card, asked = self._why.memory.id, self._why.asked
        self._why = await self.app.study.ask(lambda study: why(study, card, asked=asked))
        self._word()

    def action_turn(self) -> None:
        """Go to the other view."""
        self.toggle_class("-answers")
        self._word()

    def action_scroll(self, lines: int) -> None:
        """Move through what is longer than the window."""
        for view in self.query(VerticalScroll):
            view.scroll_relative(y=lines, animate=False)

    def _word(self) -> None:
        found, size = self._why, self.app.size
        width = max(10, min(WIDTH, size.width) - AROUND)
        answered = self.has_class("-answers")
        question = wrap_text(clean_line(found.question, 400), width)
        if len(question) > QUESTION_LINES:
            question = [question[0], truncate(question[1] + " …", width)]
        reason = wrap_text(capital(reason_words(found)), width)
        facts = fact_rows(
            [Fact(row.label, clean_line(row.text, 400), prose=True) for row in why_rows(found)], width
        )
        self.query_one(Vertical).border_title = _("Its answers") if answered else _("Why this card")
        self.query_one("#question", PlainText).update("\n".join(question))
        self.query_one("#reason", PlainText).update("\n".join(reason))
        self.query_one("#facts", Static).update(Content("\n").join(facts))
        self.query_one("#answers", PlainText).update("\n".join(answer_lines(found.answers)))
        other = _("Tab why it is here") if answered else _("Tab its answers")
        self.query_one("#keys", PlainText).update(f"{other}   {_('j k move')}   {_('Esc closes this')}")
        used = len(question) + 1 + len(reason) + len(facts) + 1 + BELOW + 2 + 2
        self.query_one(RecallView).show(found, min(MOST_ROWS, max(LEAST_ROWS, size.height - used)))


def capital(text: str) -> str:
    """A sentence with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]


def answer_lines(found: Sequence[Answer]) -> list[str]:
    """The answers, the newest first: day, rating, what it led to, how long it took, what was typed."""
    if not found:
        return [_("not answered yet")]
    shown = found[: -MOST_ANSWERS - 1 : -1]
    days = [day_name(answer.event.day) + f" {answer.event.day.year}" for answer in shown]
    names = {answer.rating: _(RATING_WORDS[answer.rating]) for answer in shown}
    widest, widest_day = max(map(cell_width, names.values())), max(map(cell_width, days))
    lines = [
        f"{pad(day, widest_day)}   {pad(names[answer.rating], widest)}   {_after(answer)}"
        for day, answer in zip(days, shown, strict=True)
    ]
    if left := len(found) - len(shown):
        lines.append(ngettext("and {n} answer before", "and {n} answers before", left))
    return lines


def _after(answer: Answer) -> str:
    led = "→ " + say(days_phrase(answer.interval_days)) if answer.interval_days else "→ " + _("a step")
    seconds = round(answer.elapsed_ms / 1000)
    parts = [led, ngettext("{n} second", "{n} seconds", seconds) if seconds else ""]
    parts.append(_("typed: {text}", text=clean_line(answer.typed, 60)) if answer.typed else "")
    return " · ".join(filter(None, parts))


async def look_at_card(screen: StudyScreen, card: str, *, asked: bool = False, answers: bool = False) -> None:
    """Show what is known of a card, in a worker of a screen."""
    found = await screen.ask(lambda study: why(study, card, asked=asked))
    await screen.inquire(CardWindow(found, answers=answers))
