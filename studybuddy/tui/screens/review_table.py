"""The table of a review: the card that lies on it, and what is shown when there is none."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import Enum, auto

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Container
from textual.content import Content
from textual.widgets import Input, Static

from studybuddy.core.card import Rating
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, say
from studybuddy.study.answers.attempts import Attempts
from studybuddy.study.answers.proposal import propose_rating
from studybuddy.study.recall_words import reason
from studybuddy.text import clean_line
from studybuddy.tui.screens.base import StudyScreen
from studybuddy.tui.screens.review_questions import Drawn, Finished, Session, about, draw, redraw
from studybuddy.tui.widgets.card_view import CardView
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.rating_bar import RatingBar
from studybuddy.tui.widgets.review_end import ReviewEnd
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

LOOK_AGAIN_S = 5.0
"""How often an empty queue is looked at again."""
PATIENCE_S = 0.15
"""After this long the key line says that keys wait."""


class Phase(Enum):
    """Where a review stands. BUSY: a question to the study is under way, keys wait."""

    BUSY = auto()
    ASKED = auto()
    TURNED = auto()
    OVER = auto()


class ReviewTable(StudyScreen):
    """Draws from the queue and says where the review stands. What can be done with a card is the review's."""

    def __init__(self) -> None:
        super().__init__()
        self._phase = Phase.BUSY
        self._drawn: Drawn | None = None
        self._finished: Finished | None = None
        self._due_again = False
        self._asked_at = self._entered_at = 0.0
        self._given = 0
        self._field_left = False
        """Whether the learner left the answer field, so that single keys are commands."""
        self._session = Session()
        self._attempts = Attempts()

    def compose(self) -> ComposeResult:
        """The card and its buttons; in their place, at the end, what is left to say."""
        yield TitleLine()
        with Container(id="repair-place"):
            yield Static(id="repair", markup=False)
        yield CardView()
        with Container(id="end-place"):
            yield ReviewEnd()
        with Container(id="foot"):
            yield Static(id="reason", markup=False)
            yield RatingBar()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Draw the first card."""
        self._word_title()
        self.set_interval(LOOK_AGAIN_S, self._look_again)
        self.perform(self._next())

    # ---- drawing

    async def _next(self, card: str | None = None) -> None:
        self._enter(Phase.BUSY)
        with self._nothing_left():
            self._show(await self.ask(lambda study: draw(study, card)))

    @contextmanager
    def _nothing_left(self) -> Iterator[None]:
        """When the next card cannot be drawn, what lay on the table is gone all the same."""
        try:
            yield
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
        self._attempts = Attempts()
        self._field_left = False
        table = self.query_one(CardView)
        table.put(found.face, about(found))
        table.take_focus()
        self._asked_at = time.monotonic()
        solved = found.solved and found.readable
        if solved:
            table.turn(None)
        self._enter(Phase.TURNED if solved else Phase.ASKED)

    def _enter(self, phase: Phase) -> None:
        self._phase, self._entered_at = phase, time.monotonic()
        if phase is Phase.BUSY:  # the picture stays: it would be another one for a few milliseconds
            self.set_timer(PATIENCE_S, self._tell_that_keys_wait)
            return
        self.set_class(phase is Phase.OVER, "-over")
        bar, turned = self.query_one(RatingBar), phase is Phase.TURNED
        bar.intervals = self._drawn.promise.words if self._drawn and turned else None
        bar.proposed = self._proposed if turned else None
        self._give_reason()
        self._tell_of_repair()
        self._word_title()
        self._refresh_keys()

    def _tell_that_keys_wait(self) -> None:
        if self._phase is Phase.BUSY:
            self._refresh_keys()

    def _give_reason(self) -> None:
        """Why a rating is proposed, above the buttons."""
        evidence = self._drawn.evidence if self._drawn is not None else None
        words = ""
        if self._phase is Phase.TURNED:
            words = (
                reason(evidence) if evidence is not None else say(self._spoken_for and self._spoken_for[1])
            )
        self.set_class(bool(words), "-proposed")
        self.query_one("#reason", Static).update(Content(clean_line(words)))

    @property
    def _spoken_for(self) -> tuple[Rating, Phrase] | None:
        """The rating that a typed answer speaks for, and why."""
        given, drawn = self._attempts.answer, self._drawn
        return None if given is None or drawn is None else propose_rating(given, drawn.earlier_ms)

    def _tell_of_repair(self) -> None:
        """Above the card, why it comes before its turn."""
        told = self._drawn.repair if self._drawn is not None else None
        said = None if told is None else told[self._phase is Phase.TURNED]
        self.set_class(said is not None, "-repair")
        self.query_one("#repair", Static).update(Content(clean_line(say(said), 400)))

    @property
    def _brought_by_repair(self) -> bool:
        """Whether the card on the table comes because something that rests on it slipped."""
        return self._drawn is not None and bool(self._drawn.weak)

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

    # ---- when nothing is due

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
        elif self._phase is Phase.ASKED and self._asks_program:
            await self._next(self._drawn.card if self._drawn else None)
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
            counts = self._drawn.counts
            line.right = _(
                "learning {learning} · due {due} · new {new}",
                learning=counts.learning,
                due=counts.review,
                new=counts.new,
            )

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def _refresh_keys(self) -> None:
        typing = isinstance(self.focused, Input)
        hint = N_("Enter shows the answer") if typing else N_("Space shows the answer")
        if self._has_field and not typing:
            hint = N_("Space shows the answer, Enter goes on typing")
        if self._asks_program:
            hint = N_("Space opens the editor")
        for bar in self.query(RatingBar):
            bar.hint = Phrase(hint)
        for line in self.query(KeyLine):
            line.refresh()

    def _say(self, phrase: Phrase | None, tone: str = "") -> None:
        self.query_one(StatusLine).show(phrase, tone)

    @property
    def _asks_program(self) -> bool:
        """Whether the card on the table asks for a program."""
        drawn = self._drawn
        return drawn is not None and not isinstance(drawn.face, StudybuddyError) and drawn.face.asks_program

    @property
    def _proposed(self) -> Rating | None:
        """The rating that the program on the table speaks for, or the typed answer."""
        evidence = self._drawn.evidence if self._drawn is not None else None
        if evidence is not None:
            return evidence.proposal.rating
        return self._spoken_for[0] if self._spoken_for is not None else None

    @property
    def _types(self) -> bool:
        """Whether the card waits for a typed answer, so that letters are an answer and no commands."""
        return self._has_field and not self._field_left

    @property
    def _has_field(self) -> bool:
        """Whether the card on the table waits for a typed answer."""
        return self._phase is Phase.ASKED and bool(self.query_one(CardView).field.display)

    @on(events.DescendantFocus)
    def _note_the_field(self, event: events.DescendantFocus) -> None:
        if isinstance(event.widget, Input):
            self._field_left = False
        elif isinstance(event.widget, CardView) and self._has_field:
            self._field_left = True
