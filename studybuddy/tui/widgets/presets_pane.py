"""The presets: name, what each is about, and below it what it changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from textual.content import Content

from studybuddy.i18n import _
from studybuddy.text import cell_width, clean_line, pad, truncate, wrap_text
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.preset_words import about_words, change_words
from studybuddy.tui.widgets.row_pane import Row, RowPane

if TYPE_CHECKING:
    from studybuddy.study.preset_rules import PresetRule

LONGEST_NAME = 24


class PresetsPane(RowPane):
    """A line a preset, and what it changes."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.rules: Sequence[PresetRule] | None = None
        self._values: Mapping[str, Any] = {}
        self._codes: Mapping[str, str] = {}

    def show(self, rules: Sequence[PresetRule], values: Mapping[str, Any], codes: Mapping[str, str]) -> None:
        """Show the presets.

        Args:
            rules: the presets.
            values: of the settings, which hold for all other cards.
            codes: of the lessons, by id.
        """
        self.rules, self._values, self._codes = rules, values, codes
        self.refresh(layout=True)

    def rows(self, width: int) -> list[Row]:
        """The presets by name; without any, what they are for."""
        if self.rules is None:
            return [Row(Content.styled(_("reading…"), "$text-muted"))]
        if not self.rules:
            text = _(
                "There is no preset yet. A preset studies the cards of some lessons or tags otherwise: "
                "with another desired retention before an exam, say, or with fewer new cards a day."
            )
            rows = [Row(Content(line)) for line in wrap_text(text, width)]
            return [*rows, Row(), Row(Content.styled(_("a makes one."), "$text-muted"))]
        names = [truncate(clean_line(rule.name), LONGEST_NAME) for rule in self.rules]
        column = max(map(cell_width, names)) + 2
        rows = []
        for rule, name in zip(self.rules, names, strict=True):
            entry = Entry(EntryKind.PRESET, rule.name)
            about = (
                about_words(rule, self._codes),
                "$primary" if rule.lessons or rule.tags else "$text-warning",
            )
            rows.append(Row(Content.assemble(pad(name, column), about), entry))
            for sentence in change_words(rule, self._values) or [_("changes nothing yet")]:
                rows += _indented(sentence, column, width, entry)
        rows.append(Row())
        words = _(
            "A card that several are about goes by a preset of its tags first, and among these by name."
        )
        return rows + [Row(Content.styled(line, "$text-muted")) for line in wrap_text(words, width)]


def _indented(text: str, indent: int, width: int, entry: Entry) -> list[Row]:
    lines = wrap_text(text, max(width - indent, 10))
    return [Row(Content.styled(" " * indent + line, "$text-muted"), entry) for line in lines]
