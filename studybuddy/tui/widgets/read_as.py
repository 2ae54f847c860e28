"""How an answer is read: drawn while it is typed, with the part that a verdict is about in its colour."""

from __future__ import annotations

from typing import NamedTuple

from rich.segment import Segment
from textual.geometry import Size
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import _, say
from studybuddy.mathtext import display_spans, inline_spans
from studybuddy.text import cell_width, clean_line, truncate, wrap_text
from studybuddy.tui.caret import CUT, caret
from studybuddy.tui.signs import are_plain

INDENT = 2
TALLEST = 7
"""Rows of a drawing; a taller one is written on one line."""
PAN = 8
"""Cells that a key moves a formula that is wider than its place."""

Pieces = tuple[tuple[str, str], ...]
"""A row as text and the class of its look."""


class Read(NamedTuple):
    r"""What is shown: `latex`, with `\marked{…}` in it; or why `typed` cannot be read, and where."""

    latex: str = ""
    reason: Phrase | None = None
    typed: str = ""
    place: int = 0


class ReadAs(Widget):
    """Takes as many rows as it needs. A formula wider than its place can be moved to the sides."""

    ALLOW_SELECT = False
    LOOKS = ("word", "formula", "marked")
    COMPONENT_CLASSES = {f"read-as--{look}" for look in LOOKS}
    DEFAULT_CSS = """
    ReadAs {
        height: auto;
        & .read-as--word { color: $text-muted; }
        & .read-as--formula { color: $text-primary; }
        & .read-as--marked { color: $text-error; text-style: bold underline; }
    }
    """

    read: reactive[Read] = reactive(Read(), layout=True)
    """What is shown."""
    pan: reactive[int] = reactive(0)
    """Cells by which a wide formula is moved to the left."""

    def __init__(self, *, inset: int = 2, id: str | None = None) -> None:
        """Nothing is read yet; `inset`: cells left free at the sides."""
        super().__init__(id=id)
        self.styles.padding = (0, inset)
        self._drawn: tuple[object, list[Pieces]] = (None, [])

    def watch_read(self) -> None:
        """Another formula begins at its left end."""
        self.pan = 0

    @property
    def rows(self) -> list[Pieces]:
        """What is shown, row by row."""
        return self._rows(self.content_size.width)

    @property
    def wide(self) -> bool:
        """Whether something is out of sight on a side."""
        return self._widest > self.content_size.width > 0

    @property
    def _widest(self) -> int:
        return max((sum(cell_width(text) for text, _look in row) for row in self.rows), default=0)

    def move(self, steps: int) -> None:
        """Move a wide formula."""
        most = max(0, self._widest - self.content_size.width)
        self.pan = max(0, min(self.pan + steps * PAN, most))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as the drawing."""
        return len(self._rows(width))

    def reword(self) -> None:
        """Show the words in the language in use."""
        self._drawn = (None, [])
        self.refresh(layout=True)

    def _rows(self, width: int) -> list[Pieces]:
        wanted = (self.read, width, are_plain(self.app))
        if self._drawn[0] != wanted:
            self._drawn = (wanted, _drawn(self.read, max(width, 12), plain=wanted[2]))
        return self._drawn[1]

    def render_line(self, y: int) -> Strip:
        """A row, moved by `pan` and cut with a sign where it goes on."""
        width = self.content_size.width
        base = self.rich_style
        if y >= len(self.rows):
            return Strip.blank(width, base)
        strip = Strip(
            [
                Segment(text, base + self.get_component_rich_style(f"read-as--{look}", partial=True))
                for text, look in self.rows[y]
            ]
        )
        if strip.cell_length > width:
            over = strip.cell_length - self.pan > width
            strip = strip.crop(self.pan, self.pan + width - over)
            quiet = self.get_component_rich_style("read-as--word", partial=True)
            strip = Strip.join([strip, Strip([Segment(CUT * over, base + quiet)])])
        return strip.adjust_cell_length(width, base)


def _drawn(read: Read, width: int, *, plain: bool) -> list[Pieces]:
    if read.reason is not None:
        words = _("not readable yet: {reason}", reason=say(read.reason))
        lines = wrap_text(clean_line(words), width)
        if read.typed and read.place >= 0:
            lines += [" " * INDENT + line for line in caret(read.typed, read.place, width - INDENT)]
        return [((line, "word"),) for line in lines]
    if not read.latex:
        return []
    margin = (" " * INDENT, "word")
    rows = formula(read.latex, width, plain=plain)
    return [((truncate(_("read as"), width), "word"),), *((margin, *row) for row in rows)]


def formula(latex: str, width: int, *, plain: bool = False) -> list[Pieces]:
    """A formula in two dimensions where it is not too tall, with the marked part in its own look."""
    rows = display_spans(latex, width - INDENT, plain=plain)
    if len(rows) > TALLEST:
        rows = (inline_spans(latex, plain=plain),)
    return [tuple((text, "marked" if marked else "formula") for text, marked in row) for row in rows]
