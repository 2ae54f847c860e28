"""Today: what is to be done now, at a glance.

This is the first picture of the app. It imports nothing that the picture does not need; other screens are
imported when they are opened.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container

from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, day_name, ngettext
from studybuddy.text import clean_line
from studybuddy.tui.agenda import REVIEW, Entry, EntryKind, next_entry
from studybuddy.tui.commands import QUESTIONS, UNDO, Command
from studybuddy.tui.day_words import first_of, first_steps, goodbye, nothing_due, welcome
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.import_keys import IMPORT
from studybuddy.tui.screens.row_screen import ACROSS, DOWN, UP, RowScreen
from studybuddy.tui.widgets.day_pane import ROOMY_LINES, DayPane
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.lesson_pane import LessonPane
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from textual.worker import Worker

    from studybuddy.study.day import DayPlan

LONGEST_NAME = 24
DAY_CHECK_S = 60
"""How often the app looks whether the study day has turned."""
NEEDS_LESSON = frozenset({"lesson", "lab", "derive", "interview", "checklist", "lessons", "questions"})


class TodayScreen(RowScreen):
    """The plan of the study day. The cursor stands on the most useful thing to do next."""

    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = (
        Command("today.continue", "enter", "open", N_("open"), N_("Do what the mark stands on")),
        Command("today.review", "r", "review", N_("review"), N_("Review the cards that are due")),
        UNDO,
        Command("today.lesson", "l", "lesson", N_("lesson"), N_("Read on in the lesson")),
        Command("today.lab", "c", "lab", N_("code"), N_("Write and run the lesson's programs")),
        Command("today.derive", "d", "derive", N_("derive"), N_("Work on the derivation")),
        Command("today.drills", "D", "drills", N_("drills"), N_("Practise on drills"), footer=False),
        Command("today.interview", "i", "interview", N_("interview"), N_("Answer the interview questions")),
        Command(
            "today.lessons",
            "p,L,shift+l",
            "lessons",
            N_("pick"),
            N_("Choose another lesson"),
            shown_key="p",
        ),
        IMPORT._replace(id="today.import", footer=False),
        Command("today.browse", "b", "browse", N_("browse"), N_("Find cards and act on many")),
        Command("today.statistics", "s", "statistics", N_("stats"), N_("See the figures of your studies")),
        Command("today.checklist", "t", "checklist", N_("ticks"), N_("See and change the day's checklist")),
        Command(
            "today.fit", "m", "fit", N_("memory"), N_("Fit the memory model to your reviews"), footer=False
        ),
        Command(
            "today.more",
            "plus",
            "more",
            N_("more"),
            N_("Review more today than the limits hold"),
            footer=False,
        ),
        Command("today.add", "a", "add", N_("add card"), N_("Write a card of your own"), footer=False),
        QUESTIONS._replace(footer=False),
        DOWN,
        UP,
        ACROSS,
        Command(
            "today.quit", "q", "app.quit", N_("quit"), N_("Leave studybuddy; everything is saved"), False
        ),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(*COMMANDS_HERE),
        Binding("escape", "stay", N_("stay"), show=False, id="today.stay"),
    ]

    def __init__(self, plan: DayPlan) -> None:
        """Show a plan that was made already, so that nothing is waited for."""
        super().__init__()
        self.plan = plan
        self._undoable = False
        """Whether something of today can be taken back, so that the key is offered."""

    def compose(self) -> ComposeResult:
        """The title, the two halves, what happened last, the keys."""
        yield TitleLine()
        with Container(id="halves"):
            yield DayPane(self.plan, id="day")
            yield LessonPane(self.plan.lesson, id="lesson")
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Put the cursor on what comes next, and begin to watch the day."""
        self._show(self.plan)
        if (clock := self.app.manner.clock) is not None:
            self.query_one(StatusLine).show(clock, "warn")
        elif notes := self.app.manner.notes:
            self.query_one(StatusLine).show(first_of(notes, self.app.size.width - 2), "warn")
        self.set_interval(DAY_CHECK_S, self.look_at_the_day)

    def on_resize(self) -> None:
        """Keep what is said of the day next to it where there is room."""
        self.set_class(self.app.size.height >= ROOMY_LINES, "-tall")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Hide what needs a lesson while the course has none."""
        if action == "more":
            return bool(self.plan.counts.waiting)
        return self.plan.lesson is not None or action not in NEEDS_LESSON

    def commands(self) -> list[Command]:
        """As everywhere; what can be taken back, and lessons where there are none, are in the footer."""
        shown = {UNDO.id: self._undoable, "today.import": self.plan.lesson is None}
        return [one._replace(footer=shown.get(one.id, one.footer)) for one in super().commands()]

    async def refresh_plan(self) -> None:
        """Read the plan again, and stand on what comes next."""
        self._show(await self.ask(lambda study: study.day.plan()))

    async def retranslate(self) -> None:
        """Read the plan in the other language; cursor and status stay."""
        here, said = self.cursor, self.query_one(StatusLine).phrase
        await self.refresh_plan()
        self.put_cursor(here)
        if said is not None:
            self.query_one(StatusLine).show(said)
        for part in self.query("TitleLine, DayNote, StatusLine, KeyLine"):
            part.refresh()

    def look_at_the_day(self) -> None:
        """Make a new plan when the study day has turned while the app was open."""
        self.perform(self._turn_the_day(), group="clock")

    async def _turn_the_day(self) -> None:
        if await self.ask(lambda study: study.desk.day()) != self.plan.date:
            await self.refresh_plan()

    def _show(self, plan: DayPlan) -> None:
        self.plan = plan
        lesson = plan.lesson
        facts = [day_name(plan.date)]
        if plan.streak:
            facts.append(ngettext("{n}-day streak", "{n}-day streak", plan.streak))
        if lesson is not None:
            facts.append(lesson.code)
        name = clean_line(self.app.manner.name, LONGEST_NAME)
        self.query_one(TitleLine).left = f"studybuddy · {name}" if name else "studybuddy"
        self.query_one(TitleLine).right = " · ".join(facts)
        self.query_one(DayPane).show(plan)
        self.query_one(LessonPane).show(lesson)
        self.query_one(KeyLine).refresh()
        self.query_one(StatusLine).show(None)
        self._note(welcome(plan) or first_steps(plan))
        self.put_cursor(next_entry(plan) or REVIEW)
        self.perform(self._look_for_undo(), group="undoable")
        if self._done:
            self.perform(self._look_ahead(), group="ahead")
        else:
            self.perform(self._look_for_repair(), group="ahead")

    def _note(self, phrases: list[Phrase], *, done: bool = False) -> None:
        """Say something below the day; the widget for it is there from when it is first needed."""
        from studybuddy.tui.widgets.day_note import DayNote

        notes = self.query(DayNote)
        if phrases and not notes:
            note = DayNote()
            note.tell(phrases, done=done)
            self.mount(note, before=self.query_one(StatusLine))
        for note in notes:
            note.tell(phrases, done=done)

    @property
    def _done(self) -> bool:
        lesson = self.plan.lesson
        return next_entry(self.plan) is None and lesson is not None and not lesson.errors

    async def _look_ahead(self) -> None:
        tomorrow = await self.ask(lambda study: study.day.tomorrow())
        if self._done:
            self._note(goodbye(self.plan, tomorrow), done=True)

    async def _look_for_undo(self) -> None:
        self._undoable = await self.ask(lambda study: study.review.undoable_today())
        self.query_one(KeyLine).refresh()

    async def _look_for_repair(self) -> None:
        """Say which concept slipped; it is looked up after the picture is there."""
        said = await self.ask(lambda study: study.desk.repair.summary())
        if said and not self._done:
            self._note([*welcome(self.plan), *said])

    # What the keys do

    def open(self, entry: Entry) -> None:
        """Open an entry: a lesson at its next section, a section, the queue, an item of the checklist."""
        match entry.kind:
            case EntryKind.REVIEW:
                self.action_review()
            case EntryKind.LESSON:
                self.action_lesson()
            case EntryKind.SECTION:
                self._open_lesson(entry.id)
            case EntryKind.CHECKLIST | EntryKind.ITEM:
                self.action_checklist(entry.id)

    def action_review(self) -> None:
        """Review what is due, or say that nothing is."""
        counts = self.plan.counts
        if not counts.due and not counts.new and not counts.waiting:
            if not self._done:
                self.query_one(StatusLine).show(nothing_due(self.plan))
            return
        from studybuddy.tui.screens.review import ReviewScreen

        self.app.push_screen(ReviewScreen())

    def action_more(self) -> None:
        """Add cards to the day beyond its limits."""
        self.perform(self._more(), group="more")

    async def _more(self) -> None:
        from studybuddy.tui.more_deeds import ask_for_more

        said = await ask_for_more(self, lambda study: None)
        if said is not None:
            await self.refresh_plan()
            self.query_one(StatusLine).show(
                said._replace(parameters=(*said.parameters, ("key", "u"))), "good"
            )

    def action_lesson(self) -> None:
        """Open the lesson where it was left, else at the first section that is not done."""
        self._open_lesson(None)

    def action_derive(self) -> None:
        """Open the first derivation of the lesson."""
        self._begin(self._open_derivation)

    async def _open_derivation(self) -> None:
        if (lesson := self.plan.lesson) is None:
            return
        derivations = await self.ask(lambda study: study.desk.catalogue.lesson(lesson.id).derivations)
        if not derivations:
            self.query_one(StatusLine).show(Phrase(N_("this lesson has no derivation")))
            return
        from studybuddy.tui.screens.derivation import DerivationScreen

        self.app.push_screen(DerivationScreen(derivations[0].id))

    def action_drills(self) -> None:
        """Choose a drill."""
        from studybuddy.tui.screens.lesson_doors import drills_screen

        self.app.push_screen(drills_screen())

    def _open_lesson(self, section: str | None) -> None:
        if self.plan.lesson is not None:
            from studybuddy.tui.screens.lesson import LessonScreen

            self.app.push_screen(LessonScreen(self.plan.lesson.id, section))

    def action_lab(self) -> None:
        """Open the Lab with the exercise of the section in front, else with the next one of the lesson."""
        self._begin(self._open_lab)

    async def _open_lab(self) -> None:
        lesson = self.plan.lesson
        if lesson is None:
            return
        here = self.cursor
        section = here.id if here is not None and here.kind is EntryKind.SECTION else ""
        exercise = await self.ask(
            lambda study: study.day.next_exercise(lesson.id, section) or study.day.next_exercise(lesson.id)
        )
        if exercise is None:
            self.query_one(StatusLine).show(Phrase(N_("this lesson has no program to write")))
            return
        from studybuddy.tui.screens.lab import LabScreen

        self.app.push_screen(LabScreen(exercise))

    def action_interview(self) -> None:
        """Open the mock interview of the lesson."""
        if self.plan.lesson is not None:
            from studybuddy.tui.screens.interview import InterviewScreen

            self.app.push_screen(InterviewScreen(self.plan.lesson.id))

    def action_checklist(self, item: str = "") -> None:
        """Open the day's checklist, at an item."""
        if self.plan.lesson is not None:
            from studybuddy.tui.screens.checklist import ChecklistScreen

            self.app.push_screen(ChecklistScreen(self.plan.lesson, item))

    def action_lessons(self) -> None:
        """Show all lessons."""
        from studybuddy.tui.screens.lessons import LessonsScreen

        self.app.push_screen(LessonsScreen())

    def action_import(self) -> None:
        """Bring a lesson in."""
        from studybuddy.tui.screens.import_lesson import ImportScreen

        self.app.push_screen(ImportScreen())

    def action_browse(self) -> None:
        """Find cards."""
        from studybuddy.tui.screens.browser import BrowserScreen

        self.app.push_screen(BrowserScreen())

    def action_fit(self) -> None:
        """Show what the memory model goes by, and fit it."""
        from studybuddy.tui.screens.fit import FitScreen

        self.app.push_screen(FitScreen())

    def action_statistics(self) -> None:
        """Show what everything adds up to."""
        from studybuddy.tui.screens.statistics import StatisticsScreen

        self.app.push_screen(StatisticsScreen())

    def action_questions(self) -> None:
        """Read the interview questions of the lesson with their reference answers."""
        if self.plan.lesson is not None:
            from studybuddy.tui.modals.questions import read_questions

            self._begin(partial(read_questions, self, self.plan.lesson.id))

    def action_add(self) -> None:
        """Write a card of one's own."""
        self._begin(self._add)

    async def _add(self) -> None:
        from studybuddy.tui.modals.add_card import ADDED, AddCardModal

        if await self.inquire(AddCardModal()) is not None:
            await self.refresh_plan()
            self.query_one(StatusLine).show(ADDED, "good")

    def _begin(self, work: Callable[[], Coroutine[None, None, None]]) -> Worker[None]:
        """Do what opens something a moment later; Escape before that ends it."""
        return self.run_worker(work, group="open", exit_on_error=False)

    def action_stay(self) -> None:
        """Think better of what was asked for and is not in front yet."""
        self.workers.cancel_group(self, "open")

    def action_undo(self) -> None:
        """Take the last thing back, and say what it was."""
        self.perform(self._undo())

    async def _undo(self) -> None:
        from studybuddy.study.undoing import undo

        undone = await self.ask(undo)
        await self.refresh_plan()
        self.query_one(StatusLine).show(undone)
