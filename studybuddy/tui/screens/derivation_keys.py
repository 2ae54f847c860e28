"""The commands of the derivation desk. While the answer is typed, only those with Enter, ^ or F work."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import BACK, Command
from studybuddy.tui.screens.lab_keys import RUN_KEYS

CHECK_LINES = N_("Check the answer, however many lines it has")

DERIVATION_COMMANDS = (
    Command("derivation.unaided", "1", "judge('unaided')", N_("unaided"), N_("I had it, without help")),
    Command("derivation.aided", "2", "judge('aided')", N_("with help"), N_("I had it, with help")),
    Command("derivation.missed", "3", "judge('missed')", N_("missed"), N_("I did not have it")),
    Command("derivation.check_line", "enter", "check_line", N_("check"), N_("Check the answer")),
    Command("derivation.check", RUN_KEYS, "check", N_("check"), CHECK_LINES, footer=False, priority=True),
    Command("derivation.check_lines", RUN_KEYS, "check_lines", N_("check"), CHECK_LINES, priority=True),
    Command(
        "derivation.compare",
        RUN_KEYS,
        "compare",
        N_("show answer"),
        N_("Show the course's answer, to compare"),
        priority=True,
    ),
    Command("derivation.onward", "enter", "onward", N_("next step"), N_("Go to the next open step")),
    Command("derivation.finish", "enter", "finish", N_("drills"), N_("Practise on drills")),
    Command("derivation.write", "enter,e", "write", N_("write"), N_("Write the answer to this step")),
    Command("derivation.again", "e", "again", N_("again"), N_("Hide the answer and write it once more")),
    Command(
        "derivation.new_line",
        "ctrl+j",
        "new_line",
        N_("new line"),
        N_("Begin a new line of the answer; then only F5 checks"),
        footer=False,
    ),
    Command("derivation.hint", "h", "hint", N_("hint"), N_("Show the next hint; it counts as help")),
    Command(
        "derivation.hint_while_typing",
        "ctrl+t",
        "hint_while_typing",
        N_("hint"),
        N_("Show the next hint, while typing; it counts as help"),
        priority=True,
        shown_key="^t",
    ),
    Command(
        "derivation.stuck",
        "s,f4",
        "stuck",
        N_("stuck"),
        N_("Write the step out in small numbers; it counts as help"),
        typing_key="F4",
    ),
    Command(
        "derivation.reveal",
        "ctrl+g",
        "reveal",
        N_("give up"),
        N_("See the course's answer; the step counts as missed"),
        priority=True,
    ),
    Command("derivation.undo", "u", "undo", N_("undo"), N_("Take the verdict on the step back")),
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
    Command(
        "derivation.history",
        "v,f8",
        "history",
        N_("tries"),
        N_("Look at your answers to this step, and take one back"),
        typing_key="F8",
    ),
    Command(
        "derivation.givens",
        "g,f3",
        "givens",
        N_("givens"),
        N_("Unfold or fold what is given and the steps made so far"),
        typing_key="F3",
    ),
    Command(
        "derivation.symbols",
        "y,f2",
        "symbols",
        N_("symbols"),
        N_("Show the symbol table"),
        typing_key="F2",
    ),
    Command("derivation.drills", "d", "drills", N_("drills"), N_("Practise on drills"), footer=False),
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
    Command(
        "derivation.pan_right",
        "L,shift+right",
        "across(1)",
        N_("move"),
        N_("Move a formula that is too wide"),
        footer=False,
        shown_key="L H",
    ),
    Command(
        "derivation.pan_left",
        "H,shift+left",
        "across(-1)",
        N_("move"),
        N_("Move a formula that is too wide"),
        footer=False,
    ),
)
