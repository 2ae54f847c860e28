"""What went wrong, in the middle of the screen, until it is read."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from studybuddy.i18n import N_, _
from studybuddy.text import clean
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.plain import PlainText


class ErrorModal(Window[None]):
    """Shows one error; any of the closing keys dismisses it."""

    BINDINGS = [Binding("escape,enter,space", "dismiss", N_("close"), id="error.close")]
    DEFAULT_CSS = """
    ErrorModal { align: center middle; }
    ErrorModal > Vertical {
        width: 72; max-width: 90%; height: auto; max-height: 80%;
        padding: 1 2; border: round $error; background: $surface;
    }
    ErrorModal #title { color: $text-error; text-style: bold; margin-bottom: 1; }
    ErrorModal #close { color: $text-muted; margin-top: 1; }
    """

    def __init__(self, message: str) -> None:
        super().__init__()
        self._message = message

    def compose(self) -> ComposeResult:
        """A title, the message, and how to go on."""
        with Vertical():
            yield PlainText(_("That did not work"), id="title")
            yield PlainText(clean(self._message, 2000))
            yield PlainText(_("Enter closes this"), id="close")
