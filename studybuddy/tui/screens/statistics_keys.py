"""The commands of the statistics."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import BACK, Command

PAGES = (N_("Overview"), N_("Memory"), N_("Load"), N_("Time"), N_("Concepts"))
"""Names of the pages."""


def _page(number: int) -> Command:
    return Command(
        f"statistics.page{number}",
        str(number),
        f"page({number - 1})",
        N_("page"),
        N_("Go to a page of the statistics"),
        footer=number == 1,
        shown_key="1-5" if number == 1 else "",
        findable=False,
    )


def _move(name: str, key: str, action: str, label: str, words: str, shown: str = "") -> Command:
    return Command(
        f"statistics.{name}", key, action, label, words, footer=False, shown_key=shown, findable=False
    )


NEXT = Command(
    "statistics.next",
    "tab",
    "turn(1)",
    N_("next page"),
    N_("Go to the next page of the statistics"),
    findable=False,
)
PREVIOUS = _move("previous", "shift+tab", "turn(-1)", N_("previous"), N_("Go to the page before"))
MEASURE = Command(
    "statistics.measure",
    "m",
    "measure",
    N_("shade"),
    N_("Shade the days by reviews or by minutes"),
)
MOVE = Command(
    "statistics.right",
    "right",
    "aside(1)",
    N_("move"),
    N_("A week on on the map, else the next page"),
    shown_key="←→↑↓",
    findable=False,
)
STATISTICS_COMMANDS = (
    *(_page(number) for number in range(1, 6)),
    NEXT,
    PREVIOUS,
    MEASURE,
    MOVE,
    _move(
        "left", "left", "aside(-1)", N_("left"), N_("A week back on the map, else the page before"), "Left"
    ),
    _move("up", "up,k", "step(-1)", N_("up"), N_("A day back on the map, else scroll up"), "Up"),
    _move("down", "down,j", "step(1)", N_("down"), N_("A day on on the map, else scroll down"), "Down"),
    _move("page_down", "pagedown", "scroll(1)", N_("down"), N_("Scroll a page down"), "PgDn"),
    _move("page_up", "pageup", "scroll(-1)", N_("up"), N_("Scroll a page up"), "PgUp"),
    BACK,
)
