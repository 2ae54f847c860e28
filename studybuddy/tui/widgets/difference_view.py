"""Two programs compared: `+` what was added, `-` what was removed, with the lines around."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from studybuddy.i18n import ngettext
from studybuddy.study.attempt_words import difference_words
from studybuddy.study.differences import Difference, Line
from studybuddy.text import clean_line

LONGEST_LINE = 1000
_TONES = {"+": "$text-success", "-": "$text-error", " ": "", "…": "$text-muted"}


class DifferenceView(VerticalScroll, can_focus=False):
    """Shows one comparison. The signs say all that the colours say."""

    DEFAULT_CSS = """
    DifferenceView {
        padding: 0 1;
        border: round $foreground 25%;
        border-title-color: $text-muted;
        border-title-style: bold;
        scrollbar-size-vertical: 1;
        Static { height: auto; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._difference: Difference | None = None

    def compose(self) -> ComposeResult:
        """One text, however many lines."""
        yield Static(markup=False)

    def show(self, difference: Difference | None, title: str) -> None:
        """Show a comparison from its top; without one there is no view."""
        self._difference = difference
        self.display = difference is not None
        self.border_title = Content(title)
        self.scroll_home(animate=False)
        self.redraw()

    def on_resize(self) -> None:
        """The lines are as long as the place allows."""
        self.redraw()

    def redraw(self) -> None:
        """Draw again, for the present width and language."""
        found, lines = self._difference, list[Content]()
        if found is not None:
            lines = [Content.styled(difference_words(found), "bold")]
            lines += [Content(), *difference_rows(found, self.scrollable_content_region.width or 60)]
        self.query_one(Static).update(Content("\n").join(lines))


def difference_rows(difference: Difference, width: int) -> list[Content]:
    """The lines of a comparison, each broken at `width` cells; numbers are those of the new program."""
    numbers = max((max(line.new, line.old) for line in difference.lines), default=0)
    return [row for line in difference.lines for row in _rows(line, len(str(numbers)), width)]


def _rows(line: Line, digits: int, width: int) -> list[Content]:
    tone = _TONES[line.sign]
    if line.sign == "…":
        said = ngettext("{n} line the same", "{n} lines the same", line.skipped)
        return [Content.styled(f"{'…':>{digits}}   {said}", tone)]
    number = f"{line.new or line.old:>{digits}} "
    text = clean_line(line.text.expandtabs(4), LONGEST_LINE)
    first, *others = Content.styled(text, tone).fold(max(8, width - digits - 3)) or [Content()]
    head = Content.assemble((number, "$text-muted"), (f"{line.sign} ", f"bold {tone}".strip()), first)
    return [head, *(Content(" " * (digits + 3)) + other for other in others)]
