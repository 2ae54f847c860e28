"""The derivation desk: write a step, compare it with the course's, and judge it yourself."""

from __future__ import annotations

from contextlib import suppress
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import TextArea

from studybuddy.core.errors import StudybuddyError
from studybuddy.core.lesson import DerivationStep, Lesson
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _
from studybuddy.study.derivation import StepResult
from studybuddy.study.reading import LONGEST_ANSWER
from studybuddy.study.undoing import undo
from studybuddy.text import clean_line
from studybuddy.tui.commands import Command
from studybuddy.tui.derivation_pages import DerivationState, context_page, load_derivation, sign_words
from studybuddy.tui.draft import Draft
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.derivation_keys import DERIVATION_COMMANDS
from studybuddy.tui.screens.page_screen import PageScreen
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.step_desk import StepDesk
from studybuddy.tui.widgets.title_line import TitleLine
from studybuddy.tui.widgets.trail import Trail


class DerivationScreen(PageScreen):
    """One step at a time. What is typed is saved as it is typed; the learner is the judge."""

    CSS_PATH = "derivation.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = DERIVATION_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*DERIVATION_COMMANDS)

    def __init__(self, derivation_id: str) -> None:
        """Open a derivation by its full id, at the first step that is not judged."""
        super().__init__()
        self._derivation_id = derivation_id
        self._state: DerivationState | None = None
        self._index = 0
        self._hints: dict[str, int] = {}
        self._typed: dict[str, str] = {}
        self._seen: set[str] = set()
        """Steps that were begun again after a look at the answer."""
        self._revealed = False
        self._undoable = False
        self._draft: Draft | None = None

    def compose(self) -> ComposeResult:
        """The way through the steps; what is known beside the step in front."""
        yield TitleLine()
        yield Trail()
        with Container(id="desk"):
            with Vertical(id="context"):
                yield PageView(id="known")
            yield StepDesk()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the derivation."""
        self.perform(self._open())

    async def on_unmount(self) -> None:
        """Whichever way the screen goes, what was typed is kept."""
        with suppress(StudybuddyError, RuntimeError):
            await self._save()

    async def _open(self) -> None:
        state = await self._reload()
        await self._go(state.next_open(-1) or 0)

    @property
    def shown_lesson(self) -> Lesson | None:
        """The lesson the derivation belongs to."""
        return self._state.lesson if self._state is not None else None

    @property
    def _step(self) -> DerivationStep | None:
        return self._state.steps[self._index] if self._state is not None and self._state.steps else None

    @property
    def _desk(self) -> StepDesk:
        return self.query_one(StepDesk)

    # ---- drawing

    async def _go(self, index: int) -> None:
        """Put a step in front. A judged one shows how it came out."""
        state = self._state
        if state is None or not 0 <= index < len(state.steps):
            return
        await self._save()
        self._index = index
        step = state.steps[index]
        self._revealed = step.id in state.results
        text = self._typed.get(step.id, state.answers.get(step.id, ""))
        self._draft = Draft(
            self, lambda study, typed: study.derivation.save_draft(step.id, typed), self._tell
        )
        self._draft.open(text)
        self._desk.editor.load_text(text)
        self._draw()
        if step.given or self._revealed:
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
        title, trail = self.query_one(TitleLine), self.query_one(Trail)
        title.left = _("Derivation") + " · " + clean_line(state.derivation.title, 200)
        mine = sum(not step.given for step in state.steps)
        title.right = _("{done} of {total} steps judged", done=len(state.results), total=mine)
        trail.signs = tuple(state.sign(step) for step in state.steps)
        trail.words = sign_words()
        trail.current = self._index
        self.query_one("#known", PageView).show(context_page(state, self._index))
        self._desk.show(
            state,
            self._index,
            hints=self._hints.get(step.id, 0),
            revealed=self._revealed,
            helped=bool(self._help_taken(step)),
        )
        self.refresh_keys()

    def _help_taken(self, step: DerivationStep) -> int:
        return self._hints.get(step.id, 0) + (step.id in self._seen)

    def _tell(self, phrase: Phrase | None, tone: str) -> None:
        """Say what became of the draft; only its beginning is kept of an endless one."""
        if len(self._desk.editor.text) > LONGEST_ANSWER:
            phrase, tone = Phrase.of(N_("only the first {n} characters are kept"), n=LONGEST_ANSWER), "warn"
        self.say(phrase, tone)

    async def retranslate(self) -> None:
        """Word everything again; the step, the hints and what was typed stay."""
        if self._state is not None:
            await self._reload()
            self._draw()
            self.translate_panel()
        self.redraw(TitleLine, StatusLine, KeyLine)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now."""
        step = self._step
        if step is None or self._state is None:
            return action in ("back", "symbols") if self._state is not None else action == "back"
        editing = isinstance(self.focused, TextArea)
        own = not step.given
        hints = own and not self._revealed and self._hints.get(step.id, 0) < len(step.hints)
        unaided = "unaided" in action or "unaided" in parameters
        possible = {
            "judge": own and self._revealed and not editing and not (unaided and self._help_taken(step)),
            "onward": self._following is not None and not editing,
            "write": own and not self._revealed and not editing,
            "again": own and self._revealed,
            "reveal": own and not self._revealed,
            "hint": hints and not editing,
            "hint_while_typing": hints and editing,
            "undo": self._undoable,
            "leave_editor": editing,
            "back": not editing,
            "step": not editing,
            "symbols": not editing,
            "symbols_while_typing": editing,
        }
        return possible.get(action.partition("(")[0], True)

    # ---- what the keys do

    @on(TextArea.Changed)
    def _type(self, event: TextArea.Changed) -> None:
        text, step = event.text_area.text, self._step
        if self._draft is None or step is None or step.given:
            return
        self._typed[step.id] = text
        self._draft.type(text)
        self._desk.preview(text)
        self._bring_up("#note", top=False)

    def action_write(self) -> None:
        """Into the editor."""
        self._desk.editor.focus()

    def action_leave_editor(self) -> None:
        """Out of the editor, so that the plain keys work."""
        self.set_focus(None)

    def action_hint(self) -> None:
        """One hint more."""
        step = self._step
        if step is not None:
            self._hints[step.id] = self._hints.get(step.id, 0) + 1
            self._draw()
            self._bring_up("#prompt")

    action_hint_while_typing = action_hint

    def action_reveal(self) -> None:
        """Show the course's answer beside one's own, which stands from now on."""
        self._revealed = True
        self.say(None)
        self.set_focus(None)
        self._draw()
        self._bring_up("TextArea")

    def action_again(self) -> None:
        """Hide the answer and write it once more; a look at it counts as help."""
        step = self._step
        if step is not None:
            self._seen.add(step.id)
            self._revealed = False
            self._draw()
            self._desk.editor.focus()

    def action_judge(self, result: str) -> None:
        """Keep the learner's judgement."""
        self.perform(self._keep(StepResult(result)))

    async def _keep(self, result: StepResult) -> None:
        step, text = self._step, self._desk.editor.text
        if step is None:
            return
        helped = self._help_taken(step)
        await self.ask(lambda study: study.derivation.judge(step.id, text, result, helped))
        state = await self._reload()
        self._undoable = True
        self.say(_kept(state, state.results[step.id]), "good")
        self._draw()

    async def _reload(self) -> DerivationState:
        state = await self.ask(lambda study: load_derivation(study, self._derivation_id))
        self._state = state
        return state

    def action_undo(self) -> None:
        """Take the judgement back."""
        self._undoable = False
        self.perform(self._undo())

    async def _undo(self) -> None:
        taken_back = await self.ask(undo)
        await self._reload()
        self.say(taken_back)
        self._draw()

    # ---- moving

    @property
    def _following(self) -> int | None:
        """Where Enter leads from a step that is settled."""
        state, step = self._state, self._step
        if state is None or step is None or not state.settled(step):
            return None
        return state.next_open(self._index)

    def action_onward(self) -> None:
        """To the next open step."""
        if self._following is not None:
            self.action_step(self._following - self._index)

    def action_step(self, steps: int) -> None:
        """To another step."""
        self._undoable = False
        self.say(None)
        self.perform(self._go(self._index + steps))

    @on(Trail.Chosen)
    def _chosen(self, event: Trail.Chosen) -> None:
        self.action_step(event.index - self._index)

    def action_scroll(self, lines: int) -> None:
        """Move by lines: the step while there is more of it than can be seen, else what is known."""
        scrolled = self._desk if self._desk.max_scroll_y > 0 else self.query_one("#context")
        scrolled.scroll_relative(y=lines, animate=False)


def _kept(state: DerivationState, result: StepResult) -> Phrase:
    """What a judgement led to."""
    if all(state.settled(step) for step in state.steps):
        tally: dict[str, object] = {found.value: count for found, count in state.tally().items()}
        message = N_("all steps judged: {unaided} unaided, {aided} with help, {missed} missed")
        return Phrase(message, tuple(tally.items()))
    return Phrase(_KEPT[result])


_KEPT = {
    StepResult.UNAIDED: N_("kept: unaided · Enter goes to the next step"),
    StepResult.AIDED: N_("kept: with help · Enter goes to the next step"),
    StepResult.MISSED: N_("kept: missed · Enter goes to the next step"),
}
