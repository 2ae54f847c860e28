"""The commands of the lab. Those of the editor are the usual ones of any editor and not listed."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import Command

RUN_KEYS = "f5,ctrl+r"

LAB_COMMANDS = (
    Command("lab.run", RUN_KEYS, "run", N_("run"), N_("Run and judge the program"), priority=True),
    Command(
        "lab.refuse",
        RUN_KEYS,
        "refuse",
        N_("run"),
        N_("While a program runs: say so"),
        footer=False,
        priority=True,
    ),
    Command("lab.stop", "escape", "stop", N_("stop"), N_("Stop the running program"), priority=True),
    Command("lab.interrupt", "ctrl+c", "stop", N_("stop"), N_("Stop the running program"), footer=False),
    Command("lab.leave_editor", "escape", "leave_editor", N_("leave editor"), N_("Leave the editor")),
    Command("lab.back", "escape", "back", N_("back"), N_("Go back to the screen before")),
    Command(
        "lab.pane",
        "f6",
        "pane",
        N_("other pane"),
        N_("Move between the editor and the task"),
        priority=True,
    ),
    Command(
        "lab.keep",
        "k",
        "keep",
        N_("keep it"),
        N_("Keep the counter-example as a case of your own, and as a card"),
    ),
    Command("lab.hint", "ctrl+t", "hint", N_("hint"), N_("Show the next hint"), priority=True),
    Command(
        "lab.outside",
        "f4",
        "outside",
        N_("your editor"),
        N_("Change the program in the editor of the settings, or in $EDITOR"),
        priority=True,
    ),
    Command(
        "lab.next_case",
        "ctrl+n",
        "next_case",
        N_("next case"),
        N_("Open the next case"),
        priority=True,
    ),
    Command(
        "lab.previous_case",
        "ctrl+b",
        "previous_case",
        N_("case before"),
        N_("Open the case before"),
        footer=False,
        priority=True,
    ),
    Command(
        "lab.reference",
        "ctrl+g",
        "reference",
        N_("reference"),
        N_("Show or hide the reference; before you have passed, that is giving up"),
        priority=True,
    ),
    Command(
        "lab.reset",
        "f8",
        "reset",
        N_("reset"),
        N_("Begin again with the starter; ^z in the editor brings your code back"),
        priority=True,
    ),
    Command(
        "lab.experiments",
        "e",
        "experiments",
        N_("experiments"),
        N_("Try other weights and learning rates, and compare the curves of the losses"),
    ),
    Command(
        "lab.attempts",
        "v",
        "attempts",
        N_("runs so far"),
        N_("Look at your earlier runs, compare them, and take one back"),
    ),
    Command(
        "lab.xray",
        "f7",
        "xray",
        N_("shapes"),
        N_("Look at the shapes of the arrays line by line; x does so outside the editor"),
        priority=True,
    ),
    Command(
        "lab.xray_plain",
        "x",
        "xray_plain",
        N_("shapes"),
        N_("Look at the shapes of the arrays line by line"),
        footer=False,
        findable=False,
    ),
    Command(
        "lab.doctor",
        "d",
        "doctor",
        N_("doctor"),
        N_("Run once more and ask every judge of every gradient, torch too"),
    ),
    Command(
        "lab.twin",
        "w",
        "twin",
        N_("twin"),
        N_("Run the loop beside the same network in torch, and see at which step they part"),
    ),
    Command("lab.fold", "t", "fold", N_("fold task"), N_("Fold or unfold the task"), footer=False),
)
