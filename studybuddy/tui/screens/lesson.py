"""The lesson: one section a view, read with the keyboard."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from studybuddy.core.exercise import Exercise
from studybuddy.core.lesson import Lesson, Section
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, say
from studybuddy.study.day import SectionPlan
from studybuddy.study.page import Anchor
from studybuddy.text import clean_line
from studybuddy.tui.commands import Command
from studybuddy.tui.lesson_pages import LessonState, load_lesson, section_page, slot_titles, thinking_question
from studybuddy.tui.modals.think import ThinkModal
from studybuddy.tui.reference_run import ReferenceRun
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.lesson_keys import LESSON_COMMANDS
from studybuddy.tui.screens.page_screen import PageScreen
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.place_list import Place, PlaceList
from studybuddy.tui.widgets.run_panel import RunPanel
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine


class LessonScreen(PageScreen):
    """A section of a lesson, what can be done in it, and how far the learner is."""

    CSS_PATH = "lesson.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = LESSON_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*LESSON_COMMANDS)

    def __init__(self, lesson_id: str, section_id: str | None = None) -> None:
        """Open a lesson at a section, or at the first one that is not done."""
        super().__init__()
        self._lesson_id = lesson_id
        self._wanted = section_id
        self._state: LessonState | None = None
        self._index = 0
        self._places: dict[int, float] = {}
        self._typed: dict[str, str] = {}
        self._program = ReferenceRun(self)
        self._marking = False

    def compose(self) -> ComposeResult:
        """The title, the sections beside the page, the run below it, what happened last, the keys."""
        yield TitleLine()
        with Horizontal(id="reading"):
            yield PlaceList()
            with Vertical(id="column"):
                yield PageView()
                yield RunPanel()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the lesson."""
        self.watch(self._page, "scroll_y", self._scrolled)
        self.perform(self._open())

    def on_unmount(self) -> None:
        """A program does not outlive the screen it was started from."""
        self._program.stop()

    @property
    def shown_lesson(self) -> Lesson | None:
        """The lesson in front."""
        return self._state.lesson if self._state is not None else None

    @property
    def _page(self) -> PageView:
        return self.query_one(PageView)

    async def _open(self) -> None:
        await self._load()
        assert self._state is not None
        sections = self._state.plan.sections
        open_ones = (n for n, section in enumerate(sections) if not section.done)
        wanted = (n for n, section in enumerate(sections) if section.id == self._wanted)
        self._index = next(wanted, next(open_ones, 0))
        self._draw()

    async def _load(self) -> None:
        self._state = await self.ask(lambda study: load_lesson(study, self._lesson_id))

    async def refresh_plan(self) -> None:
        """What was done elsewhere shows in the list of sections; the page stays where it is."""
        if self._state is not None:
            await self._load()
            self._show_progress()

    async def retranslate(self) -> None:
        """The same place in the other language."""
        share, selected = self._page.share, self._page.selected
        await self._load()
        self._draw()
        self._page.scroll_to_share(share)
        self._page.selected = selected
        self._translate_modal()
        self._reword_run()
        self.redraw(TitleLine, StatusLine, KeyLine, PlaceList)

    def _translate_modal(self) -> None:
        """Hand the lesson's words to a modal of this screen that is in front."""
        front, state = self.app.screen, self._state
        self.translate_symbols()
        if state is not None and isinstance(front, ThinkModal):
            question = thinking_question(state.lesson, front.question_id)
            front.show(question.question if question is not None else ())

    # ---- drawing

    def _draw(self) -> None:
        """The page of the present section, from its top."""
        if self._state is None:
            return
        self._page.selected = None
        self._page.show(
            section_page(self._state, self._index),
            reveal=frozenset(self._state.thoughts),
            titles=slot_titles(self._state.lesson),
        )
        self._page.scroll_to_share(0)
        self._show_progress()

    def _show_progress(self) -> None:
        state, title = self._state, self.query_one(TitleLine)
        if state is None:
            return
        title.left = f"{state.lesson.code} · {clean_line(state.lesson.title, 200)}"
        title.right = _(
            "section {n} of {total} · {percent}%",
            n=self._index + 1,
            total=len(state.lesson.sections),
            percent=round(self._page.progress * 100),
        )
        places = self.query_one(PlaceList)
        places.current = self._index
        places.places = tuple(_place(n, plan) for n, plan in enumerate(state.plan.sections, 1))
        self.refresh_keys()

    def _scrolled(self) -> None:
        page = self._page
        if page.selected is not None and page.selected not in page.visible_anchors:
            page.selected = None
        self._show_progress()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter opens what is selected and else marks the section read; Escape closes the run first."""
        if not self.is_mounted or self._state is None:
            return action == "back"
        panel, page = self.query_one(RunPanel), self._page
        possible = {
            "open_chosen": page.chosen is not None,
            "read": page.chosen is None,
            "select": bool(page.anchors),
            "open_visible": bool(page.anchors),
            "stop_run": panel.running,
            "scroll_run": panel.open and not panel.running,
            "close_run": panel.open and not panel.running,
            "back": not panel.open,
            "run": not panel.running and self._state.reference_program(self._index) is not None,
        }
        return possible.get(action.partition("(")[0], True)

    # ---- moving

    def action_scroll(self, lines: int) -> None:
        """Move by lines."""
        self._page.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Move by pages; two lines stay in sight."""
        height = self._page.scrollable_content_region.height
        self._page.scroll_relative(y=pages * max(1, height - 2), animate=False)

    def action_edge(self, share: int) -> None:
        """To the top or the end."""
        self._page.scroll_to_share(share)

    def action_section(self, step: int) -> None:
        """To another section, at the place where it was left."""
        self.say(None)
        self._go(self._index + step)

    @on(PlaceList.Chosen)
    def _chosen(self, event: PlaceList.Chosen) -> None:
        self._go(event.index)

    def _go(self, index: int) -> None:
        if self._state is None or not 0 <= index < len(self._state.lesson.sections):
            return
        self._places[self._index] = self._page.share
        self._index = index
        self._draw()
        self._page.scroll_to_share(self._places.get(index, 0.0))

    def action_select(self, step: int) -> None:
        """Select the next thing to do, or the one before; the first time, what can be seen."""
        page = self._page
        seen = page.visible_anchors
        if page.selected is not None:
            page.select((page.selected + step) % len(page.anchors))
        elif seen:
            page.select(seen[0] if step > 0 else seen[-1])
        else:
            below = [n for n, anchor in enumerate(page.anchors) if anchor.line >= page.scroll_offset.y]
            page.select(below[0] if step > 0 and below else 0 if step > 0 else len(page.anchors) - 1)
        self.refresh_keys()

    # ---- doing

    def action_read(self) -> None:
        """Mark the section read and go on. A second press before that is done is no second section."""
        if self._state is not None and not self._marking:
            self._marking = True
            self.perform(self._read(self._index, self._state.lesson.sections[self._index]))

    async def _read(self, index: int, section: Section) -> None:
        try:
            started = await self.ask(lambda study: study.reading.mark_read(section.id))
            await self._load()
        finally:
            self._marking = False
        self._go(index + 1)
        self._show_progress()
        if started:
            phrase = Phrase.of(
                N_("{n} card will come up for review"),
                plural=N_("{n} cards will come up for review"),
                n=started,
            )
        else:
            phrase = Phrase.of(N_("section {number} is read"), number=section.number)
        self.say(phrase, "good")

    def action_open_chosen(self) -> None:
        """Open what is selected."""
        if self._page.chosen is not None:
            self._open_anchor(self._page.chosen)

    def action_open_visible(self) -> None:
        """Open what is selected, else select and open the first thing to do that can be seen."""
        if self._page.chosen is None:
            self.action_select(1)
        self.action_open_chosen()

    @on(PageView.Opened)
    def _clicked(self, event: PageView.Opened) -> None:
        self._open_anchor(event.anchor)

    def _open_anchor(self, anchor: Anchor) -> None:
        if anchor.kind == "think":
            self.perform(self._think(anchor.id))
        elif anchor.kind == "lesson":
            self.app.push_screen(LessonScreen(anchor.id))
        elif self._state is not None:
            from studybuddy.tui.screens.lesson_doors import screen_behind

            self.app.push_screen(screen_behind(anchor, self._state.plan))

    async def _think(self, question_id: str) -> None:
        state = self._state
        question = thinking_question(state.lesson, question_id) if state is not None else None
        if state is None or question is None:
            return
        typed = self._typed.get(question_id, state.thoughts.get(question_id, ""))
        thought = await self.app.push_screen_wait(ThinkModal(question, typed))
        self._typed[question_id] = thought.text
        if not thought.committed:
            return
        await self.ask(lambda study: study.reading.think(question_id, thought.text))
        await self._load()
        self._draw()
        place = next(n for n, anchor in enumerate(self._page.anchors) if anchor.id == question_id)
        self._page.select(place)

    # ---- running the reference

    def action_run(self) -> None:
        """Run the reference program of this section in place."""
        program = self._state.reference_program(self._index) if self._state is not None else None
        if program is not None and not self._program.going:
            self.say(None)
            self.perform(self._run_reference(program), group="run")

    async def _run_reference(self, program: Exercise) -> None:
        if await self._program.go(program, self.query_one(RunPanel)):
            await self.refresh_plan()
            self.say(Phrase(N_("recorded, as the lesson's own program")))
        self._show_progress()

    def action_stop_run(self) -> None:
        """Ask the program to end."""
        self._program.stop()
        self.query_one(RunPanel).stopping()

    def _reword_run(self) -> None:
        panel, lesson = self.query_one(RunPanel), self.shown_lesson
        exercises = lesson.exercises if lesson is not None else ()
        panel.reword(next((e.title for e in exercises if e.id == panel.program), ""))

    def action_scroll_run(self, lines: int) -> None:
        """Move in the run below the page."""
        self.query_one(RunPanel).scroll_relative(y=lines, animate=False)

    def action_close_run(self) -> None:
        """Give the room back to the page."""
        self.query_one(RunPanel).close()
        self._show_progress()


def _place(number: int, plan: SectionPlan) -> Place:
    sign = "✓" if plan.done else "~" if plan.started else "·"
    return Place(f"{number} {plan.title}", sign, plan.done, say(plan.detail))
