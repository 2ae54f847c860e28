"""One line to type in; what cannot be taken is said at once and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from studybuddy.core.errors import UsageError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, say, word
from studybuddy.text import clean_line
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.plain import PlainText

LONGEST_LINE = 500


class LineModal(Window[str]):
    """Answers with the line as typed, None if the learner thought better of it."""

    BINDINGS = [Binding("escape", "dismiss", N_("cancel"), id="line.cancel")]
    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    LineModal { align: center middle; }
    LineModal > Vertical {
        width: 68; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        border: round $primary; background: $surface;
    }
    LineModal #question { text-style: bold; }
    LineModal #help, LineModal #keys { color: $text-muted; }
    LineModal Input { margin-top: 1; padding: 0 1; background: $panel; }
    LineModal #wrong { color: $text-error; min-height: 1; }
    """

    def __init__(self, question: Phrase, hint: Phrase, read: Callable[[str], object]) -> None:
        """Ask for a line.

        Args:
            question: what is asked.
            hint: what may be typed.
            read: raises a UsageError for what cannot be taken.
        """
        super().__init__()
        self._question = question
        self._hint = hint
        self._read = read
        self._error: UsageError | None = None

    def compose(self) -> ComposeResult:
        """The question, what may be typed, a line to type in, what is wrong, the keys."""
        with Vertical():
            yield PlainText(id="question")
            yield PlainText(id="help")
            yield LineInput(max_length=LONGEST_LINE, compact=True)
            yield PlainText(id="wrong")
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Word everything."""
        self._word()

    async def retranslate(self) -> None:
        """Word everything again; what was typed stays."""
        self._word()

    def _word(self) -> None:
        words = {
            "#question": say(self._question),
            "#help": clean_line(say(self._hint), 400),
            "#wrong": "" if self._error is None else "✗ " + clean_line(word(self._error), 200),
            "#keys": _("Enter does it   Esc leaves it as it was"),
        }
        for place, text in words.items():
            for line in self.query(place).results(PlainText):
                line.update(text)

    def _on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            self._read(event.value)
        except UsageError as error:
            self._error = error
            self._word()
        else:
            self.close(event.value)
