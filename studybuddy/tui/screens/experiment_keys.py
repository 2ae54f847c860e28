"""The commands of the screen of experiments."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import BACK, Command
from studybuddy.tui.screens.row_screen import DOWN, UP

EXPERIMENT_COMMANDS = (
    Command("experiments.try", "enter", "open", N_("try it"), N_("Say what the loss will do, then run it")),
    Command(
        "experiments.curve",
        "space",
        "curve",
        N_("show or hide"),
        N_("Draw the curve of the line in front, or take it away"),
    ),
    Command("experiments.stop", "escape", "stop", N_("stop"), N_("Stop the running program"), priority=True),
    Command(
        "experiments.page",
        "pagedown",
        "page(1)",
        N_("scroll"),
        N_("Scroll curves and words down"),
        shown_key="PgDn",
        findable=False,
    ),
    Command(
        "experiments.page_up",
        "pageup",
        "page(-1)",
        N_("scroll up"),
        N_("Scroll curves and words up"),
        footer=False,
        findable=False,
    ),
    BACK,
    DOWN,
    UP,
)
