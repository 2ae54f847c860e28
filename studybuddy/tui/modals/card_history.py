"""What is known of a card: its state, and how it was answered."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll

from studybuddy.i18n import N_, _, day_name, ngettext, say
from studybuddy.study.outcome_words import RATING_WORDS
from studybuddy.study.spans import days_phrase
from studybuddy.text import cell_width, clean_line, pad
from studybuddy.tui.card_columns import days_words, state_words
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.plain import PlainText

if TYPE_CHECKING:
    from studybuddy.study.browser import Answer, CardLine


class CardHistory(NamedTuple):
    """A card and its last answers, the newest first."""

    line: CardLine
    answers: list[Answer]
    zone: tzinfo | None = None
    """The learner's zone."""


class CardHistoryModal(Window[None]):
    """Shows the figures and the answers, and closes again."""

    BINDINGS = [
        Binding("escape,enter,q", "dismiss", N_("close"), id="history.close"),
        Binding("down,j", "scroll(1)", N_("down"), id="history.down"),
        Binding("up,k", "scroll(-1)", N_("up"), id="history.up"),
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    CardHistoryModal { align: center middle; }
    CardHistoryModal > Vertical {
        width: 72; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        border: round $primary; background: $surface; border-title-style: bold;
    }
    CardHistoryModal #question { text-style: bold; max-height: 3; }
    CardHistoryModal #facts { margin: 1 0; }
    CardHistoryModal VerticalScroll { height: auto; max-height: 50vh; scrollbar-size-vertical: 1; }
    CardHistoryModal #keys { color: $text-muted; margin-top: 1; }
    """

    def __init__(self, history: CardHistory) -> None:
        """Take what is known of a card."""
        super().__init__()
        self._history = history

    def compose(self) -> ComposeResult:
        """The question, the figures, the answers, the keys."""
        with Vertical():
            yield PlainText(id="question")
            yield PlainText(id="facts")
            with VerticalScroll(can_focus=False):
                yield PlainText(id="answers")
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Word everything."""
        self._word()

    async def retranslate(self) -> None:
        """Word everything again; the question stays in the language it was opened in."""
        self._word()

    def _word(self) -> None:
        words = {
            "#question": clean_line(self._history.line.question, 400),
            "#facts": "\n".join(facts(self._history)),
            "#answers": "\n".join(answers(self._history.answers)),
            "#keys": _("Esc closes this"),
        }
        for place, text in words.items():
            self.query_one(place, PlainText).update(text)

    def action_scroll(self, lines: int) -> None:
        """Move through the answers."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)


def facts(history: CardHistory) -> list[str]:
    """State, due date and figures, a line each."""
    memory = history.line.memory
    rows = [(_("State"), state_words(history.line))]
    if memory.due_day is not None:
        rows.append((_("Due"), day_name(memory.due_day)))
    elif memory.due_at is not None:
        rows.append((_("Due"), f"{memory.due_at.astimezone(history.zone):%H:%M}"))
    if memory.stability is not None and memory.difficulty is not None:
        rows.append((_("Stability"), days_words(memory.stability)))
        rows.append((_("Difficulty"), _("{value} of 10", value=f"{memory.difficulty:.1f}")))
    if memory.reps:
        rows.append((_("Answers"), str(memory.reps)))
        rows.append((_("Lapses"), str(memory.lapses)))
    widest = max(cell_width(name) for name, _value in rows)
    return [f"{pad(name, widest)}   {value}" for name, value in rows]


def answers(found: list[Answer]) -> list[str]:
    """The answers, the newest first: day, rating, what it led to, how long it took."""
    if not found:
        return [_("not answered yet")]
    names = {answer.rating: _(RATING_WORDS[answer.rating]) for answer in found}
    widest = max(map(cell_width, names.values()))
    days = [day_name(answer.event.day) for answer in found]
    widest_day = max(map(cell_width, days))
    return [
        f"{pad(day, widest_day)}   {pad(names[answer.rating], widest)}   {_after(answer)}"
        for day, answer in zip(days, found, strict=True)
    ]


def _after(answer: Answer) -> str:
    led = "→ " + say(days_phrase(answer.interval_days)) if answer.interval_days else "→ " + _("a step")
    seconds = round(answer.elapsed_ms / 1000)
    return f"{led} · " + ngettext("{n} second", "{n} seconds", seconds) if seconds else led
