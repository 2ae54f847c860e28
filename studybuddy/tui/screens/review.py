"""The review: one card at a time, until nothing is due."""

from __future__ import annotations

import time
from collections.abc import Coroutine
from typing import Any, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.widgets import Input

from studybuddy.core.card import Rating
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.event import EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_
from studybuddy.study.own_cards import Sides
from studybuddy.study.undoing import undone
from studybuddy.tui.commands import Command
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.review_cards import add_card, edit_card
from studybuddy.tui.screens.review_keys import REVIEW_COMMANDS, UNDO_TYPING
from studybuddy.tui.screens.review_questions import (
    Drawn,
    about,
    answer,
    compare,
    flag,
    put_aside,
    take_back,
)
from studybuddy.tui.screens.review_table import Phase, ReviewTable
from studybuddy.tui.widgets.card_view import CardView
from studybuddy.tui.widgets.rating_bar import RatingBar

GLANCE_S = 0.3
"""A key pressed sooner after the answer came up was meant for the question, or is held down."""


class ReviewScreen(ReviewTable):
    """Serves the queue. A card gives way to the next only after its answer is on disk."""

    CSS_PATH = "review.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = REVIEW_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*REVIEW_COMMANDS)

    def __init__(self) -> None:
        super().__init__()
        self._begun: dict[str, Sides] = {}

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
            "undo": phase is not Phase.BUSY,
            "lesson": card and readable and self._has_lesson,
            "edit": card and self._worded,
            "add": phase is not Phase.BUSY and not typing,
            "bury": card,
            "suspend": card,
            "flag": card,
            "leave_field": typing,
            "back": not typing,
        }
        return possible.get(action.split("(")[0], True)

    # ---- answering

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
        table = self.query_one(CardView)
        typed = table.field.value.strip() if drawn.face.typed else ""
        table.turn(typed, compare(drawn.face, typed) if typed else None)
        table.focus()
        self._say(None)
        self._enter(Phase.TURNED)
        if drawn.face.content is None:
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
        """Answer with the key that turned the card: Good, or what is proposed for a program."""
        if time.monotonic() - self._entered_at >= GLANCE_S:
            self._rate(self._proposed or Rating.GOOD)

    action_take_proposed = action_take_good

    def _rate(self, rating: Rating) -> None:
        if self._phase is Phase.TURNED and self._drawn is not None:
            elapsed_ms = int((time.monotonic() - self._asked_at) * 1000)
            self.perform(self._save(self._drawn, rating, elapsed_ms))

    async def _save(self, drawn: Drawn, rating: Rating, elapsed_ms: int) -> None:
        """Record an answer; the card stays until it is on disk."""
        if self._phase is not Phase.TURNED:
            return
        with self._busy():
            renewed = await self.ask(lambda study: answer(study, self._session, drawn, rating, elapsed_ms))
        if renewed is not None:
            self._drawn = drawn._replace(promise=renewed)
            self._enter(Phase.TURNED)
            self._say(Phrase(N_("the study day has turned: these are the new intervals")), "warn")
            return
        self._given += 1
        self._say(None)
        await self._next()

    # ---- what else can be done with a card

    def action_undo(self) -> None:
        """Take the newest thing back, and return to its card."""
        self.perform(self._undo())

    async def _undo(self) -> None:
        if (before := self._phase) is Phase.BUSY:
            return
        with self._busy():
            event, found = await self.ask(lambda study: take_back(study, self._session))
        if event is not None and event.kind is EventKind.REVIEW:
            self._given = max(0, self._given - 1)
        if found is None:
            self._enter(before)
        else:
            self._show(found)
        if event is None:
            self._say(Phrase(N_("nothing to undo in this review")), "warn")
        else:
            self._say(await self.ask(lambda study: undone(study, event)))

    def action_bury(self) -> None:
        """Put the card aside until the next study day."""
        self.perform(self._put_aside(N_("not asked again today; {key} takes that back"), suspend=False))

    def action_suspend(self) -> None:
        """Stop asking the card."""
        self.perform(self._put_aside(N_("no longer asked; {key} takes that back"), suspend=True))

    async def _put_aside(self, said: str, *, suspend: bool) -> None:
        drawn = self._drawn
        if drawn is None or self._phase is Phase.BUSY:
            return
        with self._busy():
            await self.ask(lambda study: put_aside(study, self._session, drawn.card, suspend=suspend))
        await self._next()
        self._say_undoable(said)

    def action_flag(self) -> None:
        """Set or lift the flag."""
        self.perform(self._flag())

    async def _flag(self) -> None:
        if (drawn := self._drawn) is not None:
            flagged = await self.ask(lambda study: flag(study, self._session, drawn.card))
            if self._drawn is drawn:
                self._drawn = drawn._replace(flagged=flagged)
                self.query_one(CardView).about(about(self._drawn))

    def action_add(self) -> None:
        """Write a card of one's own."""
        self.perform(self._write(add_card(self, self._session, self._drawn)))

    def action_edit(self) -> None:
        """Word the present card anew."""
        if self._drawn is not None:
            self.perform(self._write(edit_card(self, self._session, self._drawn, self._begun)))

    async def _write(self, writing: Coroutine[Any, Any, Phrase | None]) -> None:
        if said := await writing:
            await self.refresh_plan()
            if self._drawn is not None:
                await self.retranslate()
            self._say_undoable(said.message)

    def _say_undoable(self, said: str) -> None:
        """Say what was done and, as `{key}`, the key that takes it back."""
        self._say(Phrase.of(said, key=UNDO_TYPING if self._types else "u"))

    def action_lesson(self) -> None:
        """Open the section that the card came from."""
        if self._drawn is not None and not isinstance(self._drawn.face, StudybuddyError):
            from studybuddy.tui.screens.lesson import LessonScreen

            section = self._drawn.face.section
            self.app.push_screen(LessonScreen(section.split("/", 1)[0], section))

    @property
    def _has_lesson(self) -> bool:
        """Whether the card on the table comes from a lesson; one's own may come from nowhere."""
        drawn = self._drawn
        return drawn is not None and not isinstance(drawn.face, StudybuddyError) and bool(drawn.face.section)

    @property
    def _worded(self) -> bool:
        """Whether the card on the table has words that can be changed; an interview question has not."""
        drawn = self._drawn
        return drawn is not None and not isinstance(drawn.face, StudybuddyError) and bool(drawn.face.content)

    def on_key(self, event: events.Key) -> None:
        """A letter typed beside the answer field goes into it all the same."""
        letter = event.character or ""
        if self._types and not isinstance(self.focused, Input) and letter.isalnum():
            event.stop()
            self.query_one(CardView).type(letter)

    def action_leave_field(self) -> None:
        """Leave the answer field, so that single keys are commands again."""
        self.query_one(CardView).focus()

    # ---- when nothing is due

    def action_onward(self) -> None:
        """Go on with the lesson."""
        if self._finished is not None and self._finished.onward is not None:
            from studybuddy.tui.screens.lesson import LessonScreen

            self.app.switch_screen(LessonScreen(self._finished.onward.lesson, self._finished.onward.section))

    def action_resume(self) -> None:
        """Draw the card that has become due."""
        self.perform(self._next())
