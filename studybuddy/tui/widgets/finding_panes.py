"""What an import changes, and what there is to say about the file: a line each."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import _, ngettext, say
from studybuddy.study.source_lines import Found
from studybuddy.text import cell_width, clean_line, pad
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.widgets.row_pane import MARK_CELLS, Row, RowPane

LONGEST = 300
SIGNS = {True: ("✗", "$text-error"), False: ("!", "$text-warning")}
"""The sign and the colour of an error, and of what is none."""


class StackedPane(RowPane):
    """A pane as high as its lines, whatever stands below it."""

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """A line a row."""
        return len(self.rows_at(width - MARK_CELLS))


class ChangesPane(StackedPane):
    """What a new version of a lesson changes, then what of the learner's own stands against it."""

    changes: tuple[Phrase, ...] = ()
    kept: tuple[Phrase, ...] = ()

    def show(self, changes: Sequence[Phrase], kept: Sequence[Phrase]) -> None:
        """Show the changes."""
        self.changes, self.kept = tuple(changes), tuple(kept)
        self.display = bool(changes or kept)
        self.word()

    def word(self) -> None:
        """Word everything in the language in use."""
        self.border_title = _("What changes")
        self.refresh(layout=True)

    def rows(self, width: int) -> list[Row]:
        """Changes by kind; below them what stays as the learner has it."""
        signed = [("→", "$text-muted", one) for one in self.changes]
        signed += [("!", "$text-warning", one) for one in self.kept]
        return [
            Row(
                Content.assemble((sign + " ", tone), clean_line(say(phrase), LONGEST)),
                Entry(EntryKind.CHANGE, str(number)),
            )
            for number, (sign, tone, phrase) in enumerate(signed)
        ]

    def at(self, number: int) -> Phrase:
        """What stands on a line."""
        return (*self.changes, *self.kept)[number]


class FindingsPane(StackedPane):
    """Sign, place and words of each finding, in the order of the file."""

    found: tuple[Found, ...] = ()

    def show(self, found: Sequence[Found]) -> None:
        """Show the findings."""
        self.found = tuple(found)
        self.display = bool(found)
        self.word()

    def word(self) -> None:
        """Word everything in the language in use."""
        errors = sum(one.error for one in self.found)
        counted = [
            ngettext("{n} error", "{n} errors", errors) if errors else "",
            ngettext("{n} warning", "{n} warnings", len(self.found) - errors)
            if errors < len(self.found)
            else "",
        ]
        self.border_title = " · ".join(filter(None, counted))
        self.refresh(layout=True)

    def rows(self, width: int) -> list[Row]:
        """The findings, their places in one column."""
        places = [place_words(one) for one in self.found]
        column = min(max(map(cell_width, places), default=0), max(width // 3, 5))
        return [
            Row(
                Content.assemble(
                    (SIGNS[one.error][0] + " ", SIGNS[one.error][1]),
                    (pad(place, column) + "  ", "$text-muted"),
                    clean_line(say(one.said), LONGEST),
                ),
                Entry(EntryKind.FINDING, str(number)),
            )
            for number, (one, place) in enumerate(zip(self.found, places, strict=True))
        ]


def place_words(found: Found) -> str:
    """`13:5`, with the cell of a notebook or the file of a folder in front."""
    place = f"{found.line}:{found.column}"
    if found.cell:
        return _("cell {cell}, {place}", cell=found.cell, place=place)
    return f"{clean_line(found.file, 80)}:{place}" if found.file else place
