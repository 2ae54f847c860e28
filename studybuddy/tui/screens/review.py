"""The review: one card at a time, until nothing is due."""

from __future__ import annotations

import asyncio
import time
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widgets import Input

from studybuddy.core.card import Rating
from studybuddy.core.card_content import CardContent
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.lesson import InterviewQuestion
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.answers.judged import Judged
from studybuddy.study.answers.judges import judge
from studybuddy.study.answers.proposal import Answer
from studybuddy.study.answers.questions import judge_question
from studybuddy.study.answers.rows import not_turned
from studybuddy.study.faces import CardFace
from studybuddy.study.live_reading import read_asked
from studybuddy.tui.commands import Command
from studybuddy.tui.live_reader import LiveReader
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.review_keys import REVIEW_COMMANDS
from studybuddy.tui.screens.review_leech import ReviewLeeches
from studybuddy.tui.screens.review_questions import Drawn, Given, Promise, Undrawn, go_on
from studybuddy.tui.screens.review_table import Phase
from studybuddy.tui.widgets.card_view import CardView
from studybuddy.tui.widgets.rating_bar import RatingBar
from studybuddy.tui.widgets.read_as import Read

GLANCE_S = 0.3
"""A key pressed sooner after the answer came up was meant for the question, or is held down."""


class ReviewScreen(ReviewLeeches):
    """Serves the queue. A card gives way to the next only after its answer is on disk."""

    CSS_PATH = "review.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = REVIEW_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*REVIEW_COMMANDS)

    def __init__(self) -> None:
        super().__init__()
        self._reader = LiveReader(self, self._show_read)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now."""
        phase, typing = self._phase, isinstance(self.focused, Input)
        card = phase in (Phase.ASKED, Phase.TURNED) and not typing
        readable = self._drawn is not None and self._drawn.readable
        possible = {
            "reveal": phase is Phase.ASKED and readable and not typing and not self._asks_program,
            "solve": phase is Phase.ASKED and self._asks_program,
            "submit": phase is Phase.ASKED and typing,
            "rate": phase is Phase.TURNED,
            "take_good": phase is Phase.TURNED and self._proposed is None,
            "take_proposed": phase is Phase.TURNED and self._proposed is not None,
            "onward": phase is Phase.OVER and self._finished is not None and bool(self._finished.onward),
            "resume": phase is Phase.OVER and self._due_again,
            "more": phase is Phase.OVER and self._finished is not None and self._finished.outlook.more,
            "undo": phase is not Phase.BUSY,
            "lesson": card and readable and self._has_lesson,
            "edit": card and self._worded,
            "why": phase in (Phase.ASKED, Phase.TURNED),
            "leech": phase is not Phase.BUSY and bool(self._leech_in_question),
            "add": phase is not Phase.BUSY and not typing,
            "bury": card,
            "decline": phase in (Phase.ASKED, Phase.TURNED) and self._brought_by_repair,
            "suspend": card,
            "flag": card,
            "leave_field": typing,
            "enter_field": self._has_field and not typing,
            "back": not typing,
        }
        return possible.get(action.split("(")[0], True)

    # ---- answering

    @on(Input.Changed)
    def _typing(self, event: Input.Changed) -> None:
        """Draw how a formula is read, while it is typed."""
        face = self._drawn.face if self._drawn is not None else None
        if isinstance(face, CardFace) and face.content is not None and face.content.asked is not None:
            self._reader.type(event.value, partial(read_asked, face.content.asked))

    def _show_read(self, typed: str, read: Read) -> None:
        table = self.query_one(CardView)
        if self._phase is Phase.ASKED and typed == table.field.value:
            table.reading.read = read

    @on(Input.Submitted)
    @on(RatingBar.RevealRequested)
    def action_reveal(self) -> None:
        """Turn the card."""
        drawn = self._drawn
        if self._phase is not Phase.ASKED or drawn is None or isinstance(drawn.face, StudybuddyError):
            return
        if self._asks_program:
            self.action_solve()
            return
        content = drawn.face.content
        if drawn.face.question is not None:
            self._hear(drawn.face.question)
        if content is not None and drawn.face.typed:
            typed = self.query_one(CardView).field.value.strip()
            if content.asked is not None and typed:
                self.perform(self._check(content, typed), group="check")
                return
            if self._taken(content, judge(content, typed)):
                return
        self._turn(drawn)

    def _hear(self, question: InterviewQuestion) -> None:
        """Look for the key points of a question in what is typed; it proposes a grade and no more."""
        judged = judge_question(question, self.query_one(CardView).field.value)
        took_ms = int((time.monotonic() - self._asked_at) * 1000)
        self._attempts.answer = Answer(judged, elapsed_ms=took_ms) if judged is not None else None

    async def _check(self, content: CardContent, typed: str) -> None:
        """Ask the checker in a thread of its own: a wrong formula takes it up to half a second."""
        drawn = self._drawn
        if drawn is None or self._phase is not Phase.ASKED:
            return
        with self._busy():
            judged = await asyncio.to_thread(judge, content, typed)
        self._enter(Phase.ASKED)
        if not self._taken(content, judged):
            self._turn(drawn)

    def _taken(self, content: CardContent, judged: Judged | None) -> bool:
        """Take a judged answer; whether it may still be changed, so that the card is not turned."""
        self._attempts.take(content, judged, int((time.monotonic() - self._asked_at) * 1000))
        if judged is None or self._attempts.answer is not None:
            return False
        self._say(not_turned(judged), "warn")
        return True

    def _turn(self, drawn: Drawn) -> None:
        """Show the answer."""
        table, given = self.query_one(CardView), self._attempts.answer
        table.turn(given.judged if given is not None else None)
        table.take_focus()
        self._say(None)
        self._enter(Phase.TURNED)
        if not isinstance(drawn.face, StudybuddyError) and drawn.face.content is None:
            self.perform(self._reference_shown(drawn.card))

    def action_solve(self) -> None:
        """Write the program that the card asks for; with a result, the card is turned."""
        if self._phase is Phase.ASKED and self._drawn is not None:
            from studybuddy.tui.screens.recall import RecallScreen

            self.app.push_screen(RecallScreen(self._drawn.card))

    async def _reference_shown(self, question: str) -> None:
        """A reference answer that was read here is not answered from memory in the mock interview."""
        await self.ask(lambda study: study.interview.open_reference(question))

    action_submit = action_reveal

    @on(RatingBar.Rated)
    def _rated(self, event: RatingBar.Rated) -> None:
        self._rate(event.rating)

    def action_rate(self, rating: int) -> None:
        """Answer with a button, 1 to 4."""
        self._rate(Rating(rating))

    def action_take_good(self) -> None:
        """Answer with the key that turned the card: Good, or what is proposed."""
        if time.monotonic() - self._entered_at >= GLANCE_S:
            self._rate(self._proposed or Rating.GOOD)

    action_take_proposed = action_take_good

    def _rate(self, rating: Rating) -> None:
        if self._phase is Phase.TURNED and self._drawn is not None:
            elapsed_ms = int((time.monotonic() - self._asked_at) * 1000)
            given = Given(rating, elapsed_ms, self.query_one(CardView).typed)
            self.perform(self._save(self._drawn, given))

    async def _save(self, drawn: Drawn, given: Given) -> None:
        """Record an answer; the card stays until it is on disk."""
        if self._phase is not Phase.TURNED:
            return
        with self._busy():
            found = await self.ask(lambda study: go_on(study, self._session, drawn, given))
        if isinstance(found, Promise):
            self._drawn = drawn._replace(promise=found)
            self._enter(Phase.TURNED)
            self._say(Phrase(N_("the study day has turned: these are the new intervals")), "warn")
            return
        self._given += 1
        with self._nothing_left(), self.app.batch_update():
            self._say(None)
            if isinstance(found, Undrawn):
                raise found.error
            self._show(found)
        await self._notice(drawn, given.rating)

    # ---- typing

    def on_key(self, event: events.Key) -> None:
        """A letter typed beside the answer field goes into it, until the learner leaves the field."""
        letter = event.character or ""
        if self._types and not isinstance(self.focused, Input) and letter.isalnum():
            event.stop()
            self.query_one(CardView).type(letter)

    def action_leave_field(self) -> None:
        """Leave the answer field, so that single keys are commands again."""
        self._field_left = True
        self.query_one(CardView).focus()

    def action_enter_field(self) -> None:
        """Go back to the answer field; what is typed there stays."""
        self._field_left = False
        self.query_one(CardView).field.focus()

    # ---- when nothing is due

    def action_onward(self) -> None:
        """Go on with the lesson."""
        if self._finished is not None and self._finished.onward is not None:
            from studybuddy.tui.screens.lesson import LessonScreen

            self.app.switch_screen(LessonScreen(self._finished.onward.lesson, self._finished.onward.section))

    def action_resume(self) -> None:
        """Draw the card that has become due."""
        self.perform(self._next())
