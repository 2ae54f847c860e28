"""The lesson's symbol table, from anywhere in the lesson."""

from __future__ import annotations

from textual.binding import Binding

from studybuddy.core.block import Blocks, CodeSpan, Inlines, MathSpan, Paragraph, Table, Text
from studybuddy.core.lesson import Lesson, Symbol
from studybuddy.i18n import N_, _
from studybuddy.tui.modals.page_panel import PagePanel


class SymbolsModal(PagePanel):
    """Symbol, shape, meaning and name in code, as a table."""

    TITLE_WORDS = N_("Symbols")
    BINDINGS = [Binding("y", "dismiss", N_("close"), id="symbols.close")]

    def page(self, lesson: Lesson) -> Blocks:
        """The table."""
        return symbol_table(lesson.symbols)


def symbol_table(symbols: tuple[Symbol, ...]) -> Blocks:
    """The symbols as a block of a page."""
    if not symbols:
        return (Paragraph((Text(_("This lesson has no symbol table.")),)),)
    header = tuple((Text(_(word)),) for word in (N_("symbol"), N_("shape"), N_("meaning"), N_("in code")))
    return (Table(header, tuple(_row(symbol) for symbol in symbols)),)


def _row(symbol: Symbol) -> tuple[Inlines, ...]:
    shape: Inlines = (MathSpan(symbol.shape),) if symbol.shape else (Text(_("scalar")),)
    code: Inlines = (CodeSpan(symbol.code),) if symbol.code else ()
    return ((MathSpan(symbol.latex),), shape, symbol.meaning, code)
