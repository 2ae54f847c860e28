"""A step in small numbers, in front of the desk where there is no room beside it."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical

from studybuddy.core.block import Blocks
from studybuddy.i18n import N_, _
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.plain import PlainText


class SmallNumbersModal(Window[None]):
    """Shows the page and closes again."""

    BINDINGS = [
        Binding("escape,enter,q,s,f4", "dismiss", N_("close"), id="numbers.close"),
        Binding("down,j", "scroll(1)", N_("down"), id="numbers.down"),
        Binding("up,k", "scroll(-1)", N_("up"), id="numbers.up"),
        Binding("space,pagedown", "scroll(8)", N_("page"), id="numbers.page_down"),
        Binding("b,pageup", "scroll(-8)", N_("page"), id="numbers.page_up"),
    ]
    DEFAULT_CSS = """
    SmallNumbersModal { align: center middle; }
    SmallNumbersModal > Vertical {
        width: 88; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; border: round $primary; background: $surface;
    }
    SmallNumbersModal PageView { height: auto; max-height: 100vh; }
    SmallNumbersModal #close { color: $text-muted; padding: 0 2; height: 1; dock: bottom; }
    """

    def __init__(self, page: Blocks) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """The page and how to close it."""
        with Vertical() as box:
            box.border_title = _("In small numbers")
            yield PageView(self._page)
            yield PlainText(_("j k move   Esc closes this"), id="close")

    def show(self, page: Blocks) -> None:
        """Show it in another language."""
        self._page = page
        self.query_one(Vertical).border_title = _("In small numbers")
        self.query_one("#close", PlainText).update(_("j k move   Esc closes this"))
        self.query_one(PageView).show(page)

    def action_scroll(self, lines: int) -> None:
        """Move through a page longer than the screen."""
        self.query_one(PageView).scroll_relative(y=lines, animate=False)
