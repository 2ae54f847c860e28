"""The walk through a program: of each line its shape, then the line, then why it is so."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container
from textual.content import Content
from textual.widgets import Static

from studybuddy.core.block import Blocks, Callout, CodeBlock, Heading, Paragraph, Text
from studybuddy.core.errors import StudybuddyError
from studybuddy.core.lesson import Lesson
from studybuddy.core.phrase import Phrase
from studybuddy.i18n import N_, _, say
from studybuddy.study.answers.judged import Judged, Mark
from studybuddy.study.answers.rows import SIGNS
from studybuddy.study.walking import OWN, SHOWN, Stage, Walking
from studybuddy.text import clean_line
from studybuddy.tui.commands import Command
from studybuddy.tui.screens.base import bindings
from studybuddy.tui.screens.page_screen import PageScreen
from studybuddy.tui.screens.walk_keys import WALK_COMMANDS
from studybuddy.tui.widgets.answer_field import AnswerField
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine
from studybuddy.tui.widgets.trail import Trail


class WalkScreen(PageScreen):
    """One line of the program at a time; the next thing is asked when this one is right or was shown."""

    CSS_PATH = "walk.tcss"
    COMMANDS_HERE: ClassVar[tuple[Command, ...]] = WALK_COMMANDS
    BINDINGS: ClassVar[list[BindingType]] = bindings(*WALK_COMMANDS)

    def __init__(self, walk_id: str) -> None:
        """Open a walk by its full id, where it was left."""
        super().__init__()
        self._walk_id = walk_id
        self._lesson: Lesson | None = None
        self._walking: Walking | None = None
        self._judged: Judged | None = None
        self._busy = True

    def compose(self) -> ComposeResult:
        """The steps, the program so far with what is asked, the answer and what is said of it."""
        yield TitleLine()
        yield Trail()
        with Container(id="path"):
            yield PageView(id="asked")
            yield AnswerField()
            yield Static(id="said", markup=False)
            yield PageView(id="reason")
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Fetch the walk."""
        super().on_mount()
        self.perform(self._open())

    async def on_unmount(self) -> None:
        """The place is kept."""
        with suppress(StudybuddyError, RuntimeError):
            await self._keep()

    async def _open(self) -> None:
        self._walking = await self.ask(lambda study: study.walks.begin(self._walk_id))
        self._lesson = await self.ask(lambda study: study.walks.lesson(self._walk_id))
        self._busy = False
        self._draw()
        self._field.focus()

    async def _keep(self) -> None:
        walking = self._walking
        if walking is not None:
            await self.ask(lambda study: study.walks.keep(walking))

    @property
    def shown_lesson(self) -> Lesson | None:
        """The lesson the walk belongs to."""
        return self._lesson

    @property
    def _field(self) -> AnswerField:
        return self.query_one(AnswerField)

    # ---- drawing

    async def retranslate(self) -> None:
        """Word everything again; what was typed and found stays."""
        walking = self._walking
        if walking is not None:
            walking.walk = await self.ask(lambda study: study.walks.find(self._walk_id))
            self._lesson = await self.ask(lambda study: study.walks.lesson(self._walk_id))
            self._draw()
            self.translate_panel()
        self.redraw(TitleLine, StatusLine, KeyLine)

    def _draw(self) -> None:
        walking = self._walking
        if walking is None:
            return
        title = self.query_one(TitleLine)
        title.left, title.right = walking.walk.title, self._lesson.code if self._lesson else ""
        trail = self.query_one(Trail)
        trail.signs, trail.current = tuple(walking.signs), walking.index
        trail.words = ((OWN, _("by yourself")), (SHOWN, _("shown")))
        self.query_one("#asked", PageView).show(asked_page(walking))
        field = self._field
        field.display = walking.stage is not Stage.REASON
        field.placeholder = placeholder(walking.stage)
        self._draw_said()
        reason = self.query_one("#reason", PageView)
        reason.display = walking.stage is Stage.REASON
        if reason.display:
            reason.show(reason_page(walking, field.value))
        self.refresh_keys()

    def _draw_said(self) -> None:
        said, judged, walking = self.query_one("#said", Static), self._judged, self._walking
        said.display = judged is not None
        if judged is None or walking is None:
            return
        sign, word = SIGNS[judged.mark]
        reason = say(judged.reason)
        if walking.stage is Stage.SHAPE and judged.mark is Mark.WRONG:
            reason = _("a gradient has the shape of what it is the gradient of")
        tone = "$text-success" if judged.right else "$text-warning"
        said.update(Content.assemble((f"{sign} {_(word)}", f"bold {tone}"), f": {reason}" if reason else ""))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now."""
        walking = self._walking
        if walking is None or self._busy:
            return action in ("back", "app.back")
        typing = self.focused is self._field and bool(self._field.display)
        asks = walking.stage in (Stage.SHAPE, Stage.LINE)
        possible = {
            "answer": asks and typing,
            "compare": walking.stage is Stage.WHY,
            "onward": walking.stage is Stage.REASON,
            "show": asks,
            "leave_field": typing,
            "write": not typing and bool(self._field.display),
            "step": not typing,
            "lab": not typing,
            "symbols": not typing,
            "symbols_while_typing": typing,
            "back": not typing,
        }
        return possible.get(action.partition("(")[0], True)

    # ---- answering

    def action_answer(self) -> None:
        """Judge what is typed, in a thread of its own: a wrong line takes up to half a second."""
        if self._walking is not None and not self._busy and self._field.value.strip():
            self._busy = True
            self.perform(self._answer(self._walking, self._field.value))

    async def _answer(self, walking: Walking, typed: str) -> None:
        try:
            self._judged = await asyncio.to_thread(walking.answer, typed)
        finally:
            self._busy = False
        if self._judged is not None and self._judged.right:
            self._field.value = ""
        self._draw()
        self._field.focus()

    def action_show(self) -> None:
        """Show what is asked, and go on."""
        if self._walking is not None and not self._busy:
            self._walking.show()
            self._next_stage()

    def action_compare(self) -> None:
        """Show the course's reason beside what was typed."""
        if self._walking is not None and not self._busy:
            self._walking.reason()
            self._judged = None
            self.set_focus(None)
            self._draw()

    def action_onward(self) -> None:
        """To the next step; after the last one to the program."""
        walking = self._walking
        if walking is None or self._busy:
            return
        if walking.index + 1 < len(walking.walk.steps):
            self.action_step(1)
        else:
            self._end(walking)

    def _end(self, walking: Walking) -> None:
        own, total = walking.signs.count(OWN), len(walking.signs)
        words = N_("{own} of {total} steps by yourself · c writes the whole program · Esc goes back")
        self.say(Phrase.of(words, own=own, total=total), "good" if walking.finished else "")
        self.perform(self._keep())

    def action_step(self, steps: int) -> None:
        """To another step, from its beginning."""
        walking = self._walking
        if walking is not None and 0 <= walking.index + steps < len(walking.walk.steps):
            walking.go(walking.index + steps)
            self._next_stage()
            self.perform(self._keep())

    @on(Trail.Chosen)
    def _chosen(self, event: Trail.Chosen) -> None:
        if self._walking is not None and not self._busy:
            self.action_step(event.index - self._walking.index)

    def _next_stage(self) -> None:
        self._judged = None
        self._field.value = ""
        self.say(None)
        self._draw()
        self._field.focus()

    def action_leave_field(self) -> None:
        """Out of the field, so that the plain keys work."""
        self.set_focus(None)

    def action_write(self) -> None:
        """Into the field."""
        self._field.focus()

    def action_scroll(self, lines: int) -> None:
        """Move by lines."""
        self.query_one("#path").scroll_relative(y=lines, animate=False)

    def action_lab(self) -> None:
        """Write the whole program."""
        if self._walking is not None:
            from studybuddy.tui.screens.lab import LabScreen

            self.app.push_screen(LabScreen(self._walking.walk.exercise))


def placeholder(stage: Stage) -> str:
    """What the empty field says."""
    match stage:
        case Stage.SHAPE:
            return _("such as (N, H) or (64, 100)")
        case Stage.LINE:
            return _("what stands right of the =")
    return _("your reason, typed or aloud; Enter shows the course's")


def asked_page(walking: Walking) -> Blocks:
    """The program so far, and what is asked of the line in front."""
    step = walking.step
    total = len(walking.walk.steps)
    heading = _("Step {n} of {total}", n=walking.index + 1, total=total) + f" · {step.title}"
    page: Blocks = (Heading(3, (Text(heading),)), CodeBlock("python", walking.program))
    match walking.stage:
        case Stage.SHAPE:
            return (*page, Paragraph((Text(_("Which shape has {name}?", name=step.name)),)))
        case Stage.LINE:
            return (*page, Paragraph((Text(_("Its shape is known. Complete the line.")),)))
    return (*page, *step.question)


def reason_page(walking: Walking, typed: str) -> Blocks:
    """The learner's reason, if it was typed, and the course's."""
    own = clean_line(typed)
    mine: Blocks = (Callout(_("Your answer"), (Paragraph((Text(own),)),)),) if own else ()
    return (*mine, Callout(_("Answer"), walking.step.reason))
