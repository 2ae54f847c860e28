"""A card that keeps being forgotten: what is proposed, why, and what else can be done."""

from __future__ import annotations

from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studybuddy.i18n import N_, _
from studybuddy.study.leeches import Remedy
from studybuddy.text import clean_line, truncate, wrap_text
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.plain import PlainText

WIDTH = 72
AROUND = 6
KEYS = {
    Remedy.REWRITE: "e",
    Remedy.SPLIT: "s",
    Remedy.ACCEPT: "a",
    Remedy.LOOK: "o",
    Remedy.SUSPEND: "@",
    Remedy.LEAVE: "l",
}
QUESTION_CELLS = 200


class LeechWords(NamedTuple):
    """Everything the window says, in the language it is opened in."""

    question: str
    standing: str
    history: tuple[str, ...]
    ground: str
    choices: tuple[tuple[Remedy, str], ...]
    """What is possible and how it is called, the proposed one first."""


class LeechModal(Window[Remedy | None]):
    """Answers with what the learner wants done; None decides nothing."""

    BINDINGS = [
        Binding("escape,q", "dismiss", N_("later"), id="leech.later"),
        Binding("enter,space", "take", N_("do it"), id="leech.take"),
        Binding("down,j", "move(1)", N_("down"), id="leech.down"),
        Binding("up,k", "move(-1)", N_("up"), id="leech.up"),
        *(
            Binding(
                "at" if key == "@" else key,
                f"choose('{remedy.value}')",
                show=False,
                id=f"leech.{remedy.value}",
            )
            for remedy, key in KEYS.items()
        ),
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    LeechModal { align: center middle; }
    LeechModal > Vertical {
        width: 72; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        border: round $primary; background: $surface; border-title-style: bold;
    }
    LeechModal VerticalScroll { height: auto; max-height: 100vh; scrollbar-size-vertical: 1; }
    LeechModal #question { text-style: bold; }
    LeechModal #history { color: $text-muted; margin-bottom: 1; }
    LeechModal #ground { color: $text-accent; margin-bottom: 1; }
    LeechModal #choices { height: auto; }
    LeechModal #keys { color: $text-muted; margin-top: 1; }
    """

    def __init__(self, words: LeechWords) -> None:
        """Take what is to be said."""
        super().__init__()
        self._words = words
        self._at = 0

    def compose(self) -> ComposeResult:
        """The card, its history, the proposal, what can be done, the keys."""
        with Vertical() as box:
            box.border_title = _("Forgotten again and again")
            with VerticalScroll(can_focus=False):
                yield PlainText(id="question")
                yield PlainText(id="history")
                yield PlainText(id="ground")
                yield Static(id="choices", markup=False)
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Word everything."""
        self._word()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._word()

    def _word(self) -> None:
        words, width = self._words, max(10, min(WIDTH, self.app.size.width) - AROUND)
        question = truncate(clean_line(words.question, 400), QUESTION_CELLS)
        history = [line for text in (words.standing, *words.history) for line in wrap_text(text, width)]
        said = {
            "#question": "\n".join(wrap_text(question, width)),
            "#history": "\n".join(history),
            "#ground": "\n".join(wrap_text(words.ground, width)),
            "#keys": _("j k choose   Enter does it   Esc decides later"),
        }
        for place, text in said.items():
            self.query_one(place, PlainText).update(text)
        self.query_one("#choices", Static).update(Content("\n").join(self._choices()))

    def _choices(self) -> list[Content]:
        lines = []
        for number, (remedy, text) in enumerate(self._words.choices):
            here = number == self._at
            lines.append(
                Content.assemble(
                    ("▸ " if here else "  ", "bold $primary"),
                    (KEYS[remedy], "bold $foreground"),
                    ("  " + text, "bold" if here else ""),
                )
            )
        return lines

    def action_move(self, lines: int) -> None:
        """Go to another choice."""
        self._at = (self._at + lines) % len(self._words.choices)
        self._word()

    def action_take(self) -> None:
        """Do what is in front."""
        self.close(self._words.choices[self._at][0])

    def action_choose(self, remedy: str) -> None:
        """Do something by its key, if it can be done."""
        wanted = Remedy(remedy)
        if any(wanted is possible for possible, _text in self._words.choices):
            self.close(wanted)

    async def _on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self.query_one("#choices"))
        if offset is not None and offset.y < len(self._words.choices):
            self.close(self._words.choices[offset.y][0])
