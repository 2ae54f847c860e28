"""The right half of Today: the sections of the lesson and how far each is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from studybuddy.i18n import _, say
from studybuddy.text import clean_line, wrap_text
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.widgets.row_pane import Row, RowPane, columns

if TYPE_CHECKING:
    from studybuddy.study.day import LessonPlan, SectionPlan

MOST_ERROR_LINES = 3


class LessonPane(RowPane):
    """Seven sections, a line each; above them what is wrong with the lesson's files."""

    def __init__(self, lesson: LessonPlan | None, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lesson = lesson
        self.retitle()

    def show(self, lesson: LessonPlan | None) -> None:
        """Show a newer plan."""
        self.lesson = lesson
        self.retitle()
        self.refresh(layout=True)

    def retitle(self) -> None:
        """Put the lesson's name into the frame."""
        title = _("Lesson") if self.lesson is None else clean_line(self.lesson.title, 200) or self.lesson.code
        self.border_title = Content(title)

    def rows(self, width: int) -> list[Row]:
        """Errors first, then the sections; for an empty course what to do about it."""
        if self.lesson is None:
            text = _(
                "The course holds no lesson. Install studybuddy again, or put lesson folders into its folder "
                "`content`; `studybuddy doctor` says where that is."
            )
            return [Row(Content(line)) for line in wrap_text(text, width)]
        sections = self.lesson.sections
        titles = [_title(number, section) for number, section in enumerate(sections, 1)]
        details = [_detail(section) for section in sections]
        if _cells(titles) + _cells(details) + 2 > width:
            details = [_detail(section, short=True) for section in sections]
        lines = columns(titles, details, width)
        entries = [Entry(EntryKind.SECTION, section.id) for section in sections]
        return self._errors(width) + [Row(*pair) for pair in zip(lines, entries, strict=True)]

    def _errors(self, width: int) -> list[Row]:
        assert self.lesson is not None
        errors = self.lesson.errors
        if not errors:
            return []
        lines = wrap_text("✗ " + first_error(self.lesson), width)
        if len(errors) > 1:
            lines = [
                *lines[: MOST_ERROR_LINES - 1],
                _("and {n} more; see `studybuddy lint`", n=len(errors) - 1),
            ]
        return [Row(Content.styled(line, "$text-error")) for line in lines[:MOST_ERROR_LINES]]


def first_error(lesson: LessonPlan) -> str:
    """What is wrong with a lesson's files first of all, its path beginning at the lesson's folder."""
    error = clean_line(lesson.errors[0], 600)
    _root, folder, rest = error.partition(f"/{lesson.id}/")
    return folder[1:] + rest if folder else error


def _cells(column: list[Content]) -> int:
    return max((content.cell_length for content in column), default=0)


def _title(number: int, section: SectionPlan) -> Content:
    return Content.assemble((f"{number} ", "$text-muted"), clean_line(section.title, 200))


def _detail(section: SectionPlan, *, short: bool = False) -> Content:
    """How far a section is; of one not begun how long it takes, in short form nothing else."""
    words = clean_line(say(section.detail), 200)
    if section.minutes and not section.started:
        minutes = _("~{n} min", n=section.minutes)
        words = minutes if short else f"{words} · {minutes}"
    if section.done:
        sign, tone = "✓", "$success"
    elif section.started:
        sign, tone = "~", "$warning"
    else:
        sign, tone = "·", "$text-muted"
    return Content.assemble((sign, tone), " ", (words, "$text-muted"))
