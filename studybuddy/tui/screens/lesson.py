"""The lesson: one section a view, read with the keyboard."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical

from studybuddy.core.block import Slot
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.exercise import Exercise
from studybuddy.core.lesson import Lesson, Section, SectionKind
from studybuddy.i18n import _
from studybuddy.study.page import Anchor
from studybuddy.study.reading import Place as Left
from studybuddy.study.undoing import undo
from studybuddy.text import clean_line
from studybuddy.tui.commands import Command
from studybuddy.tui.lesson_marks import now_read, place_of
from studybuddy.tui.lesson_pages import (
    LessonState,
    chosen_words,
    load_lesson,
    section_page,
    slot_titles,
    thinking_question,
)
from studybuddy.tui.modals.think import ThinkModal
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.lesson_keys import LESSON_COMMANDS
from studybuddy.tui.screens.lesson_run import RunScreen
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.place_list import PlaceList
from studybuddy.tui.widgets.reading_bar import ReadingBar
from studybuddy.tui.widgets.run_panel import RunPanel
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine


class LessonScreen(RunScreen):
    """A section of a lesson, what can be done in it, and how far the learner is."""

    CSS_PATH = "lesson.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = LESSON_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*LESSON_COMMANDS)

    def __init__(self, lesson_id: str, section_id: str | None = None) -> None:
        """Open a lesson at a section, or where it was left, or at the first section that is not done."""
        super().__init__()
        self._lesson_id = lesson_id
        self._wanted = section_id
        self._state: LessonState | None = None
        self._index = 0
        self._shares: dict[str, float] = {}
        """How far down each section is, by its id."""
        self._ended: set[str] = set()
        """Sections whose end was in sight in this visit."""
        self._turning = False
        self._typed: dict[str, str] = {}
        self._marking = False

    def compose(self) -> ComposeResult:
        """The title, the sections beside the page, the run below it, what happened last, the keys."""
        yield TitleLine()
        yield ReadingBar()
        with Horizontal(id="reading"):
            yield PlaceList()
            with Vertical(id="column"):
                yield PageView()
                yield RunPanel()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the lesson."""
        super().on_mount()
        self.watch(self._page, "scroll_y", self._scrolled, init=False)
        self.perform(self._open())

    async def on_unmount(self) -> None:
        """The place is kept, and no program outlives the screen it was started from."""
        self.stop_program()
        with suppress(StudybuddyError, RuntimeError):
            await self._keep_place()

    @property
    def shown_lesson(self) -> Lesson | None:
        """The lesson in front."""
        return self._state.lesson if self._state is not None else None

    @property
    def program_here(self) -> Exercise | None:
        """The program of this section whose reference can be run in place."""
        return self._state.reference_program(self._index) if self._state is not None else None

    @property
    def _page(self) -> PageView:
        return self.query_one(PageView)

    async def _open(self) -> None:
        await self._load()
        assert self._state is not None
        left = await self.ask(lambda study: study.reading.place(self._lesson_id))
        self._shares = dict(left.shares)
        sections = self._state.plan.sections
        open_ones = (n for n, section in enumerate(sections) if not section.done)
        wanted = (n for n, section in enumerate(sections) if section.id == (self._wanted or left.section))
        self._index = next(wanted, next(open_ones, 0))
        self._draw(self._shares.get(sections[self._index].id, 0.0))

    async def _keep_place(self) -> None:
        here = self._here
        if here is not None:
            left = Left(here.id, self._shares)
            await self.ask(lambda study: study.reading.keep_place(self._lesson_id, left))

    async def _load(self) -> None:
        self._state = await self.ask(lambda study: load_lesson(study, self._lesson_id))

    async def refresh_plan(self) -> None:
        """What was done elsewhere shows in the list of sections; the page stays where it is."""
        self.say(None)
        await self.reload_plan()

    async def reload_plan(self) -> None:
        """Show how far the learner is now."""
        if self._state is not None:
            await self._load()
            self._show_progress()

    async def retranslate(self) -> None:
        """The same place in the other language."""
        share, selected = self._page.share, self._page.selected
        await self._load()
        self._draw(share)
        self._page.selected = selected
        self._translate_modal()
        self.reword_run()
        self.redraw(TitleLine, StatusLine, KeyLine, PlaceList)

    def _translate_modal(self) -> None:
        """Hand the lesson's words to a modal of this screen that is in front."""
        front, state = self.app.screen, self._state
        self.translate_panel()
        if state is not None and isinstance(front, ThinkModal):
            question = thinking_question(state.lesson, front.question_id)
            front.show(question.question if question is not None else ())

    # ---- drawing

    @property
    def _here(self) -> Section | None:
        return self._state.lesson.sections[self._index] if self._state is not None else None

    @property
    def _undone(self) -> Slot | None:
        """What is left to do in this section beside reading."""
        return self._state.task(self._index) if self._state is not None else None

    def _draw(self, share: float = 0.0) -> None:
        """The page of the present section, at a place."""
        if self._state is None:
            return
        self._turning = True
        self._page.selected = None
        self._page.show(
            section_page(self._state, self._index),
            reveal=frozenset(self._state.thoughts),
            titles=slot_titles(self._state.lesson),
        )
        self._page.scroll_to_share(share)
        self._turning = False
        self.call_after_refresh(self._show_progress)
        self.call_after_refresh(self.warm_up)
        self._show_progress()

    def _show_progress(self) -> None:
        self._show_share()
        if self._state is not None and self.query(PlaceList):
            places = self.query_one(PlaceList)
            places.current = self._index
            places.places = tuple(place_of(n, plan) for n, plan in enumerate(self._state.plan.sections, 1))
            self.refresh_keys()

    def _show_share(self) -> None:
        """How far down the page the reader is: all that a line further changes."""
        state, here = self._state, self._here
        if state is None or here is None or not self.query(PageView):
            return
        if self._page.laid_out:
            self._shares[here.id] = self._page.share
        if self._page.end_in_sight:
            self._ended.add(here.id)
        title = self.query_one(TitleLine)
        self.query_one(ReadingBar).share = self._page.progress
        title.left = f"{state.lesson.code} · {clean_line(state.lesson.title, 200)}"
        title.right = _(
            "section {n} of {total} · {percent}%",
            n=self._index + 1,
            total=len(state.lesson.sections),
            percent=round(self._page.progress * 100),
        )

    def _scrolled(self) -> None:
        page = self._page
        if self._turning:
            return
        before = self._keys_depend_on
        if page.selected is not None and page.selected not in page.visible_anchors:
            page.selected = None
        self._show_share()
        if self._keys_depend_on != before:
            self.refresh_keys()

    @property
    def _keys_depend_on(self) -> tuple[object, ...]:
        """Whatever scrolling may change of the keys that do something."""
        here, page = self._here, self._page
        return (here is not None and here.id in self._ended, page.selected, bool(page.anchors))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Enter opens what is selected, else pages to the end, opens what is left to do, marks as read."""
        if not self.is_mounted or self._state is None:
            return action == "back"
        panel, page = self.query_one(RunPanel), self._page
        nothing_chosen, task = page.chosen is None, self._undone
        ended = nothing_chosen and self._state.lesson.sections[self._index].id in self._ended
        possible = {
            "open_chosen": not nothing_chosen,
            "page_on": nothing_chosen and not ended,
            "open_derivation": ended and task is not None and task.kind == "derivation",
            "open_interview": ended and task is not None and task.kind == "interview",
            "questions": self._state.interview_in(self._index),
            "open_checklist": ended and task is not None and task.kind == "checklist",
            "read": ended and task is None,
            "drills": self._state.lesson.sections[self._index].kind is SectionKind.DERIVATION,
            "deselect": not nothing_chosen and not panel.open,
            "select": bool(page.anchors),
            "open_visible": bool(page.anchors),
            "stop_run": panel.running,
            "scroll_run": panel.open and not panel.running,
            "close_run": panel.open and not panel.running,
            "back": not panel.open and nothing_chosen,
            "run": not panel.running and self.program_here is not None,
            "xray": self.program_here is not None,
            "trust": self._state.has_code,
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
        self._index = index
        self._draw(self._shares.get(self._state.lesson.sections[index].id, 0.0))
        self.perform(self._keep_place(), group="place")

    def action_select(self, step: int) -> None:
        """Select the next thing to do, or the one before; the first time, from what can be seen on."""
        self._page.select(self._page.next_anchor(step))
        self.refresh_keys()

    def action_deselect(self) -> None:
        """Let go of what is selected."""
        self._page.selected = None
        self.refresh_keys()

    # ---- doing

    def action_page_on(self) -> None:
        """A page down; its end has not been in sight yet."""
        self.action_page(1)

    def action_open_task(self) -> None:
        """Open what is left to do in this section."""
        if self._undone is not None:
            self._open_anchor(Anchor(self._undone.kind, self._undone.id, 0))

    action_open_derivation = action_open_interview = action_open_checklist = action_open_task

    def action_read(self) -> None:
        """Mark the section read and go on. A second press before that is done is no second section."""
        if self._state is not None and not self._marking:
            self._marking = True
            self.perform(self._read(self._index, self._state.lesson.sections[self._index]))

    action_mark = action_read

    async def _read(self, index: int, section: Section) -> None:
        try:
            started = await self.ask(lambda study: study.reading.mark_read(section.id))
            await self._load()
        finally:
            self._marking = False
        self._go(index + 1)
        self._show_progress()
        self.say(now_read(section, started), "good")

    def action_undo(self) -> None:
        """Take the newest thing back, whatever it was."""
        self.perform(self._undo())

    async def _undo(self) -> None:
        taken_back = await self.ask(undo)
        await self._load()
        self._show_progress()
        self.say(taken_back)

    def action_add_card(self) -> None:
        """Write a card of one's own; its front is what is selected."""
        self.perform(self._add_card(), group="card")

    async def _add_card(self) -> None:
        if self._state is None:
            return
        from studybuddy.tui.modals.add_card import ADDED, AddCardModal

        section = self._state.lesson.sections[self._index].id
        front = self.get_selected_text() or chosen_words(self._state.lesson, self._page.chosen)
        if await self.app.push_screen_wait(AddCardModal(front, source=section)) is not None:
            self.clear_selection()
            self.say(ADDED, "good")

    def action_drills(self) -> None:
        """Choose a drill."""
        from studybuddy.tui.screens.lesson_doors import drills_screen

        self.app.push_screen(drills_screen())

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
        self._draw(self._page.share)
        place = next(n for n, anchor in enumerate(self._page.anchors) if anchor.id == question_id)
        self._page.select(place)
