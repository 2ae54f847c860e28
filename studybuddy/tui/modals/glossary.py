"""The lesson's glossary, from anywhere in the lesson."""

from __future__ import annotations

from textual.binding import Binding

from studybuddy.core.block import Block, Blocks, Heading, Paragraph, Text
from studybuddy.core.lesson import Lesson, Term
from studybuddy.i18n import N_, _
from studybuddy.tui.modals.page_panel import PagePanel


class GlossaryModal(PagePanel):
    """Each term with its name in the other language, and what it means."""

    TITLE_WORDS = N_("Glossary")
    BINDINGS = [Binding("g", "dismiss", N_("close"), id="glossary.close")]

    def page(self, lesson: Lesson) -> Blocks:
        """The terms, in the order in which the lesson comes to them."""
        return glossary_page(lesson.terms)


def glossary_page(terms: tuple[Term, ...]) -> Blocks:
    """The terms as blocks of a page."""
    if not terms:
        return (Paragraph((Text(_("This lesson has no glossary.")),)),)
    page: list[Block] = []
    for term in terms:
        page += [Heading(4, (Text(f"{term.name}  {term.also}"),)), Paragraph(term.meaning)]
    return tuple(page)
