"""Settings, a line each, in groups: name, value, and what it means."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

from studybuddy.i18n import _
from studybuddy.text import cell_width, pad, truncate, wrap_text
from studybuddy.tui.agenda import Entry
from studybuddy.tui.widgets.row_pane import MARK_CELLS, Row, RowPane

LEAST_HELP = 40
"""Cells from which on the help stands beside the value; below it stands under the line in front."""
BEST_HELP = 60
"""Cells the help has before the values have more than `LONGEST_VALUE`."""
LONGEST_VALUE = 24
INDENT = 2
EDGE = 1
"""Lines seen below the one in front, so that the end of the list shows its frame."""


class Field(NamedTuple):
    """A line: `label`, `help` are catalogue ids, `value` and `aside` are worded."""

    entry: Entry
    label: str
    help: str
    value: str
    quiet: bool = False
    """Whether the value is nothing of its own here."""
    aside: str = ""
    """What stands quietly behind the value."""


class FieldGroup(NamedTuple):
    """Lines under a heading; `heading`: a catalogue id."""

    heading: str
    fields: Sequence[Field]


class SettingsPane(RowPane):
    """Every setting there is. What a change does is the screen's affair."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._groups: Sequence[FieldGroup] | None = None

    def show(self, groups: Sequence[FieldGroup]) -> None:
        """Show the values in force."""
        self._groups = groups
        self.refresh(layout=True)

    def first_of_group(self, cursor: Entry | None, step: int) -> Entry | None:
        """The first line of the group after, or before, the one in front; round and round."""
        groups = [[field.entry for field in group.fields] for group in self._groups or () if group.fields]
        if not groups:
            return None
        here = next((number for number, entries in enumerate(groups) if cursor in entries), 0)
        return groups[(here + step) % len(groups)][0]

    def watch_cursor(self, old: Entry | None, new: Entry | None) -> None:
        """The help goes with the cursor where it has no column of its own."""
        self.refresh(layout=True)
        super().watch_cursor(old, new)

    def rows(self, width: int) -> list[Row]:
        """A line a setting; its help beside it, or under the one in front where that does not fit."""
        if self._groups is None:
            return [Row(Content.styled(_("reading…"), "$text-muted"))]
        fields = [field for group in self._groups for field in group.fields]
        label_cells = INDENT + max((cell_width(_(field.label)) for field in fields), default=0) + 2
        longest = max(LONGEST_VALUE, width - label_cells - BEST_HELP)
        value_cells = min(max((cell_width(_said(field)) for field in fields), default=0), longest) + 2
        wide = width - label_cells - value_cells >= LEAST_HELP
        rows: list[Row] = []
        for number, group in enumerate(self._groups):
            rows += _heading(group.heading, width, apart=wide and number > 0)
            for field in group.fields:
                line = Content(" " * INDENT + pad(_(field.label), label_cells - INDENT))
                here = field.entry == self.cursor
                if wide:
                    rows += _beside(line + _cut(field, value_cells), field, width, whole=here)
                    continue
                rows.append(Row(Content.assemble(line, *_parts(field)), field.entry))
                if here:
                    rows += _below(wrap_text(_(field.help), max(width - label_cells, 10)), label_cells, field)
        return rows

    def show_cursor(self) -> None:
        """Scroll so that the line in front is seen with its help, and the first one with its heading."""
        rows = self.rows_at(self.content_size.width - MARK_CELLS)
        lines = [number for number, row in enumerate(rows) if row.entry == self.cursor]
        if not lines or not isinstance(self.parent, Widget):
            return
        first = next(number for number, row in enumerate(rows) if row.entry is not None)
        above = lines[0] + self.gutter.top if lines[0] == first else 0
        height = min(above + len(lines) + EDGE, self.parent.scrollable_content_region.height)
        region = self.virtual_region
        top = region.y + self.gutter.top + lines[0] - above
        self.parent.scroll_to_region(Region(region.x, top, region.width, height), animate=False)


def _heading(heading: str, width: int, *, apart: bool) -> list[Row]:
    if not heading:
        return []
    words = _(heading)
    rule = "─" * max(0, width - cell_width(words) - 1)
    line = Content.assemble((words, "bold $text-muted"), " ", (rule, "$foreground 20%"))
    return [Row(), Row(line)] if apart else [Row(line)]


def _said(field: Field) -> str:
    return f"{field.value} {field.aside}" if field.aside else field.value


def _parts(field: Field) -> list[tuple[str, str]]:
    value = (field.value, "$text-muted" if field.quiet else "$primary")
    return [value, (f" {field.aside}", "$text-muted")] if field.aside else [value]


def _cut(field: Field, cells: int) -> Content:
    """The value in its column."""
    if cell_width(_said(field)) > cells - 2:
        short = truncate(field.value, cells - 2)
        return Content.styled(pad(short, cells), "$text-muted" if field.quiet else "$primary")
    line = Content.assemble(*_parts(field))
    return line + Content(" " * (cells - line.cell_length))


def _beside(line: Content, field: Field, width: int, *, whole: bool) -> list[Row]:
    """The help in its column; of the line in front all of it, however long."""
    indent = line.cell_length
    lines = wrap_text(_(field.help), width - indent) if whole else [_(field.help)]
    first = Row(line + Content.styled(lines[0], "$text-muted"), field.entry)
    return [first, *_below(lines[1:], indent, field)]


def _below(lines: list[str], indent: int, field: Field) -> list[Row]:
    return [Row(Content.styled(" " * indent + line, "$text-muted"), field.entry) for line in lines]
