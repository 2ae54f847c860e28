"""The commands of the import screen."""

from __future__ import annotations

from studybuddy.i18n import N_
from studybuddy.tui.commands import BACK, Command
from studybuddy.tui.screens.row_screen import DOWN, UP

IMPORT = Command(
    "lessons.import",
    "n",
    "import",
    N_("import"),
    N_("Bring a lesson in: a notebook, Markdown or a text export"),
)
TRUST = Command(
    "lessons.trust",
    "T,shift+t",
    "trust",
    N_("trust"),
    N_("Allow the code of an imported lesson to run, or forbid it"),
    shown_key="T",
)
IMPORT_COMMANDS = (
    Command("import.preview", "enter", "preview", N_("preview"), N_("Look at what the file holds")),
    Command(
        "import.complete",
        "tab",
        "complete",
        N_("fill in"),
        N_("Complete the path; what is marked below is taken"),
    ),
    Command("import.save", "enter", "save", N_("import"), N_("Bring the lesson into your course")),
    Command("import.open", "enter", "open_lesson", N_("open"), N_("Open the lesson that was imported")),
    Command(
        "import.force", "f", "force", N_("all the same"), N_("Import what could be read in spite of errors")
    ),
    Command(
        "import.code",
        "c",
        "code",
        N_("other code"),
        N_("Choose the code of the lesson that the file becomes"),
    ),
    Command("import.again", "r", "again", N_("read again"), N_("Read the file again after mending it")),
    TRUST._replace(id="import.trust"),
    Command("import.stop", "escape", "stop", N_("stop"), N_("Stop waiting for the file")),
    Command("import.choose", "escape", "choose", N_("other file"), N_("Choose another file")),
    BACK,
    Command("import.other", "n", "other", N_("another"), N_("Import another file")),
    DOWN,
    UP,
    Command(
        "import.page_down", "pagedown", "cursor(8)", N_("page"), N_("Go down a page"), False, findable=False
    ),
    Command("import.page_up", "pageup", "cursor(-8)", N_("page"), N_("Go up a page"), False, findable=False),
)
STAGES: dict[str, frozenset[str]] = {
    "path": frozenset({"preview", "complete", "cursor", "back"}),
    "reading": frozenset({"stop"}),
    "seen": frozenset({"save", "force", "code", "again", "choose", "cursor"}),
    "saving": frozenset(),
    "done": frozenset({"open_lesson", "trust", "other", "cursor", "back"}),
}
"""What can be done at each stage; on the rest of the app's commands it has no say."""
OWN_ACTIONS = frozenset().union(*STAGES.values())
