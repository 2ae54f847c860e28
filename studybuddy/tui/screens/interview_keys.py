"""The commands of the mock interview. While the answer is typed, only those with ^ or F work."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import BACK, QUESTIONS, Command
from studybuddy.tui.interview_pages import KEYS, WRONG_KEY

_TICKS = tuple(
    Command(f"interview.tick_{key}", key, f"tick('{key}')", N_("tick"), N_("Tick a key point"), footer=False)
    for key in KEYS[1:]
)

INTERVIEW_COMMANDS = (
    Command(
        "interview.reveal",
        "ctrl+r",
        "reveal",
        N_("show more"),
        N_("Show the next part: exam point, reference, common wrong answer, follow-up"),
        priority=True,
    ),
    Command(
        "interview.reveal_plain",
        "enter,space",
        "reveal_plain",
        N_("show more"),
        N_("Show the next part"),
        footer=False,
    ),
    Command(
        "interview.tick_a",
        KEYS[0],
        f"tick('{KEYS[0]}')",
        N_("tick"),
        N_("Tick a key point"),
        shown_key="a b c",
    ),
    *_TICKS,
    Command(
        "interview.tick_wrong",
        WRONG_KEY,
        f"tick('{WRONG_KEY}')",
        N_("wrong point"),
        N_("Admit that you made the wrong point; the grade is Hard at most"),
    ),
    Command("interview.again", "1", "grade(1)", N_("Again"), N_("You did not know it"), footer=False),
    Command("interview.hard", "2", "grade(2)", N_("Hard"), N_("You knew it with effort"), footer=False),
    Command("interview.good", "3", "grade(3)", N_("Good"), N_("You knew it"), footer=False),
    Command("interview.easy", "4", "grade(4)", N_("Easy"), N_("You knew it at once"), footer=False),
    Command("interview.onward", "enter,space", "onward", N_("next question"), N_("Go to the next question")),
    Command("interview.undo", "u", "undo", N_("undo"), N_("Take the grade back")),
    Command("interview.leave", "escape", "leave_editor", N_("leave editor"), N_("Leave the editor")),
    Command("interview.write", "i", "write", N_("write"), N_("Type the answer")),
    Command(
        "interview.next",
        "n,right",
        "question(1)",
        N_("question"),
        N_("Next question, or the one before with p"),
        shown_key="n p",
    ),
    Command(
        "interview.previous", "p,left", "question(-1)", N_("question"), N_("Question before"), footer=False
    ),
    QUESTIONS._replace(key="v,f3", typing_key="F3"),
    Command("interview.symbols", "y", "symbols", N_("symbols"), N_("Show the symbol table"), footer=False),
    Command(
        "interview.symbols_while_typing",
        "f2",
        "symbols_while_typing",
        N_("symbols"),
        N_("Show the symbol table, while typing"),
        priority=True,
        shown_key="F2",
    ),
    Command(
        "interview.latex",
        "x",
        "latex",
        N_("LaTeX"),
        N_("Show formulas as their source, or drawn"),
        footer=False,
    ),
    BACK,
    Command("interview.down", "j,down", "scroll(1)", N_("down"), N_("A line down"), footer=False),
    Command("interview.up", "k,up", "scroll(-1)", N_("up"), N_("A line up"), footer=False),
    Command("interview.page_down", "pagedown", "scroll(10)", N_("page"), N_("A page down"), footer=False),
    Command("interview.page_up", "pageup", "scroll(-10)", N_("page"), N_("A page up"), footer=False),
)
