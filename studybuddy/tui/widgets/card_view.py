"""A card on the table: its question, a field for a typed answer, and what lies below when it is turned."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Rule, Static

from studybuddy.core.block import Blocks
from studybuddy.core.errors import StudybuddyError
from studybuddy.i18n import _, word
from studybuddy.study.answers.judged import Judged
from studybuddy.study.faces import CardFace
from studybuddy.text import cell_width, clean, clean_line
from studybuddy.tui.widgets.answer_field import AnswerField
from studybuddy.tui.widgets.compared import compared
from studybuddy.tui.widgets.page_view import PageView
from studybuddy.tui.widgets.read_as import Read, ReadAs

LONGEST_TYPED = 400
"""Characters that are brought back into the field."""
WIDTH = 76
"""Cells of a card, as in the style below."""
ABOVE_MIDDLE = 0.35
"""Share of the free height that is left above a question."""


class CardView(VerticalScroll, can_focus=True):
    """Shows one card. The question stays where it is when the answer appears, as long as there is room."""

    DEFAULT_CSS = """
    CardView {
        height: 1fr;
        align-horizontal: center;
        padding: 0 2;
        scrollbar-size-vertical: 1;
        & > Vertical { width: 76; max-width: 100%; height: auto; }
        PageView { height: auto; scrollbar-gutter: auto; }
        #about { color: $text-muted; height: auto; margin-bottom: 1; }
        #typed { margin-top: 1; }
        #compared { height: auto; margin-top: 1; }
        #turn { margin: 1 0; color: $foreground 25%; }
    }
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes)
        self._card: CardFace | None = None
        self._typed = ""
        self._judged: Judged | None = None
        self._top = 0
        self._about = ""

    def compose(self) -> ComposeResult:
        """Question above, answer below."""
        with Vertical():
            yield Static(id="about", markup=False)
            yield PageView(inset=0, id="front")
            yield AnswerField(id="typed")
            yield ReadAs(inset=1)
            yield Static(id="compared", markup=False)
            yield Rule(id="turn")
            yield PageView(inset=0, id="back")

    @property
    def field(self) -> AnswerField:
        """Where an answer is typed."""
        return self.query_one(AnswerField)

    @property
    def reading(self) -> ReadAs:
        """How a typed formula is read."""
        return self.query_one(ReadAs)

    def take_focus(self) -> None:
        """Focus the field if there is one, else the card; focus given again would paint all of it."""
        wanted = self.field if self.field.display else self
        if not wanted.has_focus:
            wanted.focus()

    def type(self, letter: str) -> None:
        """Put a letter behind what is typed, and go on there."""
        self.field.focus()
        self.field.cursor_position = len(self.field.value)
        self.field.insert_text_at_cursor(letter)

    def bring_back(self, typed: str) -> None:
        """Put what was typed once into the field again."""
        self.field.value = clean_line(typed, LONGEST_TYPED)
        self.field.cursor_position = len(self.field.value)

    @property
    def typed(self) -> str:
        """What was typed before the card was turned."""
        return self._typed if self.turned else ""

    @property
    def turned(self) -> bool:
        """Whether the answer is shown."""
        return bool(self.query_one("#back").display)

    def put(self, card: CardFace | StudybuddyError, about: str) -> None:
        """Lay a card on the table, question up; or say why it cannot be shown."""
        if isinstance(card, StudybuddyError):
            self._put_reason(word(card), about)
            return
        self._card, self._typed, self._judged = card, "", None
        self.reading.read = Read()
        self.field.value = ""
        self.field.display = card.typed
        self.field.placeholder = _("your answer; Enter alone answers in your head")
        self.query_one("#front", PageView).show(card.front)
        self._show_back(False)
        self.about(about)
        self.scroll_home(animate=False)
        self._place_question()

    def _put_reason(self, reason: str, about: str) -> None:
        self._card = None
        self.field.display = False
        self.query_one("#front", PageView).show(())
        self._show_back(False)
        self.about(about + "\n\n" + reason)
        self._place_question()

    def about(self, text: str) -> None:
        """What kind of card it is and where it came from."""
        part, said, before = self.query_one("#about", Static), clean(text, 2000), self._about
        lines = max(said.count("\n"), before.count("\n"))
        fit = not lines and max(cell_width(said), cell_width(before)) <= part.size.width
        part.update(Content(said), layout=not fit)  # one line stays one line: nothing moves
        self._about = said

    def turn(self, judged: Judged | None) -> None:
        """Show the answer, beside what was typed and how that stands to it."""
        assert self._card is not None
        self._typed, self._judged = judged.typed if judged else "", judged
        self.field.display = False
        self.reading.read = Read()
        self.query_one("#back", PageView).show(self._back)
        self._show_back(True)
        self._place_answer()

    def reword(self, card: CardFace | StudybuddyError, about: str) -> None:
        """The same card in other words, as far as it was turned."""
        if isinstance(card, StudybuddyError):
            self._put_reason(word(card), about)
            return
        self._card = card
        self.reading.reword()
        self.field.placeholder = _("your answer; Enter alone answers in your head")
        self.query_one("#front", PageView).show(card.front)
        self.query_one("#back", PageView).show(self._back)
        self._compare()
        self.about(about)
        (self._place_answer if self.turned else self._place_question)()

    def on_resize(self) -> None:
        """Find the place anew."""
        self._compare()
        self.call_after_refresh(self._place_question)

    @property
    def _back(self) -> Blocks:
        """The answer; without its drawing where that stands beside the learner's already."""
        if self._card is None:
            return ()
        drawn = self._judged is not None and self._judged.trees and not self._judged.right
        return self._card.explanation if drawn else self._card.back

    def _show_back(self, shown: bool) -> None:
        self.query_one("#turn").display = shown
        self.query_one("#back").display = shown
        self._compare()

    def _compare(self) -> None:
        """The typed answer and how it stands to the card's."""
        part = self.query_one("#compared", Static)
        part.display = self.turned and self._judged is not None
        if self._judged is not None and part.display:
            width = self._inner.size.width or 76
            part.update(Content("\n").join(compared(self._judged, width)))

    @property
    def _inner(self) -> Vertical:
        return self.query_one(Vertical)

    def _place_question(self) -> None:
        self._top = max(0, int((self._room - self._height) * ABOVE_MIDDLE))
        if self.turned:
            self._place_answer()
        else:
            self._inner.styles.margin = (self._top, 0, 0, 0)

    def _place_answer(self) -> None:
        room, height = self._room, self._height
        self._inner.styles.margin = (max(0, min(self._top, room - height)), 0, 0, 0)
        if height > room and self._judged is not None:  # what was typed is looked at first
            self.call_after_refresh(self._look_at_compared)

    def _look_at_compared(self) -> None:
        compared = self.query_one("#compared")
        self.scroll_to(y=max(0, compared.virtual_region.bottom - self._room), animate=False)

    @property
    def _height(self) -> int:
        """Lines of the card as it will be laid out: with them the card is placed and drawn in one pass."""
        width = min(WIDTH, self.scrollable_content_region.width)
        return self._inner.get_content_height(self.content_region.size, self.app.size, width) if width else 0

    @property
    def _room(self) -> int:
        return self.scrollable_content_region.height
