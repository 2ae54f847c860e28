"""A line in which a setting is typed; what cannot be taken is said at once and nothing is lost."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from studybuddy.core.errors import UsageError
from studybuddy.core.settings import Setting
from studybuddy.i18n import N_, _
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.plain import PlainText

LONGEST_VALUE = 200


def what_is_wrong(setting: Setting, error: UsageError) -> str:
    """Why a value cannot be taken, with the setting's own name."""
    return _(error.message, **{**error.parameters, "key": _(setting.label)})


class ValueModal(Window[Any]):
    """Answers with the value in the setting's own type, None if the learner thought better of it."""

    BINDINGS = [Binding("escape", "dismiss", N_("cancel"), id="value.cancel")]
    AUTO_FOCUS = "Input"
    DEFAULT_CSS = """
    ValueModal { align: center middle; }
    ValueModal > Vertical {
        width: 68; max-width: 95%; height: auto; padding: 1 2; border: round $primary; background: $surface;
    }
    ValueModal #label { text-style: bold; }
    ValueModal #help, ValueModal #keys { color: $text-muted; }
    ValueModal Input { margin-top: 1; padding: 0 1; background: $panel; }
    ValueModal #wrong { color: $text-error; min-height: 1; }
    """

    def __init__(self, setting: Setting, value: Any) -> None:
        """Take the setting and the value in force."""
        super().__init__()
        self._setting = setting
        self._value = value
        self._error: UsageError | None = None

    def compose(self) -> ComposeResult:
        """Name and help of the setting, a line to type in, what is wrong, the keys."""
        with Vertical():
            yield PlainText(id="label")
            yield PlainText(id="help")
            yield LineInput(str(self._setting.plain(self._value)), max_length=LONGEST_VALUE, compact=True)
            yield PlainText(id="wrong")
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Word everything."""
        self._word()

    async def retranslate(self) -> None:
        """Word everything again; what was typed stays."""
        self._word()

    def _word(self) -> None:
        wrong = "" if self._error is None else "✗ " + what_is_wrong(self._setting, self._error)
        words = {
            "#label": _(self._setting.label),
            "#help": _(self._setting.help),
            "#wrong": wrong,
            "#keys": _("Enter saves   Esc leaves it as it was"),
        }
        for place, text in words.items():
            for line in self.query(place).results(PlainText):
                line.update(text)

    def _on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            value = self._setting.read(event.value.strip())
        except UsageError as error:
            self._error = error
            self._word()
        else:
            self.close(value)
