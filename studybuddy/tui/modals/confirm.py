"""A question with yes and no, for what cannot simply be undone."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from studybuddy.i18n import N_, _
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.plain import PlainText


class ConfirmModal(Window[bool]):
    """Answers True for `y` or Enter, False for `n` or Escape."""

    BINDINGS = [
        Binding("y,enter", "answer(True)", N_("yes"), id="confirm.yes"),
        Binding("n,escape", "answer(False)", N_("no"), id="confirm.no"),
    ]
    DEFAULT_CSS = """
    ConfirmModal { align: center middle; }
    ConfirmModal > Vertical {
        width: 64; max-width: 90%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    ConfirmModal #keys { color: $text-muted; margin-top: 1; }
    """

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        """The question and its keys."""
        with Vertical():
            yield PlainText(self._question)
            yield PlainText(_("y yes   n no"), id="keys")

    def action_answer(self, answer: bool) -> None:
        """Close with the answer."""
        self.close(answer)
