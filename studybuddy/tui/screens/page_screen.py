"""What the screens of a lesson share: its pages, its symbols, a quiet line, keys that follow the focus."""

from __future__ import annotations

from textual import events, on
from textual.widget import Widget

from studybuddy.core.lesson import Lesson
from studybuddy.core.phrase import Phrase
from studybuddy.tui.modals.glossary import GlossaryModal
from studybuddy.tui.modals.page_panel import PagePanel
from studybuddy.tui.modals.symbols import SymbolsModal
from studybuddy.tui.screens.base import StudyScreen
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.status_line import StatusLine


class PageScreen(StudyScreen):
    """A screen that shows pages of one lesson."""

    @property
    def shown_lesson(self) -> Lesson | None:
        """The lesson as read in the language in use, None before it is."""
        raise NotImplementedError

    def say(self, phrase: Phrase | None, tone: str = "") -> None:
        """Put something into the status line."""
        for line in self.query(StatusLine):
            line.show(phrase, tone)

    @on(events.DescendantFocus)
    @on(events.DescendantBlur)
    def refresh_keys(self) -> None:
        """Draw the keys that apply now."""
        for line in self.query(KeyLine):
            line.refresh()

    def redraw(self, *parts: type[Widget]) -> None:
        """Draw widgets of these kinds again, after a switch of language."""
        for part in parts:
            for widget in self.query(part):
                widget.refresh()

    def translate_panel(self) -> None:
        """Hand the lesson in the language in use to the symbols or the glossary in front, if they are."""
        front, lesson = self.app.screen, self.shown_lesson
        if isinstance(front, PagePanel) and lesson is not None:
            front.show(lesson)

    def action_symbols(self) -> None:
        """Show the symbol table."""
        if self.shown_lesson is not None:
            self.app.push_screen(SymbolsModal(self.shown_lesson))

    action_symbols_while_typing = action_symbols

    def action_glossary(self) -> None:
        """Show the glossary."""
        if self.shown_lesson is not None:
            self.app.push_screen(GlossaryModal(self.shown_lesson))

    action_glossary_while_typing = action_glossary

    def action_questions(self) -> None:
        """Read the interview questions with their reference answers."""
        if self.shown_lesson is not None:
            from studybuddy.tui.modals.questions import read_questions

            self.perform(read_questions(self, self.shown_lesson.id), group="questions")

    def action_latex(self) -> None:
        """Formulas as their source, or drawn."""
        for page in self.query(PageView):
            page.latex_source = not page.latex_source
