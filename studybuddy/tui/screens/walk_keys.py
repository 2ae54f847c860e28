"""The commands of a walk. While an answer is typed, only those with ^ or F work."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import BACK, Command

WALK_COMMANDS = (
    Command("walk.answer", "enter", "answer", N_("check"), N_("Check the answer"), priority=True),
    Command("walk.compare", "enter", "compare", N_("compare"), N_("See the reason"), priority=True),
    Command("walk.onward", "enter", "onward", N_("go on"), N_("Go to the next step"), priority=True),
    Command(
        "walk.show",
        "ctrl+r",
        "show",
        N_("show it"),
        N_("Show what is asked, and go on"),
        priority=True,
    ),
    Command("walk.leave", "escape", "leave_field", N_("leave field"), N_("Leave the answer field")),
    Command("walk.write", "i", "write", N_("write"), N_("Type the answer")),
    Command(
        "walk.next",
        "n,right",
        "step(1)",
        N_("step"),
        N_("Next step, or the one before with p"),
        shown_key="n p",
    ),
    Command("walk.previous", "p,left", "step(-1)", N_("step"), N_("Step before"), footer=False),
    Command("walk.lab", "c", "lab", N_("code"), N_("Write the whole program in the lab")),
    Command("walk.symbols", "y", "symbols", N_("symbols"), N_("Show the symbol table"), footer=False),
    Command(
        "walk.symbols_while_typing",
        "f2",
        "symbols_while_typing",
        N_("symbols"),
        N_("Show the symbol table, while typing"),
        priority=True,
        shown_key="F2",
    ),
    Command(
        "walk.latex",
        "x",
        "latex",
        N_("LaTeX"),
        N_("Show formulas as their source, or drawn"),
        footer=False,
    ),
    BACK,
    Command("walk.down", "j,down", "scroll(1)", N_("down"), N_("A line down"), footer=False),
    Command("walk.up", "k,up", "scroll(-1)", N_("up"), N_("A line up"), footer=False),
)
