"""The step in front: what is asked, room for an answer, how it is read, the verdict, the course's answer."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widget import Widget

from studybuddy.core.block import Blocks
from studybuddy.core.derivation import Judgement
from studybuddy.i18n import _
from studybuddy.tui.derivation_pages import end_page, form_words, prompt_page, solution_page
from studybuddy.tui.derivation_state import DerivationState, Outcome
from studybuddy.tui.verdict_pages import verdict_page
from studybuddy.tui.widgets.formula_editor import FormulaEditor
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.plain import PlainText
from studybuddy.tui.widgets.read_as import ReadAs

_CLASSES = {
    Judgement.RIGHT: "-right",
    Judgement.WRONG: "-wrong",
    Judgement.UNREADABLE: "-unread",
}


class StepDesk(Vertical):
    """Shows one step of a derivation. What is typed stays when the rest is drawn again."""

    DEFAULT_CSS = """
    StepDesk {
        PageView { height: auto; scrollbar-gutter: auto; }
        ReadAs { margin-bottom: 1; }
        #prompt.-apart { margin-bottom: 1; }
        #form, #note, #judging { padding: 0 2; height: auto; color: $text-muted; }
        #judging { text-style: bold; color: $foreground; margin-top: 1; }
        #verdict { border-left: outer $foreground 25%; margin-left: 1; }
        #verdict.-right { border-left: outer $success; }
        #verdict.-wrong { border-left: outer $error; }
        #verdict.-unread { border-left: outer $warning; }
        #verdict.-right .page--strong { color: $text-success; }
        #verdict.-wrong .page--strong { color: $text-error; }
        #verdict.-unread .page--strong { color: $text-warning; }
        #verdict.-before { color: $text-muted; border-left: outer $foreground 25%; }
        #verdict.-before .page--strong, #verdict.-before .page--code { color: $text-muted; }
        #solution, #end { margin-top: 1; }
    }
    """

    @property
    def editor(self) -> FormulaEditor:
        """Where the answer is typed."""
        return self.query_one(FormulaEditor)

    @property
    def reading(self) -> ReadAs:
        """How it is read."""
        return self.query_one(ReadAs)

    def compose(self) -> ComposeResult:
        """From the question down to the end."""
        yield PageView(id="prompt")
        yield PlainText(id="form")
        yield FormulaEditor()
        yield ReadAs()
        yield PageView(inset=1, id="verdict")
        yield PlainText(id="note")
        yield PageView(id="solution")
        yield PlainText(id="judging")
        yield PageView(id="end")

    def show(self, state: DerivationState, index: int, *, revealed: bool) -> None:
        """Draw a step.

        Args:
            state: The derivation.
            index: The step in front.
            revealed: Whether the course's answer is open.
        """
        step = state.steps[index]
        own, checked = not step.given, state.checked(step)
        self.query_one("#prompt", PageView).show(prompt_page(state, index))
        form = self.query_one("#form", PlainText)
        form.display = own and checked and not revealed and step.id in state.forms
        apart = not form.display or bool(state.help(step).hints)
        self.query_one("#prompt").set_class(apart, "-apart")
        if form.display:
            form.update(form_words(state.forms[step.id]))
        self.editor.display = self.reading.display = own
        self.editor.can_focus = own and not revealed
        self.editor.read_only = revealed
        self.editor.placeholder = _("LaTeX, NumPy or plain notation")
        note = self.query_one("#note", PlainText)
        note.display = own and not checked
        note.update(_("Nothing is declared for this step: compare it yourself; you judge."))
        self._page("#solution", solution_page(step) if own and revealed else ())
        self._page("#end", end_page(state) if state.finished and (revealed or step.given) else ())
        judging = self.query_one("#judging", PlainText)
        judging.display = own and revealed and not checked
        keys = (_("2 with help"), _("3 missed"))
        helped = bool(state.help(step).taken)
        judging.update("   ".join(keys if helped else (_("1 unaided"), *keys)))
        self.reading.reword()

    def tell(self, outcome: Outcome | None, *, before: bool = False, hint_key: str = "") -> None:
        """Show a verdict; `before`: it is about what was written before, and steps back."""
        page = self.query_one("#verdict", PageView)
        judgement = outcome.verdict.judgement if outcome is not None else None
        for meant, name in _CLASSES.items():
            page.set_class(meant is judgement, name)
        page.set_class(before, "-before")
        self._page("#verdict", verdict_page(outcome, hint_key=hint_key) if outcome is not None else ())
        self.editor.mark(outcome.meant if outcome is not None and not before else None)

    def _page(self, part: str, blocks: Blocks) -> None:
        page = self.query_one(part, PageView)
        page.display = bool(blocks)
        if blocks:
            page.show(blocks)

    def bring_up(self, part: str, *, top: bool) -> None:
        """Scroll so that a part is seen, at the top of the view if wanted."""
        for widget in self.query(part).results(Widget):
            if widget.display:
                widget.scroll_visible(animate=False, top=top)
