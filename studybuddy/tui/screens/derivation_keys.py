"""The commands of the derivation desk. While the answer is typed, only those with ^ or F work."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import BACK, Command

DERIVATION_COMMANDS = (
    Command("derivation.unaided", "1", "judge('unaided')", N_("unaided"), N_("I had it, without help")),
    Command("derivation.aided", "2", "judge('aided')", N_("with help"), N_("I had it, with help")),
    Command("derivation.missed", "3", "judge('missed')", N_("missed"), N_("I did not have it")),
    Command("derivation.onward", "enter", "onward", N_("next step"), N_("Go to the next open step")),
    Command("derivation.write", "enter,e", "write", N_("write"), N_("Write the answer to this step")),
    Command("derivation.again", "e", "again", N_("again"), N_("Hide the answer and write it once more")),
    Command(
        "derivation.reveal",
        "ctrl+r",
        "reveal",
        N_("show answer"),
        N_("Show the course's answer, to compare"),
        priority=True,
    ),
    Command("derivation.hint", "h", "hint", N_("hint"), N_("Show the next hint")),
    Command(
        "derivation.hint_while_typing",
        "ctrl+t",
        "hint_while_typing",
        N_("hint"),
        N_("Show the next hint, while typing"),
        priority=True,
        shown_key="^t",
    ),
    Command("derivation.undo", "u", "undo", N_("undo"), N_("Take the judgement back")),
    Command("derivation.leave", "escape", "leave_editor", N_("leave editor"), N_("Leave the editor")),
    Command(
        "derivation.next",
        "n,right",
        "step(1)",
        N_("step"),
        N_("Next step, or the one before with p"),
        shown_key="n p",
    ),
    Command("derivation.previous", "p,left", "step(-1)", N_("step"), N_("Step before"), footer=False),
    Command("derivation.symbols", "y", "symbols", N_("symbols"), N_("Show the symbol table")),
    Command(
        "derivation.symbols_while_typing",
        "f2",
        "symbols_while_typing",
        N_("symbols"),
        N_("Show the symbol table, while typing"),
        priority=True,
        shown_key="F2",
    ),
    Command(
        "derivation.latex",
        "x",
        "latex",
        N_("LaTeX"),
        N_("Show formulas as their source, or drawn"),
        footer=False,
    ),
    BACK,
    Command("derivation.down", "j,down", "scroll(1)", N_("down"), N_("A line down"), footer=False),
    Command("derivation.up", "k,up", "scroll(-1)", N_("up"), N_("A line up"), footer=False),
    Command(
        "derivation.page_down", "space,pagedown", "scroll(10)", N_("page"), N_("A page down"), footer=False
    ),
    Command("derivation.page_up", "b,pageup", "scroll(-10)", N_("page"), N_("A page up"), footer=False),
)
