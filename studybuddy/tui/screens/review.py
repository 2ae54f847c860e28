"""The review: one card at a time, until nothing is due."""

from __future__ import annotations

import time
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from enum import Enum, auto
from typing import Any, ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.widgets import Input

from studybuddy.core.card import Rating
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.event import EventKind
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.own_cards import Sides
from studybuddy.study.undoing import undone
from studybuddy.tui.commands import Command
from studybuddy.tui.screens.base import StudyScreen, bindings
from studybuddy.tui.screens.review_cards import add_card, edit_card
from studybuddy.tui.screens.review_keys import REVIEW_COMMANDS, UNDO_TYPING
from studybuddy.tui.screens.review_questions import (
    Drawn,
    Finished,
    Session,
    about,
    answer,
    compare,
    draw,
    flag,
    put_aside,
    redraw,
    take_back,
)
from studybuddy.tui.widgets.card_view import CardView
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.rating_bar import RatingBar
from studybuddy.tui.widgets.review_end import ReviewEnd
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

LOOK_AGAIN_S = 5.0
"""How often an empty queue is looked at again."""
GLANCE_S = 0.3
"""A key pressed sooner after the answer came up was meant for the question, or is held down."""


class Phase(Enum):
    """Where a review stands. BUSY: a question to the study is under way, keys wait."""

    BUSY = auto()
    ASKED = auto()
    TURNED = auto()
    OVER = auto()


class ReviewScreen(StudyScreen):
    """Serves the queue. A card gives way to the next only after its answer is on disk."""

    CSS_PATH = "review.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = REVIEW_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*REVIEW_COMMANDS)

    def __init__(self) -> None:
        super().__init__()
        self._phase = Phase.BUSY
        self._drawn: Drawn | None = None
        self._finished: Finished | None = None
        self._due_again = False
        self._asked_at = self._entered_at = 0.0
        self._given = 0
        self._session = Session()
        self._begun: dict[str, Sides] = {}

    def compose(self) -> ComposeResult:
        """The card and its buttons; in their place, at the end, what is left to say."""
        yield TitleLine()
        yield CardView()
        with Container(id="end-place"):
            yield ReviewEnd()
        with Container(id="foot"):
            yield RatingBar()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Draw the first card."""
        self._word_title()
        self.set_interval(LOOK_AGAIN_S, self._look_again)
        self.perform(self._next())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now."""
        phase, typing = self._phase, isinstance(self.focused, Input)
        card = phase in (Phase.ASKED, Phase.TURNED) and not typing
        readable = self._drawn is not None and self._drawn.readable
        possible = {
            "reveal": phase is Phase.ASKED and readable and not typing,
            "submit": phase is Phase.ASKED and typing,
            "rate": phase is Phase.TURNED,
            "take_good": phase is Phase.TURNED,
            "onward": phase is Phase.OVER and self._finished is not None and bool(self._finished.onward),
            "resume": phase is Phase.OVER and self._due_again,
            "undo": phase is not Phase.BUSY,
            "lesson": card and readable,
            "edit": card and self._worded,
            "add": phase is not Phase.BUSY and not typing,
            "bury": card,
            "suspend": card,
            "flag": card,
            "leave_field": typing,
            "back": not typing,
        }
        return possible.get(action.split("(")[0], True)

    # ---- drawing

    async def _next(self, card: str | None = None) -> None:
        self._enter(Phase.BUSY)
        try:
            self._show(await self.ask(lambda study: draw(study, card)))
        except BaseException:
            self._finished, self._due_again = None, True
            self._enter(Phase.OVER)
            raise

    def _show(self, found: Drawn | Finished) -> None:
        """Lay a card on the table, or clear it."""
        if isinstance(found, Finished):
            self._drawn, self._finished, self._due_again = None, found, False
            onward = found.onward.title if found.onward else ""
            self.query_one(ReviewEnd).show(found.outlook, self._given, onward)
            self.set_focus(None)
            self._enter(Phase.OVER)
            return
        self._drawn, self._finished = found, None
        table = self.query_one(CardView)
        table.put(found.face, about(found))
        (table.field if table.field.display else table).focus()
        self._asked_at = time.monotonic()
        self._enter(Phase.ASKED)

    def _enter(self, phase: Phase) -> None:
        self._phase, self._entered_at = phase, time.monotonic()
        self.set_class(phase is Phase.OVER, "-over")
        bar = self.query_one(RatingBar)
        if phase is not Phase.BUSY:
            bar.intervals = self._drawn.promise.words if self._drawn and phase is Phase.TURNED else None
        self._word_title()
        self._refresh_keys()

    @contextmanager
    def _busy(self) -> Iterator[None]:
        """Keys wait while something is put on disk; when that fails, all is as before."""
        before = self._phase
        self._enter(Phase.BUSY)
        try:
            yield
        except BaseException:
            self._enter(before)
            raise

    # ---- answering

    @on(Input.Submitted)
    @on(RatingBar.RevealRequested)
    def action_reveal(self) -> None:
        """Turn the card."""
        drawn = self._drawn
        if self._phase is not Phase.ASKED or drawn is None or isinstance(drawn.face, StudybuddyError):
            return
        table = self.query_one(CardView)
        typed = table.field.value.strip() if drawn.face.typed else ""
        table.turn(typed, compare(drawn.face, typed) if typed else None)
        table.focus()
        self._say(None)
        self._enter(Phase.TURNED)
        if drawn.face.content is None:
            self.perform(self._reference_shown(drawn.card))

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
        """Answer Good with the key that turned the card."""
        if time.monotonic() - self._entered_at >= GLANCE_S:
            self._rate(Rating.GOOD)

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
    def _worded(self) -> bool:
        """Whether the card on the table has words that can be changed; an interview question has not."""
        drawn = self._drawn
        return drawn is not None and not isinstance(drawn.face, StudybuddyError) and bool(drawn.face.content)

    @property
    def _types(self) -> bool:
        """Whether the card waits for a typed answer, so that letters are an answer and no commands."""
        return self._phase is Phase.ASKED and self.query_one(CardView).field.display

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

    def _look_again(self) -> None:
        if self._phase is Phase.OVER and not self._due_again and self.is_current:
            self.perform(self._look_at_the_queue(), group="clock")

    async def _look_at_the_queue(self) -> None:
        """Say that a card is due again; it is drawn when the learner wants it, for its time counts."""
        found = await self.ask(draw)
        if self._phase is not Phase.OVER:
            return
        if isinstance(found, Finished):
            self._show(found)
        else:
            self._due_again = True
            self._say(Phrase(N_("a card is due: Space shows it")), "good")
            self._refresh_keys()

    # ---- words and figures

    async def refresh_plan(self) -> None:
        """Count again; at the end of the queue, see whether there is something new."""
        if self._phase is Phase.OVER:
            await self._next()
        elif (drawn := self._drawn) is not None:
            counts = await self.ask(lambda study: study.review.counts())
            if self._drawn is drawn:
                self._drawn = drawn._replace(counts=counts)
                self._word_title()

    async def retranslate(self) -> None:
        """Word everything again; the card stays turned or not, and what was typed stays."""
        if (drawn := self._drawn) is not None:
            fresh = await self.ask(lambda study: redraw(study, drawn))
            self._drawn = fresh
            self.query_one(CardView).reword(fresh.face, about(fresh))
        elif self._phase is Phase.OVER:
            await self._next()
        self._enter(self._phase)
        for part in (RatingBar, StatusLine):
            self.query_one(part).refresh()

    def _word_title(self) -> None:
        line = self.query_one(TitleLine)
        line.left = _("Review")
        line.right = ""
        if self._drawn is not None:
            learning, due, new = self._drawn.counts
            line.right = _("learning {learning} · due {due} · new {new}", learning=learning, due=due, new=new)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _refresh_keys(self) -> None:
        typing = isinstance(self.focused, Input)
        hint = N_("Enter shows the answer") if typing else N_("Space shows the answer")
        for bar in self.query(RatingBar):
            bar.hint = Phrase(hint)
        for line in self.query(KeyLine):
            line.refresh()

    def _say(self, phrase: Phrase | None, tone: str = "") -> None:
        self.query_one(StatusLine).show(phrase, tone)
