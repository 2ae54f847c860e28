"""The settings: each applies at once and survives."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from studybuddy.core.phrase import Phrase
from studybuddy.core.settings import Setting
from studybuddy.i18n import N_, _, language_from_environment, say
from studybuddy.study.settings import BY_KEY, SETTINGS
from studybuddy.text import clean_line
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.commands import BACK, Command
from studybuddy.tui.manner import manner
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.row_screen import DOWN, UP, RowScreen
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.plain import PlainText
from studybuddy.tui.widgets.settings_pane import SettingsPane
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

LONGEST_NOTE = 400


class SettingsScreen(RowScreen):
    """A line a setting. Enter changes the one in front: the next choice, yes and no, or a line to type in."""

    CSS_PATH = "settings.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = (
        Command("settings.change", "enter,space", "open", N_("change"), N_("Change the setting in front")),
        Command("settings.next", "right", "turn(1)", N_("next"), N_("Take the next choice"), footer=False),
        Command("settings.before", "left", "turn(-1)", N_("before"), N_("Take the choice before"), False),
        Command(
            "settings.default",
            "backspace,delete",
            "default",
            N_("default"),
            N_("Go back to the default"),
            shown_key="Bksp",
        ),
        BACK,
        DOWN,
        UP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMMANDS_HERE)

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, Any] = {}

    def compose(self) -> ComposeResult:
        """The title, the settings and what in them cannot be used, what happened last, the keys."""
        yield TitleLine()
        with Container(id="settings"):
            yield SettingsPane(SETTINGS)
            yield PlainText(id="notes")
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the values."""
        self._word()
        self.put_cursor(Entry(EntryKind.SETTING, SETTINGS[0].key))
        self.perform(self.refresh_plan())

    async def refresh_plan(self) -> None:
        """Read the values in force."""
        self._values = await self.ask(lambda study: study.desk.preferences.all())
        self.query_one(SettingsPane).show(self._values)
        notes = self.query_one("#notes", PlainText)
        notes.update("\n".join(f"! {clean_line(say(note), LONGEST_NOTE)}" for note in self.app.manner.notes))
        notes.display = bool(self.app.manner.notes)
        self.put_cursor(self.cursor)

    async def retranslate(self) -> None:
        """Word everything again."""
        await self.refresh_plan()
        self._word()

    def _word(self) -> None:
        self.query_one(TitleLine).left = _("Settings")
        for part in (TitleLine, StatusLine, KeyLine):
            self.query_one(part).refresh()

    # What the keys do

    def open(self, entry: Entry) -> None:
        """Change a setting."""
        setting = BY_KEY[entry.id]
        if setting.kind in ("choice", "yesno"):
            self.action_turn(1)
        elif self._values:
            self.perform(self._type(setting))

    def action_turn(self, step: int) -> None:
        """Take the next choice, or the one before; on a setting that is typed nothing."""
        if self.cursor is None or not self._values:
            return
        setting = BY_KEY[self.cursor.id]
        choices = (True, False) if setting.kind == "yesno" else setting.choices
        if choices:
            here = choices.index(self._values[setting.key])
            self._set(setting, choices[(here + step) % len(choices)])

    def action_default(self) -> None:
        """Go back to the default of the setting in front."""
        if self.cursor is not None and self._values:
            setting = BY_KEY[self.cursor.id]
            self._set(setting, setting.default)

    async def _type(self, setting: Setting) -> None:
        from studybuddy.tui.modals.value import ValueModal

        value = await self.inquire(ValueModal(setting, self._values[setting.key]))
        if value is not None:
            self._set(setting, value)

    def _set(self, setting: Setting, value: Any) -> None:
        self._values[setting.key] = value
        self.perform(self._save(setting, value), group="save")

    async def _save(self, setting: Setting, value: Any) -> None:
        await self.ask(lambda study: study.desk.prefer(setting.key, value))
        self.app.adopt(await self.ask(manner))
        if setting.key == "language":
            await self.app.speak(language_from_environment() if value == "auto" else value)
        await self.refresh_plan()
        said = Phrase.of(N_("saved: {setting}"), setting=Phrase(setting.label))
        self.query_one(StatusLine).show(said, "good")
