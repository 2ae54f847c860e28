"""The table of a derivation: the step that lies in front, what was typed for it, and how it is read."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import TextArea

from studybuddy.core.block import Blocks, Heading, Text
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.lesson import DerivationStep, Lesson
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.live_reading import LiveReading, make_ready, read_latex, read_live
from studybuddy.study.reading import LONGEST_ANSWER
from studybuddy.text import clean_line
from studybuddy.tui.derivation_pages import context_page, goal
from studybuddy.tui.derivation_state import DerivationState, Outcome, load_derivation, sign_words
from studybuddy.tui.draft import Draft
from studybuddy.tui.live_reader import LiveReader
from studybuddy.tui.screens.page_screen import PageScreen
from studybuddy.tui.widgets.givens_bar import GivensBar
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.read_as import Read
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.step_desk import StepDesk
from studybuddy.tui.widgets.title_line import TitleLine
from studybuddy.tui.widgets.trail import Trail

LEAST_LINES = 16
"""Lines of a terminal below which what is given is shown only when it is asked for."""


@dataclass(slots=True)
class Bench:
    """What this visit knows of a step."""

    typed: str | None = None
    """What stands in the editor; None before anything did."""
    outcome: Outcome | None = None
    """The newest verdict."""
    numbers: Blocks = ()
    """The step in small numbers, once it was asked for."""
    revealed: bool = False
    """Whether the course's answer is open, though nothing was accepted."""
    hidden: bool = False
    """Whether it is hidden, though something was."""
    since: float = field(default_factory=time.monotonic)
    """When the step was put in front, or last answered."""


class DerivationTable(PageScreen):
    """Draws a step and keeps what is typed for it. What can be done with it is the desk's."""

    def __init__(self, derivation_id: str) -> None:
        """Open a derivation by its full id, at the first step that is not done."""
        super().__init__()
        self._derivation_id = derivation_id
        self._state: DerivationState | None = None
        self._index = 0
        self._benches: dict[str, Bench] = {}
        self._draft: Draft | None = None
        self._reader = LiveReader(self, self._show_read)

    def compose(self) -> ComposeResult:
        """The way through the steps; what is known beside the step in front."""
        yield TitleLine()
        yield Trail()
        yield GivensBar()
        with Container(id="desk"):
            with Vertical(id="context"):
                yield PageView(id="known")
                yield PageView(id="numbers")
            yield StepDesk()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the derivation."""
        super().on_mount()
        self.perform(self._open())

    async def on_unmount(self) -> None:
        """Whichever way the screen goes, what was typed is kept."""
        with suppress(StudybuddyError, RuntimeError):
            await self._save()

    async def _open(self) -> None:
        state = await self._reload()
        await self._go(state.next_open(-1) or 0)

    async def _reload(self) -> DerivationState:
        self._state = await self.ask(lambda study: load_derivation(study, self._derivation_id))
        return self._state

    def on_resize(self) -> None:
        """Where there are few lines, the step has them all."""
        self.set_class(self.app.size.height < LEAST_LINES, "-low")

    # ---- what lies there

    @property
    def shown_lesson(self) -> Lesson | None:
        """The lesson the derivation belongs to."""
        return self._state.lesson if self._state is not None else None

    @property
    def _step(self) -> DerivationStep | None:
        return self._state.steps[self._index] if self._state is not None and self._state.steps else None

    @property
    def _bench(self) -> Bench:
        step = self._step
        return self._benches.setdefault(step.id, Bench()) if step is not None else Bench()

    @property
    def _desk(self) -> StepDesk:
        return self.query_one(StepDesk)

    @property
    def _checked(self) -> bool:
        """Whether the machine judges the step in front."""
        return self._state is not None and self._step is not None and self._state.checked(self._step)

    @property
    def _revealed(self) -> bool:
        """Whether the course's answer to the step in front is open."""
        state, step, bench = self._state, self._step, self._bench
        if state is None or step is None or bench.hidden:
            return False
        return bench.revealed or state.settled(step) or state.help(step).revealed

    # ---- drawing

    async def _go(self, index: int, *, write: bool = True) -> None:
        """Put a step in front. A settled one shows how it came out.

        Args:
            index: its number, from 0.
            write: whether an open one is written at once; else the plain keys go on working.
        """
        state = self._state
        if state is None or not 0 <= index < len(state.steps):
            return
        await self._save()
        self._index = index
        step, bench = state.steps[index], self._bench
        text = bench.typed if bench.typed is not None else state.answers.get(step.id, "")
        bench.since = time.monotonic()
        self._draft = Draft(
            self, lambda study, typed: study.derivation.save_draft(step.id, typed), self._tell_of_draft
        )
        self._draft.open(text)
        self._desk.editor.load_text(text)
        self._desk.editor.move_cursor(self._desk.editor.document.end)
        self._desk.reading.read = Read()
        self._draw()
        self._show_reading()
        self.perform(self._make_ready(step), group="ready")
        if step.given or self._revealed or not write:
            self.set_focus(None)
        else:
            self._desk.editor.focus(scroll_visible=False)
        self._bring_up("#prompt")

    async def _save(self) -> None:
        if self._draft is not None:
            await self._draft.save()

    def _bring_up(self, part: str, *, top: bool = True) -> None:
        """Scroll to a part of the step once it has its place: parts ask for one only when they are idle."""
        self.call_after_refresh(self.call_after_refresh, self._desk.bring_up, part, top=top)

    def _draw(self) -> None:
        state, step = self._state, self._step
        if state is None or step is None:
            return
        title, trail, bar = self.query_one(TitleLine), self.query_one(Trail), self.query_one(GivensBar)
        name = _("Drill") if state.drill else _("Derivation")
        title.left = name + " · " + clean_line(state.derivation.title, 200)
        settled = sum(not step.given and state.settled(step) for step in state.steps)
        title.right = _("{done} of {total} steps", done=settled, total=len(state.standings))
        trail.signs = tuple(state.sign(step) for step in state.steps)
        trail.words = sign_words()
        trail.current = self._index
        bar.shapes, bar.formulas = state.shapes, (*state.definitions, goal(state))
        bar.refresh()
        self.query_one("#known", PageView).show(context_page(state, self._index))
        self._draw_numbers()
        self._desk.show(state, self._index, revealed=self._revealed)
        self._show_verdict()
        self.refresh_keys()

    def _draw_numbers(self) -> None:
        """Below what is known, once it was asked for: the step in small numbers."""
        numbers, page = self._bench.numbers, self.query_one("#numbers", PageView)
        page.display = bool(numbers)
        if numbers:
            page.show((Heading(3, (Text(_("In small numbers")),)), *numbers))

    def _show_verdict(self) -> None:
        """The newest verdict on the step; it steps back when the answer is no longer the one it is about."""
        outcome = self._bench.outcome
        before = outcome is not None and outcome.answer != self._desk.editor.text
        self._desk.tell(outcome, before=before, hint_key="^t" if self.typing else "h")

    def _tell_of_draft(self, phrase: Phrase | None, tone: str) -> None:
        """Say what became of the draft; only its beginning is kept of an endless one."""
        if len(self._desk.editor.text) >= LONGEST_ANSWER:
            phrase, tone = Phrase.of(N_("only the first {n} characters are kept"), n=LONGEST_ANSWER), "warn"
        self.say(phrase, tone)

    async def retranslate(self) -> None:
        """Word everything again; the step, the hints and what was typed stay."""
        before = self._state
        if before is not None:
            await self._reword(before, await self._reload())
            self._draw()
            self.translate_panel()
        self.redraw(TitleLine, StatusLine, KeyLine, GivensBar)

    async def _reword(self, before: DerivationState, after: DerivationState) -> None:
        """Find the words in the language in use of what this visit knows, step by step."""

    async def refresh_plan(self) -> None:
        """Something may have been done elsewhere, such as a drill."""
        if self._state is not None:
            await self._reload()
            self._draw()

    # ---- typing

    @on(TextArea.Changed)
    def _type(self, event: TextArea.Changed) -> None:
        text, step, bench = event.text_area.text, self._step, self._bench
        if self._draft is None or step is None or step.given or text == bench.typed:
            return
        first, bench.typed = bench.typed is None, text
        if first and text == (self._state.answers.get(step.id, "") if self._state else ""):
            return
        self._draft.type(text)
        self._show_verdict()
        self.refresh_keys()
        self._show_reading(self._reader.type)

    def _show_reading(self, ask: Callable[[str, Callable[[str], LiveReading]], None] | None = None) -> None:
        """Draw how the answer is read: as the checker did, or, `ask` tells when, as it would."""
        state, step, text = self._state, self._step, self._desk.editor.text
        outcome = self._bench.outcome
        self._reader.stop()
        if state is None or step is None or step.given:
            return
        if outcome is not None and outcome.answer == text:
            self._desk.reading.read = Read(outcome.drawn)
            return
        read = partial(read_live, state.derivation, step) if state.checked(step) else read_latex
        (ask or self._reader.read)(text, read)

    def _show_read(self, text: str, read: Read) -> None:
        if text == self._desk.editor.text:
            self._desk.reading.read = read
            self._bring_up("ReadAs", top=False)

    async def _make_ready(self, step: DerivationStep) -> None:
        """Let the first answer be judged at once."""
        if self._state is not None and self._state.checked(step):
            await asyncio.to_thread(make_ready, self._state.derivation, step)
