"""A screen of lines that are walked with one cursor, over one pane or two."""

from __future__ import annotations

from collections.abc import Sequence

from textual import on

from studybuddy.i18n import N_
from studybuddy.tui.agenda import Entry
from studybuddy.tui.commands import Command
from studybuddy.tui.screens.base import StudyScreen
from studybuddy.tui.widgets.row_pane import RowPane


def _move(id: str, key: str, action: str, label: str, words: str) -> Command:
    shown = "Tab" if key.startswith("tab") else key[-1]
    return Command(id, key, action, label, words, footer=False, shown_key=shown, findable=False)


DOWN = _move("rows.down", "down,j", "cursor(1)", N_("down"), N_("Go down a line"))
UP = _move("rows.up", "up,k", "cursor(-1)", N_("up"), N_("Go up a line"))
ACROSS = _move(
    "rows.across", "tab,shift+tab,left,right", "across", N_("other half"), N_("Go to the other half")
)


class RowScreen(StudyScreen):
    """Moves the cursor. Subclasses say in `open` what Enter does."""

    def panes(self) -> Sequence[RowPane]:
        """The panes in the order in which the cursor walks them."""
        return list(self.query(RowPane))

    def open(self, entry: Entry) -> None:
        """Do what Enter does on an entry."""
        raise NotImplementedError

    @property
    def cursor(self) -> Entry | None:
        """The entry in front."""
        return next((pane.cursor for pane in self.panes() if pane.cursor is not None), None)

    def put_cursor(self, entry: Entry | None) -> None:
        """Stand on an entry; where it is gone, on the first that there is."""
        panes = self.panes()
        home = next((pane for pane in panes if entry in pane.entries()), None)
        if home is None:
            home = next((pane for pane in panes if pane.entries()), None)
            entry = home.entries()[0] if home is not None else None
        for pane in panes:
            pane.cursor = entry if pane is home else None

    def action_cursor(self, step: int) -> None:
        """Go up or down, from one pane into the next."""
        entries = [entry for pane in self.panes() for entry in pane.entries()]
        if entries:
            here = entries.index(self.cursor) if self.cursor in entries else 0
            self.put_cursor(entries[min(max(here + step, 0), len(entries) - 1)])

    def action_across(self) -> None:
        """Go to the pane beside, to the line at the same height."""
        filled = [pane for pane in self.panes() if pane.entries()]
        here = next((n for n, pane in enumerate(filled) if pane.cursor is not None), None)
        if here is None or len(filled) < 2:
            return
        line = filled[here].entries().index(self.cursor) if self.cursor else 0
        there = filled[(here + 1) % len(filled)].entries()
        self.put_cursor(there[min(line, len(there) - 1)])

    def action_open(self) -> None:
        """Do what the cursor's entry is for."""
        if self.cursor is not None:
            self.open(self.cursor)

    @on(RowPane.Chosen)
    def _chosen(self, event: RowPane.Chosen) -> None:
        self.put_cursor(event.entry)
        self.open(event.entry)
