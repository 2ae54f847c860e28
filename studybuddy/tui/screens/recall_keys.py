"""The commands of a program written from memory; keys as in the lab."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import Command
from studybuddy.tui.screens.lab_keys import RUN_KEYS

RECALL_COMMANDS = (
    Command("recall.rate", "enter,space", "rate", N_("to the rating"), N_("Go on to the rating")),
    Command("recall.run", RUN_KEYS, "run", N_("run"), N_("Run and judge the program"), priority=True),
    Command("recall.stop", "escape", "stop", N_("stop"), N_("Stop the running program"), priority=True),
    Command("recall.interrupt", "ctrl+c", "stop", N_("stop"), N_("Stop the running program"), footer=False),
    Command(
        "recall.back",
        "escape",
        "back",
        N_("back"),
        N_("Go back to the card; what is typed stays"),
        priority=True,
    ),
    Command("recall.hint", "ctrl+t", "hint", N_("hint"), N_("Show the next hint"), priority=True),
    Command(
        "recall.give_up",
        "ctrl+g",
        "give_up",
        N_("give up"),
        N_("Show the reference; the proposed rating is Again then"),
        priority=True,
    ),
    Command(
        "recall.pane",
        "f6",
        "pane",
        N_("other pane"),
        N_("Move between the editor and the task"),
        priority=True,
    ),
    Command(
        "recall.outside",
        "f4",
        "outside",
        N_("your editor"),
        N_("Change the program in the editor of the settings, or in $EDITOR"),
        priority=True,
    ),
)
