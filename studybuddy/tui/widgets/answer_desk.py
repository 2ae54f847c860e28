"""What stands against a learner's interview answer, part after part."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from studybuddy.core.block import Inlines
from studybuddy.core.heard import Heard
from studybuddy.core.lesson import InterviewQuestion
from studybuddy.i18n import _
from studybuddy.tui.interview_pages import (
    Attempt,
    Part,
    open_keys,
    part_page,
    statements,
    wrong_statements,
)
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.plain import PlainText
from studybuddy.tui.widgets.tick_list import TickList


class AnswerDesk(Vertical):
    """Exam point, reference answer with its key points, common wrong answer, follow-up."""

    DEFAULT_CSS = """
    AnswerDesk {
        PageView { height: auto; scrollbar-gutter: auto; }
        .part { margin-bottom: 1; }
        #said { color: $text-muted; padding: 0 2; }
        #calm { color: $text-muted; padding: 1 2; max-width: 64; display: none; }
    }
    """

    def compose(self) -> ComposeResult:
        """A page for each part, the boxes below what they are about."""
        yield PlainText(id="calm")
        yield PageView(id="part-1", classes="part")
        yield PageView(id="part-2", classes="part")
        yield PlainText(id="said")
        yield TickList(id="points")
        yield PageView(id="part-3", classes="part")
        yield TickList(id="mistakes")
        yield PageView(id="part-4", classes="part")
        yield PageView(id="part-5", classes="part")

    async def begin(self, question: InterviewQuestion) -> None:
        """A question whose answer is hidden."""
        for ticks, rows in self._boxes(question, Heard(())):
            await ticks.show(rows)

    def _boxes(
        self, question: InterviewQuestion, heard: Heard
    ) -> list[tuple[TickList, list[tuple[str, Inlines]]]]:
        return [
            (self.query_one("#points", TickList), statements(question, heard)),
            (self.query_one("#mistakes", TickList), wrong_statements(question, heard)),
        ]

    def show(self, question: InterviewQuestion, attempt: Attempt) -> None:
        """Show what is open, with the boxes as they are ticked."""
        for part in list(Part)[1:]:
            page = self.query_one(f"#part-{part.value}", PageView)
            blocks = part_page(question, part) if part <= attempt.part else ()
            page.display = bool(blocks)
            if blocks:
                page.show(blocks)
        calm = self.query_one("#calm", PlainText)
        calm.update(
            _(
                "Answer first, in your own words, typed or aloud. What the question looks for, the reference "
                "answer and its key points appear here, one after the other."
            )
        )
        calm.set_class(attempt.part is Part.QUESTION, "-shown")
        opened = attempt.part >= Part.REFERENCE and bool(question.key_points)
        said = self.query_one("#said", PlainText)
        said.update(self._invitation(attempt))
        said.display = opened
        usable = open_keys(question, attempt.part, attempt.heard)
        for ticks, rows in self._boxes(question, attempt.heard):
            ticks.display = any(key in usable for key, _statement in rows)
            ticks.reword(rows)
            ticks.tick(attempt.ticked)

    def _invitation(self, attempt: Attempt) -> str:
        if attempt.heard.made or attempt.heard.wrong:
            return _("What was found in your answer is ticked. It is for you to decide:")
        return _("Tick what you said:")

    def bring_up(self, part: Part) -> None:
        """Scroll so that a part is seen from its top."""
        page = self.query_one(f"#part-{part.value}", PageView)
        if page.display:
            page.scroll_visible(animate=False, top=True)
