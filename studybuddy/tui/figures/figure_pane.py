"""A framed figure. It draws itself; what it shows may come later than the frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar, Generic, TypeVar

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, say
from studybuddy.text import cell_width, pad, wrap_text
from studybuddy.tui.charts.glyphs import Glyphs, glyphs_of
from studybuddy.tui.widgets.fitting import fit

T = TypeVar("T")


class FigurePane(Widget, Generic[T]):
    """Shows what a subclass makes of what it was told; until then that it is being worked out."""

    DEFAULT_CSS = """
    FigurePane {
        height: auto;
        padding: 0 1;
        border: round $foreground 25%;
        border-title-color: $text-muted;
        border-title-style: bold;
    }
    """
    HEAD: ClassVar[str] = ""
    """The catalogue id of the title."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, classes="pane", markup=False)
        self._told: T | None = None
        self._waiting = Phrase(N_("being worked out …"))
        self._known: tuple[int, list[Content]] | None = None

    def tell(self, told: T | None) -> None:
        """Show this from now on."""
        self._told = told
        self.reword()

    def wait(self, words: Phrase) -> None:
        """Say why there is nothing to show yet."""
        self._waiting = words
        if self._told is None:
            self.reword()

    def reword(self) -> None:
        """Draw everything again, in the language and signs in use; lay out only what has another height."""
        known, self._known = self._known, None
        self.border_title = _(self.HEAD)
        higher = known is None or len(self.lines_at(known[0])) != len(known[1])
        self.refresh(layout=higher)

    def on_mount(self) -> None:
        """Bear the title from the first picture on."""
        self.border_title = _(self.HEAD)

    def lines(self, told: T, width: int) -> list[Content]:
        """The lines of the figure, none wider than `width` cells."""
        raise NotImplementedError

    @property
    def glyphs(self) -> Glyphs:
        """The signs to draw with."""
        return glyphs_of(self.app)

    def lines_at(self, width: int) -> list[Content]:
        """The lines at a width, made once until something else is to be shown."""
        if self._known is None or self._known[0] != width:
            told = self._told
            found = muted([self._waiting], width) if told is None else self.lines(told, max(8, width))
            self._known = (width, [fit(line, width) for line in found])
        return self._known[1]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As high as its lines."""
        return len(self.lines_at(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self.lines_at(self.content_size.width))


def sentences(phrases: Iterable[Phrase | None], width: int, tone: str = "") -> list[Content]:
    """Phrases in the language in use, each from a line of its own."""
    return [
        Content.styled(line, tone) for phrase in phrases if phrase for line in wrap_text(say(phrase), width)
    ]


def muted(phrases: Iterable[Phrase | None], width: int) -> list[Content]:
    """Phrases that step back."""
    return sentences(phrases, width, "$text-muted")


def below(said: list[Content], drawn: list[Content]) -> list[Content]:
    """A figure below what is said of it, a line apart."""
    return [*said, Content(), *drawn] if said and drawn else [*said, *drawn]


def table(head: Sequence[str], rows: Sequence[Sequence[str]], width: int, strong: int = -1) -> list[Content]:
    """Labels in the first column, figures set to the right in the others.

    Args:
        head: what the columns are called; the last of them go where the width does not hold them.
        rows: the label and the figures of each line.
        width: cells of a line.
        strong: the row that stands out.
    """
    cells = [max(cell_width(row[n]) for row in (head, *rows)) for n in range(len(head))]
    while len(cells) > 2 and sum(cells) + 2 * (len(cells) - 1) > width:
        cells.pop()
    gap = min(4, max(2, (width - sum(cells)) // max(1, len(cells) - 1)))

    def line(row: Sequence[str], tone: str) -> Content:
        figures = "".join(
            " " * (gap + size - cell_width(text)) + text
            for text, size in zip(row[1:], cells[1:], strict=False)
        )
        return Content.styled(pad(row[0], cells[0]) + figures, tone)

    found = [line(head, "$text-muted")]
    return found + [line(row, "bold" if n == strong else "") for n, row in enumerate(rows)]
