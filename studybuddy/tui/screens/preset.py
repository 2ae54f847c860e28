"""One preset: what it is about, and what it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from studybuddy.core.phrase import Phrase
from studybuddy.core.settings import Setting
from studybuddy.i18n import N_, _
from studybuddy.study.preset_rules import PRESET_KEYS, PresetRule
from studybuddy.study.presets import keep_preset
from studybuddy.study.settings import BY_KEY
from studybuddy.text import clean_line
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.commands import BACK, UNDO, Command
from studybuddy.tui.preset_words import taken_back
from studybuddy.tui.rescheduling import MOVING, offer_later
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.row_screen import DOWN, UP, RowScreen
from studybuddy.tui.setting_words import value_words
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.settings_pane import Field, FieldGroup, SettingsPane
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study

LESSONS = Setting(
    "lessons", "text", "", N_("For lessons"), N_("Codes of its lessons, such as S3W10D1, with spaces")
)
TAGS = Setting("tags", "text", "", N_("For tags"), N_("Tags of its cards, with spaces"))
ABOUT = {entry.key: entry for entry in (LESSONS, TAGS)}


class PresetScreen(RowScreen):
    """A line a value; each applies at once and can be taken back."""

    CSS_PATH = "presets.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = (
        Command("preset.change", "enter,space", "open", N_("change"), N_("Change the line in front")),
        Command(
            "preset.leave",
            "backspace,delete",
            "leave",
            N_("as elsewhere"),
            N_("Leave the value in front to the settings again"),
            shown_key="Bksp",
        ),
        UNDO._replace(id="preset.undo", footer=True, help=N_("Take the last change of a preset back")),
        BACK,
        DOWN,
        UP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMMANDS_HERE)

    def __init__(self, name: str) -> None:
        """Open the preset of a name."""
        super().__init__()
        self.preset_name = name
        self._rule = PresetRule(name)
        self._values: dict[str, Any] = {}
        self._codes: dict[str, str] = {}

    def compose(self) -> ComposeResult:
        """The title, the values, what happened last, the keys."""
        yield TitleLine()
        with Container(id="presets"):
            yield SettingsPane()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the preset."""
        self._word()
        self.perform(self.refresh_plan())

    async def refresh_plan(self) -> None:
        """Read the preset as it is now; one that is gone by undo is empty."""
        rule, self._values, self._codes = await self.ask(lambda study: _preset(study, self.preset_name))
        self._rule = rule or PresetRule(self.preset_name)
        self.query_one(SettingsPane).show(self._groups())
        self.put_cursor(self.cursor)

    async def retranslate(self) -> None:
        """Word everything again."""
        await self.refresh_plan()
        self._word()

    def _word(self) -> None:
        self.query_one(TitleLine).left = _("Preset {name}", name=clean_line(self.preset_name))
        for part in (TitleLine, StatusLine, KeyLine):
            self.query_one(part).refresh()

    def _groups(self) -> list[FieldGroup]:
        about = [
            Field(
                Entry(EntryKind.SETTING, key),
                entry.label,
                entry.help,
                clean_line(text) or _("none"),
                not text,
            )
            for key, entry in ABOUT.items()
            for text in (self._about(key),)
        ]
        return [
            FieldGroup(N_("What it is about"), about),
            FieldGroup(N_("What it changes"), [self._field(BY_KEY[key]) for key in PRESET_KEYS]),
        ]

    def _about(self, key: str) -> str:
        if key == TAGS.key:
            return " ".join(self._rule.tags)
        return " ".join(self._codes.get(lesson, lesson) for lesson in self._rule.lessons)

    def _field(self, setting: Setting) -> Field:
        usual = value_words(setting, self._values[setting.key])
        changed = setting.key in self._rule.changes
        value = value_words(setting, self._rule.changes[setting.key]) if changed else usual
        aside = _("instead of {usual}", usual=usual) if changed and value != usual else ""
        return Field(
            Entry(EntryKind.SETTING, setting.key), setting.label, setting.help, value, not changed, aside
        )

    # What the keys do

    def open(self, entry: Entry) -> None:
        """Change the line in front."""
        if self._values:
            self.perform(self._about_asked(ABOUT[entry.id]) if entry.id in ABOUT else self._asked(entry.id))

    def action_leave(self) -> None:
        """Leave the value in front to the settings, or the lessons or tags in front away."""
        if self.cursor is None or not self._values:
            return
        key = self.cursor.id
        rule = self._rule.about(**{key: ()}) if key in ABOUT else self._rule.changed(key, None)
        label = ABOUT[key].label if key in ABOUT else BY_KEY[key].label
        self.perform(self._keep(rule, label), group="save")

    def action_undo(self) -> None:
        """Take the last change back, if it was one of a preset."""
        self.perform(self._undo(), group="save")

    async def _about_asked(self, setting: Setting) -> None:
        from studybuddy.tui.modals.value import ValueModal

        find = await self.ask(lambda study: study.desk.catalogue.lesson)

        def read(text: str) -> list[str]:
            if setting is TAGS:
                return list(self._rule.about(tags=[text]).tags)
            return [find(code).id for code in text.replace(",", " ").split()]

        words = await self.inquire(ValueModal(setting, self._about(setting.key), read=read))
        if words is not None:
            await self._keep(self._rule.about(**{setting.key: words}), setting.label)

    async def _asked(self, key: str) -> None:
        from studybuddy.tui.modals.value import ValueModal

        setting = BY_KEY[key]
        value = await self.inquire(ValueModal(setting, self._rule.changes.get(key, self._values[key])))
        if value is not None:
            await self._keep(self._rule.changed(key, value), setting.label)

    async def _keep(self, rule: PresetRule, label: str) -> None:
        if rule == self._rule:
            return
        moving = any(rule.changes.get(key) != self._rule.changes.get(key) for key in MOVING)
        await self.ask(lambda study: keep_preset(study.desk, rule))
        await self.refresh_plan()
        self.query_one(StatusLine).show(Phrase.of(N_("saved: {setting}"), setting=Phrase(label)), "good")
        if moving:
            offer_later(self)

    async def _undo(self) -> None:
        self.query_one(StatusLine).show(*await self.ask(taken_back))
        await self.refresh_plan()


def _preset(study: Study, name: str) -> tuple[PresetRule | None, dict[str, Any], dict[str, str]]:
    codes = {lesson.id: lesson.code for lesson in study.desk.catalogue.lessons}
    return study.desk.presets.rule(name), study.desk.preferences.all(), codes
