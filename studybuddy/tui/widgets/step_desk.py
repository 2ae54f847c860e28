"""The step in front: what is asked, room for an answer, and the course's answer to compare with."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import TextArea

from studybuddy.i18n import _
from studybuddy.tui.derivation_pages import DerivationState, prompt_page, solution_page
from studybuddy.tui.widgets.answer_area import AnswerArea
from studybuddy.tui.widgets.formula_preview import FormulaPreview
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.plain import PlainText


class StepDesk(Vertical):
    """Shows one step of a derivation. What is typed stays when the rest is drawn again."""

    DEFAULT_CSS = """
    StepDesk {
        PageView { height: auto; margin-bottom: 1; scrollbar-gutter: auto; }
        TextArea { margin: 0 1; scrollbar-size-vertical: 1; }
        #note, #verdict { padding: 0 2; height: auto; margin-bottom: 1; }
        #note { color: $text-muted; }
        #verdict { text-style: bold; }
    }
    """

    @property
    def editor(self) -> TextArea:
        """Where the answer is typed."""
        return self.query_one(TextArea)

    def compose(self) -> ComposeResult:
        """From the question down to the judgement."""
        yield PageView(id="prompt")
        yield AnswerArea(soft_wrap=True, show_line_numbers=False)
        yield FormulaPreview()
        yield PlainText(id="note")
        yield PageView(id="solution")
        yield PlainText(id="verdict")

    def show(self, state: DerivationState, index: int, *, hints: int, revealed: bool, helped: bool) -> None:
        """Draw a step.

        Args:
            state: The derivation.
            index: The step in front.
            hints: How many hints were taken.
            revealed: Whether the course's answer is open.
            helped: Whether `unaided` would not be true any more.
        """
        step = state.steps[index]
        own = not step.given
        self.query_one("#prompt", PageView).show(prompt_page(state, index, hints))
        self.editor.display = own
        self.editor.can_focus = own and not revealed
        self.editor.read_only = revealed
        self.editor.placeholder = _("LaTeX, NumPy or plain notation")
        self.preview(self.editor.text if own else "")
        note = self.query_one("#note", PlainText)
        note.display = own
        note.update(_("The machine does not check this yet: compare it yourself; you judge."))
        solution = self.query_one("#solution", PageView)
        solution.display = own and revealed
        if solution.display:
            solution.show(solution_page(step))
        verdict = self.query_one("#verdict", PlainText)
        verdict.display = own and revealed
        keys = (_("2 with help"), _("3 missed"))
        verdict.update("   ".join(keys if helped else (_("1 unaided"), *keys)))

    def preview(self, text: str) -> None:
        """Draw what is typed as it is read."""
        preview = self.query_one(FormulaPreview)
        preview.text = text
        preview.refresh(layout=True)

    def bring_up(self, part: str, *, top: bool) -> None:
        """Scroll so that a part is seen, at the top of the view if wanted."""
        for widget in self.query(part).results(Widget):
            if widget.display:
                widget.scroll_visible(animate=False, top=top)
