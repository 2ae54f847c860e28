"""A week in seven columns: how much each weekday is to carry."""

from __future__ import annotations

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from studybuddy.core.settings import Setting
from studybuddy.core.week import NORMAL_WEEK, DayLoad, Week
from studybuddy.i18n import N_, _
from studybuddy.text import cell_width, truncate
from studybuddy.tui.modals.window import Window
from studybuddy.tui.setting_words import LOADS, WEEKDAYS
from studybuddy.tui.widgets.plain import PlainText

HEIGHTS = {DayLoad.MINIMUM: 1, DayLoad.REDUCED: 2, DayLoad.NORMAL: 3}
"""Blocks that a day is high."""
MEANINGS = {
    DayLoad.NORMAL: N_("Reviews fall on this day as on any other."),
    DayLoad.REDUCED: N_("Where other days are possible, reviews fall on this day half as often."),
    DayLoad.MINIMUM: N_("Reviews fall on this day only where no other day is possible."),
}
WIDEST_COLUMN = 8
BLOCK = "████"
LEAST_LINES = 18
"""Lines of a terminal that words about the week need."""


class WeekPicker(Widget):
    """Seven columns of blocks, a mark below the day in front."""

    DEFAULT_CSS = """
    WeekPicker { height: 6; width: 1fr; margin: 1 0; }
    """

    class Changed(Message):
        """Another day is in front, or a day carries more or less."""

    def __init__(self, week: Week) -> None:
        super().__init__()
        self.week = list(week)
        self.day = 0
        """The day in front, 0 for Monday."""

    def move(self, step: int) -> None:
        """Go to another day, round and round."""
        self.go((self.day + step) % 7)

    def go(self, day: int) -> None:
        """Go to a day."""
        self.day = day
        self._tell()

    def change(self, step: int) -> None:
        """Give the day in front more or less, as far as it goes."""
        loads = list(HEIGHTS)
        self.give(loads[min(max(loads.index(self.week[self.day]) + step, 0), len(loads) - 1)])

    def turn(self) -> None:
        """Give the day in front the next lower amount, after the least all of it."""
        loads = list(HEIGHTS)
        self.give(loads[loads.index(self.week[self.day]) - 1])

    def give(self, load: DayLoad) -> None:
        """Give the day in front an amount."""
        self.week[self.day] = load
        self._tell()

    def clear(self) -> None:
        """Let every day be like any other."""
        self.week = list(NORMAL_WEEK)
        self._tell()

    def _tell(self) -> None:
        self.refresh()
        self.post_message(self.Changed())

    def render(self) -> Content:
        """Names, blocks of three lines, amounts in words where there is room, the mark."""
        cells = min(self.content_size.width // 7, WIDEST_COLUMN)
        lines = [self._line([_(day) for day in WEEKDAYS], cells)]
        for height in (3, 2, 1):
            blocks = [BLOCK if HEIGHTS[load] >= height else "" for load in self.week]
            lines.append(self._line(blocks, cells, "$foreground 45%"))
        words = [_(LOADS[load]) for load in self.week]
        fits = max(map(cell_width, words)) < cells
        lines.append(self._line(words if fits else [word[:1] for word in words], cells))
        lines.append(self._line(["▲" if day == self.day else "" for day in range(7)], cells))
        return Content("\n").join(lines)

    def _line(self, words: list[str], cells: int, style: str = "") -> Content:
        parts = []
        for day, word in enumerate(words):
            shown = truncate(word, cells)
            left = max(0, cells - cell_width(shown)) // 2
            right = max(0, cells - cell_width(shown) - left)
            parts.append((" " * left + shown + " " * right, "bold $primary" if day == self.day else style))
        return Content.assemble(*parts)

    async def _on_click(self, event: events.Click) -> None:
        cells = max(1, min(self.content_size.width // 7, WIDEST_COLUMN))
        offset = event.get_content_offset(self)
        if offset is None or offset.x // cells > 6:
            return
        if offset.x // cells == self.day:
            self.turn()
        self.go(offset.x // cells)


class WeekModal(Window[Week]):
    """Answers with the week, None if the learner thought better of it."""

    BINDINGS = [
        Binding("escape", "dismiss", N_("cancel"), id="week.cancel"),
        Binding("enter", "keep", N_("save"), id="week.keep"),
        Binding("left,h,shift+tab", "move(-1)", N_("before"), id="week.before"),
        Binding("right,l,tab", "move(1)", N_("next"), id="week.next"),
        Binding("up,k", "change(1)", N_("more"), id="week.more"),
        Binding("down,j", "change(-1)", N_("less"), id="week.less"),
        Binding("space", "turn", N_("change"), id="week.turn"),
        Binding("backspace,delete", "clear", N_("default"), id="week.clear"),
    ]
    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    WeekModal { align: center middle; }
    WeekModal > Vertical {
        width: 70; max-width: 100%; height: auto; max-height: 100%; padding: 1 2;
        border: round $primary; background: $surface;
    }
    WeekModal #label { text-style: bold; }
    WeekModal #help, WeekModal #keys { color: $text-muted; }
    WeekModal #meaning { height: 2; }
    WeekModal #keys { margin-top: 1; }
    WeekModal.-low > Vertical { padding: 0 1; }
    WeekModal.-low WeekPicker { margin: 0; }
    WeekModal.-low #help, WeekModal.-low #meaning, WeekModal.-low #keys { display: none; }
    """

    def __init__(self, setting: Setting, week: Week) -> None:
        """Take the setting and the week in force."""
        super().__init__()
        self._setting = setting
        self._week = week

    def compose(self) -> ComposeResult:
        """Name and help, the week, what the day in front means, the keys."""
        with Vertical():
            yield PlainText(id="label")
            yield PlainText(id="help")
            yield WeekPicker(self._week)
            yield PlainText(id="meaning")
            yield PlainText(id="keys")

    def on_mount(self) -> None:
        """Word everything."""
        self._word()

    def on_resize(self) -> None:
        """Show the week alone where there is no room for more."""
        self.set_class(self.app.size.height < LEAST_LINES, "-low")

    async def retranslate(self) -> None:
        """Word everything again; what was changed stays."""
        self._word()

    def _word(self) -> None:
        picker = self.query_one(WeekPicker)
        load = picker.week[picker.day]
        meaning = _(
            "{label}: {text}", label=f"{_(WEEKDAYS[picker.day])} {_(LOADS[load])}", text=_(MEANINGS[load])
        )
        words = {
            "#label": _(self._setting.label),
            "#help": _("Weekdays with fewer reviews; learning steps come on every day."),
            "#meaning": meaning,
            "#keys": _("Arrows and Space change it   Enter saves   Esc leaves it"),
        }
        for place, text in words.items():
            self.query_one(place, PlainText).update(text)
        picker.refresh()

    @on(WeekPicker.Changed)
    def _show_meaning(self) -> None:
        self._word()

    def action_move(self, step: int) -> None:
        """Go to another day."""
        self.query_one(WeekPicker).move(step)

    def action_change(self, step: int) -> None:
        """Give the day in front more or less."""
        self.query_one(WeekPicker).change(step)

    def action_turn(self) -> None:
        """Give the day in front the next amount."""
        self.query_one(WeekPicker).turn()

    def action_clear(self) -> None:
        """Let every day be like any other."""
        self.query_one(WeekPicker).clear()

    def action_keep(self) -> None:
        """Close with the week as it is shown."""
        if self.is_mounted:
            self.close(tuple(self.query_one(WeekPicker).week))
