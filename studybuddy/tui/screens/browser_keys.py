"""The commands of the browser."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import BACK, UNDO, Command

BROWSER_COMMANDS = (
    Command(
        "browser.list", "down", "list", N_("to the list"), N_("Go to the list of cards"), shown_key="Enter"
    ),
    Command("browser.history", "enter", "history", N_("history"), N_("How the card in front was answered")),
    Command(
        "browser.why",
        "w",
        "why",
        N_("why"),
        N_("Why the card in front is asked, and its curve of forgetting"),
    ),
    Command(
        "browser.leech",
        "l",
        "leech",
        N_("leech"),
        N_("What can be done about a card forgotten again and again"),
    ),
    Command(
        "browser.select", "space", "select", N_("select"), N_("Select the card in front, or not any more")
    ),
    Command(
        "browser.all",
        "asterisk",
        "all",
        N_("all"),
        N_("Select all cards of the list, or none"),
        shown_key="*",
    ),
    Command("browser.suspend", "at", "suspend", N_("suspend"), N_("Stop asking cards, or ask them again")),
    Command("browser.bury", "minus", "bury", N_("not today"), N_("Put cards aside until tomorrow, or not")),
    Command("browser.flag", "exclamation_mark", "flag", N_("flag"), N_("Set or lift the flags of cards")),
    UNDO._replace(footer=True),
    Command("browser.query", "escape,slash", "query", N_("search"), N_("Go to the line that is searched by")),
    BACK,
    Command("browser.tag", "t", "tag", N_("tag"), N_("Put tags on cards")),
    Command("browser.due", "d", "due", N_("due day"), N_("Make cards due on a day, or spread over some")),
    Command(
        "browser.untag",
        "T,shift+t",
        "untag",
        N_("untag"),
        N_("Take tags off cards"),
        footer=False,
        shown_key="T",
    ),
    Command(
        "browser.forget",
        "n",
        "forget",
        N_("make new"),
        N_("Make cards new again; their history stays"),
        footer=False,
    ),
    Command(
        "browser.unbury",
        "plus",
        "unbury",
        N_("ask again"),
        N_("Ask cards put aside today again"),
        footer=False,
        shown_key="+",
    ),
    Command("browser.edit", "e", "edit", N_("edit"), N_("Word this card anew; its schedule stays")),
    Command("browser.lesson", "o", "lesson", N_("lesson"), N_("Open the lesson where the card came from")),
    Command(
        "browser.order",
        "s",
        "order",
        N_("order"),
        N_("Order by course, due day, stability or lapses"),
    ),
    Command("browser.down", "down,j", "move(1)", N_("down"), N_("Go down a line"), False, findable=False),
    Command("browser.up", "up,k", "move(-1)", N_("up"), N_("Go up a line"), False, findable=False),
    Command(
        "browser.page_down", "pagedown", "page(1)", N_("page"), N_("Go down a page"), False, findable=False
    ),
    Command("browser.page_up", "pageup", "page(-1)", N_("page"), N_("Go up a page"), False, findable=False),
    Command(
        "browser.top", "home,g", "edge(-1)", N_("top"), N_("Go to the first card"), False, findable=False
    ),
    Command("browser.end", "end,G", "edge(1)", N_("end"), N_("Go to the last card"), False, findable=False),
)
