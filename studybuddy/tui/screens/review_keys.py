"""The commands of a review."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import BACK, Command

UNDO_TYPING = "^z"
"""The key of undo as written while letters are an answer."""
LEECH_TYPING = "F9"
"""The same of what is done about a leech."""

REVIEW_COMMANDS = (
    Command("review.enter_field", "enter,i", "enter_field", N_("type"), N_("Go back to the answer field")),
    Command("review.reveal", "space,enter", "reveal", N_("show answer"), N_("Show the answer")),
    Command(
        "review.submit", "enter", "submit", N_("show answer"), N_("Compare what you typed with the card")
    ),
    Command("review.solve", "space,enter", "solve", N_("solve"), N_("Write the program again from memory")),
    Command(
        "review.take_proposed",
        "space,enter",
        "take_proposed",
        N_("as proposed"),
        N_("Answer with the rating that is proposed"),
    ),
    Command("review.take_good", "space,enter", "take_good", N_("Good"), N_("You knew it")),
    Command("review.again", "1", "rate(1)", N_("Again"), N_("You did not know it"), footer=False),
    Command("review.hard", "2", "rate(2)", N_("Hard"), N_("You knew it with effort"), footer=False),
    Command("review.good", "3", "rate(3)", N_("Good"), N_("You knew it"), footer=False),
    Command("review.easy", "4", "rate(4)", N_("Easy"), N_("You knew it at once"), footer=False),
    Command("review.onward", "enter", "onward", N_("on with the lesson"), N_("Go on with the lesson")),
    Command("review.more", "plus", "more", N_("more"), N_("Go on today beyond the day's limits")),
    Command("review.resume", "space", "resume", N_("go on"), N_("Go on with the card that is due")),
    Command(
        "review.undo",
        "u,ctrl+z",
        "undo",
        N_("undo"),
        N_("Take back the last thing done in a review today"),
        typing_key=UNDO_TYPING,
    ),
    Command("review.leave_field", "escape", "leave_field", N_("leave field"), N_("Leave the answer field")),
    BACK,
    Command(
        "review.decline",
        "x,ctrl+r",
        "decline",
        N_("no repair"),
        N_("Leave out what a slipped concept brings today"),
        typing_key="^r",
    ),
    Command(
        "review.leech",
        "l,f9",
        "leech",
        N_("leech"),
        N_("What can be done about a card forgotten again and again"),
        typing_key=LEECH_TYPING,
    ),
    Command("review.lesson", "o", "lesson", N_("lesson"), N_("Open the lesson where the card came from")),
    Command(
        "review.why",
        "w,f4",
        "why",
        N_("why"),
        N_("Why this card is here now, and its curve of forgetting"),
        typing_key="F4",
    ),
    Command("review.edit", "e", "edit", N_("edit"), N_("Word this card anew; its schedule stays")),
    Command("review.add", "a", "add", N_("add card"), N_("Write a card of your own")),
    Command("review.bury", "minus", "bury", N_("not today"), N_("Put the card aside until tomorrow")),
    Command("review.suspend", "at", "suspend", N_("suspend"), N_("Stop asking this card")),
    Command("review.flag", "exclamation_mark", "flag", N_("flag"), N_("Set or lift the card's flag")),
)
