"""The lesson's symbol table, from anywhere in the lesson."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from studybuddy.core.block import Blocks, CodeSpan, Inlines, MathSpan, Paragraph, Table, Text
from studybuddy.core.lesson import Symbol
from studybuddy.i18n import N_, _
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.plain import PlainText


class SymbolsModal(ModalScreen[None]):
    """Symbol, shape, meaning and name in code, as a table."""

    BINDINGS = [
        Binding("escape,y,f2,enter,q", "dismiss", N_("close"), id="symbols.close"),
        Binding("down,j", "scroll(1)", N_("down"), id="symbols.down"),
        Binding("up,k", "scroll(-1)", N_("up"), id="symbols.up"),
        Binding("space,pagedown", "scroll(8)", N_("page"), id="symbols.page_down"),
        Binding("b,pageup", "scroll(-8)", N_("page"), id="symbols.page_up"),
    ]
    DEFAULT_CSS = """
    SymbolsModal { align: center middle; }
    SymbolsModal > Vertical {
        width: 88; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; border: round $primary; background: $surface;
    }
    SymbolsModal PageView { height: auto; max-height: 80vh; }
    SymbolsModal #close { color: $text-muted; padding: 0 2; margin-top: 1; }
    """

    def __init__(self, symbols: tuple[Symbol, ...]) -> None:
        super().__init__()
        self._symbols = symbols

    def compose(self) -> ComposeResult:
        """The table and how to close it."""
        with Vertical() as box:
            box.border_title = _("Symbols")
            yield PageView(symbol_table(self._symbols))
            yield PlainText(_("Esc closes this"), id="close")

    def show(self, symbols: tuple[Symbol, ...]) -> None:
        """Show the table in another language."""
        self._symbols = symbols
        self.query_one(PageView).show(symbol_table(symbols))

    async def retranslate(self) -> None:
        """Word everything again."""
        self.query_one(Vertical).border_title = _("Symbols")
        self.query_one("#close", PlainText).update(_("Esc closes this"))
        self.show(self._symbols)

    def action_scroll(self, lines: int) -> None:
        """Move through a table longer than the screen."""
        self.query_one(PageView).scroll_relative(y=lines, animate=False)


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
