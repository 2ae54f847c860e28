"""A page of its own in front of the screen: to look something up and go on."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from studybuddy.core.block import Blocks
from studybuddy.core.lesson import Lesson
from studybuddy.i18n import N_, _
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.plain import PlainText


class PagePanel(ModalScreen[None]):
    """Shows something of a lesson and closes again. Subclasses say what, in the language in use."""

    TITLE_WORDS = ""
    """The panel's name, as a catalogue id."""
    BINDINGS = [
        Binding("escape,enter,q,f2,f3", "dismiss", N_("close"), id="panel.close"),
        Binding("down,j", "scroll(1)", N_("down"), id="panel.down"),
        Binding("up,k", "scroll(-1)", N_("up"), id="panel.up"),
        Binding("space,pagedown", "scroll(8)", N_("page"), id="panel.page_down"),
        Binding("b,pageup", "scroll(-8)", N_("page"), id="panel.page_up"),
        Binding("home", "scroll(-9999)", N_("top"), id="panel.top"),
        Binding("end", "scroll(9999)", N_("end"), id="panel.end"),
    ]
    DEFAULT_CSS = """
    PagePanel { align: center middle; }
    PagePanel > Vertical {
        width: 88; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; border: round $primary; background: $surface;
    }
    PagePanel PageView { height: auto; max-height: 100vh; }
    PagePanel #close { color: $text-muted; padding: 0 2; height: 2; dock: bottom; padding-top: 1; }
    """

    def __init__(self, lesson: Lesson) -> None:
        super().__init__()
        self._lesson = lesson

    def page(self, lesson: Lesson) -> Blocks:
        """What is shown of a lesson."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """The page and how to close it."""
        with Vertical() as box:
            box.border_title = _(self.TITLE_WORDS)
            yield PageView(self.page(self._lesson))
            yield PlainText(_("j k move   Esc closes this"), id="close")

    def show(self, lesson: Lesson) -> None:
        """Show the lesson in another language."""
        self._lesson = lesson
        self.query_one(PageView).show(self.page(lesson))

    async def retranslate(self) -> None:
        """Word everything again."""
        self.query_one(Vertical).border_title = _(self.TITLE_WORDS)
        self.query_one("#close", PlainText).update(_("j k move   Esc closes this"))
        self.show(self._lesson)

    def action_scroll(self, lines: int) -> None:
        """Move through a page longer than the screen."""
        self.query_one(PageView).scroll_relative(y=lines, animate=False)
