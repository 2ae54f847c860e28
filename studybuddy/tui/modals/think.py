"""A thinking question: the learner commits to an answer of their own before the course's is shown."""

from __future__ import annotations

from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import TextArea

from studybuddy.core.block import Blocks, ThinkingQuestion
from studybuddy.i18n import N_, _
from studybuddy.tui.widgets.answer_area import AnswerArea
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.plain import PlainText


class Thought(NamedTuple):
    """What the learner typed, and whether they commit to it."""

    text: str
    committed: bool


class ThinkModal(ModalScreen[Thought]):
    """The question and room for an answer; nothing typed means it was thought through without writing."""

    AUTO_FOCUS = "TextArea"
    BINDINGS = [
        Binding("ctrl+r,ctrl+s", "commit", N_("show the answer"), id="think.commit", priority=True),
        Binding("escape", "leave", N_("not yet"), id="think.leave"),
    ]
    DEFAULT_CSS = """
    ThinkModal { align: center middle; }
    ThinkModal > Vertical {
        width: 84; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; border: round $primary; background: $surface;
    }
    ThinkModal PageView { height: auto; max-height: 45vh; }
    ThinkModal TextArea { height: 7; max-height: 35vh; margin: 1 1 0 1; }
    ThinkModal #keys { color: $text-muted; padding: 0 2; }
    """

    def __init__(self, question: ThinkingQuestion, text: str = "") -> None:
        """Ask a question; `text` is what was typed before and not committed."""
        super().__init__()
        self.question_id = question.id
        self._question = question.question
        self._text = text

    def compose(self) -> ComposeResult:
        """The question, the answer, and how to go on."""
        with Vertical() as box:
            box.border_title = _("Thinking question")
            yield PageView(self._question)
            yield AnswerArea(self._text, soft_wrap=True, compact=False, placeholder=_("your answer first"))
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Say what the keys do."""
        self._show_keys()

    @on(TextArea.Changed)
    def _show_keys(self) -> None:
        typed = bool(self.query_one(TextArea).text.strip())
        commit = (
            _("^r keep my answer, show the course's")
            if typed
            else _("^r thought it through, show the answer")
        )
        self.query_one("#keys", PlainText).update(commit + "   " + _("Esc not yet"))

    def show(self, question: Blocks) -> None:
        """Show the question in another language."""
        self.query_one(PageView).show(question)

    async def retranslate(self) -> None:
        """Word everything again; what was typed stays."""
        self.query_one(Vertical).border_title = _("Thinking question")
        self.query_one(TextArea).placeholder = _("your answer first")
        self._show_keys()

    def action_commit(self) -> None:
        """The answer stands."""
        self.dismiss(Thought(self.query_one(TextArea).text, True))

    def action_leave(self) -> None:
        """Come back later; what was typed is not lost."""
        self.dismiss(Thought(self.query_one(TextArea).text, False))
