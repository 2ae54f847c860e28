"""What the browser shows: a query above, the cards it finds below, and the one in front beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical
from textual.widgets import Input, Static

from studybuddy.core.errors import StudybuddyError
from studybuddy.core.query import QueryError
from studybuddy.i18n import N_, _
from studybuddy.study.browser import Order
from studybuddy.text import cell_width
from studybuddy.tui.browser_words import error_line, found_words, legend
from studybuddy.tui.card_columns import Today, head
from studybuddy.tui.screens.base import StudyScreen
from studybuddy.tui.screens.review_questions import face_of, place_of
from studybuddy.tui.widgets.card_preview import CardPreview
from studybuddy.tui.widgets.card_rows import CardRows
from studybuddy.tui.widgets.key_line import KeyLine
from studybuddy.tui.widgets.line_input import LineInput
from studybuddy.tui.widgets.status_line import StatusLine
from studybuddy.tui.widgets.title_line import TitleLine

if TYPE_CHECKING:
    from textual.worker import Worker

    from studybuddy.study.faces import CardFace
    from studybuddy.study.wiring import Study

LONGEST_QUERY = 1000
PAUSE_S = 0.12
"""How long typing must rest before the query is asked, and the cursor before its card is shown."""
LOW = 16
"""Lines of a terminal below which there is no room for the preview."""
ORDERS = {
    Order.COURSE: N_("in the order of the course"),
    Order.DUE: N_("by due day"),
    Order.STABILITY: N_("the least stable first"),
    Order.LAPSES: N_("the most forgotten first"),
}
OF_LIST = frozenset(
    {
        "history",
        "why",
        "leech",
        "select",
        "all",
        "suspend",
        "bury",
        "flag",
        "undo",
        "query",
        "edit",
        "lesson",
        "order",
        "move",
    }
) | {"page", "edge"}
_DEEDS = frozenset({"suspend", "bury", "flag", "unbury", "tag", "untag", "due", "forget"})
OF_CARD = frozenset({"history", "why", "select", "all", "move", "page", "edge"}) | _DEEDS


class BrowserTable(StudyScreen):
    """Finds cards and moves about in them. What is done to them is the subclass's affair."""

    def __init__(self, query: str = "") -> None:
        """Begin with a query."""
        super().__init__()
        self._query = query
        self._order = Order.COURSE
        self._error: QueryError | None = None
        self._read = False
        self._face: CardFace | StudybuddyError | None = None

    def compose(self) -> ComposeResult:
        """The query, what it found, the list, the card in front, what happened last, the keys."""
        yield TitleLine()
        yield LineInput(self._query, id="query", max_length=LONGEST_QUERY, compact=True)
        yield Static(id="found", markup=False)
        with Container(id="cards"):
            with Vertical(id="list"):
                yield Static(id="head", markup=False)
                yield CardRows()
                yield Static(id="legend", markup=False)
            yield CardPreview()
        yield StatusLine()
        yield KeyLine()

    def on_mount(self) -> None:
        """Find the first cards; the query line is where one begins."""
        super().on_mount()
        self._word()
        self.query_one(LineInput).focus()
        self.perform(self._search(), group="search")

    def on_resize(self) -> None:
        """Give the list the room where there is little; fit its columns."""
        self.set_class(self.app.size.height < LOW, "-low")
        self.call_after_refresh(self._word)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a command does something now: keys of the list only where its cursor is."""
        action = action.partition("(")[0]
        in_list = self.query(CardRows) and self.focused is self._rows
        if action == "list":
            return not in_list
        if action == "back":
            return not in_list
        if action in OF_LIST | OF_CARD and not in_list:
            return False
        if action in OF_CARD:
            return bool(self._rows.cards)
        if action == "leech":
            return self._rows.line is not None and self._rows.line.leech
        if action == "edit":
            return self._readable is not None and self._readable.content is not None
        if action == "lesson":
            return self._readable is not None and bool(self._readable.section)
        return True

    @property
    def _rows(self) -> CardRows:
        return self.query_one(CardRows)

    @property
    def _readable(self) -> CardFace | None:
        return None if isinstance(self._face, StudybuddyError) else self._face

    # ---- finding

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        if event.value.startswith("/"):
            event.input.value = event.value.lstrip("/")
            return
        self._newest(self._search_soon, "search")

    async def _search_soon(self) -> None:
        await asyncio.sleep(PAUSE_S)
        await self._search()

    async def _search(self) -> None:
        text, order = self.query_one(LineInput).value, self._order

        def find(study: Study) -> tuple[list[str], Today]:
            return study.browser.find(text, order), Today(study.desk.day(), study.desk.now().tzinfo)

        try:
            cards, today = await self.ask(find)
        except QueryError as error:
            self._error = error
        else:
            self._error, self._read = None, True
            self._rows.show(cards, today)
            await self._read_lines(self._rows.in_sight(), anew=True)
            await self._preview()
        self._say_found()
        self.query_one(KeyLine).refresh()

    @on(CardRows.Wanted)
    def _bring(self, event: CardRows.Wanted) -> None:
        self.perform(self._read_lines(event.cards), group="lines")

    async def _read_lines(self, cards: Sequence[str], *, anew: bool = False) -> None:
        lines = await self.ask(lambda study: study.browser.lines(cards))
        found = {line.row.card: line for line in lines}
        self._rows.fill({card: found.get(card) for card in cards}, anew=anew)

    @on(CardRows.Moved)
    def _show_card(self) -> None:
        self._newest(self._preview_soon, "preview")

    async def _preview_soon(self) -> None:
        await asyncio.sleep(PAUSE_S)
        await self._preview()

    def _newest(self, work: Callable[[], Coroutine[None, None, None]], group: str) -> Worker[None]:
        """Do something that makes what was begun before it of no use."""
        return self.run_worker(work, group=group, exclusive=True, exit_on_error=False)

    async def _preview(self) -> None:
        card = self._rows.card
        if card is None:
            self._face = None
            self.query_one(CardPreview).show(None, "")
        else:

            def look(study: Study) -> tuple[CardFace | StudybuddyError, str]:
                found, concepts = face_of(study, card), study.desk.concepts
                about = concepts.title(concepts.of(card), study.desk.language)
                return found, " · ".join(filter(None, (place_of(study, found), about)))

            self._face, place = await self.ask(look)
            self.query_one(CardPreview).show(self._face, place)
        self.query_one(KeyLine).refresh()

    async def refresh_plan(self) -> None:
        """Find again: a lesson that was open may have changed cards."""
        await self._search()

    # ---- words

    async def retranslate(self) -> None:
        """Word everything in the other language; query, cursor and selection stay."""
        self._word()
        await self._read_lines(self._rows.in_sight(), anew=True)
        await self._preview()

    def _word(self) -> None:
        title = self.query_one(TitleLine)
        title.left, title.right = _("Cards"), _(ORDERS[self._order])
        example = _("words, is:due, lesson:s3w10d1, prop:lapses>3, rated:7:again, -is:suspended …")
        self.query_one(LineInput).placeholder = example
        self.query_one("#head", Static).update(head(self._rows.row_cells))
        self.query_one("#legend", Static).update(legend())
        self._say_found()
        for part in (TitleLine, StatusLine, KeyLine):
            self.query_one(part).refresh()

    def _say_found(self) -> None:
        line = self.query_one("#found", Static)
        line.set_class(self._error is not None, "-wrong")
        if self._error is not None:
            typed = self.query_one(LineInput)
            before = cell_width(typed.value[: self._error.at]) - int(typed.scroll_offset.x)
            line.update(error_line(self._error, line.content_size.width, max(0, before)))
        elif not self._read:
            line.update(_("reading the cards …"))
        elif not self._rows.cards:
            line.update(_("no card is like that"))
        else:
            line.update(found_words(len(self._rows.cards), len(self._rows.selected)))
        self.set_class(self._read and not self._rows.cards, "-none")

    # ---- moving

    @on(Input.Submitted)
    def action_list(self) -> None:
        """Go to the list, if there is anything in it."""
        if self._rows.cards:
            self._rows.focus()

    def action_query(self) -> None:
        """Go to the query line."""
        self.query_one(LineInput).focus()

    def action_move(self, lines: int) -> None:
        """Go up or down in the list."""
        self._rows.move(lines)

    def action_page(self, pages: int) -> None:
        """Go up or down a page."""
        self._rows.move(pages * max(1, self._rows.size.height - 1))

    def action_edge(self, way: int) -> None:
        """Go to the first or the last card."""
        self._rows.move(way * len(self._rows.cards))

    def action_select(self) -> None:
        """Select the card in front and go on to the next."""
        self._rows.toggle()
        self._rows.move(1)
        self._say_found()

    def action_all(self) -> None:
        """Select all, or none."""
        self._rows.toggle_all()
        self._say_found()

    def action_order(self) -> None:
        """Order the list in the next way."""
        orders = list(ORDERS)
        self._order = orders[(orders.index(self._order) + 1) % len(orders)]
        self._word()
        self.perform(self._search(), group="search")
