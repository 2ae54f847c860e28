"""The mock interview: a question and a timer, an answer typed or aloud, then what it is measured by."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import TextArea

from studybuddy.core.card import Rating
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.lesson import InterviewQuestion, Lesson
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.outcome_words import RATING_WORDS
from studybuddy.study.reading import LONGEST_ANSWER
from studybuddy.study.undoing import undone
from studybuddy.tui.commands import Command
from studybuddy.tui.draft import Draft
from studybuddy.tui.interview_pages import (
    WRONG_KEY,
    Attempt,
    InterviewState,
    Part,
    keep_grade,
    load_interview,
    open_keys,
    part_page,
    promises,
    question_page,
    sign_words,
)
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.interview_keys import INTERVIEW_COMMANDS
from studybuddy.tui.screens.page_screen import PageScreen
from studybuddy.tui.widgets.answer_area import AnswerArea
from studybuddy.tui.widgets.answer_desk import AnswerDesk
from studybuddy.tui.widgets.grade_line import GradeFoot
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.rating_bar import RatingBar
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.tick_list import TickRow
from studybuddy.tui.widgets.title_line import TitleLine
from studybuddy.tui.widgets.trail import Trail


class InterviewScreen(PageScreen):
    """One question at a time. The learner ticks what they said and grades themselves."""

    CSS_PATH = "interview.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = INTERVIEW_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*INTERVIEW_COMMANDS)

    def __init__(self, lesson_id: str, question_id: str | None = None) -> None:
        """Open the interview of a lesson at a question, or at the first one without a grade."""
        super().__init__()
        self._lesson_id = lesson_id
        self._wanted = question_id
        self._state: InterviewState | None = None
        self._index = 0
        self._attempt = Attempt(time.monotonic())
        self._draft: Draft | None = None
        self._busy = True

    def compose(self) -> ComposeResult:
        """The question and the answer typed, what it is measured by, the grades."""
        yield TitleLine()
        yield Trail()
        with Container(id="room"):
            with Vertical(id="asked"):
                yield PageView(id="question")
                yield AnswerArea(soft_wrap=True, show_line_numbers=False)
            yield AnswerDesk()
        yield GradeFoot()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the questions, and let the timer run."""
        self.set_interval(1, self._show_time)
        self.perform(self._open())

    async def on_unmount(self) -> None:
        """Whichever way the screen goes, what was typed is kept."""
        with suppress(StudybuddyError, RuntimeError):
            await self._save()

    async def _open(self) -> None:
        self._state = state = await self._load()
        wanted = (n for n, question in enumerate(state.questions) if question.id == self._wanted)
        await self._go(next(wanted, state.next_open(-1) or 0))

    async def _load(self) -> InterviewState:
        return await self.ask(lambda study: load_interview(study, self._lesson_id))

    @property
    def shown_lesson(self) -> Lesson | None:
        """The lesson the questions belong to."""
        return self._state.lesson if self._state is not None else None

    @property
    def _question(self) -> InterviewQuestion | None:
        return (
            self._state.questions[self._index] if self._state is not None and self._state.questions else None
        )

    @property
    def _editor(self) -> TextArea:
        return self.query_one(TextArea)

    async def _save(self) -> None:
        if self._draft is not None:
            await self._draft.save()

    # ---- drawing

    async def _go(self, index: int, *, write: bool = True) -> None:
        """Ask a question, from its beginning; `write`: the learner is about to answer it."""
        self._busy = True
        try:
            if self._state is not None and 0 <= index < len(self._state.questions):
                await self._save()
                await self._begin(index, self._state.questions[index])
        finally:
            self._busy = False
        self._draw()
        self.set_focus(self._editor if write else None)

    async def _begin(self, index: int, question: InterviewQuestion) -> None:
        text = await self.ask(lambda study: study.interview.draft(question.id))
        await self.query_one(AnswerDesk).begin(question)
        self._draft = Draft(
            self, lambda study, typed: study.interview.save_draft(question.id, typed), self._tell
        )
        self._draft.open(text)
        self._editor.load_text(text)
        self._index = index
        self._attempt = Attempt(time.monotonic())

    def _draw(self) -> None:
        state, question, attempt = self._state, self._question, self._attempt
        if state is None:
            return
        self.query_one(TitleLine).left = _("Mock interview") + " · " + state.lesson.code
        self._show_time()
        for part in (Trail, GradeFoot, AnswerDesk, "#question", TextArea):
            self.query_one(part).display = question is not None
        if question is None:
            self.say(Phrase(N_("this lesson has no interview questions")))
            return
        trail = self.query_one(Trail)
        trail.signs = tuple(state.sign(each) for each in state.questions)
        trail.words = sign_words()
        trail.current = self._index
        self.query_one("#question", PageView).show(question_page(state, self._index))
        self._editor.placeholder = _("type your answer, or say it aloud")
        self._editor.can_focus = attempt.part is Part.QUESTION
        self._editor.read_only = attempt.part > Part.QUESTION
        self.query_one(AnswerDesk).show(question, attempt)
        self.query_one(GradeFoot).show(attempt, self._next_part)
        self.refresh_keys()

    def _show_time(self) -> None:
        """The running time of the question, until the first part is shown."""
        attempt = self._attempt
        thinking = attempt.part is Part.QUESTION
        seconds = int(time.monotonic() - attempt.shown_at) if thinking else attempt.thought_ms // 1000
        if self._question is not None:
            self.query_one(TitleLine).right = f"{seconds // 60}:{seconds % 60:02}"

    def _tell(self, phrase: Phrase | None, tone: str) -> None:
        """Say what became of the draft; only its beginning is kept of an endless one."""
        if len(self._editor.text) > LONGEST_ANSWER:
            phrase, tone = Phrase.of(N_("only the first {n} characters are kept"), n=LONGEST_ANSWER), "warn"
        self.say(phrase, tone)

    async def retranslate(self) -> None:
        """Word everything again; ticks, grade and what was typed stay."""
        if self._state is not None:
            self._state = await self._load()
            self._draw()
            self.translate_panel()
        self.redraw(TitleLine, StatusLine, KeyLine)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now."""
        name, _bracket, argument = action.partition("(")
        question, attempt = self._question, self._attempt
        if question is None or self._busy:
            return name == "back"
        editing = isinstance(self.focused, TextArea)
        opened, graded = attempt.part >= Part.REFERENCE, attempt.graded is not None
        key = str(parameters[0]) if parameters else argument.strip("')")
        possible = {
            "reveal": self._next_part is not None,
            "reveal_plain": self._next_part is not None and not graded,
            "tick": opened and not graded and key in open_keys(question, attempt.part, attempt.heard),
            "grade": opened and not graded,
            "onward": graded,
            "undo": graded,
            "leave_editor": editing,
            "write": attempt.part is Part.QUESTION and not editing,
            "question": not editing,
            "questions": True,
            "back": not editing,
            "symbols_while_typing": editing,
        }
        return possible.get(name, True)

    # ---- revealing and ticking

    @property
    def _next_part(self) -> Part | None:
        """The next part that the lesson has."""
        question = self._question
        later = (part for part in Part if part > self._attempt.part)
        return next((part for part in later if question is not None and part_page(question, part)), None)

    def action_reveal(self) -> None:
        """Show the next part. The first one stops the timer."""
        if not self._busy:
            self._busy = True
            self.perform(self._reveal())

    action_reveal_plain = action_reveal

    async def _reveal(self) -> None:
        try:
            part = await self._open_next_part()
        finally:
            self._busy = False
        self._draw()
        if part is not None:
            desk = self.query_one(AnswerDesk)
            self.call_after_refresh(self.call_after_refresh, desk.bring_up, part)

    async def _open_next_part(self) -> Part | None:
        question, part, attempt = self._question, self._next_part, self._attempt
        if question is None or part is None:
            return None
        if attempt.part is Part.QUESTION:
            attempt.thought_ms = int((time.monotonic() - attempt.shown_at) * 1000)
            self.set_focus(None)
        if part >= Part.REFERENCE and not attempt.promises:
            attempt.seen_before = await self.ask(lambda study: study.interview.open_reference(question.id))
            attempt.promises = await self.ask(lambda study: promises(study, question.id))
            attempt.listen(question, self._editor.text)
        attempt.part = part
        return part

    @on(RatingBar.RevealRequested)
    def _reveal_requested(self) -> None:
        self.action_reveal()

    def action_tick(self, key: str) -> None:
        """Tick a statement, or clear it."""
        self._attempt.ticked ^= {key}
        self._draw()

    @on(TickRow.Ticked)
    def _ticked(self, event: TickRow.Ticked) -> None:
        if self._attempt.graded is None:
            self.action_tick(event.key)

    # ---- grading

    @on(RatingBar.Rated)
    def _rated(self, event: RatingBar.Rated) -> None:
        self.action_grade(int(event.rating))

    def action_grade(self, rating: int) -> None:
        """Grade the answer, 1 to 4."""
        if not self._busy and self._attempt.graded is None and self._stands(Rating(rating)):
            self._busy = True
            self.perform(self._grade(Rating(rating)))

    def _stands(self, rating: Rating) -> bool:
        """Whether a grade has something to stand on; asks once where it has nothing."""
        question, attempt = self._question, self._attempt
        points = bool(question and question.key_points)
        if rating < Rating.GOOD or attempt.warned or not points or attempt.ticked - {WRONG_KEY}:
            return True
        attempt.warned = True
        grade = Phrase(RATING_WORDS[rating])
        words = N_("no key point is ticked · press {key} again to grade {grade} all the same")
        self.say(Phrase.of(words, key=int(rating), grade=grade), "warn")
        return False

    async def _grade(self, rating: Rating) -> None:
        question, attempt = self._question, self._attempt
        assert question is not None
        answer = attempt.answer(self._editor.text, rating)
        try:
            graded = await self.ask(lambda study: keep_grade(study, question.id, answer))
            self._state = await self._load()
            attempt.graded, attempt.comes_back = graded.rating, graded.comes_back
        finally:
            self._busy = False
        if self._draft is not None:
            self._draft.open(self._editor.text)
        self.say(None)
        self._draw()

    def action_undo(self) -> None:
        """Take the grade back; ticks and answer stay, and another grade can be given."""
        if not self._busy:
            self._busy = True
            self.perform(self._undo())

    async def _undo(self) -> None:
        try:
            event = await self.ask(lambda study: study.review.undo())
            self._state = await self._load()
        finally:
            self._busy = False
        self._attempt.graded = None
        self.say(await self.ask(lambda study: undone(study, event)))
        self._draw()

    # ---- moving

    def action_onward(self) -> None:
        """To the next question without a grade."""
        following = self._state.next_open(self._index) if self._state is not None else None
        if following is None:
            self.say(Phrase(N_("every question is answered · Esc goes back")), "good")
        else:
            self._ask(following, write=True)

    def action_question(self, steps: int) -> None:
        """To another question; who only looks through them is not put into the editor."""
        self._ask(self._index + steps, write=isinstance(self.focused, TextArea))

    def _ask(self, index: int, *, write: bool) -> None:
        self.say(None)
        if self._state is not None and 0 <= index < len(self._state.questions):
            self._busy = True
            self.perform(self._go(index, write=write))

    @on(Trail.Chosen)
    def _chosen(self, event: Trail.Chosen) -> None:
        self.action_question(event.index - self._index)

    @on(TextArea.Changed)
    def _type(self, event: TextArea.Changed) -> None:
        text = event.text_area.text
        if self._draft is not None and self._attempt.graded is None:
            self._draft.type(text)

    def action_write(self) -> None:
        """Into the editor."""
        self._editor.focus()

    def action_leave_editor(self) -> None:
        """Out of the editor, so that the plain keys work."""
        self.set_focus(None)

    def action_scroll(self, lines: int) -> None:
        """Move by lines: the whole page, or on a wide terminal the parts of the answer."""
        scrolled = self.query_one(AnswerDesk) if self.has_class("-wide") else self.query_one("#room")
        scrolled.scroll_relative(y=lines, animate=False)
