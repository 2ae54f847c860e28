"""The settings, a line each: name, value, and what it means."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.content import Content

from studybuddy.core.settings import Setting
from studybuddy.i18n import N_, _
from studybuddy.text import cell_width, clean_line, pad, wrap_text
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.widgets.row_pane import Row, RowPane

LEAST_HELP = 40
"""Cells from which on the help stands beside the value; below it stands under the line in front."""
LONGEST_VALUE = 24
CHOICES = {
    "auto": N_("automatic"),
    "plain": N_("plain ASCII"),
    "dark": N_("dark"),
    "light": N_("light"),
    "high-contrast": N_("high contrast"),
    "terminal": N_("the terminal's own colours"),
}
_AS_THEY_ARE = {"zh": "中文", "en": "English", "unicode": "Unicode ✓ ✗ →"}
"""Values that read the same in every language."""
_EMPTY = {"zone": N_("like the system"), "editor": "$EDITOR"}


def value_words(setting: Setting, value: Any) -> str:
    """A value as it is read."""
    match setting.kind:
        case "yesno":
            return _("on") if value else _("off")
        case "choice":
            return _AS_THEY_ARE.get(value) or _(CHOICES.get(value, value))
        case "share":
            return f"{value:.0%}" if round(value * 100, 2) % 1 == 0 else f"{value:.1%}"
    return clean_line(str(value)) or _(_EMPTY.get(setting.key, N_("none")))


class SettingsPane(RowPane):
    """Every setting there is. What a change does is the screen's affair."""

    def __init__(self, settings: tuple[Setting, ...], *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._settings = settings
        self._values: Mapping[str, Any] | None = None

    def show(self, values: Mapping[str, Any]) -> None:
        """Show the values in force."""
        self._values = values
        self.refresh(layout=True)

    def watch_cursor(self, old: Entry | None, new: Entry | None) -> None:
        """The help goes with the cursor where it has no column of its own."""
        self.refresh(layout=True)
        super().watch_cursor(old, new)

    def rows(self, width: int) -> list[Row]:
        """A line a setting; its help beside it, or under the one in front where that does not fit."""
        if self._values is None:
            return [Row(Content.styled(_("reading…"), "$text-muted"))]
        words = [value_words(setting, self._values[setting.key]) for setting in self._settings]
        label_cells = max(cell_width(_(setting.label)) for setting in self._settings) + 2
        value_cells = min(max(map(cell_width, words)), LONGEST_VALUE) + 2
        room = width - label_cells - value_cells
        rows = []
        for setting, value in zip(self._settings, words, strict=True):
            entry = Entry(EntryKind.SETTING, setting.key)
            line = Content.assemble(pad(_(setting.label), label_cells))
            if room >= LEAST_HELP:
                short = clean_line(value, LONGEST_VALUE) if cell_width(value) > LONGEST_VALUE else value
                help_text = (_(setting.help), "$text-muted")
                rows.append(
                    Row(Content.assemble(line, (pad(short, value_cells), "$primary"), help_text), entry)
                )
                continue
            rows.append(Row(Content.assemble(line, (value, "$primary")), entry))
            if entry == self.cursor:
                rows += _below(_(setting.help), label_cells, width, entry)
        return rows


def _below(text: str, indent: int, width: int, entry: Entry) -> list[Row]:
    lines = wrap_text(text, max(width - indent, 10))
    return [Row(Content.styled(" " * indent + line, "$text-muted"), entry) for line in lines]
