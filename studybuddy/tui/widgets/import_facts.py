"""What a file becomes: the lesson, whether it can be imported, how much it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, say
from studybuddy.text import cell_width, clean_line, pad, wrap_text

if TYPE_CHECKING:
    from studybuddy.study.import_plan import PlannedLesson

LONGEST_TITLE = 300
LONGEST_SAID = 600
LOW = 18
"""Lines of a terminal below which the counts are left out."""
COLUMNS, ROOM = 3, 60
"""Counts in a line, and the cells that they need; below that there are two."""
GAP, NARROW_GAP = 5, 3
"""Cells between two counts."""
COUNTS = (
    ("sections", N_("sections")),
    ("code_blocks", N_("programs")),
    ("steps", N_("steps")),
    ("symbols", N_("symbols")),
    ("output_lines", N_("output lines")),
    ("tasks", N_("checklist items")),
    ("think", N_("thinking questions")),
    ("interview", N_("interview questions")),
    ("challenges", N_("challenges")),
)
"""The counts, three a line."""


class Said(NamedTuple):
    """A sentence, the sign before it, its colour."""

    sign: str
    phrase: Phrase
    tone: str


class ImportFacts(Widget):
    """A few lines at the top."""

    DEFAULT_CSS = """
    ImportFacts { height: auto; padding: 0 2; margin-bottom: 1; }
    """

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._lesson: PlannedLesson | None = None
        self._said: tuple[Said, ...] = ()

    def show(self, lesson: PlannedLesson, said: tuple[Said, ...]) -> None:
        """Show a lesson and what is to be said of it."""
        self._lesson, self._said = lesson, said
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as there are."""
        return len(self._lines(width))

    def render(self) -> Content:
        """The lines."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lesson = self._lesson
        if lesson is None or width < 1:
            return [Content()]
        imported = lesson.imported
        title = clean_line(imported.title or lesson.path.name, LONGEST_TITLE)
        code = lesson.code or clean_line(imported.code, 20)
        lines = [Content.assemble((code, "bold $primary"), "  " if code else "", (title, "bold"))]
        for sign, phrase, tone in self._said:
            words = wrap_text(f"{sign} {clean_line(say(phrase), LONGEST_SAID)}".lstrip(), width)
            lines += [Content.styled(line, tone) for line in words]
        counts = imported.counts.as_dict()
        if any(counts.values()) and self.app.size.height >= LOW:
            lines += [Content(), *count_lines(counts, width)]
        return [line if line.cell_length <= width else line.truncate(width, ellipsis=True) for line in lines]


def count_lines(counts: dict[str, int], width: int) -> list[Content]:
    """The counts in columns that stand below each other."""
    columns = COLUMNS if width >= ROOM else 2
    cells = [(_(label), str(counts[name]), _note(name, counts)) for name, label in COUNTS]
    rows = [cells[at : at + columns] for at in range(0, len(cells), columns)]
    widths = [
        [max(cell_width(row[at][part]) for row in rows if at < len(row)) for part in range(3)]
        for at in range(columns)
    ]
    apart = GAP if sum(map(sum, widths)) + columns * 2 + GAP * (columns - 1) <= width else NARROW_GAP
    return [
        Content(" " * apart)
        .join(
            Content.assemble(
                (pad(label, widths[at][0]), "$text-muted"),
                f"  {value:>{widths[at][1]}}",
                (pad(note, widths[at][2]), "$text-muted"),
            )
            for at, (label, value, note) in enumerate(row)
        )
        .rstrip()
        for row in rows
    ]


def _note(name: str, counts: dict[str, int]) -> str:
    if name == "steps" and counts["blanks"]:
        return " · " + _("{n} open", n=counts["blanks"])
    return ""
