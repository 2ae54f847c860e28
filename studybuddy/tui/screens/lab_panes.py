"""The panes of the lab: the learner's program, the reference, task and results; which one has the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widget import Widget

from studybuddy.i18n import _
from studybuddy.tui.widgets.case_chips import CaseChips
from studybuddy.tui.widgets.code_editor import CodeEditor
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from studybuddy.tui.screens.base import StudyScreen


class LabPanes:
    """Moves between the panes of a lab screen; the reference is one of them while it is compared."""

    def __init__(self, screen: StudyScreen) -> None:
        self._screen = screen

    @property
    def editor(self) -> CodeEditor:
        """The learner's program."""
        return self._screen.query_one("#editor", CodeEditor)

    @property
    def comparing(self) -> bool:
        """Whether the reference is in sight."""
        return self._screen.has_class("-comparing")

    def compare(self, source: str) -> None:
        """Show the reference."""
        reference = self._screen.query_one("#reference", CodeEditor)
        reference.open(source)
        self._screen.add_class("-comparing")
        reference.focus()

    def end_comparing(self) -> None:
        """Hide the reference and go on with the program."""
        self._screen.remove_class("-comparing")
        self.editor.focus()

    def go_round(self) -> None:
        """Go to the next pane: own program, reference, task and results."""
        stops: list[Widget] = [self.editor]
        if self.comparing:
            reference = self._screen.query_one("#reference")
            stops = [self.editor, reference] if self._screen.has_class("-wide") else [reference]
        stops.append(self.side)
        here = next((i for i, widget in enumerate(stops) if widget.has_focus), len(stops) - 1)
        stops[(here + 1) % len(stops)].focus()

    @property
    def side(self) -> Widget:
        """What takes the focus in the pane of task and results: the cases, where there are some."""
        chips = self._screen.query_one(CaseChips)
        return chips if chips.cases and chips.is_on_screen else self._screen.query_one("#side")

    def bring_up(self, widget: Widget) -> None:
        """Scroll task and results so that a part of them stands at the top, once it is laid out."""

        def scroll() -> None:
            side = self._screen.query_one("#side", VerticalScroll)
            side.scroll_to_widget(widget, top=True, animate=False)

        self._screen.call_after_refresh(scroll)

    def word(self, code: str, exercise: str) -> None:
        """Titles in the language in use; `code` is the lesson's, empty before it is known."""
        title = self._screen.query_one(TitleLine)
        title.left = _("Lab")
        title.right = f"{code} · {exercise.rsplit('/', 1)[-1]}" if code else ""
        self._screen.query_one("#side").border_title = _("Task and result")
        self._screen.query_one("#own").border_title = _("Your program")
        self._screen.query_one("#given").border_title = _("Reference (to read)")
