"""Today: what is to be done now, at a glance."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from studybuddy.i18n import N_, _, ngettext, say
from studybuddy.tui.commands import UNDO, Command
from studybuddy.tui.screens.base import StudyScreen, bindings
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.plain import PlainText
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from studybuddy.study.day import DayPlan


class TodayScreen(StudyScreen):
    """The plan of the study day."""

    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = (
        Command("today.continue", "enter", "continue", N_("continue"), N_("Do the next most useful thing")),
        UNDO,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMMANDS_HERE)

    def __init__(self, plan: DayPlan) -> None:
        super().__init__()
        self._plan = plan

    def compose(self) -> ComposeResult:
        """The title, what waits, the lesson, the keys."""
        yield TitleLine()
        with Horizontal():
            yield PlainText(_("Review") + f"  {self._plan.counts.due}")
            if self._plan.lesson is not None:
                yield PlainText("\n".join(f"{s.title}  {say(s.detail)}" for s in self._plan.lesson.sections))
        yield KeyLine()

    def on_mount(self) -> None:
        """Fill the title."""
        streak = ngettext("{n}-day streak", "{n}-day streak", self._plan.streak)
        self.query_one(TitleLine).right = f"{self._plan.date} · {streak}"
