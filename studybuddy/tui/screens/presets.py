"""The presets: lessons and tags that are studied otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from studybuddy.core.errors import UsageError
from studybuddy.core.phrase import Phrase
from studybuddy.core.settings import Setting
from studybuddy.i18n import N_, _
from studybuddy.study.preset_rules import PresetRule, read_name
from studybuddy.study.presets import drop_preset, keep_preset
from studybuddy.text import clean_line
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.commands import BACK, UNDO, Command
from studybuddy.tui.preset_words import taken_back
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.row_screen import DOWN, UP, RowScreen
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.presets_pane import PresetsPane
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from studybuddy.study.wiring import Study

NAME = Setting("name", "text", "", N_("Name of the preset"), N_("Such as exam, or hard ones"))


class PresetsScreen(RowScreen):
    """A line a preset; Enter opens it."""

    CSS_PATH = "presets.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = (
        Command("presets.open", "enter", "open", N_("open"), N_("Change the preset in front")),
        Command("presets.new", "a", "new", N_("make"), N_("Make a preset")),
        Command("presets.delete", "d,delete", "delete", N_("delete"), N_("Delete the preset in front")),
        UNDO._replace(id="presets.undo", footer=True, help=N_("Take the last change of a preset back")),
        BACK,
        DOWN,
        UP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMMANDS_HERE)

    def compose(self) -> ComposeResult:
        """The title, the presets, what happened last, the keys."""
        yield TitleLine()
        with Container(id="presets"):
            yield PresetsPane()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read the presets."""
        self._word()
        self.perform(self.refresh_plan())

    async def refresh_plan(self) -> None:
        """Read the presets there are."""
        rules, values, codes = await self.ask(_presets)
        self.query_one(PresetsPane).show(rules, values, codes)
        self.put_cursor(self.cursor)

    async def retranslate(self) -> None:
        """Word everything again."""
        await self.refresh_plan()
        self._word()

    def _word(self) -> None:
        self.query_one(TitleLine).left = _("Presets")
        for part in (TitleLine, StatusLine, KeyLine):
            self.query_one(part).refresh()

    def open(self, entry: Entry) -> None:
        """Open a preset."""
        from studybuddy.tui.screens.preset import PresetScreen

        self.app.push_screen(PresetScreen(entry.id))

    def action_new(self) -> None:
        """Ask for a name, and open the preset of that name."""
        self.perform(self._new())

    def action_delete(self) -> None:
        """Delete the preset in front; it can be taken back."""
        if self.cursor is not None:
            self.perform(self._delete(self.cursor.id), group="save")

    def action_undo(self) -> None:
        """Take the last change back, if it was one of a preset."""
        self.perform(self._undo(), group="save")

    async def _new(self) -> None:
        from studybuddy.tui.modals.value import ValueModal

        taken = {rule.name for rule in self.query_one(PresetsPane).rules or ()}

        def read(typed: str) -> str:
            name = read_name(typed)
            if name in taken:
                raise UsageError("there is a preset of this name already")
            return name

        name = await self.inquire(ValueModal(NAME, "", read=read))
        if name is not None:
            await self.ask(lambda study: keep_preset(study.desk, PresetRule(name)))
            await self.refresh_plan()
            self.put_cursor(Entry(EntryKind.PRESET, name))
            self.open(Entry(EntryKind.PRESET, name))

    async def _delete(self, name: str) -> None:
        await self.ask(lambda study: drop_preset(study.desk, name))
        await self.refresh_plan()
        said = Phrase.of(N_("deleted: {name}; u brings it back"), name=clean_line(name))
        self.query_one(StatusLine).show(said, "good")

    async def _undo(self) -> None:
        self.query_one(StatusLine).show(*await self.ask(taken_back))
        await self.refresh_plan()


def _presets(study: Study) -> tuple[tuple[PresetRule, ...], dict[str, Any], dict[str, str]]:
    codes = {lesson.id: lesson.code for lesson in study.desk.catalogue.lessons}
    return study.desk.presets.rules, study.desk.preferences.all(), codes
