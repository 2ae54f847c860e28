"""The commands of the shape x-ray."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import BACK, Command

XRAY_COMMANDS = (
    Command(
        "xray.next",
        "j,down,right,space,enter",
        "step(1)",
        N_("step on"),
        N_("To the next line that was run; k goes back"),
        shown_key="j",
    ),
    Command("xray.previous", "k,up,left", "step(-1)", N_("step back"), N_("To the line run before")),
    Command("xray.first", "g,home", "edge(0)", N_("first line"), N_("To the first line that was run")),
    Command("xray.last", "G,end", "edge(1)", N_("last line"), N_("To the last line that was run")),
    Command(
        "xray.pass",
        "n",
        "turn(1)",
        N_("other pass"),
        N_("The same line in the next pass of its loop, or in the one before with p"),
        shown_key="n p",
    ),
    Command(
        "xray.pass_back",
        "p",
        "turn(-1)",
        N_("other pass"),
        N_("The same line in the pass before"),
        footer=False,
    ),
    BACK,
    Command(
        "xray.page_down", "pagedown,ctrl+d", "scroll(5)", N_("down"), N_("Down in the shapes"), footer=False
    ),
    Command("xray.page_up", "pageup,ctrl+u", "scroll(-5)", N_("up"), N_("Up in the shapes"), footer=False),
)
