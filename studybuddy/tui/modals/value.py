"""A line in which a setting is typed; what cannot be taken is said at once and nothing is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, TypeAlias

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input

from studybuddy.core.errors import UnknownIdError, UsageError
from studybuddy.core.settings import Setting
from studybuddy.i18n import N_, _, word
from studybuddy.tui.modals.window import Window
from studybuddy.tui.setting_words import value_words
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.plain import PlainText

LONGEST_VALUE = 200
Foretell: TypeAlias = Callable[[Any], Awaitable[str]]
"""Says what a value would mean for the days to come; it may take a while."""
READ_ALOUD = ("steps",)
"""Kinds whose value is said again as it was understood, while it is typed."""


def what_is_wrong(setting: Setting, error: UsageError) -> str:
    """Why a value cannot be taken, with the setting's own name."""
    if isinstance(error, UnknownIdError):
        return word(error)
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
    ValueModal #meaning { display: none; }
    ValueModal #wrong { color: $text-error; min-height: 1; }
    """

    def __init__(
        self,
        setting: Setting,
        value: Any,
        *,
        read: Callable[[str], Any] | None = None,
        foretell: Foretell | None = None,
    ) -> None:
        """Take the setting and the value in force.

        Args:
            setting: what is set.
            value: as it is now.
            read: makes a value of what was typed, or says why not; None reads as the setting does.
            foretell: says what a value would mean, where that can be said.
        """
        super().__init__()
        self._setting = setting
        self._value = value
        self._read = read or setting.read
        self._foretell = foretell
        self._error: UsageError | None = None

    def compose(self) -> ComposeResult:
        """Name and help of the setting, a line to type in, what it means, what is wrong, the keys."""
        with Vertical():
            yield PlainText(id="label")
            yield PlainText(id="help")
            yield LineInput(self._typed, max_length=LONGEST_VALUE, compact=True)
            yield PlainText(id="meaning")
            yield PlainText(id="wrong")
            yield PlainText(id="keys")

    @property
    def _typed(self) -> str:
        """The value in force as one would type it."""
        if self._setting.kind == "share":
            return value_words(self._setting, self._value)
        return str(self._setting.plain(self._value))

    def on_mount(self) -> None:
        """Word everything."""
        self._word()

    async def retranslate(self) -> None:
        """Word everything again; what was typed stays."""
        self._word()
        self._say_meaning(self.query_one(Input).value)

    def _word(self) -> None:
        wrong = "" if self._error is None else "✗ " + what_is_wrong(self._setting, self._error)
        words = {
            "#label": _(self._setting.label),
            "#help": _(self._setting.help),
            "#wrong": wrong,
            "#keys": _("Enter saves   Esc leaves it as it was"),
        }
        for place, text in words.items():
            self._put(place, text)

    def _put(self, place: str, text: str) -> None:
        for line in self.query(place).results(PlainText):
            line.update(text)

    def _on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._say_meaning(event.value)

    def _say_meaning(self, typed: str) -> None:
        """Say how the value is understood, or begin to work out what it would mean."""
        try:
            value = self._read(typed.strip())
        except UsageError:
            self._show_meaning("")
            return
        if self._setting.kind in READ_ALOUD:
            self._show_meaning(value_words(self._setting, value))
        elif self._foretell is not None:
            self._show_meaning(_("working out what it means…"))
            self.run_worker(self._foretold(value), group="meaning", exclusive=True, exit_on_error=False)

    async def _foretold(self, value: Any) -> None:
        assert self._foretell is not None
        self._show_meaning(await self._foretell(value))

    def _show_meaning(self, text: str) -> None:
        self._put("#meaning", text or " ")
        for line in self.query("#meaning").results(PlainText):
            line.display = self._setting.kind in READ_ALOUD or self._foretell is not None

    def _on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        try:
            value = self._read(event.value.strip())
        except UsageError as error:
            self._error = error
            self._word()
        else:
            self.close(value)
