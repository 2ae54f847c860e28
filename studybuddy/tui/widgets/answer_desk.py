"""What stands against a learner's interview answer, part after part."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from studybuddy.core.lesson import InterviewQuestion
from studybuddy.i18n import _
from studybuddy.tui.interview_pages import Attempt, Part, part_page, statements
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
    }
    """

    def compose(self) -> ComposeResult:
        """A page for each part, the boxes below the reference."""
        yield PageView(id="part-1", classes="part")
        yield PageView(id="part-2", classes="part")
        yield PlainText(id="said")
        yield TickList()
        yield PageView(id="part-3", classes="part")
        yield PageView(id="part-4", classes="part")

    async def begin(self, question: InterviewQuestion) -> None:
        """A question whose answer is hidden."""
        await self.query_one(TickList).show(statements(question))

    def show(self, question: InterviewQuestion, attempt: Attempt) -> None:
        """Show what is open, with the boxes as they are ticked."""
        for part in list(Part)[1:]:
            page = self.query_one(f"#part-{part.value}", PageView)
            blocks = part_page(question, part) if part <= attempt.part else ()
            page.display = bool(blocks)
            if blocks:
                page.show(blocks)
        opened = attempt.part >= Part.REFERENCE
        said = self.query_one("#said", PlainText)
        said.update(_("Tick what you said:"))
        said.display = opened
        ticks = self.query_one(TickList)
        ticks.display = opened
        ticks.reword(statements(question))
        ticks.tick(attempt.ticked)

    def bring_up(self, part: Part) -> None:
        """Scroll so that a part is seen from its top."""
        page = self.query_one(f"#part-{part.value}", PageView)
        if page.display:
            page.scroll_visible(animate=False, top=True)
