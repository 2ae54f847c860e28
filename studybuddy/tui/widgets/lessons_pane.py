"""All lessons of the course, a line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from studybuddy.i18n import _
from studybuddy.text import cell_width, clean_line, pad, wrap_text
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.widgets.lesson_pane import first_error
from studybuddy.tui.widgets.row_pane import Row, RowPane, columns

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studybuddy.study.day import LessonPlan
    from studybuddy.study.trust import TrustState


class LessonsPane(RowPane):
    """Code, title and state. Nothing is locked: any lesson can be opened at any time."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.lessons: tuple[LessonPlan, ...] | None = None
        self.current = ""
        """Id of the lesson that the course day is at."""
        self.code: Mapping[str, TrustState | None] = {}
        """Lessons that were imported, and how their code stands; None for one without any."""

    def show(
        self, lessons: tuple[LessonPlan, ...], current: str, code: Mapping[str, TrustState | None]
    ) -> None:
        """Show how the lessons stand."""
        self.lessons, self.current, self.code = lessons, current, code
        self.refresh(layout=True)

    def rows(self, width: int) -> list[Row]:
        """The lessons in their order; below a broken one, where its first error is."""
        if self.lessons is None:
            return [Row(Content.styled(_("reading…"), "$text-muted"))]
        if not self.lessons:
            return [Row(Content(_("The course holds no lesson.")))]
        column = max(cell_width(clean_line(lesson.code, 20)) for lesson in self.lessons) + 2
        lines = columns(
            [_name(lesson, column) for lesson in self.lessons],
            [Content.assemble(self._state(lesson), self._origin(lesson)) for lesson in self.lessons],
            width,
        )
        rows: list[Row] = []
        for lesson, line in zip(self.lessons, lines, strict=True):
            entry = Entry(EntryKind.LESSON, lesson.id)
            rows.append(Row(line, entry))
            if lesson.errors:
                wrapped = wrap_text(first_error(lesson), max(width - column, 10))[:2]
                rows += [Row(Content.styled(" " * column + part, "$text-error"), entry) for part in wrapped]
        return rows

    def _state(self, lesson: LessonPlan) -> Content:
        return _state(lesson, current=lesson.id == self.current)

    def _origin(self, lesson: LessonPlan) -> Content:
        if lesson.id not in self.code:
            return Content()
        state = self.code[lesson.id]
        if state is None or state.trusted:
            return Content.styled(" · " + _("imported"), "$text-muted")
        return Content.styled(" · " + _("imported, code off"), "$text-warning")


def _name(lesson: LessonPlan, column: int) -> Content:
    code = (pad(clean_line(lesson.code, 20), column), "$text-muted")
    return Content.assemble(code, clean_line(lesson.title, 200))


def _state(lesson: LessonPlan, *, current: bool) -> Content:
    if lesson.errors:
        return Content.styled("✗ " + _("has an error"), "$text-error")
    if lesson.complete:
        return Content.styled("✓ " + _("complete"), "$success")
    begun = any(section.started for section in lesson.sections)
    words = _("{done} of {total} sections", done=lesson.sections_done, total=len(lesson.sections))
    state = f"~ {words}" if begun else "· " + _("not begun")
    note = (" · " + _("today's"), "$primary") if current else ""
    return Content.assemble((state, "$warning" if begun else "$text-muted"), note)
