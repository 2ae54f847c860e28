"""The settings: each applies at once and survives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from studybuddy.core.phrase import Phrase
from studybuddy.core.settings import Setting
from studybuddy.i18n import N_, _, language_from_environment, say
from studybuddy.study.settings import BY_KEY, GROUPS
from studybuddy.text import clean_line
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.commands import BACK, Command
from studybuddy.tui.manner import manner
from studybuddy.tui.rescheduling import MOVING, offer_later
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.row_screen import DOWN, UP, RowScreen
from studybuddy.tui.setting_edit import asked, turned
from studybuddy.tui.setting_words import value_words
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.plain import PlainText
from studybuddy.tui.widgets.settings_pane import Field, FieldGroup, SettingsPane
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study

LONGEST_NOTE = 400
PRESETS = Entry(EntryKind.PRESET)
"""The line that leads to the presets."""
PRESETS_AFTER = "desired_retention"
"""The setting whose group ends with that line."""
PRESETS_HELP = N_("Lessons and tags that are studied otherwise")


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
        Command(
            "settings.group",
            "tab",
            "group(1)",
            N_("next group"),
            N_("Go to the next group"),
            footer=False,
            findable=False,
        ),
        Command(
            "settings.group-before",
            "shift+tab",
            "group(-1)",
            N_("group before"),
            N_("Go to the group before"),
            footer=False,
            findable=False,
        ),
        BACK,
        DOWN,
        UP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMMANDS_HERE)

    def __init__(self) -> None:
        super().__init__()
        self._values: dict[str, Any] = {}
        self._presets = 0

    def compose(self) -> ComposeResult:
        """The title, the settings and what in them cannot be used, what happened last, the keys."""
        yield TitleLine()
        with Container(id="settings"):
            yield PlainText(id="notes")
            yield SettingsPane()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the values."""
        self._word()
        self.perform(self.refresh_plan())

    async def refresh_plan(self) -> None:
        """Read the values in force."""
        self._values, self._presets = await self.ask(_in_force)
        self.query_one(SettingsPane).show(self._groups())
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

    def _groups(self) -> list[FieldGroup]:
        groups = []
        for group in GROUPS:
            fields = [
                Field(
                    Entry(EntryKind.SETTING, setting.key),
                    setting.label,
                    setting.help,
                    value_words(setting, self._values[setting.key]),
                )
                for setting in group.settings
            ]
            if PRESETS_AFTER in (setting.key for setting in group.settings):
                fields.append(Field(PRESETS, N_("Presets"), PRESETS_HELP, str(self._presets or _("none"))))
            groups.append(FieldGroup(group.heading, fields))
        return groups

    # What the keys do

    def open(self, entry: Entry) -> None:
        """Change a setting, or see the presets."""
        if entry == PRESETS:
            from studybuddy.tui.screens.presets import PresetsScreen

            self.app.push_screen(PresetsScreen())
        elif (setting := BY_KEY[entry.id]).kind in ("choice", "yesno"):
            self.action_turn(1)
        elif self._values:
            self.perform(self._ask(setting))

    @property
    def _in_front(self) -> Setting | None:
        """The setting in front, once its value is known."""
        return BY_KEY.get(self.cursor.id) if self.cursor is not None and self._values else None

    def action_turn(self, step: int) -> None:
        """Take the next choice, or the one before; on a setting that is typed nothing."""
        if (setting := self._in_front) is not None:
            value = turned(setting, self._values[setting.key], step)
            if value is not None:
                self._set(setting, value)

    def action_default(self) -> None:
        """Go back to the default of the setting in front."""
        if (setting := self._in_front) is not None:
            self._set(setting, setting.default)

    def action_group(self, step: int) -> None:
        """Go to the next group, or the one before."""
        entry = self.query_one(SettingsPane).first_of_group(self.cursor, step)
        if entry is not None:
            self.put_cursor(entry)

    async def _ask(self, setting: Setting) -> None:
        value = await asked(self, setting, self._values[setting.key])
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
        if setting.key in MOVING:
            offer_later(self)


def _in_force(study: Study) -> tuple[dict[str, Any], int]:
    """The values, and how many presets there are."""
    return study.desk.preferences.all(), len(study.desk.presets.rules)
