"""The lesson picker."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container

from studybuddy.i18n import N_, _
from studybuddy.tui.agenda import Entry, EntryKind
from studybuddy.tui.commands import BACK, Command
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.import_keys import IMPORT, TRUST
from studybuddy.tui.screens.row_screen import DOWN, UP, RowScreen
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.lessons_pane import LessonsPane
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from studybuddy.study.day import LessonPlan
    from studybuddy.study.trust import TrustState
    from studybuddy.study.wiring import Study


class LessonsScreen(RowScreen):
    """All lessons and how far each is; Enter opens the one in front."""

    CSS_PATH = "lessons.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = (
        Command("lessons.open", "enter", "open", N_("open"), N_("Open the lesson in front")),
        Command(
            "lessons.checklist", "t", "checklist", N_("ticks"), N_("See the checklist of the lesson in front")
        ),
        IMPORT,
        TRUST,
        BACK,
        DOWN,
        UP,
    )
    BINDINGS: ClassVar[list[BindingType]] = bindings(*COMMANDS_HERE)

    def compose(self) -> ComposeResult:
        """The title, the lessons, the keys."""
        yield TitleLine()
        with Container(id="lessons"):
            yield LessonsPane()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Read how the lessons stand."""
        self._word()
        self.perform(self.refresh_plan())

    async def refresh_plan(self) -> None:
        """Read how the lessons stand now; the cursor begins at the lesson of the day."""
        lessons, current, code = await self.ask(_lessons)
        self.query_one(LessonsPane).show(lessons, current, code)
        self.put_cursor(self.cursor or Entry(EntryKind.LESSON, current))
        self.query_one(StatusLine).show(None)

    async def retranslate(self) -> None:
        """Read the titles in the other language."""
        await self.refresh_plan()
        self._word()

    def _word(self) -> None:
        self.query_one(TitleLine).left = _("Lessons")
        self.query_one(KeyLine).refresh()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """There is code to allow only where a lesson was imported with some."""
        return action != "trust" or self._has_code

    @property
    def _has_code(self) -> bool:
        lesson = self._lesson(self.cursor) if self.is_mounted else None
        return lesson is not None and bool(self.query_one(LessonsPane).code.get(lesson.id))

    def put_cursor(self, entry: Entry | None) -> None:
        """Stand on a lesson; some keys depend on it."""
        super().put_cursor(entry)
        self.query_one(KeyLine).refresh()

    def open(self, entry: Entry) -> None:
        """Open a lesson where the learner left off."""
        lesson = self._lesson(entry)
        if lesson is not None:
            from studybuddy.tui.screens.lesson import LessonScreen

            section = next((s.id for s in lesson.sections if not s.done), None)
            self.app.push_screen(LessonScreen(lesson.id, section))

    def action_checklist(self) -> None:
        """Open the checklist of the lesson in front."""
        lesson = self._lesson(self.cursor)
        if lesson is not None:
            from studybuddy.tui.screens.checklist import ChecklistScreen

            self.app.push_screen(ChecklistScreen(lesson))

    def action_import(self) -> None:
        """Bring a lesson in."""
        from studybuddy.tui.screens.import_lesson import ImportScreen

        self.app.push_screen(ImportScreen())

    def action_trust(self) -> None:
        """Allow the code of the lesson in front to run, or forbid it."""
        self.perform(self._trust(), group="trust")

    async def _trust(self) -> None:
        from studybuddy.tui.screens.trusting import change_trust

        lesson = self._lesson(self.cursor)
        if lesson is not None and (said := await change_trust(self, lesson.id)) is not None:
            await self.refresh_plan()
            self.query_one(StatusLine).show(said, "good")

    def _lesson(self, entry: Entry | None) -> LessonPlan | None:
        lessons = self.query_one(LessonsPane).lessons or ()
        return next((lesson for lesson in lessons if entry is not None and lesson.id == entry.id), None)


def _lessons(study: Study) -> tuple[tuple[LessonPlan, ...], str, dict[str, TrustState | None]]:
    study.refresh_course()
    current = study.day.current_lesson()
    plans = tuple(study.day.lesson_plan(lesson) for lesson in study.desk.catalogue.lessons)
    code = {}
    for lesson in sorted(study.desk.catalogue.imported):
        state = study.trust.state(lesson)
        code[lesson] = state if state.files else None
    return plans, current.id if current is not None else "", code
