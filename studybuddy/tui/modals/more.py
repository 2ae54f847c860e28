"""Coming back: ways to work a backlog off, to choose from."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from studybuddy.i18n import N_, _
from studybuddy.study.allowance import Extra
from studybuddy.study.comeback import Comeback, Spread
from studybuddy.study.limit_words import comeback_lines, extra_line, spread_cells
from studybuddy.text import cell_width, pad, truncate, wrap_text
from studybuddy.tui.modals.window import Window
from studybuddy.tui.widgets.plain import PlainText

WIDTH = 72
AROUND = 6


class Ways(NamedTuple):
    """What there is to choose from: minutes a day, the last of them everything today; and more for today."""

    comeback: Comeback
    spreads: tuple[Spread, ...]
    extra: Extra | None
    today: date


class MoreModal(Window[Spread | Extra | None]):
    """Answers with the way that the learner chose; None leaves all as it is."""

    BINDINGS = [
        Binding("escape,q", "dismiss", N_("as it is"), id="more.leave"),
        Binding("enter,space", "take", N_("choose"), id="more.take"),
        Binding("down,j", "move(1)", N_("down"), id="more.down"),
        Binding("up,k", "move(-1)", N_("up"), id="more.up"),
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    MoreModal { align: center middle; }
    MoreModal > Vertical {
        width: 72; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        border: round $primary; background: $surface; border-title-style: bold; overflow-y: auto;
        scrollbar-size-vertical: 1;
    }
    MoreModal #words { margin-bottom: 1; }
    MoreModal #choices { height: auto; }
    MoreModal #keys { color: $text-muted; margin-top: 1; }
    """

    def __init__(self, ways: Ways) -> None:
        """Show ways; the mark stands on the one in force."""
        super().__init__()
        self._ways = ways
        self._choices: list[Spread | Extra] = [*ways.spreads, *([ways.extra] if ways.extra else [])]
        minutes = [spread.minutes for spread in ways.spreads[:-1]]
        now = ways.comeback.spread.minutes
        self._at = minutes.index(now) if now in minutes else 0

    def compose(self) -> ComposeResult:
        """Where the learner stands, the ways, the keys."""
        with Vertical():
            yield PlainText(id="words")
            yield Static(id="choices", markup=False)
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Word everything."""
        self._word()

    def on_resize(self) -> None:
        """Break the lines anew."""
        self._word()

    async def retranslate(self) -> None:
        """Word everything again."""
        self._word()

    def _word(self) -> None:
        width = max(10, min(WIDTH, self.app.size.width) - AROUND)
        self.query_one(Vertical).border_title = _("How much a day")
        lines = comeback_lines(self._ways.comeback, self._ways.today)
        words = [piece for line in lines for piece in wrap_text(line, width)]
        self.query_one("#words", PlainText).update("\n".join(words))
        shown = [self._line(number, text, width) for number, text in enumerate(self._texts())]
        self.query_one("#choices", Static).update(Content("\n").join(shown))
        self.query_one("#keys", PlainText).update(_("j k choose   Enter takes it   Esc leaves it as it is"))

    def _texts(self) -> list[str]:
        """The ways in columns."""
        ways = self._ways
        last = ways.spreads[-1]
        rows = [spread_cells(spread, ways.today, at_once=spread is last) for spread in ways.spreads]
        widths = [max(cell_width(row[column]) for row in rows) + 2 for column in (0, 1)]
        texts = [pad(row[0], widths[0]) + pad(row[1], widths[1]) + row[2] for row in rows]
        return [*texts, *([extra_line(ways.extra)] if ways.extra else [])]

    def _line(self, number: int, text: str, width: int) -> Content:
        here = number == self._at
        shown = truncate(text.rstrip(), width - 2)
        return Content.assemble(("▸ " if here else "  ", "bold $primary"), (shown, "bold" if here else ""))

    def action_move(self, lines: int) -> None:
        """Go to another way."""
        self._at = (self._at + lines) % len(self._choices)
        self._word()

    def action_take(self) -> None:
        """Choose what the mark stands on."""
        self.close(self._choices[self._at])

    async def _on_click(self, event: events.Click) -> None:
        offset = event.get_content_offset(self.query_one("#choices"))
        if offset is not None and offset.y < len(self._choices):
            self.close(self._choices[offset.y])
